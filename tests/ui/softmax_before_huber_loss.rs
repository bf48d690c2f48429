use chainrule::prelude::*;

network! { Net: 4 => Affine => Softmax => HuberLoss(1.0) => 3 }

fn main() {}
