use chainrule::prelude::*;

network! { Net: 4 => Affine => Swish => 16 => Affine => MseLoss => 3 }

fn main() {}
