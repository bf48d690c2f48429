use chainrule::prelude::*;

network! { Digits: 2 => Affine => SoftmaxLoss => 10 }

fn main() {
    let mut memory = Inference::<Digits, 1>::new();
    let mut classes = [0usize; 2];
    let _ = Digits::new().classify_batch(&[[0.0, 0.0], [0.0, 1.0]], &mut classes, &mut memory);
}
