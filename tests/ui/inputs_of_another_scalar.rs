use chainrule::prelude::*;

network! { Mnist: 784 => Affine => SoftmaxLoss => 10 }

fn main() {
    let mut network = Mnist::new();
    let mut training = Training::<Mnist, Sgd<f32>, 1>::new(Sgd::new(0.1));
    let _ = training.step(&mut network, &[SVector::<f64, 784>::zeros()], &[Class::<10>::new(7).unwrap()]);
}
