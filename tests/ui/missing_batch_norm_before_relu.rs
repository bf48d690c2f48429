use chainrule::prelude::*;

network! { Net: 4 => Affine => BatchNorm1d => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
