use chainrule::prelude::*;

network! { Net: 4 => Affine<16> => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
