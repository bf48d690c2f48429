use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let mut batch = Batch::<[f32; 2], [f32; 1], 0>::new();
    let _ = batch.gather(&mut Order::in_order(1), &[[0.0, 1.0]], &[[1.0]]);
}
