//! Every level of this machine against sums in f64, over sizes with every kind of ragged end.

use nalgebra::SVector;

use super::dispatch::for_all_activations;
use super::level::Available;
use super::looped::{Backward, Forward};
use super::{Kernels, Level, Raw, chain, small};
use crate::init::Rng;
use crate::layer::{Accumulate, Identity};
use crate::layers::{self, Affine, Tanh};
use crate::optim::{AdaGrad, Adadelta, Adam, AdamW, Momentum, Nesterov, Optimizer, RmsProp, Sgd, Step};
use crate::params::Params;
use crate::scalar::Scalar;

/// Stands around every result, and must be left alone.
const GUARD: f64 = 7.0e10;
const GUARDS: usize = 40;

/// A result with guards around it.
struct Guarded<T> {
    memory: Vec<T>,
}

impl<T: Scalar> Guarded<T> {
    fn new(values: &[T]) -> Self {
        let guards = [T::from_f64(GUARD); GUARDS];
        Self { memory: [&guards, values, &guards].concat() }
    }

    fn get(&mut self) -> &mut [T] {
        let end = self.memory.len() - GUARDS;
        &mut self.memory[GUARDS..end]
    }

    fn check_guards(&self, what: &str) {
        let (front, back) = (&self.memory[..GUARDS], &self.memory[self.memory.len() - GUARDS..]);
        assert!(front.iter().chain(back).all(|x| x.to_f64() == T::from_f64(GUARD).to_f64()), "{what}: a guard");
    }

    fn check(&self, expected: &[Reference], what: &str) {
        self.check_guards(what);
        let values = &self.memory[GUARDS..self.memory.len() - GUARDS];
        assert_eq!(values.len(), expected.len());
        for (i, (value, expected)) in values.iter().zip(expected).enumerate() {
            // The usual bound for a sum of n products is n ε Σ|aᵢ bᵢ|; √n is what rounding at random leaves.
            let bound = (4.0 + expected.terms.sqrt() * 2.0) * T::EPSILON.to_f64() * expected.magnitude;
            let error = (value.to_f64() - expected.sum).abs();
            assert!(error <= bound, "{what}, element {i}: {value}, not {} ± {bound}", expected.sum);
        }
    }
}

/// A sum in f64 with what its rounding depends on.
#[derive(Clone, Copy, Default)]
struct Reference {
    sum: f64,
    magnitude: f64,
    terms: f64,
}

impl Reference {
    fn add(&mut self, term: f64) {
        self.sum += term;
        self.magnitude += term.abs();
        self.terms += 1.0;
    }

    fn of<T: Scalar>(terms: impl Iterator<Item = (T, T)>) -> Self {
        let mut sum = Self::default();
        terms.for_each(|(a, b)| sum.add(a.to_f64() * b.to_f64()));
        sum
    }
}

/// Values of which a share is zero.
fn values<T: Scalar>(n: usize, zeros: f64, rng: &mut Rng) -> Vec<T> {
    let mut uniform = move || rng.symmetric::<f64>();
    (0..n).map(|_| T::from_f64(if uniform().abs() < zeros { 0.0 } else { uniform() })).collect()
}

fn check_affine<T: Scalar>(inputs: usize, outputs: usize, samples: usize, zeros: f64) {
    let mut rng = Rng::new((inputs * 10007 + outputs * 101 + samples) as u64);
    let weight = values::<T>(inputs * outputs, 0.0, &mut rng);
    let bias = values::<T>(outputs, 0.0, &mut rng);
    let x = values::<T>(inputs * samples, zeros, &mut rng);
    let dy = values::<T>(outputs * samples, 0.0, &mut rng);
    let old = values::<T>((inputs + 1) * outputs, 0.0, &mut rng);
    let (old_weight, old_bias) = old.split_at(inputs * outputs);

    let mut y = Vec::new();
    let mut dx = Vec::new();
    for s in 0..samples {
        for o in 0..outputs {
            let mut sum = Reference::of((0..inputs).map(|i| (weight[i * outputs + o], x[s * inputs + i])));
            sum.add(bias[o].to_f64());
            y.push(sum);
        }
        for i in 0..inputs {
            dx.push(Reference::of((0..outputs).map(|o| (weight[i * outputs + o], dy[s * outputs + o]))));
        }
    }
    let mut dweight = Vec::new();
    for i in 0..inputs {
        for o in 0..outputs {
            dweight.push(Reference::of((0..samples).map(|s| (x[s * inputs + i], dy[s * outputs + o]))));
        }
    }
    let dbias: Vec<_> =
        (0..outputs).map(|o| Reference::of((0..samples).map(|s| (dy[s * outputs + o], T::ONE)))).collect();
    let plus = |sums: &[Reference], old: &[T]| -> Vec<Reference> {
        sums.iter()
            .zip(old)
            .map(|(sum, old)| {
                let mut sum = *sum;
                sum.add(old.to_f64());
                sum
            })
            .collect()
    };
    let nonsense = |n: usize| Guarded::new(&vec![T::from_f64(f64::NAN); n]);

    for at in Available::all() {
        let what = |of: &str| format!("{of} of {inputs}→{outputs}, {samples} samples, {} {:?}", at.level(), T::EPSILON);
        let size = (inputs, outputs);
        let mut result = nonsense(outputs * samples);
        T::forward(at, size, &weight, &bias, &x, result.get());
        result.check(&y, &what("y"));

        let mut result = nonsense(inputs * samples);
        T::backward_input(at, size, &weight, &dy, result.get());
        result.check(&dx, &what("dx"));

        let mut result = nonsense(inputs * outputs);
        T::backward_weight(at, size, 0, &x, &dy, result.get(), Accumulate::Replace);
        result.check(&dweight, &what("dW"));
        let mut result = Guarded::new(old_weight);
        T::backward_weight(at, size, 0, &x, &dy, result.get(), Accumulate::Add);
        result.check(&plus(&dweight, old_weight), &what("dW added"));
        // A part of the columns alone.
        let (first, last) = (inputs / 3, inputs - inputs / 4);
        let part = first * outputs..last * outputs;
        let mut result = nonsense(part.len());
        T::backward_weight(at, size, first, &x, &dy, result.get(), Accumulate::Replace);
        result.check(&dweight[part], &what("a part of dW"));

        let mut result = nonsense(outputs);
        T::backward_bias(at, outputs, &dy, result.get(), Accumulate::Replace);
        result.check(&dbias, &what("db"));
        let mut result = Guarded::new(old_bias);
        T::backward_bias(at, outputs, &dy, result.get(), Accumulate::Add);
        result.check(&plus(&dbias, old_bias), &what("db added"));
    }
}

