use chainrule::prelude::*;

network! { Net: 784 => Affine => "relu" => 128 }

fn main() {}
