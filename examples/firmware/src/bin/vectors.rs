//! Compares the vectors of the machine with plain Rust, over sizes with every kind of ragged end: the products of an affine
//! layer, the activations, the optimisers, and a training step of 784-50-10, whose instructions are counted.
//!
//! Built without the feature `portable`, for a target with vectors.
#![no_std]
#![no_main]

use core::fmt::Write;

use chainrule::kernels::{
    Level, affine_backward_bias, affine_backward_columns, affine_backward_input, affine_forward, level, set_level,
};
use chainrule::layer::{Accumulate, InPlace};
use chainrule::layers;
use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule_firmware::networks::Digits;
use chainrule_firmware::print::Print;
use chainrule_firmware::slot::Slot;
use chainrule_firmware::{digits, program};

network! {
    /// As many parameters as are wanted, and one more.
    Line<T, const N: usize>: N => Affine => 1
}

program!(run);

const WIDTH: usize = 70;
const SAMPLES: usize = 40;
/// How many values activations are applied to, at most.
const VALUES: usize = 70;
/// Not a multiple of any number of lanes or columns.
const BATCH: usize = 5;

/// What is compared, and on what it is computed.
struct Memory<T> {
    weight: [T; WIDTH * WIDTH],
    x: [T; WIDTH * SAMPLES],
    dy: [T; WIDTH * SAMPLES],
    /// At the level of the machine and at the portable one.
    results: [[T; WIDTH * WIDTH]; 2],
}

static SINGLE: Slot<Memory<f32>> = Slot::new(Memory::new(0.0));
static DOUBLE: Slot<Memory<f64>> = Slot::new(Memory::new(0.0));

static NETWORK: Slot<[Digits; 2]> = Slot::new([const { Digits::new() }; 2]);
static TRAINING: Slot<Training<Digits, Sgd<f32>, BATCH>> = Slot::new(Training::new(Sgd::new(0.0)));
static IMAGES: Slot<[SVector<f32, 784>; BATCH]> = Slot::new([const { SVector::from_array_storage(ZEROS) }; BATCH]);
const ZEROS: chainrule::nalgebra::ArrayStorage<f32, 784, 1> = chainrule::nalgebra::ArrayStorage([[0.0; 784]]);

fn run() -> bool {
    let machine = level();
    let _ = writeln!(Text, "level {machine}");
    let Some((single, double)) = SINGLE.take().zip(DOUBLE.take()) else { return false };
    let single = Check { machine, memory: single }.all();
    let double = Check { machine, memory: double }.all();
    machine != Level::Portable && single && double && training(machine)
}

/// Formatted text, since levels have a name.
struct Text;

impl Write for Text {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        Print.text(text);
        Ok(())
    }
}

impl<T: Scalar> Memory<T> {
    const fn new(zero: T) -> Self {
        Self {
            weight: [zero; WIDTH * WIDTH],
            x: [zero; WIDTH * SAMPLES],
            dy: [zero; WIDTH * SAMPLES],
            results: [[zero; WIDTH * WIDTH]; 2],
        }
    }
}

struct Check<T: 'static> {
    machine: Level,
    memory: &'static mut Memory<T>,
}

impl<T: Scalar> Check<T> {
    fn all(mut self) -> bool {
        let mut rng = Rng::new(1);
        let Memory { weight, x, dy, .. } = &mut *self.memory;
        weight.iter_mut().chain(x).chain(dy).for_each(|x| *x = rng.symmetric());
        // No shortcut, so that everything that is wrong is said.
        self.products() & self.activations() & self.optimizers()
    }

    /// Runs `code` on the front of a result at both levels, and compares all of both. The result holds numbers before, so
    /// that it can be added to, and so that what lies behind its end is seen to be left alone.
    ///
    /// The tolerance is so many roundings of the result, or of 1 if that is more.
    fn same(&mut self, what: &str, n: usize, roundings: usize, code: impl Fn(&mut [T], &[T], &[T], &[T])) -> bool {
        let Memory { weight, x, dy, results } = &mut *self.memory;
        for (result, level) in results.iter_mut().zip([self.machine, Level::Portable]) {
            result.iter_mut().zip(&*weight).for_each(|(result, &w)| *result = w);
            if !set_level(level) {
                return false;
            }
            code(result.get_mut(..n).unwrap_or_default(), weight, x, dy);
        }
        let tolerance = T::EPSILON.to_f64() * roundings as f64;
        let [vectors, portable] = results;
        let right = vectors.iter().zip(&*portable).all(|(a, b)| {
            let (a, b) = (a.to_f64(), b.to_f64());
            (a - b).abs() <= tolerance * b.abs().max(1.0)
        });
        if !right {
            let _ = writeln!(Text, "{what}, {n} values of {} bytes: {} is not portable", size_of::<T>(), self.machine);
        }
        right
    }

    /// For every width and every number of samples, beside all kinds of others. With every sum of n products n roundings
    /// may go another way, on either side.
    fn products(&mut self) -> bool {
        let mut right = true;
        for m in 1..=WIDTH {
            let k = m * 29 % WIDTH + 1;
            for n in [1, m % SAMPLES + 1] {
                right &=
                    self.same("y", m * n, 2 * (k + 1), |y, weight, x, bias| affine_forward(k, m, weight, bias, x, y));
                right &= self.same("dx", k * n, 2 * m, |dx, weight, _, dy| {
                    affine_backward_input(k, m, weight, dy.get(..m * n).unwrap_or_default(), dx);
                });
                for accumulate in [Accumulate::Replace, Accumulate::Add] {
                    right &= self.same("dW", m * k, 2 * (n + 1), |dw, _, x, dy| {
                        let (x, dy) = (x.get(..k * n).unwrap_or_default(), dy.get(..m * n).unwrap_or_default());
                        affine_backward_columns(k, m, 0, x, dy, dw, accumulate);
                    });
                    right &= self.same("db", m, 2 * (n + 1), |db, _, _, dy| {
                        affine_backward_bias(m, dy.get(..m * n).unwrap_or_default(), db, accumulate);
                    });
                }
            }
        }
        right
    }