fn check_both(inputs: usize, outputs: usize, samples: usize, zeros: f64) {
    check_affine::<f32>(inputs, outputs, samples, zeros);
    check_affine::<f64>(inputs, outputs, samples, zeros);
}

/// Every width beside widths of all kinds, every batch size beside some widths; in a release build all widths
/// and batch sizes together.
#[test]
fn products_are_right_for_all_widths_and_batch_sizes() {
    let step = if cfg!(debug_assertions) { 23 } else { 3 };
    let mut samples = 0;
    for outputs in 1..=70 {
        for inputs in (1 + outputs % step..=70).step_by(step) {
            samples = samples % 40 + 1;
            check_both(inputs, outputs, samples, if samples % 2 == 0 { 0.8 } else { 0.0 });
        }
    }
    for samples in 1..=40 {
        check_both(5, 18, samples, 0.0);
        check_both(19, 50, samples, 0.0);
    }
}

#[test]
fn products_of_one_sample_are_right_for_all_widths() {
    for width in 1..=70 {
        check_both(width, 71 - width, 1, 0.0);
        check_both(31, width, 1, 0.0);
        check_both(129 + width, width, 1, 0.8);
    }
}

#[test]
fn products_are_right_where_sums_are_cut_and_matrices_copied() {
    for (inputs, outputs, samples) in [
        (784, 50, 3),
        (300, 140, 33),
        (9, 300, 35),
        (9, 3, 600),
        (9, 14, 600),
        (18, 700, 5),
        (2100, 2, 1),
        (2500, 20, 2),
    ] {
        check_both(inputs, outputs, samples, 0.0);
        check_both(inputs, outputs, 1, 0.0);
        check_both(inputs, outputs, 1, 0.8);
    }
}

fn check_descent_then_forward<T: Scalar>(inputs: usize, outputs: usize, zeros: [f64; 2]) {
    let mut rng = Rng::new((inputs * 101 + outputs) as u64);
    let parameters = values::<T>((inputs + 1) * outputs, 0.0, &mut rng);
    let (weight, bias) = parameters.split_at(inputs * outputs);
    let [x, next] = zeros.map(|zeros| values::<T>(inputs, zeros, &mut rng));
    let dy = values::<T>(outputs, 0.3, &mut rng);
    for at in Available::all() {
        let what = format!("{inputs}→{outputs}, zeros {zeros:?}, {} {:?}", at.level(), T::EPSILON);
        let size = (inputs, outputs);
        let (mut new_weight, mut new_bias) = (weight.to_vec(), bias.to_vec());
        T::backward_weight(at, size, 0, &x, &dy, &mut new_weight, Accumulate::Add);
        T::backward_bias(at, outputs, &dy, &mut new_bias, Accumulate::Add);
        let mut expected = Vec::new();
        for o in 0..outputs {
            let mut sum = Reference::of((0..inputs).map(|i| (new_weight[i * outputs + o], next[i])));
            sum.add(new_bias[o].to_f64());
            expected.push(sum);
        }
        let (mut w, mut b) = (Guarded::new(weight), Guarded::new(bias));
        let mut y = Guarded::new(&vec![T::from_f64(f64::NAN); outputs]);
        T::descend_then_forward(at, size, (w.get(), b.get()), (&x, &dy), &next, y.get());
        y.check(&expected, &what);
        w.check_guards(&what);
        b.check_guards(&what);
        // As with a call for each, to the bit.
        assert_eq!(w.get(), new_weight, "W of {what}");
        assert_eq!(b.get(), new_bias, "b of {what}");
    }
}

