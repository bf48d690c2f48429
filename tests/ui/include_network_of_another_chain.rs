use chainrule::prelude::*;

network! { Wider: 2 => Affine => Tanh => 9 => Affine => SigmoidLoss => 1 }

static WIDER: Wider = chainrule::include_network!(Wider, "../saved/xor.bin");

fn main() {}
