//! The elementary functions of every level against `f64`.
//!
//! The tests over all 2³² inputs are not run by default: each takes about a minute in a release build,
//! `cargo test --release -p chainrule --lib -- --ignored all_inputs --nocapture`.
#![allow(unsafe_op_in_unsafe_fn)]

use super::level::{Available, Level};
use super::simd::{Simd, Task};
use super::{Kernels, math_tests::Function::*};
use crate::layers;

/// A function, which is to be within 2 units in the last place.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Function {
    Exp,
    ExpM1,
    Ln,
    Ln1p,
    Tanh,
    Sigmoid,
    Silu,
    Softplus,
    Gelu,
}

const ALL: [Function; 9] = [Exp, ExpM1, Ln, Ln1p, Tanh, Sigmoid, Silu, Softplus, Gelu];

impl Function {
    fn exact(self, x: f64) -> f64 {
        match self {
            Exp => libm::exp(x),
            ExpM1 => libm::expm1(x),
            Ln => libm::log(x),
            Ln1p => libm::log1p(x),
            Tanh => libm::tanh(x),
            Sigmoid => 1.0 / (1.0 + libm::exp(-x)),
            Silu | Gelu if x == f64::NEG_INFINITY => 0.0,
            Silu => x / (1.0 + libm::exp(-x)),
            Softplus => x.max(0.0) + libm::log1p(libm::exp(-x.abs())) + if x.is_nan() { x } else { 0.0 },
            Gelu => 0.5 * x * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2),
        }
    }

    /// Replaces x by f(x).
    fn apply(self, at: Available, x: &mut [f32]) {
        match self {
            Tanh => f32::tanh_values(at, layers::Tanh, x),
            Sigmoid => f32::sigmoid(at, layers::Sigmoid, x),
            Silu => f32::silu(at, layers::Silu, x),
            Softplus => f32::softplus(at, layers::Softplus, x),
            Gelu => f32::gelu(at, layers::Gelu, x),
            Exp | ExpM1 | Ln | Ln1p => {
                // SAFETY: the slice is as long as the task is told.
                unsafe { f32::vectorised(at, Elementary { n: x.len(), x: x.as_mut_ptr(), function: self }) };
            }
        }
    }

    /// Whether f is asked for at x.
    fn takes(self, x: f32) -> bool {
        match self {
            Ln1p => (0.0..=1.0).contains(&x),
            _ => true,
        }
    }
}

struct Elementary {
    n: usize,
    x: *mut f32,
    function: Function,
}

impl Task<f32> for Elementary {
    #[inline(always)]
    unsafe fn run<S: Simd<T = f32>>(self) {
        let mut i = 0;
        while i < self.n {
            let x = S::load_up_to(self.x.add(i), self.n - i);
            let y = match self.function {
                Exp => S::exp(x),
                ExpM1 => S::exp_m1(x),
                Ln => S::ln(x),
                _ => S::ln_1p_of_unit(x),
            };
            S::store_up_to(self.x.add(i), y, self.n - i);
            i += S::LANES;
        }
    }
}

