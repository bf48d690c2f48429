use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let x = [0.0f32, 1.0, 2.0];
    let mut memory = Inference::<Xor, 1>::new();
    let _ = Xor::new().probabilities(&x[..2], &mut memory);
}
