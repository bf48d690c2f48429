use chainrule::prelude::*;

network! { Net: 4 => Affine => LogSoftmax => SoftmaxLoss => 3 }

fn main() {}
