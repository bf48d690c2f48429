use chainrule::prelude::*;

network! { Net: Input(4) => Affine => MseLoss => 3 }

fn main() {}
