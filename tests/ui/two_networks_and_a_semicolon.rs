use chainrule::prelude::*;

network! {
    First: 4 => Affine => SoftmaxLoss => 3;
    Second: 4 => Affine => SoftmaxLoss => 3
}

fn main() {}
