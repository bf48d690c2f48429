use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }
network! { Deep: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10 }

fn main() {
    let mut network = Mnist::new();
    let mut training = Training::<Deep, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let _ = training.step(&mut network, &[SVector::<f32, 784>::zeros()], &[Class::<10>::new(7).unwrap()]);
}