#[test]
fn descent_and_forward_together_are_one_after_the_other() {
    for outputs in (1..=70).chain([128, 140, 200]) {
        for (inputs, zeros) in [(outputs % 9, [0.0; 2]), (40 + outputs, [0.0; 2]), (140, [0.8, 0.0]), (129, [0.8; 2])] {
            check_descent_then_forward::<f32>(inputs, outputs, zeros);
            check_descent_then_forward::<f64>(inputs, outputs, zeros);
        }
        check_descent_then_forward::<f32>(133, outputs, [0.0, 0.8]);
    }
}

/// Threads compute parts of a gradient, and nobody can tell from it how many there were.
#[test]
fn parts_of_a_gradient_are_the_whole_bit_by_bit() {
    for (inputs, outputs) in [(9, 5), (70, 10), (70, 17), (100, 50), (40, 3), (300, 1)] {
        for samples in [1, 2, 5, 37] {
            let mut rng = Rng::new(samples as u64);
            let x = values::<f32>(inputs * samples, 0.3, &mut rng);
            let dy = values::<f32>(outputs * samples, 0.0, &mut rng);
            let old = values::<f32>(inputs * outputs, 0.0, &mut rng);
            for (at, accumulate) in Available::all().flat_map(|at| [(at, Accumulate::Replace), (at, Accumulate::Add)]) {
                let mut whole = old.clone();
                f32::backward_weight(at, (inputs, outputs), 0, &x, &dy, &mut whole, accumulate);
                for cut in (0..inputs).step_by(inputs / 9) {
                    let mut parts = old.clone();
                    let (a, b) = parts.split_at_mut(cut * outputs);
                    f32::backward_weight(at, (inputs, outputs), 0, &x, &dy, a, accumulate);
                    f32::backward_weight(at, (inputs, outputs), cut, &x, &dy, b, accumulate);
                    let same = whole.iter().zip(&parts).all(|(a, b)| a.to_bits() == b.to_bits());
                    assert!(
                        same,
                        "{inputs}-{outputs}, {samples} samples, cut at {cut}, {accumulate:?}, {}",
                        at.level()
                    );
                }
            }
        }
    }
}

/// Whole numbers of a kind as scalars, for all lengths.
fn check_scale<R: Raw + Into<T>, T: Scalar>(numbers: &[R]) {
    let (scale, shift) = (T::from_f64(0.3), T::from_f64(-1.7));
    for len in 0..=numbers.len() {
        let expected: Vec<T> = numbers[..len].iter().map(|&q| q.into() * scale + shift).collect();
        for at in Available::all() {
            let mut result = Guarded::new(&vec![T::from_f64(f64::NAN); len]);
            R::scale(at, numbers, (scale, shift), result.get());
            result.check_guards("scale");
            assert_eq!(result.get(), expected, "{len} numbers, {}", at.level());
        }
    }
}

#[test]
fn whole_numbers_become_the_same_scalars_at_all_levels() {
    let u16s: Vec<u16> = (0..70).map(|i| i * 937).chain([u16::MAX, 1 << 15, (1 << 15) - 1, 128, 127]).collect();
    let (u8s, i8s): (Vec<_>, Vec<_>) = u16s.iter().map(|&q| (q as u8, q as i8)).unzip();
    let i16s: Vec<_> = u16s.iter().map(|&q| q as i16).collect();
    check_scale::<u8, f32>(&u8s);
    check_scale::<u8, f64>(&u8s);
    check_scale::<i8, f32>(&i8s);
    check_scale::<i8, f64>(&i8s);
    check_scale::<u16, f32>(&u16s);
    check_scale::<u16, f64>(&u16s);
    check_scale::<i16, f32>(&i16s);
    check_scale::<i16, f64>(&i16s);
}

#[test]
fn sizes_of_zero_are_sizes() {
    for (inputs, outputs, samples) in [(0, 5, 3), (5, 0, 3), (5, 3, 0), (0, 0, 2), (0, 18, 1), (18, 0, 1)] {
        check_both(inputs, outputs, samples, 0.0);
    }
}

#[test]
fn slices_that_are_too_short_are_left_alone() {
    for at in Available::all() {
        let (long, mut short) = (vec![1.0f32; 100], [5.0f32; 9]);
        f32::forward(at, (10, 10), &short, &long, &long, &mut [0.0; 10]);
        f32::forward(at, (10, 10), &long, &short, &long, &mut [0.0; 10]);
        f32::forward(at, (10, 10), &long, &long, &long, &mut short);
        f32::backward_input(at, (10, 10), &long, &long, &mut short);
        f32::backward_weight(at, (10, 10), 0, &long, &long, &mut short, Accumulate::Replace);
        let mut beyond = [5.0; 100];
        f32::backward_weight(at, (10, 10), 10, &long, &long, &mut beyond, Accumulate::Replace);
        assert_eq!(beyond, [5.0; 100]);
        f32::backward_weight(at, (10, 10), 7, &long, &long, &mut beyond, Accumulate::Replace);
        assert_eq!(beyond, core::array::from_fn(|i| if i < 30 { 10.0 } else { 5.0 }));
        f32::backward_bias(at, 10, &long, &mut short, Accumulate::Replace);
        let (mut parameters, mut y) = ([2.0f32; 110], [3.0; 10]);
        let (w, b) = parameters.split_at_mut(100);
        let at_once = |w: &mut [f32], b: &mut [f32], x: &[f32], dy: &[f32], next: &[f32], y: &mut [f32]| {
            f32::descend_then_forward(at, (10, 10), (w, b), (x, dy), next, y);
        };
        at_once(&mut w[..99], b, &long, &long, &long, &mut y);
        at_once(w, &mut b[..9], &long, &long, &long, &mut y);
        at_once(w, b, &short, &long, &long, &mut y);
        at_once(w, b, &long, &short, &long, &mut y);
        at_once(w, b, &long, &long, &short, &mut y);
        at_once(w, b, &long, &long, &long, &mut short);
        assert_eq!((short, parameters, y), ([5.0; 9], [2.0; 110], [3.0; 10]));
    }
}

