use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let x = [SVector::<f32, 2>::zeros(); 4];
    let mut y = [SVector::<f32, 2>::zeros(); 4];
    let mut memory = Inference::<Xor, 1>::new();
    let _ = Xor::new().probabilities_batch(&x, &mut y, &mut memory);
}
