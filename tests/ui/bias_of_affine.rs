use chainrule::prelude::*;

network! { Net: 784 => Affine(bias = false) => 128 }

fn main() {}
