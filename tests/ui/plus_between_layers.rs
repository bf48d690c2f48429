use chainrule::prelude::*;

network! { Net: 784 => Affine + Relu => 10 }

fn main() {}