/// Steps an optimiser at every level and compares with the portable one, which the optimisers' own tests check.
fn check_optimizer<T: Scalar, O: Optimizer<T, Memory = [T; K]>, const K: usize>(optimizer: O) {
    let step = Step { learning_rate: T::from_f64(0.125), decay: T::from_f64(0.96875) };
    let mut rng = Rng::new(5);
    for n in 0..70 {
        let gradient = values::<T>(n, 0.3, &mut rng);
        let w = values::<T>(n, 0.0, &mut rng);
        let memory: [Vec<T>; K] = core::array::from_fn(|_| {
            // Second moments are not negative; some have nearly faded away.
            values::<T>(n, 0.2, &mut rng).iter().map(|x| x.abs() * T::from_f64(1e-3)).collect()
        });
        let mut portable: Option<Vec<Vec<T>>> = None;
        for at in Available::all() {
            let mut w = Guarded::new(&w);
            let mut memory = memory.each_ref().map(|m| Guarded::new(m));
            let slices = memory.each_mut().map(|m| m.get());
            optimizer.run(at, step, w.get(), &gradient, slices);
            let mut results = vec![w];
            results.extend(memory);
            let first = portable.get_or_insert_with(|| results.iter_mut().map(|r| r.get().to_vec()).collect());
            for (result, first) in results.iter().zip(first) {
                let expected: Vec<_> = first
                    .iter()
                    .map(|x| Reference { sum: x.to_f64(), magnitude: x.abs().to_f64(), terms: 1.0 })
                    .collect();
                result.check(&expected, &format!("{} of {n}, {}", O::NAME, at.level()));
            }
        }
    }
}

fn check_optimizers<T: Scalar>() {
    let (rate, momentum) = (T::from_f64(0.125), T::from_f64(0.875));
    check_optimizer(Sgd::new(rate));
    check_optimizer(Momentum::new(rate, momentum));
    check_optimizer(Nesterov::new(rate, momentum));
    check_optimizer(AdaGrad::new(rate));
    check_optimizer(RmsProp::new(rate));
    check_optimizer(Adadelta::<T>::new());
    check_optimizer(Adam::new(rate));
    check_optimizer(AdamW::new(Adam::new(rate), T::from_f64(0.25)));
}

#[test]
fn updates_agree_at_all_levels() {
    check_optimizers::<f32>();
    check_optimizers::<f64>();
}

#[test]
fn moments_that_have_faded_become_zero_at_all_levels() {
    for at in Available::all() {
        let (mut w, gradient, mut v) = ([1.0f32; 20], [0.0; 20], [f32::MIN_POSITIVE; 20]);
        v[3] = -f32::MIN_POSITIVE;
        v[4] = f32::NAN;
        let (optimizer, step) = (Momentum::new(1.0, 0.5), Step { learning_rate: 1.0, decay: 1.0 });
        f32::momentum(at, optimizer, step, &mut w, &gradient, [&mut v]);
        assert!(v.iter().enumerate().all(|(i, v)| if i == 4 { v.is_nan() } else { *v == 0.0 }), "{}", at.level());
    }
}

/// A step without a gradient, of moments that are as small as numbers can be.
fn check_that_moments_fade<O: Optimizer<f32, Memory = [f32; K]>, const K: usize>(optimizer: O) {
    for at in Available::all() {
        let (mut w, mut memory) = ([1.0f32; 21], [[f32::MIN_POSITIVE; 21]; K]);
        optimizer.run(
            at,
            Step { learning_rate: 0.5, decay: 1.0 },
            &mut w,
            &[0.0; 21],
            memory.each_mut().map(|m| &mut m[..]),
        );
        assert!(!memory.iter().flatten().any(|m| m.is_subnormal()), "{}, {}: {memory:?}", O::NAME, at.level());
    }
}

#[test]
fn no_optimiser_remembers_a_denormal_at_any_level() {
    check_that_moments_fade(Momentum::new(0.5, 0.875));
    check_that_moments_fade(Nesterov::new(0.5, 0.875));
    check_that_moments_fade(AdaGrad::new(0.5));
    check_that_moments_fade(RmsProp::new(0.5));
    check_that_moments_fade(Adadelta::new());
    check_that_moments_fade(Adam::new(0.5));
    check_that_moments_fade(AdamW::new(Adam::new(0.5), 0.25));
}