/// How far a result is from the exact value, in units of the last place of the latter.
fn error_in_ulps(result: f32, exact: f64) -> f64 {
    if exact.is_nan() || result.is_nan() {
        return if exact.is_nan() && result.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if f64::from(result) == exact || exact as f32 == result {
        return 0.0;
    }
    // What would be a denormal, or nearly, may be 0.
    if result == 0.0 && exact.abs() < 2.0 * f64::from(f32::MIN_POSITIVE) {
        return 0.0;
    }
    let nearest = exact.abs().min(f64::from(f32::MAX)) as f32;
    let ulp = f64::from(nearest.next_up().min(f32::MAX)) - f64::from(nearest.min(f32::MAX.next_down()));
    // Where the numbers end, infinity is one unit beyond them.
    let result = f64::from(result).clamp(-f64::from(f32::MAX) - ulp, f64::from(f32::MAX) + ulp);
    let exact = exact.clamp(-f64::from(f32::MAX) - ulp, f64::from(f32::MAX) + ulp);
    (result - exact).abs() / ulp
}

/// Every `step`-th of the numbers whose bits are in the range.
fn check(function: Function, bits: core::ops::RangeInclusive<u32>, step: u32) {
    let levels: Vec<_> = Available::all().filter(|at| at.level() != Level::Portable).collect();
    let mut worst = vec![(0.0f64, 0.0f32); levels.len()];
    let mut x = Vec::new();
    let (mut next, last) = (u64::from(*bits.start()), u64::from(*bits.end()));
    while next <= last {
        x.clear();
        while next <= last && x.len() < 4096 {
            x.push(f32::from_bits(next as u32));
            next += u64::from(step);
        }
        let exact: Vec<_> = x.iter().map(|&x| function.exact(f64::from(x))).collect();
        for (&at, worst) in levels.iter().zip(&mut worst) {
            let mut y = x.clone();
            function.apply(at, &mut y);
            for ((&x, &y), &exact) in x.iter().zip(&y).zip(&exact) {
                let error = if function.takes(x) { error_in_ulps(y, exact) } else { 0.0 };
                if error > worst.0 {
                    *worst = (error, x);
                }
            }
        }
    }
    for (at, (error, x)) in levels.iter().zip(&worst) {
        println!("{function:?}, {}: {error:.3} units in the last place at {x:e}", at.level());
    }
    assert!(worst.iter().all(|(error, _)| *error <= 2.0), "{function:?}: more than 2 units in the last place");
}

#[test]
fn functions_are_right_for_a_sample_of_all_inputs() {
    for function in ALL {
        check(function, 0..=u32::MAX, if cfg!(debug_assertions) { 131_071 } else { 2039 });
    }
}

#[test]
fn functions_are_right_at_special_values() {
    for special in [0.0f32, f32::MIN_POSITIVE, 1.0, f32::INFINITY, f32::NAN, -0.0, 88.722_84, 87.336_55, 103.972_08] {
        for sign in [0, 1 << 31] {
            let bits = special.to_bits() ^ sign;
            for function in ALL {
                check(function, bits.saturating_sub(40)..=bits.saturating_add(40), 1);
            }
        }
    }
}

/// tanh of two vectors, with all kinds of vectors that a level has.
struct AllTanh<'a> {
    x: &'a [f32; 32],
    y: &'a mut [[f32; 32]; 3],
}

impl Task<f32> for AllTanh<'_> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = f32>>(self) {
        let [wide, narrow, two] = self.y;
        for i in (0..32).step_by(S::LANES) {
            S::store(wide.as_mut_ptr().add(i), S::tanh(S::load(self.x.as_ptr().add(i))));
        }
        let lanes = S::Narrow::LANES;
        for i in (0..32).step_by(2 * lanes) {
            let (a, b) = (S::Narrow::load(self.x.as_ptr().add(i)), S::Narrow::load(self.x.as_ptr().add(i + lanes)));
            S::Narrow::store(narrow.as_mut_ptr().add(i), S::Narrow::tanh(a));
            S::Narrow::store(narrow.as_mut_ptr().add(i + lanes), S::Narrow::tanh(b));
            let (a, b) = S::Narrow::tanh_of_two(a, b);
            S::Narrow::store(two.as_mut_ptr().add(i), a);
            S::Narrow::store(two.as_mut_ptr().add(i + lanes), b);
        }
    }
}

#[test]
fn tanh_has_the_same_bits_in_all_vectors_of_a_level() {
    for at in Available::all() {
        let step = if cfg!(debug_assertions) { 131_071 } else { 2039 };
        let mut next = 0u64;
        while next <= u64::from(u32::MAX) {
            let x = core::array::from_fn(|i| f32::from_bits((next + i as u64 * step) as u32));
            let mut y = [[0.0; 32]; 3];
            // SAFETY: all arrays have room for the vectors that are loaded and stored.
            unsafe { f32::vectorised(at, AllTanh { x: &x, y: &mut y }) };
            let [wide, narrow, two] = y.map(|y| y.map(f32::to_bits));
            assert!(wide == narrow && wide == two, "{}: {x:?}", at.level());
            next += 32 * step;
        }
    }
}

#[test]
fn odd_functions_keep_the_sign_of_zero() {
    for at in Available::all() {
        let mut x = [-0.0f32; 19];
        f32::tanh_values(at, layers::Tanh, &mut x);
        assert!(x.iter().all(|x| x.to_bits() == 1 << 31), "{}", at.level());
    }
}

macro_rules! all_inputs {
    ($($name:ident: $function:ident,)*) => {$(
        #[test]
        #[ignore = "takes a minute"]
        fn $name() {
            check($function, 0..=u32::MAX, 1);
        }
    )*};
}

all_inputs! {
    exp_is_right_for_all_inputs: Exp,
    exp_m1_is_right_for_all_inputs: ExpM1,
    ln_is_right_for_all_inputs: Ln,
    ln_1p_is_right_for_all_inputs: Ln1p,
    tanh_is_right_for_all_inputs: Tanh,
    sigmoid_is_right_for_all_inputs: Sigmoid,
    silu_is_right_for_all_inputs: Silu,
    softplus_is_right_for_all_inputs: Softplus,
    gelu_is_right_for_all_inputs: Gelu,
}
