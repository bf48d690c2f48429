use chainrule::prelude::*;

network! { Net: 784 => Sequential(Affine, Relu) => 10 }

fn main() {}
