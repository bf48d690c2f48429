use chainrule::prelude::*;

network! { Net: 784 => Affine::new(784, 128) => Relu => 128 }

fn main() {}
