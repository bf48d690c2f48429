use chainrule::prelude::*;

network! { Net: 4 => Affine => LeakyRelu(slope 0.1) => 16 => Affine => MseLoss => 3 }

fn main() {}
