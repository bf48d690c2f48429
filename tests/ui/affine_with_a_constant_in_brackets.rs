use chainrule::prelude::*;

const HIDDEN: usize = 16;

network! { Net: 4 => Affine(HIDDEN) => Relu => Affine => SoftmaxLoss => 3 }

fn main() {}
