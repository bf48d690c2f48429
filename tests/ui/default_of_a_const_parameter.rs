use chainrule::prelude::*;

network! { Net<const N: usize = 4>: N => Affine => Relu => 16 => Affine => MseLoss => 1 }

fn main() {}
