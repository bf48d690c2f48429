//! The hot loops, as functions over slices with sizes that are known when they run.
//!
//! All matrices are column-major: W is `outputs`×`inputs`, a mini-batch of n columns is one flat slice.
//! Every function works on as many samples as both of its batch slices hold, and does nothing if the slice of
//! a parameter is too short for the sizes.
//!
//! Each runs at the [`Level`] that the machine has. At one level, every sum runs in an order that depends on
//! the sizes alone, so the same input gives the same bits; only [`Level::Portable`] gives the same bits on
//! every machine. One sample has kernels of its own, so what it gives alone and among others differs by rounding.
//!
//! Nothing becomes a denormal on the way of an ordinary number, since most processors compute ten to a hundred times
//! slower with those: activations give 0 in place of one, derivatives and squares that make no difference are 0, and so
//! are weights that decay. What is left are inputs that are denormals, or nearly.
#![allow(unsafe_code)]
// Without vectors, what is written for them has no caller.
#![cfg_attr(not(vectors), allow(dead_code, unused_imports, unused_macros))]

mod affine;
pub mod chain;
mod dispatch;
mod lanes;
mod level;
#[cfg(any(test, debug_assertions))]
mod looped;
#[cfg_attr(not(vectors), path = "no_vectors.rs")]
#[cfg_attr(all(vectors, target_arch = "x86_64"), path = "x86/mod.rs")]
#[cfg_attr(all(vectors, target_arch = "aarch64"), path = "neon.rs")]
#[cfg_attr(all(vectors, target_arch = "wasm32"), path = "wasm.rs")]
mod machine;
mod map;
mod math;
#[cfg(test)]
mod math_tests;
mod portable;
mod product;
mod scale;
mod simd;
mod single;
mod small;
#[cfg(test)]
mod tests;
mod thin;
#[cfg(test)]
mod timing_tests;
mod update;

pub(crate) use dispatch::Kernels;
#[doc(hidden)]
pub use lanes::Elementary;
pub use lanes::Lanes;
pub(crate) use lanes::one;
pub(crate) use level::Available;
pub use level::{Level, level, set_level};
pub(crate) use map::Activation;
pub use scale::Raw;
pub(crate) use update::update;

use crate::layer::Accumulate;
use crate::scalar::Scalar;

/// y = W x + b for every sample.
#[inline]
pub fn affine_forward<T: Scalar>(inputs: usize, outputs: usize, weight: &[T], bias: &[T], x: &[T], y: &mut [T]) {
    T::forward(Available::current(), (inputs, outputs), weight, bias, x, y);
}

/// dx = Wᵀ dy for every sample.
#[inline]
pub fn affine_backward_input<T: Scalar>(inputs: usize, outputs: usize, weight: &[T], dy: &[T], dx: &mut [T]) {
    T::backward_input(Available::current(), (inputs, outputs), weight, dy, dx);
}

/// dW = dy xᵀ and db = dy, summed over the samples.
#[inline]
pub fn affine_backward_params<T: Scalar>(
    inputs: usize,
    outputs: usize,
    x: &[T],
    dy: &[T],
    weight: &mut [T],
    bias: &mut [T],
    accumulate: Accumulate,
) {
    affine_backward_columns(inputs, outputs, 0, x, dy, weight, accumulate);
    affine_backward_bias(outputs, dy, bias, accumulate);
}

/// A part of dW = dy xᵀ, summed over the samples: the columns from input `first` on, as many as `weight` holds.
///
/// Each thread can take its own columns, and no sums of gradients remain to be added up.
#[inline]
pub fn affine_backward_columns<T: Scalar>(
    inputs: usize,
    outputs: usize,
    first: usize,
    x: &[T],
    dy: &[T],
    weight: &mut [T],
    accumulate: Accumulate,
) {
    T::backward_weight(Available::current(), (inputs, outputs), first, x, dy, weight, accumulate);
}

/// db = dy, summed over the samples.
#[inline]
pub fn affine_backward_bias<T: Scalar>(outputs: usize, dy: &[T], bias: &mut [T], accumulate: Accumulate) {
    T::backward_bias(Available::current(), outputs, dy, bias, accumulate);
}

/// W += dy xᵀ and b += dy for one sample, then y = W x′ + b for the next one, x′, in one pass over the weights: half of
/// what the two take where the weights are far from the processor.
#[inline]
pub fn affine_descend_then_forward<T: Scalar>(
    inputs: usize,
    outputs: usize,
    parameters: (&mut [T], &mut [T]),
    sample: (&[T], &[T]),
    next: &[T],
    y: &mut [T],
) {
    T::descend_then_forward(Available::current(), (inputs, outputs), parameters, sample, next, y);
}

/// Whether no value is infinite or NaN.
#[inline]
pub fn all_finite<T: Scalar>(values: &[T]) -> bool {
    T::all_finite(Available::current(), values)
}

/// Σ (xᵢ · scale)², so that the squares of large values need not overflow.
#[inline]
pub fn sum_of_squares<T: Scalar>(values: &[T], scale: T) -> T {
    T::sum_of_squares(values, scale)
}

/// Asks for a value to be brought near the processor, where that can be asked.
#[inline]
pub(crate) fn prefetch<X>(value: &X) {
    for line in (0..size_of::<X>()).step_by(64) {
        machine::prefetch_l2((&raw const *value).cast::<u8>().wrapping_add(line));
    }
}
