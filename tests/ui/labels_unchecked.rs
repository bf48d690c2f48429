use chainrule::prelude::*;

network! { Digits: 2 => Affine => SoftmaxLoss => 10 }

fn main() {
    let mut network = Digits::new();
    let mut training = Training::<Digits, Sgd<f32>, 4>::new(Sgd::new(0.1));
    let _ = training.step(&mut network, &[[0.0, 0.0], [0.0, 1.0]], &[Class::<10>::new(7)]);
}
