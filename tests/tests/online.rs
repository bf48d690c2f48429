//! Training without a stored gradient is gradient descent.

use chainrule::layer_prelude::*;

network! { Net: 3 => Affine => Tanh => 5 => Affine => SoftmaxLoss => 2 }
network! { Wide<f64>: 9 => Affine => Gelu => 70 => Affine => Relu => 11 => Affine => MseLoss => 2 }
network! { Image<f64>: 200 => Affine => Relu => 21 => Affine => Tanh => 5 => Affine => MseLoss => 2 }
network! { KeepsInput<f64>: 150 => Affine => Gelu => Sigmoid => 30 => MseLoss => 30 }
network! { Inner<f64>: 9 => Tanh => Affine => Silu => 4 }
network! { Outer<f64>: 9 => Inner => 4 => Affine => 4 => Shift => HuberLoss(1.0) => 4 }
network! { Frozen<f64>: 9 => #[frozen] Affine => Relu => 6 => #[frozen] Inner6 => 3 => Affine => MseLoss => 3 }
network! { Inner6<f64>: 6 => Affine => Sigmoid => 3 }
network! { Scaled: 3 => Gain => 3 => Affine => MseLoss => 1 }
network! { FrozenScale: 3 => #[frozen] Gain => 3 => Affine => MseLoss => 1 }

/// y = x + s, and knows how to descend.
#[derive(Params)]
#[repr(C)]
pub struct Shift {
    shift: SVector<f64, 4>,
}

impl Layer<f64, Width<4>, Width<4>> for Shift {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();
    const DESCENDS: bool = true;

    fn infer(&self, x: &[SVector<f64, 4>], y: &mut [SVector<f64, 4>], _: ()) {
        x.iter().zip(y).for_each(|(x, y)| *y = x + self.shift);
    }
    fn forward(&self, x: &[SVector<f64, 4>], y: &mut [SVector<f64, 4>], _: ()) {
        self.infer(x, y, ());
    }
    fn backward_input(
        &self,
        _: &[SVector<f64, 4>],
        _: &[SVector<f64, 4>],
        dy: &mut [SVector<f64, 4>],
        dx: &mut [SVector<f64, 4>],
        _: (),
    ) {
        dx.copy_from_slice(dy);
    }
    fn backward_params(
        &self,
        _: &[SVector<f64, 4>],
        dy: &[SVector<f64, 4>],
        gradient: &mut Self,
        accumulate: Accumulate,
        _: (),
    ) {
        accumulate.start(gradient);
        dy.iter().for_each(|dy| gradient.shift += dy);
    }
    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f64])) {
        visit(self.as_mut_slice());
    }
    fn descend(&mut self, _: &[SVector<f64, 4>], dy: &[SVector<f64, 4>], _: ()) {
        dy.iter().for_each(|dy| self.shift += dy);
    }
}

/// y = g x, with a parameter and no `descend`.
#[derive(Params)]
#[repr(C)]
pub struct Gain {
    gain: f32,
}

impl Layer<f32, Width<3>, Width<3>> for Gain {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f32, 3>], y: &mut [SVector<f32, 3>], _: ()) {
        x.iter().zip(y).for_each(|(x, y)| *y = x * self.gain);
    }
    fn forward(&self, x: &[SVector<f32, 3>], y: &mut [SVector<f32, 3>], _: ()) {
        self.infer(x, y, ());
    }
    fn backward_input(
        &self,
        _: &[SVector<f32, 3>],
        _: &[SVector<f32, 3>],
        dy: &mut [SVector<f32, 3>],
        dx: &mut [SVector<f32, 3>],
        _: (),
    ) {
        self.infer(dy, dx, ());
    }
    fn backward_params(
        &self,
        x: &[SVector<f32, 3>],
        dy: &[SVector<f32, 3>],
        gradient: &mut Self,
        accumulate: Accumulate,
        _: (),
    ) {
        accumulate.start(gradient);
        gradient.gain += x.iter().zip(dy).map(|(x, dy)| x.dot(dy)).sum::<f32>();
    }
    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f32])) {
        visit(self.as_mut_slice());
    }
}

