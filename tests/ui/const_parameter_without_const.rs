use chainrule::prelude::*;

network! { Net<N: usize>: N => Affine => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
