use chainrule::prelude::*;

network! { Net<N>: N => Affine => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
