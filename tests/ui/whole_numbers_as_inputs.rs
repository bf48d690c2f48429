use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let inputs = [[0, 0], [0, 1]];
    let mut network = Xor::new();
    let mut training = Training::<Xor, Sgd<f32>, 4>::new(Sgd::new(0.1));
    let _ = training.step(&mut network, &inputs, &[[0.0], [1.0]]);
}
