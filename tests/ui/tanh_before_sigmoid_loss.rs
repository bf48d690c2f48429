use chainrule::prelude::*;

network! { Net: 4 => Affine => 1 => Tanh => SigmoidLoss => 1 }

fn main() {}
