use chainrule::prelude::*;

network! { #[loss] Net: 4 => Affine => MseLoss => 3 }

fn main() {}
