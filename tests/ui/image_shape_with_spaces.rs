use chainrule::prelude::*;

network! { Net: 28 x 28 => Affine => SoftmaxLoss => 10 }

fn main() {}