/// The same steps with and without a stored gradient.
macro_rules! check {
    ($network:ty, $inputs:literal, $outputs:literal, $capacity:literal) => {{
        let mut rng = Rng::new(3);
        let x: Vec<SVector<f64, $inputs>> =
            (0..4 * $capacity).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
        let d: Vec<SVector<f64, $outputs>> =
            (0..4 * $capacity).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
        let (mut one, mut other) = (<$network>::boxed(), <$network>::boxed());
        one.init(1);
        other.init(1);
        let mut training = Training::<$network, Sgd<f64>, $capacity>::boxed(Sgd::new(0.1));
        let mut online = Online::<$network, $capacity>::boxed(0.1);
        for (x, d) in x.chunks($capacity).zip(d.chunks($capacity)) {
            let loss = training.step(&mut one, x, d).unwrap();
            assert!((loss - online.step(&mut other, x, d).unwrap()).abs() < 1e-12);
        }
        let mut moved = <$network>::boxed();
        moved.init(1);
        assert_ne!(moved.as_slice(), other.as_slice());
        for (i, (a, b)) in one.as_slice().iter().zip(other.as_slice()).enumerate() {
            assert!((a - b).abs() < 1e-12, "{} of {}: {a}, {b}", i, stringify!($network));
        }
    }};
}

#[test]
fn steps_are_those_of_gradient_descent_with_a_stored_gradient() {
    check!(Wide, 9, 2, 1);
    check!(Wide, 9, 2, 7);
    check!(Outer, 9, 4, 1);
    check!(Outer, 9, 4, 5);
    check!(Frozen, 9, 3, 1);
    check!(Frozen, 9, 3, 3);
}

/// The same steps one by one and as an epoch.
macro_rules! check_epoch {
    ($network:ty, $inputs:literal, $outputs:literal, $zeros:literal) => {{
        let mut rng = Rng::new(5);
        let x: Vec<SVector<f64, $inputs>> = (0..20)
            .map(|_| SVector::from_fn(|_, _| if rng.uniform::<f64>() < $zeros { 0.0 } else { rng.symmetric() }))
            .collect();
        let d: Vec<SVector<f64, $outputs>> = (0..20).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
        let (mut one, mut other) = (<$network>::boxed(), <$network>::boxed());
        one.init(1);
        other.init(1);
        let mut online = Online::<$network, 1>::boxed(0.1);
        let mut losses = 0.0;
        let order = || Order::shuffled(x.len(), &mut Rng::new(2));
        for i in order() {
            losses += online.step(&mut one, &x[i..=i], &d[i..=i]).unwrap();
        }
        // What the data set does not have is passed over.
        let mean = online.epoch(&mut other, &x, &d, order().chain([20, usize::MAX])).unwrap();
        assert!((mean - losses / 20.0).abs() < 1e-12);
        for (i, (a, b)) in one.as_slice().iter().zip(other.as_slice()).enumerate() {
            assert!((a - b).abs() < 1e-12, "{} of {}: {a}, {b}", i, stringify!($network));
        }
    }};
}