#[test]
fn weights_that_decay_become_zero_before_they_are_denormals_at_all_levels() {
    for at in Available::all() {
        let mut w = [1e-30f32; 20];
        w[3] = -1e-30;
        (w[4], w[5]) = (f32::NAN, 1.0);
        let (optimizer, gradient) = (Sgd::new(1.0), [0.0; 20]);
        for _ in 0..40 {
            f32::sgd(at, optimizer, Step { learning_rate: 1.0, decay: 0.9 }, &mut w, &gradient, []);
            assert!(w.iter().all(|w| !w.is_subnormal()), "{}: {w:?}", at.level());
        }
        assert!(w[4].is_nan() && w[5] > 0.01, "{}", at.level());
        assert!(w.iter().enumerate().all(|(i, w)| i == 4 || i == 5 || *w == 0.0), "{}: {w:?}", at.level());
        // What does not decay stays.
        let mut w = [1e-30f32, 1e-40];
        f32::sgd(at, optimizer, Step { learning_rate: 1.0, decay: 1.0 }, &mut w, &[0.0; 2], []);
        assert_eq!(w, [1e-30, 1e-40], "{}", at.level());
    }
}

/// At −∞ and ∞ an activation and its derivative have their limits, at every level and in both scalars.
fn check_limits<T: Activations>() {
    // α = 0.7 and the slope 0.1 are those of the examples.
    let limits = |name: &str| match name {
        "elu" => [-0.7, f64::INFINITY, 0.0, 1.0],
        "sigmoid" => [0.0, 1.0, 0.0, 0.0],
        "tanh_values" => [-1.0, 1.0, 0.0, 0.0],
        "leaky_relu" => [f64::NEG_INFINITY, f64::INFINITY, 0.1, 1.0],
        _ => [0.0, f64::INFINITY, 0.0, 1.0],
    };
    for Elementwise { name, values: apply, derivatives } in T::all() {
        for at in Available::all() {
            let x = [f64::NEG_INFINITY, f64::INFINITY].repeat(9).into_iter().map(T::from_f64).collect::<Vec<_>>();
            let (mut y, mut d) = (x.clone(), vec![T::ONE; x.len()]);
            apply(at, &mut y);
            let keeps_input = ["gelu", "hard_swish", "mish", "silu"].contains(&name);
            derivatives(at, if keeps_input { &x } else { &y }, &mut d);
            let [low, high, at_low, at_high] = limits(name).map(|limit| T::from_f64(limit).to_f64());
            for (y, d) in y.chunks(2).zip(d.chunks(2)) {
                let found = [y[0], y[1], d[0], d[1]].map(Scalar::to_f64);
                assert_eq!(found, [low, high, at_low, at_high], "{name}, f{}, {}", size_of::<T>() * 8, at.level());
            }
        }
    }
}

#[test]
fn activations_and_derivatives_have_their_limits_at_infinity() {
    check_limits::<f32>();
    check_limits::<f64>();
}

/// An activation by its two kernels.
pub(super) struct Elementwise<T> {
    pub(super) name: &'static str,
    pub(super) values: fn(Available, &mut [T]),
    pub(super) derivatives: fn(Available, &[T], &mut [T]),
}

pub(super) trait Activations: Scalar {
    fn all() -> Vec<Elementwise<Self>>;
}

/// A layer to be tested: with an argument, if it takes one.
trait Example {
    fn example() -> Self;
}

macro_rules! examples {
    ($($layer:ty: $example:expr;)*) => {$(
        impl Example for $layer {
            fn example() -> Self {
                $example
            }
        }
    )*};
}

examples! {
    layers::Elu<f32>: layers::Elu(0.7);
    layers::Elu<f64>: layers::Elu(0.7);
    layers::Gelu: layers::Gelu;
    layers::HardSwish: layers::HardSwish;
    layers::LeakyRelu<f32>: layers::LeakyRelu(0.1);
    layers::LeakyRelu<f64>: layers::LeakyRelu(0.1);
    layers::Mish: layers::Mish;
    layers::Relu: layers::Relu;
    layers::Sigmoid: layers::Sigmoid;
    layers::Silu: layers::Silu;
    layers::Softplus: layers::Softplus;
    layers::Tanh: layers::Tanh;
}

macro_rules! activations {
    ($($values:ident, $derivatives:ident: $layer:ty;)*) => {
        fn all() -> Vec<Elementwise<Self>> {
            vec![$(Elementwise {
                name: stringify!($values),
                values: |at, x| Self::$values(at, <$layer>::example(), x),
                derivatives: |at, kept, d| Self::$derivatives(at, <$layer>::example(), kept, d),
            }),*]
        }
    };
}

impl Activations for f32 {
    for_all_activations!(activations!());
}

impl Activations for f64 {
    for_all_activations!(activations!());
}

