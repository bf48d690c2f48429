use chainrule::prelude::*;

network! { Net: 4 => Affine => #[layer] 16 => Affine => MseLoss => 3 }

fn main() {}
