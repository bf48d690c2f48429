use chainrule::prelude::*;

network! { Xor: 2 => Affine(Orthogonal) => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {}
