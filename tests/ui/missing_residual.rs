use chainrule::prelude::*;

network! { Net: 4 => Residual(Affine) => 4 => Affine => MseLoss => 3 }

fn main() {}
