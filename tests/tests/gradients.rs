//! Backpropagation against central differences, in f64, over the chains that the build script writes.

use chainrule::layer_prelude::*;
use chainrule::loss::{Loss, MseLoss};
use chainrule::network::Takes;
use chainrule::samples::{self, Sample};
use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use proptest::test_runner::RngSeed;

/// y = x³, a layer without parameters, made from nothing at every call.
pub struct Cube;

/// y = g ∘ x + h, a layer with two vectors of parameters.
#[derive(Params)]
#[repr(C)]
pub struct Gain<const N: usize> {
    factor: SVector<f64, N>,
    offset: SVector<f64, N>,
}

network! {
    /// A network for other networks, with a frozen layer and in-place activations at either end.
    pub Inner<f64, const I: usize, const O: usize>: I => Tanh => Affine => Gelu => 3 => #[frozen] Affine => 4 => Affine => Sigmoid => O
}

include!(concat!(env!("OUT_DIR"), "/chains.rs"));

type Check = fn(u64, usize) -> Result<GradCheck, StepError>;

/// Targets of a kind, made from random numbers in (−1, 1).
trait Targets {
    type Target: Sample;
    fn draw(rng: &mut Rng) -> Self::Target;
}

impl<const N: usize> Targets for Class<N> {
    type Target = Self;
    fn draw(rng: &mut Rng) -> Self {
        Class::new(rng.below(N as u32) as usize).unwrap()
    }
}

struct Values<const N: usize>;

impl<const N: usize> Targets for Values<N> {
    type Target = SVector<f64, N>;
    fn draw(rng: &mut Rng) -> Self::Target {
        SVector::from_fn(|_, _| rng.symmetric())
    }
}

struct Distribution<const N: usize>;

impl<const N: usize> Targets for Distribution<N> {
    type Target = SVector<f64, N>;
    fn draw(rng: &mut Rng) -> Self::Target {
        let weights = SVector::<f64, N>::from_fn(|_, _| rng.uniform::<f64>() + 0.01);
        weights / weights.sum()
    }
}

/// Checks one network with parameters and data drawn from the seed. The workspace holds 2 samples, so that
/// 3 and more run in pieces.
fn check<N, const M: usize, D>(seed: u64, samples: usize) -> Result<GradCheck, StepError>
where
    N: Trainable + Takes<samples::Values<f64, M>> + Network<Scalar = f64>,
    N::Objective: Loss<f64, N::Output, <D::Target as Sample>::Kind>,
    D: Targets,
{
    let rng = &mut Rng::new(seed);
    let mut network = N::boxed();
    for parameter in network.as_mut_slice() {
        *parameter = rng.symmetric();
    }
    let x: Vec<_> = (0..samples).map(|_| SVector::from_fn(|_, _| 2.0 * rng.symmetric::<f64>())).collect();
    let targets: Vec<_> = (0..samples).map(|_| D::draw(rng)).collect();
    let mut training = Training::<N, Sgd<f64>, 2>::boxed(Sgd::new(0.1));
    gradcheck(&mut training, &mut network, &mut Inference::<N, 1>::boxed(), &x, &targets)
}

/// The same cases in every run, so that a failure is one of the code.
fn config() -> ProptestConfig {
    let cases = if cfg!(debug_assertions) { 3 } else { 20 };
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_layer_and_loss_agrees_with_central_differences(seed: u64, samples in 1usize..6) {
        for (chain, check) in CHAINS {
            let check = check(seed, samples).unwrap();
            // Of logits in the hundreds central differences are no more accurate, which counts where a loss has nearly vanished.
            let difference = (check.worst.backpropagated - check.worst.numerical).abs();
            prop_assert!(check.worst.relative < 1e-7 || difference < 1e-10, "{chain}: {check}");
        }
    }
}

/// A layer whose backward forgets a factor of 2.
pub struct Wrong;

