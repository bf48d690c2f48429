use chainrule::prelude::*;

network! { Net: 100 => Embedding(100, 16) => 16 => Affine => SoftmaxLoss => 10 }

fn main() {}
