use chainrule::prelude::*;

network! { Net: PIXELS => Affine => Relu => HIDDEN => Affine => SoftmaxLoss => 10 }

fn main() {}