macro_rules! elementwise {
    ($layer:ident, $x:ident, $value:expr, $derivative:expr) => {
        // SAFETY: no bytes.
        unsafe impl chainrule::params::Zeroable for $layer {}
        // SAFETY: no bytes.
        unsafe impl<T: Scalar> Params<T> for $layer {}

        impl<const N: usize> Layer<f64, Width<N>, Width<N>> for $layer {
            no_gradient!(f64, Width<N>, Width<N>);

            type Scratch = ();
            type Tape = ();

            fn infer(&self, x: &[SVector<f64, N>], y: &mut [SVector<f64, N>], _: ()) {
                for (x, y) in x.iter().zip(y) {
                    *y = x.map(|$x| $value);
                }
            }

            fn forward(&self, x: &[SVector<f64, N>], y: &mut [SVector<f64, N>], _: ()) {
                self.infer(x, y, ());
            }

            fn backward_input(
                &self,
                x: &[SVector<f64, N>],
                _: &[SVector<f64, N>],
                dy: &mut [SVector<f64, N>],
                dx: &mut [SVector<f64, N>],
                _: (),
            ) {
                for ((x, dy), dx) in x.iter().zip(dy).zip(dx) {
                    *dx = dy.component_mul(&x.map(|$x| $derivative));
                }
            }
        }
    };
}
elementwise!(Cube, x, x * x * x, 3.0 * x * x);
elementwise!(Wrong, x, x * x, x);

impl<const N: usize> Layer<f64, Width<N>, Width<N>> for Gain<N> {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    fn infer(&self, x: &[SVector<f64, N>], y: &mut [SVector<f64, N>], _: ()) {
        for (x, y) in x.iter().zip(y) {
            *y = self.factor.component_mul(x) + self.offset;
        }
    }

    fn forward(&self, x: &[SVector<f64, N>], y: &mut [SVector<f64, N>], _: ()) {
        self.infer(x, y, ());
    }

    fn backward_input(
        &self,
        _: &[SVector<f64, N>],
        _: &[SVector<f64, N>],
        dy: &mut [SVector<f64, N>],
        dx: &mut [SVector<f64, N>],
        _: (),
    ) {
        for (dy, dx) in dy.iter().zip(dx) {
            *dx = self.factor.component_mul(dy);
        }
    }

    fn backward_params(
        &self,
        x: &[SVector<f64, N>],
        dy: &[SVector<f64, N>],
        gradient: &mut Self,
        accumulate: Accumulate,
        _: (),
    ) {
        accumulate.start::<f64, _>(gradient);
        for (x, dy) in x.iter().zip(dy) {
            gradient.factor += x.component_mul(dy);
            gradient.offset += dy;
        }
    }

    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f64])) {
        visit(self.as_mut_slice());
    }
}

network! { Broken<f64>: 3 => Affine => 4 => Wrong => Affine => MseLoss => 2 }

#[test]
fn a_wrong_backward_is_caught_and_the_layer_before_it_named() {
    let check = check::<Broken, 3, Values<2>>(1, 3).unwrap();
    assert!(check.worst.relative > 0.4, "{check}");
    assert_eq!(check.worst.layer, "affine1");
    assert!(check.worst.index < 16);
    assert!(check.to_string().contains("affine1["), "{check}");
}

