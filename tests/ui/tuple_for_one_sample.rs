use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let mut memory = Inference::<Xor, 1>::new();
    let _ = Xor::new().probabilities(&(0.0, 1.0), &mut memory);
}
