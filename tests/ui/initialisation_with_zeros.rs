use chainrule::prelude::*;

network! { Net: 784 => Affine(init = Zeros) => 128 }

fn main() {}
