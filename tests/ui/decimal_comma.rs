use chainrule::prelude::*;

network! { Net: 4 => Affine => LeakyRelu(0,01) => 16 => Affine => MseLoss => 3 }

fn main() {}