/// Against plain Rust, which agrees with the formulas in the tests of the layers.
fn check_activations<T: Activations>() {
    let portable = Available::new(Level::Portable).unwrap();
    let mut rng = Rng::new(3);
    for Elementwise { name, values: apply, derivatives } in T::all() {
        for n in 0..70 {
            let x: Vec<T> = values::<T>(n, 0.1, &mut rng).iter().map(|&x| x * T::from_f64(6.0)).collect();
            let dy = values::<T>(n, 0.0, &mut rng);
            // A derivative is a formula of one number, whether the layer keeps x or y.
            let (mut y, mut dx) = (x.clone(), dy.clone());
            apply(portable, &mut y);
            derivatives(portable, &x, &mut dx);
            for at in Available::all() {
                let what = |of: &str| format!("{of} of {n} by {name}, f{}, {}", size_of::<T>() * 8, at.level());
                let near = |found: &[T], expected: &[T]| {
                    let small = |x: T| 8.0 * T::EPSILON.to_f64() * (x.to_f64().abs() + 0.1);
                    found.iter().zip(expected).all(|(a, &b)| (a.to_f64() - b.to_f64()).abs() <= small(b))
                };
                let (mut found, mut found_dx) = (Guarded::new(&x), Guarded::new(&dy));
                apply(at, found.get());
                derivatives(at, &x, found_dx.get());
                assert!(near(found.get(), &y), "{}: {:?}, not {y:?}", what("y"), found.get());
                assert!(near(found_dx.get(), &dx), "{}: {:?}, not {dx:?}", what("dx"), found_dx.get());
                found.check_guards(&what("y"));
                found_dx.check_guards(&what("dx"));
            }
        }
    }
}

#[test]
fn activations_agree_at_all_levels() {
    check_activations::<f32>();
    check_activations::<f64>();
}

fn check_that_nan_stays<T: Activations>() {
    for Elementwise { name, values: apply, .. } in T::all() {
        for at in Available::all() {
            let mut x = [T::from_f64(f64::NAN); 19];
            apply(at, &mut x);
            assert!(x.iter().all(|x| x.to_f64().is_nan()), "{name}, {}: {x:?}", at.level());
        }
    }
}

#[test]
fn nan_stays_nan_through_every_activation_at_all_levels() {
    check_that_nan_stays::<f32>();
    check_that_nan_stays::<f64>();
}

/// Probabilities and ln Σ exp of samples of which the first has a class that is impossible, the second logits that
/// overflow without a shift, and the last no meaning.
fn check_softmax<T: Scalar>(width: usize, samples: usize) {
    let mut rng = Rng::new((width * 101 + samples) as u64);
    let scale = 0.25;
    let mut x: Vec<T> = values::<T>(width * samples, 0.0, &mut rng).iter().map(|&x| x * T::from_f64(9.0)).collect();
    for (sample, logits) in x.chunks_mut(width).enumerate() {
        match sample {
            0 if width > 1 => logits[width / 2] = T::from_f64(f64::NEG_INFINITY),
            1 => logits.iter_mut().for_each(|x| *x += T::from_f64(1000.0)),
            _ if sample > 1 && sample == samples - 1 => logits[width / 3] = T::from_f64(f64::NAN),
            _ => {}
        }
    }
    for at in Available::all() {
        let what = format!("{} {width}x{samples} at {}", size_of::<T>() * 8, at.level());
        let asked = samples - samples / 3;
        let (mut p, mut log_sums) = (Guarded::new(&x), Guarded::new(&vec![T::ZERO; asked]));
        T::softmax(at, width, T::from_f64(scale), p.get(), log_sums.get());
        for (sample, (logits, p)) in x.chunks(width).zip(p.get().chunks(width)).enumerate() {
            let largest = logits.iter().map(|x| x.to_f64()).fold(f64::NEG_INFINITY, f64::max);
            let exps: Vec<f64> = logits.iter().map(|x| (x.to_f64() - largest).exp()).collect();
            let sum: f64 = exps.iter().sum();
            let near = |found: T, expected: f64, size: f64| {
                found.to_f64().is_nan() && expected.is_nan()
                    || (found.to_f64() - expected).abs() <= 16.0 * T::EPSILON.to_f64() * size
            };
            for (i, (&p, e)) in p.iter().zip(exps).enumerate() {
                let expected = scale * e / sum;
                assert!(near(p, expected, expected + 1e-20), "{what}, {i} of sample {sample}: {p}, not {expected}");
            }
            if let Some(&log_sum) = log_sums.get().get(sample) {
                let expected = largest + sum.ln();
                let size = expected.abs() + 1.0;
                assert!(near(log_sum, expected, size), "{what}, sample {sample}: {log_sum}, not {expected}");
            }
        }
        p.check_guards(&what);
        log_sums.check_guards(&what);
    }
}

#[test]
fn softmax_is_right_for_all_widths_and_batch_sizes() {
    for width in 1..=70 {
        let all = if cfg!(debug_assertions) { 17 } else { 40 };
        for samples in if width < 20 { 1..=all } else { width % 5 + 1..=width % 5 + 2 } {
            check_softmax::<f32>(width, samples);
            check_softmax::<f64>(width, samples);
        }
    }
}

#[test]
fn one_value_that_is_not_finite_is_found_wherever_it_is() {
    for at in Available::all() {
        for n in 0..300 {
            let mut values = vec![f32::MAX; n];
            assert!(f32::all_finite(at, &values), "{} of {n}", at.level());
            for (i, bad) in [(n / 2, f32::NAN), (n.saturating_sub(1), f32::INFINITY), (0, f32::NEG_INFINITY)] {
                if i < n {
                    values[i] = bad;
                    assert!(!f32::all_finite(at, &values), "{} of {n} at {i}", at.level());
                    values[i] = -0.0;
                }
            }
        }
    }
}

