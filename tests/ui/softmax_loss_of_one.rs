use chainrule::prelude::*;

network! { Net: 4 => Affine => SoftmaxLoss => 1 }

fn main() {}
