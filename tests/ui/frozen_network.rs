use chainrule::prelude::*;

network! { #[frozen] Net: 4 => Affine => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
