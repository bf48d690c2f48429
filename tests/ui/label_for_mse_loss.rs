use chainrule::prelude::*;

network! { Curve: 1 => Affine => Tanh => 5 => Affine => MseLoss => 1 }

fn main() {
    let mut network = Curve::new();
    let mut training = Training::<Curve, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let _ = training.step(&mut network, &[SVector::<f32, 1>::zeros()], &[Class::<1>::new(0).unwrap()]);
}
