//! The products of one sample of a small layer, whose sizes are known when it is compiled.
//!
//! A small layer takes less time than finding out what to do about its sizes, so these are compiled for it,
//! where it is used, without loops, and what comes after the product is done before it leaves the registers.
//! (Where that code would not be optimised, the shared kernels are faster.)
//!
//! Each function returns false, having done nothing, if the layer is not small, if there is more than one sample,
//! or if there are no vectors. At the level of SSE2, which few machines are left at, the code is not worth its space.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use super::lanes::{Elementary, Vector};
use super::level::{Available, Level};
use super::map::Activation;
use super::simd::{MAX_LANES, Simd, Task};
use crate::layer::Accumulate;
use crate::scalar::Scalar;

/// Whether a layer is small, and its code optimised.
const fn is_small(inputs: usize, outputs: usize) -> bool {
    inputs > 0 && outputs > 0 && inputs <= 64 && outputs <= 64 && !cfg!(debug_assertions)
}

/// Runs the task of a small layer, if the level has such.
///
/// # Safety
/// As [`vectorised`](super::Kernels::vectorised).
#[inline]
unsafe fn run<T: Scalar>(at: Available, task: impl Task<T>) -> bool {
    at.level() != Level::Sse2 && T::vectorised(at, Specialised(task))
}

/// A task that is not even compiled for SSE2.
struct Specialised<K>(K);

impl<T, K: Task<T>> Task<T> for Specialised<K> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if S::SMALL {
            self.0.run::<S>();
        }
    }
}

/// f(x) = x: for a layer without an activation.
#[derive(Clone, Copy)]
pub(crate) struct Identity;

impl<T: Scalar> Activation<T> for Identity {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, _: V) -> V {
        V::splat(T::ONE)
    }
}

/// y = f(W x + b).
#[inline]
pub(crate) fn forward<T: Scalar, const IN: usize, const OUT: usize>(
    at: Available,
    activation: impl Activation<T>,
    weight: &[T],
    bias: &[T],
    x: &[T],
    y: &mut [T],
) -> bool {
    let fits = weight.len() == IN * OUT && bias.len() == OUT && x.len() == IN && y.len() == OUT;
    if const { !is_small(IN, OUT) } || !fits {
        return false;
    }
    let (weight, bias, x, y) = (weight.as_ptr(), bias.as_ptr(), x.as_ptr(), y.as_mut_ptr());
    let task = Forward::<T, _, IN, OUT> { weight, bias, x, y, activation };
    // SAFETY: the lengths of all slices have just been checked.
    unsafe { run(at, task) }
}

/// dx = Wᵀ dy ∘ f′, where f′ is computed from what the activation in front of the layer has kept.
#[inline]
pub(crate) fn backward_input<T: Scalar, const IN: usize, const OUT: usize>(
    at: Available,
    activation: impl Activation<T>,
    weight: &[T],
    kept: &[T],
    dy: &[T],
    dx: &mut [T],
) -> bool {
    let fits = weight.len() == IN * OUT && kept.len() == IN && dy.len() == OUT && dx.len() == IN;
    if const { !is_small(IN, OUT) } || !fits {
        return false;
    }
    let (weight, kept, dy, dx) = (weight.as_ptr(), kept.as_ptr(), dy.as_ptr(), dx.as_mut_ptr());
    let task = BackwardInput::<T, _, IN, OUT> { weight, kept, dy, dx, activation };
    // SAFETY: the lengths of all slices have just been checked.
    unsafe { run(at, task) }
}

/// dW = dy xᵀ and, behind it, db = dy; or added to what is there.
#[inline]
pub(crate) fn gradient<T: Scalar, const IN: usize, const OUT: usize>(
    at: Available,
    x: &[T],
    dy: &[T],
    gradient: &mut [T],
    accumulate: Accumulate,
) -> bool {
    let fits = gradient.len() == IN * OUT + OUT && x.len() == IN && dy.len() == OUT;
    if const { !is_small(IN, OUT) } || !fits {
        return false;
    }
    let (x, dy, gradient) = (x.as_ptr(), dy.as_ptr(), gradient.as_mut_ptr());
    let task = Gradient::<T, IN, OUT> { x, dy, gradient, add: accumulate == Accumulate::Add };
    // SAFETY: the lengths of all slices have just been checked.
    unsafe { run(at, task) }
}

struct Forward<T, A, const IN: usize, const OUT: usize> {
    weight: *const T,
    bias: *const T,
    x: *const T,
    y: *mut T,
    activation: A,
}

