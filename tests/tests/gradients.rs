//! Backpropagation against central differences, in f64, over the chains that the build script writes.

use chainrule::layer_prelude::*;
use chainrule::loss::Loss;
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
            prop_assert!(check.worst.relative < 1e-7, "{chain}: {check}");
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
            type Gradient = ();
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