    fn activations(&mut self) -> bool {
        self.activation("Elu", layers::Elu(T::ONE))
            & self.activation("Gelu", layers::Gelu)
            & self.activation("HardSwish", layers::HardSwish)
            & self.activation("LeakyRelu", layers::LeakyRelu(T::from_f64(0.1)))
            & self.activation("Mish", layers::Mish)
            & self.activation("Relu", layers::Relu)
            & self.activation("Sigmoid", layers::Sigmoid)
            & self.activation("Silu", layers::Silu)
            & self.activation("Softplus", layers::Softplus)
            & self.activation("Tanh", layers::Tanh)
            & self.softmax::<1>()
            & self.softmax::<3>()
            & self.softmax::<10>()
            & self.softmax::<16>()
            & self.softmax::<33>()
    }

    /// Values from −20 to 20, and their derivatives.
    fn activation(&mut self, name: &str, layer: impl InPlace<T>) -> bool {
        (1..=VALUES).all(|n| {
            self.same(name, n, 8, |y, _, x, _| {
                y.iter_mut().zip(x).for_each(|(y, &x)| *y = x * T::from_f64(20.0));
                layer.forward(y);
            }) && self.same(name, n, 8, |d, _, x, _| {
                layer.backward(x.get(..n).unwrap_or_default(), d);
            })
        })
    }

    fn optimizers(&mut self) -> bool {
        let mut rate = T::from_f64(0.1);
        let mut right = true;
        // One after the other, with rates that are not the same.
        macro_rules! for_sizes {
            ($optimizer:expr; $($size:literal)*) => {$(
                rate = rate * T::from_f64(0.99);
                right &= self.optimizer::<_, $size>(|| $optimizer);
            )*};
        }
        macro_rules! optimizers {
            ($($optimizer:expr,)*) => {$( for_sizes!($optimizer; 1 2 3 4 5 6 7 16 38); )*};
        }
        let half = T::from_f64(0.5);
        optimizers! {
            Sgd::new(rate),
            Momentum::new(rate, half),
            Nesterov::new(rate, half),
            AdaGrad::new(rate),
            RmsProp::new(rate),
            Adadelta::new(),
            Adam::new(rate),
            AdamW::new(Adam::new(rate), half),
        }
        right
    }

    /// Three steps of N + 1 parameters.
    fn optimizer<O: Optimizer<T>, const N: usize>(&mut self, optimizer: impl Fn() -> O) -> bool {
        self.same(O::NAME, Line::<T, N>::PARAMS, 32, |w, _, x, _| {
            let (mut network, mut training) = (Line::<T, N>::new(), Training::<Line<T, N>, O, 1>::new(optimizer()));
            network.as_mut_slice().copy_from_slice(w);
            for step in 0..3 {
                training.gradient_mut().as_mut_slice().iter_mut().zip(x.iter().skip(step)).for_each(|(g, x)| *g = *x);
                training.update(&mut network);
            }
            w.copy_from_slice(network.as_slice());
        })
    }

    fn softmax<const N: usize>(&mut self) -> bool {
        self.same("Softmax", N, 8, |y, _, x, _| {
            y.iter_mut().zip(x).for_each(|(y, &x)| *y = x * T::from_f64(20.0));
            layers::Softmax.forward(y.as_chunks_mut::<N>().0);
        })
    }
}

/// One step from the same parameters at both levels. The tolerance is a hundred-thousandth: a sum of 784 products of which
/// none is more than 1 has so many roundings.
fn training(machine: Level) -> bool {
    let Some(((networks, training), images)) = NETWORK.take().zip(TRAINING.take()).zip(IMAGES.take()) else {
        return false;
    };
    let mut labels = [Class::<10>::default(); BATCH];
    for ((image, label), (pixels, shown)) in images.iter_mut().zip(&mut labels).zip(digits::images()) {
        digits::read(pixels, image);
        let Ok(shown) = Class::new(shown.into()) else { return false };
        *label = shown;
    }
    training.optimizer.learning_rate = 0.1;
    // One sample has kernels of its own.
    [1, BATCH].into_iter().all(|samples| {
        let (images, labels) = (images.get(..samples).unwrap_or_default(), labels.get(..samples).unwrap_or_default());
        let mut right = true;
        for (network, level) in networks.iter_mut().zip([machine, Level::Portable]) {
            network.init(1);
            right &= set_level(level);
            let (stepped, instructions) = instructions_of(|| training.step(network, images, labels).is_ok());
            right &= stepped;
            if let Some(instructions) = instructions {
                let _ = writeln!(Text, "step of {samples} at {level} {instructions}");
            }
        }
        let [vectors, portable] = networks;
        let same = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-5;
        right && vectors.as_slice().iter().zip(portable.as_slice()).all(same)
    })
}

/// How many instructions a piece of code takes, where they can be counted.
fn instructions_of<R>(code: impl FnOnce() -> R) -> (R, Option<u32>) {
    #[cfg(aarch64_board)]
    {
        let (result, instructions) = chainrule_firmware::board::instructions_of(code);
        (result, Some(instructions))
    }
    #[cfg(not(aarch64_board))]
    (code(), None)
}
