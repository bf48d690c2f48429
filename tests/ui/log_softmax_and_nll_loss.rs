use chainrule::prelude::*;

network! { Net: 4 => Affine => Relu => 16 => Affine => LogSoftmax => NLLLoss => 3 }

fn main() {}
