use chainrule::prelude::*;

network! { Net: 4 => Affine(init: XavierNormal) => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
