use chainrule::prelude::*;

network! { Net: 784 => Affine => 128.relu() => Affine => 10 }

fn main() {}
