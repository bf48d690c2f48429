use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }

fn main() {
    let mut network = Xor::new();
    let mut online = Online::<Xor, 1>::new(0.1);
    let _ = online.step(&mut network, &[0.0, 1.0], &[[1.0]]);
}
