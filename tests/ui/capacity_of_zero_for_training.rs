use chainrule::prelude::*;

network! { Curve: 1 => Affine => Tanh => 5 => Affine => MseLoss => 1 }

fn main() {
    let _ = Training::<Curve, Sgd<f32>, 0>::new(Sgd::new(0.1));
}