network! { Frozen: 3 => #[frozen] Affine => Tanh => 4 => Affine => MseLoss => 2 }

#[test]
fn a_frozen_layer_has_no_gradient_and_no_state_and_stays_bit_identical() {
    use chainrule::optim::StateOf;
    assert_eq!(Frozen::PARAMS, 3 * 4 + 4 + 4 * 2 + 2);
    assert_eq!(size_of::<GradientOf<Frozen>>(), (4 * 2 + 2) * size_of::<f32>());
    assert_eq!(size_of::<StateOf<Momentum<f32>, f32, GradientOf<Frozen>>>(), (4 * 2 + 2) * size_of::<f32>());

    let mut network = Frozen::new();
    network.init(1);
    let (frozen, trained) = (network.affine1.weight, network.affine2.weight);
    let mut training = Training::<Frozen, AdamW<f32>, 2>::new(AdamW::new(Adam::new(0.1), 0.1));
    let x = [SVector::from([0.5, -1.0, 2.0]), SVector::from([0.1, 0.2, 0.3])];
    for _ in 0..50 {
        training.step(&mut network, &x, &[SVector::from([1.0, 0.0]), SVector::from([0.0, 1.0])]).unwrap();
    }
    assert_eq!(network.affine1.weight, frozen);
    assert_eq!(network.affine1.bias, SVector::<f32, 4>::zeros());
    assert_ne!(network.affine2.weight, trained);
}

/// y = a x + b, whose gradient by b is twice what it should be.
#[derive(Params)]
#[repr(C)]
pub struct Doubled {
    factor: f64,
    offset: f64,
}

/// y = x + b, which adds to its gradient without asking whether it is to be replaced.
#[derive(Params)]
#[repr(C)]
pub struct Unstarted {
    offset: f64,
}

type One = SVector<f64, 1>;

macro_rules! layer_of_one {
    ($layer:ident, $factor:expr, $gradient:expr) => {
        impl Layer<f64, Width<1>, Width<1>> for $layer {
            type Gradient = Self;
            type Scratch = ();
            type Tape = ();

            fn infer(&self, x: &[One], y: &mut [One], _: ()) {
                x.iter().zip(y).for_each(|(x, y)| *y = x * $factor(self) + One::new(self.offset));
            }

            fn forward(&self, x: &[One], y: &mut [One], _: ()) {
                self.infer(x, y, ());
            }

            fn backward_input(&self, _: &[One], _: &[One], dy: &mut [One], dx: &mut [One], _: ()) {
                dy.iter().zip(dx).for_each(|(dy, dx)| *dx = dy * $factor(self));
            }

            fn backward_params(&self, x: &[One], dy: &[One], gradient: &mut Self, accumulate: Accumulate, _: ()) {
                x.iter().zip(dy).enumerate().for_each(|(i, (x, dy))| $gradient(gradient, x[0], dy[0], accumulate, i));
            }

            fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f64])) {
                visit(self.as_mut_slice());
            }
        }
    };
}

layer_of_one!(Doubled, |layer: &Self| layer.factor, |gradient: &mut Self,
                                                     x: f64,
                                                     dy: f64,
                                                     accumulate: Accumulate,
                                                     i| {
    if i == 0 {
        accumulate.start::<f64, _>(gradient);
    }
    gradient.factor += dy * x;
    gradient.offset += 2.0 * dy;
});
layer_of_one!(Unstarted, |_| 1.0, |gradient: &mut Self, _, dy: f64, _, _| gradient.offset += dy);

