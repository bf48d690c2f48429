use chainrule::prelude::*;

network! { Net: 4 => Affine => 16 => BatchNorm1d => Affine => MseLoss => 3 }

fn main() {}
