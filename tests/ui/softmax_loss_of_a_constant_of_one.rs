use chainrule::prelude::*;

const CLASSES: usize = 1;

network! { Net: 4 => Affine => SoftmaxLoss => CLASSES }

fn main() {}
