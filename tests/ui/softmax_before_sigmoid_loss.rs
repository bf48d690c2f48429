use chainrule::prelude::*;

network! { Net: 4 => Affine => Softmax => SigmoidLoss => 3 }

fn main() {}
