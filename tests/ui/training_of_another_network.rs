use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }
network! { Curve: 1 => Affine => Tanh => 5 => Affine => MseLoss => 1 }

fn main() {
    let mut network = Mnist::new();
    let mut training = Training::<Curve, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let _ = training.step(&mut network, &[SVector::<f32, 784>::zeros()], &[Class::<10>::new(7).unwrap()]);
}
