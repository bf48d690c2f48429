use chainrule::prelude::*;

network! { let Net: 784 => Affine => 10 }

fn main() {}
