use chainrule::prelude::*;

network! { Curve: 1 => Affine => Tanh => 5 => Affine => MseLoss => 1 }

fn main() {
    let _ = Inference::<Curve, 0>::new();
}
