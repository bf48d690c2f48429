use chainrule::prelude::*;

network! { Net: 784 => Flatten => Affine => Relu => 16 => Affine => MseLoss => 3 }

fn main() {}
