use chainrule::prelude::*;

network! { Net: 4 => Affine => Relu => Dropout(0.5) => 16 => Affine => MseLoss => 3 }

fn main() {}
