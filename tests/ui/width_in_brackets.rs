use chainrule::prelude::*;

network! { Net: 784 => Affine => (16) => Affine => 10 }

fn main() {}
