use chainrule::prelude::*;

network! { Net: 4 => Affine(4, 16) => Relu => 16 => Affine => SoftmaxLoss => 3 }

fn main() {}
