//! Loops over activations, value by value, and softmax, sample by sample.
#![allow(unsafe_op_in_unsafe_fn)]

use core::hint::black_box;
use core::mem::MaybeUninit;

use super::lanes::{Elementary, Vector, everywhere};
use super::level::Available;
use super::simd::{MAX_LANES, Simd, Task};
use crate::scalar::Scalar;

/// A layer that computes every value by itself.
pub(crate) trait Activation<T: Scalar>: Copy {
    /// y = f(x).
    fn value<V: Elementary<T>>(self, x: V) -> V;

    /// ∂y/∂x, from x or from y, whichever the layer keeps.
    fn derivative<V: Elementary<T>>(self, kept: V) -> V;
}

/// Replaces x by f(x).
#[derive(Clone, Copy)]
struct Values<T, A> {
    n: usize,
    xy: *mut T,
    layer: A,
}

/// Multiplies dy by the derivative.
#[derive(Clone, Copy)]
struct Derivatives<T, A> {
    n: usize,
    kept: *const T,
    d: *mut T,
    layer: A,
}

impl<T: Scalar, A: Activation<T>> Task<T> for Values<T, A> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let mut i = 0;
        while i + S::LANES <= self.n {
            let y = self.layer.value(Vector::<S>(S::load(self.xy.add(i))));
            S::store(self.xy.add(i), y.0);
            i += S::LANES;
        }
        if i < self.n {
            let y = self.layer.value(Vector::<S>(S::load_part(self.xy.add(i), self.n - i)));
            S::store_part(self.xy.add(i), y.0, self.n - i);
        }
    }
}

impl<T: Scalar, A: Activation<T>> Task<T> for Derivatives<T, A> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let mut i = 0;
        while i + S::LANES <= self.n {
            let kept = Vector::<S>(S::load(self.kept.add(i)));
            let d = Vector::<S>(S::load(self.d.add(i))) * self.layer.derivative(kept);
            S::store(self.d.add(i), d.0);
            i += S::LANES;
        }
        if i < self.n {
            let kept = Vector::<S>(S::load_part(self.kept.add(i), self.n - i));
            let d = Vector::<S>(S::load_part(self.d.add(i), self.n - i)) * self.layer.derivative(kept);
            S::store_part(self.d.add(i), d.0, self.n - i);
        }
    }
}

#[inline(always)]
pub(super) fn values<T: Scalar>(at: Available, layer: impl Activation<T>, xy: &mut [T]) {
    let task = Values { n: xy.len(), xy: xy.as_mut_ptr(), layer };
    // SAFETY: there are n values.
    unsafe { everywhere(at, task) }
}

#[inline(always)]
pub(super) fn derivatives<T: Scalar>(at: Available, layer: impl Activation<T>, kept: &[T], d: &mut [T]) {
    let task = Derivatives { n: kept.len().min(d.len()), kept: kept.as_ptr(), d: d.as_mut_ptr(), layer };
    // SAFETY: both slices have n values.
    unsafe { everywhere(at, task) }
}

/// Replaces the logits of every sample by its probabilities times `scale`, and `log_sums`, as far as it reaches, by
/// ln Σ exp x of each.
///
/// A probability that is below e⁻⁶⁴ times the largest, or e⁻⁶⁰⁰ in `f64`, is 0.
#[inline(always)]
pub(super) fn softmax<T: Scalar>(at: Available, width: usize, scale: T, x: &mut [T], log_sums: &mut [T]) {
    let (n, logs) = (x.len().checked_div(width).unwrap_or(0), log_sums.len());
    let task = Softmax { width, n, scale, x: x.as_mut_ptr(), log_sums: log_sums.as_mut_ptr(), logs };
    // SAFETY: there are n samples of `width` values, and room for as many logarithms as it says.
    unsafe { everywhere(at, task) }
}

#[derive(Clone, Copy)]
struct Softmax<T> {
    width: usize,
    n: usize,
    scale: T,
    x: *mut T,
    log_sums: *mut T,
    logs: usize,
}

impl<T: Scalar> Task<T> for Softmax<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if self.width * 2 <= S::LANES && S::Narrow::LANES < S::LANES {
            return self.run::<S::Narrow>();
        }
        // (In `f64`, every lane would need its own exp.)
        if const { S::LANES > 1 && S::LANES == S::Narrow::LANES && size_of::<T>() == 4 }
            && self.n == 1
            && self.width <= 4
        {
            return self.one_of_few::<S>();
        }
        // With more than 8 classes it takes longer to move the samples into lanes than to compute one by one.
        let across = S::LANES > 1 && self.n > 1 && self.width <= S::LANES.min(8);
        let mut done = 0;
        while done < self.n {
            // As many samples at once as a vector has lanes.
            let samples = (self.n - done).min(S::LANES);
            let (largest, sum);
            if across {
                (largest, sum) = self.across::<S>(self.x.add(done * self.width), samples);
            } else if samples == 1 {
                // A single one need not go through memory.
                let (one_largest, one_sum) = self.sample::<S>(self.x.add(done * self.width));
                (largest, sum) = (S::splat(one_largest), S::splat(one_sum));
            } else {
                let (mut all_largest, mut sums) = ([T::ZERO; MAX_LANES], [T::ONE; MAX_LANES]);
                for ((largest, sum), i) in all_largest.iter_mut().zip(&mut sums).zip(done..).take(samples) {
                    (*largest, *sum) = self.sample::<S>(self.x.add(i * self.width));
                }
                (largest, sum) = (S::load(all_largest.as_ptr()), S::load(sums.as_ptr()));
            }
            if done < self.logs {
                let log_sums = S::add(largest, S::ln(sum));
                S::store_up_to(self.log_sums.add(done), log_sums, samples.min(self.logs - done));
            }
            done += samples;
        }
    }
}

