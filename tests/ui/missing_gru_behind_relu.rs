use chainrule::prelude::*;

network! { Net: 4 => Affine => 16 => Relu => GRU => Affine => MseLoss => 3 }

fn main() {}
