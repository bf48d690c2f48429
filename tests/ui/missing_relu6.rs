use chainrule::prelude::*;

network! { Net: 4 => Affine => Relu6 => 16 => Affine => MseLoss => 3 }

fn main() {}