network! { FrozenFirst<f64>: 200 => #[frozen] Affine => Relu => 21 => Affine => Tanh => 5 => Affine => MseLoss => 2 }
network! { Within<f64>: 200 => Affine => Relu => 6 => Inner6 => 3 => Affine => 4 => Shift => MseLoss => 4 }

#[test]
fn an_epoch_is_its_steps_whatever_the_first_layer_is() {
    check_epoch!(FrozenFirst, 200, 2, 0.0);
    check_epoch!(Within, 200, 4, 0.0);
}

#[test]
fn an_epoch_is_its_steps() {
    check_epoch!(Wide, 9, 2, 0.0);
    check_epoch!(Outer, 9, 4, 0.0);
    check_epoch!(Frozen, 9, 3, 0.0);
    check_epoch!(Image, 200, 2, 0.0);
    check_epoch!(Image, 200, 2, 0.8);
    check_epoch!(KeepsInput, 150, 30, 0.0);
}

#[test]
fn an_epoch_that_fails_is_its_steps_up_to_there() {
    let (mut one, mut other) = (Net::new(), Net::new());
    one.init(1);
    other.init(1);
    let mut online = Online::<Net, 1>::new(0.1);
    let x: Vec<SVector<f32, 3>> = [0.5, -0.5, f32::NAN, 0.25].map(SVector::repeat).to_vec();
    let labels = [0, 1, 0, 1].map(|label| Class::<2>::new(label).unwrap());
    let failed = online.epoch(&mut one, &x, &labels, 0..4);
    assert_eq!(failed, Err(StepError::NonFiniteInput { sample: 2, index: 0 }));
    for i in 0..2 {
        online.step(&mut other, &x[i..=i], &labels[i..=i]).unwrap();
    }
    assert_eq!(one.as_slice(), other.as_slice());
    assert_eq!(online.epoch(&mut one, &x, &labels, 4..9), Err(StepError::EmptyBatch));
    assert!(matches!(online.epoch(&mut one, &x, &labels[..3], 0..3), Err(StepError::LengthMismatch(_))));
    assert_eq!(one.as_slice(), other.as_slice());
}

#[test]
fn frozen_layers_stay_as_they_are() {
    let mut network = Frozen::boxed();
    network.init(1);
    let before = (network.affine1.weight, network.inner61.affine1.weight, network.affine2.weight);
    let mut online = Online::<Frozen, 1>::boxed(0.1);
    online.step(&mut network, &[SVector::repeat(0.5)], &[SVector::repeat(1.0)]).unwrap();
    assert_eq!((before.0, before.1), (network.affine1.weight, network.inner61.affine1.weight));
    assert_ne!(before.2, network.affine2.weight);
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let mut network = Net::new();
    network.init(1);
    let before = network.as_slice().to_vec();
    let mut online = Online::<Net, 2>::new(0.1);
    let (x, bad) = (SVector::repeat(0.5), SVector::repeat(f32::NAN));
    let label = Class::new(0).unwrap();
    let no: [SVector<f32, 3>; 0] = [];
    assert_eq!(online.step(&mut network, &no, &[] as &[Class<2>]), Err(StepError::EmptyBatch));
    let failed = online.step(&mut network, &[x, bad], &[label; 2]);
    assert_eq!(failed, Err(StepError::NonFiniteInput { sample: 1, index: 0 }));
    let too_long = online.step(&mut network, &[x; 3], &[label; 3]).unwrap_err();
    assert_eq!(too_long, StepError::BeyondCapacity { capacity: 2, samples: 3 });
    assert_eq!(
        too_long.to_string(),
        "the mini-batch has 3 samples and the memory holds 2, which `Online` cannot exceed"
    );
    assert!(matches!(online.step(&mut network, &[x], &[label; 2]), Err(StepError::LengthMismatch(_))));
    assert_eq!(before, network.as_slice());
    online.step(&mut network, &[x], &[label]).unwrap();
    assert_ne!(before, network.as_slice());
}

#[test]
fn a_network_with_a_layer_that_needs_a_stored_gradient_says_so_to_the_compiler() {
    const fn descends<N: Network>() -> bool {
        <N as Layer<N::Scalar, N::Input, N::Output>>::DESCENDS
    }
    assert!(const { descends::<Net>() && descends::<Outer>() && descends::<Frozen>() });
    assert!(const { !descends::<Scaled>() });
    // What is frozen need not descend.
    assert!(const { descends::<FrozenScale>() });
}

#[test]
fn the_memory_is_activations_and_deltas() {
    assert_eq!(Online::<Net, 1>::BYTES, size_of::<Online<Net, 1>>());
    // Learning rate; 2 logits, their delta and a loss; 5 values and their delta: each where vectors begin.
    const { assert!(Online::<Net, 1>::BYTES <= 6 * 64) };
}
