use chainrule::prelude::*;

network! { Net<const N: usize, const M: usize>: N => Affine => MseLoss => 1 }

fn main() {}
