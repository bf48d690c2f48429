use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let mut memory = Inference::<Xor, 1>::new();
    let inputs = vec![vec![0.0f32, 1.0]];
    let _ = memory.loss(&Xor::new(), &inputs, &[[1.0]]);
}
