use chainrule::prelude::*;

network! { Net: (1, 28, 28) => Affine => SoftmaxLoss => 10 }

fn main() {}
