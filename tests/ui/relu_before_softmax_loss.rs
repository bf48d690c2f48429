use chainrule::prelude::*;

network! { Net: 4 => Affine => Relu => 16 => Affine => Relu => SoftmaxLoss => 3 }

fn main() {}
