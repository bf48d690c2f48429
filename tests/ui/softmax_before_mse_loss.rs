use chainrule::prelude::*;

network! { Net: 4 => Affine => Relu => 16 => Affine => Softmax => MseLoss => 3 }

fn main() {}
