use chainrule::prelude::*;

network! { Net: 784 => Affine(activation = Relu) => 128 }

fn main() {}