impl<T: Scalar> Softmax<T> {
    /// One sample of up to 4 classes, with every number in all lanes, which spares what is done from lane to lane.
    #[inline(always)]
    unsafe fn one_of_few<S: Simd<T = T>>(&self) {
        // As if it were not known to be small: loops that are written out would be much code.
        let width = black_box(self.width);
        let mut values = MaybeUninit::<[S::V; 4]>::uninit();
        let values = values.as_mut_ptr().cast::<S::V>();
        let mut largest = S::splat(T::from_f64(f64::NEG_INFINITY));
        for j in 0..width {
            *values.add(j) = S::splat(*self.x.add(j));
            largest = S::max(*values.add(j), largest);
        }
        let (sum, scale) = self.exps::<S>(values, width, largest);
        for j in 0..width {
            S::store_part(self.x.add(j), S::mul(*values.add(j), scale), 1);
        }
        if self.logs > 0 {
            S::store_part(self.log_sums, S::add(largest, S::ln(sum)), 1);
        }
    }

    /// Replaces each x by exp(x − largest); returns their sum and what makes probabilities of them.
    #[inline(always)]
    unsafe fn exps<S: Simd<T = T>>(&self, values: *mut S::V, width: usize, largest: S::V) -> (S::V, S::V) {
        let mut sum = S::splat(S::ZERO);
        for j in 0..width {
            *values.add(j) = S::exp_flushed(S::sub(*values.add(j), largest));
            sum = S::add(sum, *values.add(j));
        }
        (sum, S::div(S::splat(self.scale), sum))
    }

    /// Several samples of up to 8 classes side by side, one in every lane; returns the largest logit and
    /// Σ exp(x − largest) of each.
    #[inline(always)]
    unsafe fn across<S: Simd<T = T>>(&self, x: *mut T, samples: usize) -> (S::V, S::V) {
        let width = black_box(self.width);
        let mut lanes = [T::ZERO; MAX_LANES];
        let mut values = MaybeUninit::<[S::V; 8]>::uninit();
        let values = values.as_mut_ptr().cast::<S::V>();
        let mut largest = S::splat(T::from_f64(f64::NEG_INFINITY));
        for j in 0..width {
            for (i, lane) in lanes.iter_mut().enumerate().take(samples) {
                *lane = *x.add(i * width + j);
            }
            *values.add(j) = S::load(lanes.as_ptr());
            largest = S::max(*values.add(j), largest);
        }
        let (sum, scale) = self.exps::<S>(values, width, largest);
        for j in 0..width {
            S::store(lanes.as_mut_ptr(), S::mul(*values.add(j), scale));
            for (i, &lane) in lanes.iter().enumerate().take(samples) {
                *x.add(i * width + j) = lane;
            }
        }
        (largest, sum)
    }

    /// One sample; returns the largest logit and Σ exp(x − largest).
    #[inline(always)]
    unsafe fn sample<S: Simd<T = T>>(&self, x: *mut T) -> (T, T) {
        let none = T::from_f64(f64::NEG_INFINITY);
        // The last vector, filled up with what changes neither maximum nor sum.
        let full = self.width - self.width % S::LANES;
        let rest = self.width - full;
        let last = S::load_part_or(x.add(full), rest, none);

        // A NaN in the first place would win by never being compared.
        let mut largest = S::max(last, S::splat(none));
        let mut i = 0;
        while i < full {
            let x = S::load(x.add(i));
            largest = S::max(x, largest);
            i += S::LANES;
        }
        // NaN loses every comparison above, so there is none.
        let largest = S::largest(largest);
        let shift = S::splat(largest);
        let mut sum = S::splat(S::ZERO);
        i = 0;
        while i < full {
            let e = S::exp_flushed(S::sub(S::load(x.add(i)), shift));
            S::store(x.add(i), e);
            sum = S::add(sum, e);
            i += S::LANES;
        }
        let mut last_e = S::splat(S::ZERO);
        if rest > 0 {
            last_e = S::exp_flushed(S::sub(last, shift));
            sum = S::add(sum, last_e);
        }
        let sum = S::sum(sum);
        let scale = S::splat(self.scale / sum);
        i = 0;
        while i < full {
            S::store(x.add(i), S::mul(S::load(x.add(i)), scale));
            i += S::LANES;
        }
        if rest > 0 {
            S::store_part(x.add(full), S::mul(last_e, scale), rest);
        }
        (largest, sum)
    }
}
