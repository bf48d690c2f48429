use chainrule::prelude::*;

network! { Net: 4 => Affine => 2x => Affine => MseLoss => 3 }

fn main() {}