fn check_small<T: Scalar, const IN: usize, const OUT: usize>(samples: usize) {
    let mut rng = Rng::new((IN * 71 + OUT) as u64);
    let mut affine = Affine::<T, IN, OUT>::new();
    affine.as_mut_slice().copy_from_slice(&values::<T>(IN * OUT + OUT, 0.0, &mut rng));
    let (weight, bias) = (affine.weight.as_slice(), affine.bias.as_slice());
    let x = values::<T>(IN * samples, 0.3, &mut rng);
    let mut dy = values::<T>(OUT * samples, 0.0, &mut rng);
    dy[0] = T::MINUS_ZERO;
    let (x_columns, dy_columns): (Vec<SVector<T, IN>>, Vec<SVector<T, OUT>>) = (columns(&x), columns(&dy));
    let (mut y, mut dx) = (Vec::new(), Vec::new());
    for s in 0..samples {
        for o in 0..OUT {
            let mut sum = Reference::of((0..IN).map(|i| (weight[i * OUT + o], x[s * IN + i])));
            sum.add(bias[o].to_f64());
            y.push(sum);
        }
        for i in 0..IN {
            dx.push(Reference::of((0..OUT).map(|o| (weight[i * OUT + o], dy[s * OUT + o]))));
        }
    }
    let terms = |i: usize, o: usize| {
        let (x, dy) = (&x, &dy);
        (0..samples).map(move |s| (if i < IN { x[s * IN + i] } else { T::ONE }, dy[s * OUT + o]))
    };
    let gradient: Vec<_> = (0..=IN).flat_map(|i| (0..OUT).map(move |o| Reference::of(terms(i, o)))).collect();
    let nonsense = |n: usize| Guarded::new(&vec![T::from_f64(f64::NAN); n]);
    for at in Available::all() {
        let what = |of: &str| format!("{of} of small {IN}→{OUT}, {samples} samples, {}", at.level());
        let mut found = nonsense(OUT * samples);
        let to = columns_mut(found.get());
        if !chain::forward_as_one(at, &x_columns, &mut ((&affine, &Identity, to), ())) {
            let larger = IN.max(OUT);
            let none = matches!(at.level(), Level::Portable | Level::Sse2)
                || larger > small::SMALL
                || larger > small::TINY && samples > 1;
            assert!(none, "{}", what("y"));
            continue;
        }
        found.check(&y, &what("y"));
        // As in a build with debug assertions, to the same bits.
        let mut looped = nonsense(OUT * samples);
        let (weight_at, bias_at, to) = (weight.as_ptr(), bias.as_ptr(), looped.get().as_mut_ptr());
        let (size, n) = ((IN, OUT), samples);
        // SAFETY: all are as long as the sizes say.
        unsafe {
            T::looped_forward(at, Forward { size, weight: weight_at, bias: bias_at, x: x.as_ptr(), y: to, n });
        }
        assert!(same_bits(looped.get(), found.get()), "{}", what("looped y"));
        looped.check_guards(&what("looped y"));
        // What is done on the way is what is done afterwards. (With debug assertions it is done afterwards, at the level of
        // the program.)
        if !cfg!(debug_assertions) {
            T::tanh_values(at, Tanh, found.get());
            let mut through = nonsense(OUT * samples);
            let to = columns_mut(through.get());
            assert!(chain::forward_as_one(at, &x_columns, &mut ((&affine, &Tanh, to), ())));
            assert_eq!(through.get(), found.get(), "{}", what("tanh y"));
            through.check_guards(&what("tanh y"));
        }

        let mut found = nonsense(IN * samples);
        let to = columns_mut(found.get());
        assert!(chain::backward_as_one(at, &dy_columns, &mut ((&affine, &Identity, &*x_columns, to), ())));
        found.check(&dx, &what("dx"));
        let mut looped = nonsense(IN * samples);
        let (weight_at, to) = (weight.as_ptr(), looped.get().as_mut_ptr());
        // SAFETY: as above.
        unsafe {
            T::looped_backward(at, Backward { size, weight: weight_at, dy: dy.as_ptr(), dx: to, n });
        }
        assert!(same_bits(looped.get(), found.get()), "{}", what("looped dx"));
        looped.check_guards(&what("looped dx"));
        if cfg!(debug_assertions) {
            continue;
        }
        T::tanh_backward(at, Tanh, &x, found.get());
        let mut through = nonsense(IN * samples);
        let to = columns_mut(through.get());
        assert!(chain::backward_as_one(at, &dy_columns, &mut ((&affine, &Tanh, &*x_columns, to), ())));
        assert_eq!(through.get(), found.get(), "{}", what("dx before tanh"));
        through.check_guards(&what("dx before tanh"));

        let mut found = nonsense(IN * OUT + OUT);
        let mut parts = vec![T::ONE; IN * OUT + OUT];
        for (accumulate, times) in [(Accumulate::Replace, 1.0), (Accumulate::Add, 2.0)] {
            let to = Affine::<T, IN, OUT>::from_mut_slice(found.get()).unwrap();
            assert!(chain::gradient_as_one(at, &mut ((to, &*x_columns, &*dy_columns), ()), accumulate));
            let expected =
                gradient.iter().map(|sum| Reference { sum: times * sum.sum, magnitude: times * sum.magnitude, ..*sum });
            found.check(&expected.collect::<Vec<_>>(), &what("gradient"));
            // Threads compute parts of it by the shared kernels.
            let (weight, bias) = parts.split_at_mut(IN * OUT);
            T::backward_weight(at, (IN, OUT), 0, &x, &dy, weight, accumulate);
            T::backward_bias(at, OUT, &dy, bias, accumulate);
            assert!(same_bits(found.get(), &parts), "{}", what("gradient in parts"));
        }
    }
}

