use chainrule::prelude::*;

network! {
    #[budget]
    Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1
}

fn main() {}
