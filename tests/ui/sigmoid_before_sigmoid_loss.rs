use chainrule::prelude::*;

network! { Net: 4 => Affine => Relu => 16 => Affine => Sigmoid => SigmoidLoss => 3 }

fn main() {}