fn same_bits<T: Scalar>(a: &[T], b: &[T]) -> bool {
    a.iter().map(|x| x.to_f64().to_bits()).eq(b.iter().map(|x| x.to_f64().to_bits()))
}

fn columns<T: Scalar, const N: usize>(values: &[T]) -> Vec<SVector<T, N>> {
    values.chunks_exact(N).map(SVector::from_column_slice).collect()
}

/// Columns in the memory of a flat slice.
fn columns_mut<T: Scalar, const N: usize>(values: &mut [T]) -> &mut [SVector<T, N>] {
    let len = values.len() / N;
    // SAFETY: a column is N scalars.
    unsafe { core::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), len) }
}

#[test]
fn products_of_small_layers_are_right() {
    macro_rules! sizes {
        ($($inputs:literal $outputs:literal),*) => {$(
            for samples in [1, 2, 3, 8, 13, 37] {
                check_small::<f32, $inputs, $outputs>(samples);
                check_small::<f64, $inputs, $outputs>(samples);
            }
        )*};
    }
    sizes!(
        1 1, 2 3, 3 2, 4 16, 16 2, 5 7, 16 16, 9 17, 7 31, 13 33, 64 4, 10 50, 6 47, 8 63, 64 64, 3 4, 12 8, 17 5, 33 9,
        32 32, 31 30, 20 25, 24 1, 1 24, 65 10, 10 65, 8 2, 16 1, 32 4
    );
}

#[test]
fn layers_that_are_small_together_are_what_they_are_alone() {
    let mut rng = Rng::new(3);
    let (mut first, mut second) = (Affine::<f32, 5, 20>::new(), Affine::<f32, 20, 3>::new());
    first.as_mut_slice().copy_from_slice(&values::<f32>(120, 0.0, &mut rng));
    second.as_mut_slice().copy_from_slice(&values::<f32>(63, 0.0, &mut rng));
    for samples in [1, 2, 9] {
        let x: Vec<SVector<f32, 5>> = columns(&values(5 * samples, 0.0, &mut rng));
        for at in Available::all() {
            let (mut h, mut y) =
                (vec![SVector::<f32, 20>::zeros(); samples], vec![SVector::<f32, 3>::zeros(); samples]);
            let (mut h2, mut y2) = (h.clone(), y.clone());
            let mut together = ((&first, &Tanh, &mut *h), ((&second, &Identity, &mut *y), ()));
            if !chain::forward_as_one(at, &x, &mut together) {
                continue;
            }
            assert!(chain::forward_as_one(at, &x, &mut ((&first, &Tanh, &mut *h2), ())));
            assert!(chain::forward_as_one(at, &h2, &mut ((&second, &Identity, &mut *y2), ())));
            assert_eq!((&h, &y), (&h2, &y2), "{samples} samples, {}", at.level());
        }
    }
}

#[test]
fn what_is_not_small_or_does_not_fit_is_left_alone() {
    // Without a sample there is nothing to read.
    let wide = Affine::<f32, 20, 20>::new();
    let (none, mut nowhere): ([SVector<f32, 20>; 0], [SVector<f32, 20>; 0]) = ([], []);
    for at in Available::all() {
        assert!(!chain::forward_as_one(at, &none, &mut ((&wide, &Identity, &mut nowhere[..]), ())));
        assert!(!chain::backward_as_one(at, &none, &mut ((&wide, &Identity, &none[..], &mut nowhere[..]), ())));
        let mut gradient = Affine::<f32, 20, 20>::new();
        let mut layers = ((&mut gradient, &none[..], &none[..]), ());
        assert!(!chain::gradient_as_one(at, &mut layers, Accumulate::Replace));
    }
    let (large, small) = (Affine::<f32, 65, 10>::new(), Affine::<f32, 4, 10>::new());
    let (mut y, mut dx) = ([SVector::<f32, 10>::repeat(5.0)], [SVector::<f32, 4>::repeat(5.0); 3]);
    let (long, short, kept) = ([SVector::<f32, 65>::zeros()], [SVector::<f32, 4>::zeros(); 2], [SVector::zeros(); 2]);
    for at in Available::all() {
        assert!(!chain::forward_as_one(at, &long, &mut ((&large, &Identity, &mut y[..]), ())));
        assert!(!chain::forward_as_one(at, &short, &mut ((&small, &Identity, &mut y[..]), ())));
        let dy = [SVector::<f32, 10>::zeros(); 3];
        assert!(!chain::backward_as_one(at, &dy, &mut ((&small, &Identity, &kept[..], &mut dx[..]), ())));
    }
    assert_eq!((y[0][0], dx[2][3]), (5.0, 5.0));
}
