use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let mut network = Xor::new();
    let mut online = Online::<Xor, 1>::new(0.1);
    let inputs = vec![vec![0.0f32, 1.0]];
    let _ = online.epoch(&mut network, &inputs, &[[1.0]], Order::in_order(1));
}
