use chainrule::prelude::*;

network! { Net: 4 => Linear<4, 16> => Relu => Affine => MseLoss => 3 }

fn main() {}
