//! What `init` draws.

use chainrule::layer_prelude::*;

network! { Inner: 5 => Affine(init = Constant(0.25)) => Tanh => 3 }
network! { Whole: 4 => Affine => Relu => 5 => Inner => 3 => #[frozen] Affine => Gelu => 4 => Affine => MseLoss => 2 }

#[test]
fn init_is_the_same_whatever_the_network_was_before() {
    let (mut fresh, mut used) = (Whole::new(), Whole::new());
    fresh.init(3);
    used.as_mut_slice().fill(7.0);
    used.init(3);
    assert_eq!(used.as_slice(), fresh.as_slice());
    used.init(3);
    assert_eq!(used.as_slice(), fresh.as_slice());
    assert!(used.inner1.affine1.weight.iter().all(|&w| w == 0.25));
    let biases = [used.affine1.bias.as_slice(), used.inner1.affine1.bias.as_slice(), used.affine2.bias.as_slice()];
    assert!(biases.iter().all(|bias| bias.iter().all(|&b| b == 0.0)));
}

/// y = −x.
pub struct Minus;

// SAFETY: no bytes.
unsafe impl chainrule::params::Zeroable for Minus {}
// SAFETY: no bytes.
unsafe impl Params<f32> for Minus {}

type Hundred = SVector<f32, 100>;

impl Layer<f32, Width<100>, Width<100>> for Minus {
    chainrule::no_gradient!(f32, Width<100>, Width<100>);

    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[Hundred], y: &mut [Hundred], _: ()) {
        x.iter().zip(y).for_each(|(x, y)| *y = -x);
    }

    fn forward(&self, x: &[Hundred], y: &mut [Hundred], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(&self, _: &[Hundred], _: &[Hundred], dy: &mut [Hundred], dx: &mut [Hundred], _: ()) {
        self.infer(dy, dx, ());
    }
}

network! {
    Kinds: 100 => Affine => 100 => Affine => Relu => 100 => Affine => 100 => Minus => Relu => Affine => Relu => Tanh => 100
        => Affine => Tanh => Relu => 100 => Affine(init = Normal(0.5)) => Relu => 100 => Affine => SoftmaxLoss => 100
}

#[test]
fn every_affine_is_drawn_as_the_activation_right_behind_it_wants() {
    let mut network = Kinds::boxed();
    network.init(1);
    // The variance times the width: 2 by He, 1 by Glorot and Bengio.
    for (place, weight, expected) in [
        ("before an Affine", &network.affine1.weight, 1.0),
        ("before Relu", &network.affine2.weight, 2.0),
        ("before another layer", &network.affine3.weight, 1.0),
        ("before Relu and Tanh", &network.affine4.weight, 2.0),
        ("before Tanh and Relu", &network.affine5.weight, 1.0),
        ("with an init of its own", &network.affine6.weight, 25.0),
        ("before a loss", &network.affine7.weight, 1.0),
    ] {
        let variance = weight.norm_squared() / 100.0;
        assert!((variance / expected - 1.0).abs() < 0.1, "{place}: {variance}, not {expected}");
    }
}