network! { OneWrong<f64>: 2 => #[frozen] Affine => 1 => Affine => 1 => Doubled => MseLoss => 1 }
network! { Kept<f64>: 1 => Affine => 1 => Unstarted => MseLoss => 1 }

/// The gradient check of one sample, with a training that clips.
fn check_clipped<N, const M: usize>(network: &mut N, x: [f64; M], clip: Clip<f64>) -> GradCheck
where
    N: Trainable<Objective = MseLoss> + Takes<samples::Values<f64, M>> + Network<Scalar = f64, Output = Width<1>>,
{
    let mut training = Training::<N, Sgd<f64>, 1>::boxed(Sgd::new(0.1));
    training.clip = clip;
    let before = network.as_slice().to_vec();
    let (x, targets) = ([SVector::from(x)], [One::new(1.0)]);
    let check = gradcheck(&mut training, network, &mut Inference::<N, 1>::boxed(), &x, &targets).unwrap();
    assert_eq!(training.clip, clip);
    assert_eq!(network.as_slice(), before);
    check
}

#[test]
fn a_gradient_check_names_the_one_wrong_parameter_and_is_not_clipped() {
    // Behind the frozen layer x = 1, then y = 2 and 5; of the loss ½ (y − 1)² the derivative by the offset is 4.
    let mut network = OneWrong::from_array([0.25, 0.5, 0.25, 1.5, 0.5, 2.0, 1.0]);
    for clip in [Clip::None, Clip::Norm(1e-3), Clip::Value(1e-3)] {
        let check = check_clipped(&mut network, [1.0, 1.0], clip);
        let worst = check.worst;
        assert_eq!((worst.layer, worst.index, check.checked), ("doubled1", 1, 4), "{check}");
        for (found, expected) in
            [(worst.backpropagated, 8.0), (worst.numerical, 4.0), (worst.relative, 0.5), (check.mean_difference, 1.0)]
        {
            assert!((found - expected).abs() < 1e-8, "{found}, not {expected}: {check}");
        }
    }
}

#[test]
fn a_layer_that_adds_to_what_its_gradient_held_is_caught() {
    let check = check_clipped(&mut Kept::from_array([0.5, 0.25, 0.5]), [1.0], Clip::None);
    assert_eq!(check.worst.layer, "unstarted1", "{check}");
    assert!(check.worst.relative > 0.1, "{check}");
}

network! { Distributions<f64>: 3 => Affine => Tanh => 4 => Affine => SoftmaxLoss => 3 }

/// Sums of floats are rounded, so a distribution adds up to 1 only nearly.
#[test]
fn the_gradient_of_a_distribution_whose_sum_is_not_exactly_1_is_that_of_its_loss() {
    let mut network = Distributions::new();
    network.init(1);
    let x = [SVector::from([0.5, -1.0, 2.0]), SVector::from([-0.5, 0.25, 1.0])];
    for sum in [1.0 - 1e-6, 1.0, 1.0 + 1e-6] {
        let targets = [SVector::from([0.25, 0.25, 0.5]) * sum, SVector::from([0.0, 1.0, 0.0]) * sum];
        let mut training = Training::<Distributions, Sgd<f64>, 2>::new(Sgd::new(0.1));
        let mut memory = Inference::<Distributions, 1>::new();
        let check = gradcheck(&mut training, &mut network, &mut memory, &x, &targets).unwrap();
        assert!(check.worst.relative < 1e-8, "{sum}: {check}");
    }
}

network! { NetworkFirst<f64>: 3 => Inner<3, 4> => 4 => Affine => MseLoss => 2 }
network! { NetworksFirst<f64>: 3 => Inner<3, 2> => 2 => Inner<2, 4> => 4 => Affine => Silu => MseLoss => 2 }
network! { FrozenNetworkFirst<f64>: 3 => #[frozen] Inner<3, 4> => 4 => Affine => MseLoss => 2 }
network! { FrozenFirst<f64>: 3 => #[frozen] Affine => Gelu => 4 => Affine => MseLoss => 2 }
network! { OwnFirst<f64>: 3 => Gain<3> => Affine => MseLoss => 2 }
network! { KeepsInputFirst<f64>: 3 => Gelu => Affine => MseLoss => 2 }
network! { KeepsOutputFirst<f64>: 3 => Tanh => Sigmoid => Affine => MseLoss => 2 }
network! { OnlyNetwork<f64>: 3 => Inner<3, 2> => MseLoss => 2 }

/// Nobody needs the dx of a first layer, so less is computed for it.
#[test]
fn gradients_are_right_whatever_the_first_layer_is() {
    for (name, check) in [
        ("a network", check::<NetworkFirst, 3, Values<2>> as Check),
        ("two networks", check::<NetworksFirst, 3, Values<2>>),
        ("a frozen network", check::<FrozenNetworkFirst, 3, Values<2>>),
        ("a frozen Affine", check::<FrozenFirst, 3, Values<2>>),
        ("an own layer", check::<OwnFirst, 3, Values<2>>),
        ("an activation that keeps its input", check::<KeepsInputFirst, 3, Values<2>>),
        ("an activation that keeps its output", check::<KeepsOutputFirst, 3, Values<2>>),
        ("a network and nothing else", check::<OnlyNetwork, 3, Values<2>>),
    ] {
        for samples in [1, 3] {
            let check = check(7, samples).unwrap();
            assert!(check.worst.relative < 1e-7, "{name}: {check}");
        }
    }
}