impl<T: Scalar, A: Activation<T>, const IN: usize, const OUT: usize> Task<T> for Forward<T, A, IN, OUT> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if OUT * 2 <= S::LANES && S::Narrow::LANES < S::LANES {
            return self.run::<S::Narrow>();
        }
        let mut i = 0;
        while i < OUT {
            // Up to four vectors at a time; with fewer, more sums side by side, that need not wait for each other.
            match (OUT - i).div_ceil(S::LANES) {
                1 => self.rows::<S, 1, 8>(i),
                2 => self.rows::<S, 2, 4>(i),
                3 => self.rows::<S, 3, 2>(i),
                _ => self.rows::<S, 4, 2>(i),
            }
            i += 4 * S::LANES;
        }
    }
}

impl<T: Scalar, A: Activation<T>, const IN: usize, const OUT: usize> Forward<T, A, IN, OUT> {
    #[inline(always)]
    unsafe fn rows<S: Simd<T = T>, const V: usize, const U: usize>(&self, i: usize) {
        let lanes = |v: usize| (OUT - i - v * S::LANES).min(S::LANES);
        let mut sums = [[S::splat(S::ZERO); V]; U];
        for v in 0..V {
            sums[0][v] = S::load_up_to(self.bias.add(i + v * S::LANES), lanes(v));
        }
        let mut k = 0;
        while k < IN {
            for u in 0..U.min(IN - k) {
                let factor = S::splat(*self.x.add(k + u));
                for v in 0..V {
                    let at = (k + u) * OUT + i + v * S::LANES;
                    sums[u][v] = S::mul_add(S::load_up_to(self.weight.add(at), lanes(v)), factor, sums[u][v]);
                }
            }
            k += U;
        }
        for v in 0..V {
            let mut pairs = U / 2;
            while pairs > 0 {
                for u in 0..pairs {
                    sums[u][v] = S::add(sums[u][v], sums[u + pairs][v]);
                }
                pairs /= 2;
            }
            let y = self.activation.value(Vector::<S>(sums[0][v]));
            S::store_up_to(self.y.add(i + v * S::LANES), y.0, lanes(v));
        }
    }
}

struct BackwardInput<T, A, const IN: usize, const OUT: usize> {
    weight: *const T,
    kept: *const T,
    dy: *const T,
    dx: *mut T,
    activation: A,
}

impl<T: Scalar, A: Activation<T>, const IN: usize, const OUT: usize> Task<T> for BackwardInput<T, A, IN, OUT> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if (OUT * 2 <= S::LANES || IN * 2 <= S::LANES) && S::Narrow::LANES < S::LANES {
            return self.run::<S::Narrow>();
        }
        let mut k = 0;
        while k < IN {
            let lanes = (IN - k).min(S::LANES);
            let mut products = [S::splat(S::ZERO); MAX_LANES];
            let mut i = 0;
            while i < OUT {
                let rows = OUT - i;
                let dy = S::load_up_to(self.dy.add(i), rows);
                for q in 0..lanes {
                    let column = S::load_up_to(self.weight.add((k + q) * OUT + i), rows);
                    products[q] = S::mul_add(column, dy, products[q]);
                }
                i += S::LANES;
            }
            let kept = Vector::<S>(S::load_up_to(self.kept.add(k), lanes));
            let dx = Vector::<S>(S::sums(&products)) * self.activation.derivative(kept);
            S::store_up_to(self.dx.add(k), dx.0, lanes);
            k += S::LANES;
        }
    }
}

struct Gradient<T, const IN: usize, const OUT: usize> {
    x: *const T,
    dy: *const T,
    gradient: *mut T,
    add: bool,
}

impl<T: Scalar, const IN: usize, const OUT: usize> Task<T> for Gradient<T, IN, OUT> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if OUT * 2 <= S::LANES && S::Narrow::LANES < S::LANES {
            return self.run::<S::Narrow>();
        }
        let len = IN * OUT + OUT;
        for k in 0..=IN {
            let factor = S::splat(if k < IN { *self.x.add(k) } else { T::ONE });
            let mut i = 0;
            while i < OUT {
                let rows = OUT - i;
                let dy = S::load_up_to(self.dy.add(i), rows);
                let at = k * OUT + i;
                let to = self.gradient.add(at);
                let sum = if self.add { S::mul_add(dy, factor, S::load_up_to(to, rows)) } else { S::mul(dy, factor) };
                // Of db the shared kernel makes a sum, in which −0 becomes 0.
                let sum = if k < IN { sum } else { S::add(sum, S::splat(S::ZERO)) };
                // The last vector of a column may reach into the next, which is written later.
                S::store_up_to(to, sum, if self.add { rows } else { len - at });
                i += S::LANES;
            }
        }
    }
}
