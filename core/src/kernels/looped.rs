//! [Small](super::small) layers in a build with debug assertions, to the same bits: their code is made where they are used,
//! and would not be optimised there. These are compiled with this crate, which perhaps is.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use super::simd::{MAX_LANES, Simd, Task};
use super::small::{TINY, few, larger, narrow, narrow_for_one};
use crate::scalar::Scalar;

/// y = W x + b for `n` samples, with the sums of [`small::forward`](super::small::forward).
pub struct Forward<T> {
    pub(super) size: (usize, usize),
    pub(super) weight: *const T,
    pub(super) bias: *const T,
    pub(super) x: *const T,
    pub(super) y: *mut T,
    pub(super) n: usize,
}

/// dx = Wᵀ dy for `n` samples, with the sums of [`small::backward`](super::small::backward).
pub struct Backward<T> {
    pub(super) size: (usize, usize),
    pub(super) weight: *const T,
    pub(super) dy: *const T,
    pub(super) dx: *mut T,
    pub(super) n: usize,
}

impl<T: Scalar> Task<T> for Forward<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let (inputs, outputs) = self.size;
        if few::<S>(inputs, outputs) && self.n == 1 {
            return self.few::<S>();
        }
        if narrow_for_one::<S>(outputs) && self.n == 1 || narrow::<S>(outputs) {
            return self.run::<S::Narrow>();
        }
        let strip = 4 * S::LANES;
        let high = (outputs - 1) / strip * strip;
        let rest = (outputs - high).div_ceil(S::LANES);
        for i in (0..outputs).step_by(S::LANES) {
            // How many sums there are side by side.
            let sums = if self.n != 1 {
                1
            } else if i < high || rest > 2 {
                2
            } else {
                4
            };
            for j in 0..self.n {
                self.rows::<S>(i, j, sums);
            }
        }
    }
}

impl<T: Scalar> Forward<T> {
    #[inline(always)]
    unsafe fn few<S: Simd<T = T>>(&self) {
        let (inputs, outputs) = self.size;
        let mut sums = [S::splat(S::ZERO); 4];
        let columns = S::LANES / outputs;
        for k in 0..inputs / columns {
            let factors = S::load_repeated(self.x.add(k * columns), outputs);
            sums[k % 4] = S::mul_add(S::load(self.weight.add(k * S::LANES)), factors, sums[k % 4]);
        }
        let sum = S::add(S::add(sums[0], sums[1]), S::add(sums[2], sums[3]));
        let sum = S::add(S::sums_of_few(sum, outputs), S::load_part(self.bias, outputs));
        S::store_part(self.y, sum, outputs);
    }

    /// A vector of rows for sample `j`.
    #[inline(always)]
    unsafe fn rows<S: Simd<T = T>>(&self, i: usize, j: usize, side_by_side: usize) {
        let (inputs, outputs) = self.size;
        let rows = outputs - i;
        let mut sums = [S::splat(S::ZERO); 4];
        sums[0] = S::load_up_to(self.bias.add(i), rows);
        for k in 0..inputs {
            let (column, factor) = (self.weight.add(k * outputs + i), S::splat(*self.x.add(j * inputs + k)));
            let sum = &mut sums[k % side_by_side];
            *sum = S::mul_add(S::load_up_to(column, rows), factor, *sum);
        }
        let [a, b, c, d] = sums;
        let sum = match side_by_side {
            1 => a,
            2 => S::add(a, b),
            _ => S::add(S::add(a, c), S::add(b, d)),
        };
        S::store_up_to(self.y.add(j * outputs + i), sum, rows);
    }
}

impl<T: Scalar> Task<T> for Backward<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let (inputs, outputs) = self.size;
        let several = larger(inputs, outputs) <= TINY && self.n != 1;
        let in_order = several || few::<S>(inputs, outputs) && inputs.is_multiple_of(S::LANES);
        if !in_order && (narrow_for_one::<S>(outputs) || narrow_for_one::<S>(inputs)) {
            return self.run::<S::Narrow>();
        }
        for j in 0..self.n {
            for k in (0..inputs).step_by(S::LANES) {
                let lanes = S::LANES.min(inputs - k);
                let sum = if in_order { self.in_order::<S>(k, j, lanes) } else { self.along_rows::<S>(k, lanes) };
                S::store_up_to(self.dx.add(j * inputs + k), sum, lanes);
            }
        }
    }
}

impl<T: Scalar> Backward<T> {
    /// One output after the other.
    #[inline(always)]
    unsafe fn in_order<S: Simd<T = T>>(&self, k: usize, j: usize, lanes: usize) -> S::V {
        let outputs = self.size.1;
        let mut row = [S::ZERO; MAX_LANES];
        let mut sum = S::splat(S::ZERO);
        for i in 0..outputs {
            for (q, w) in row.iter_mut().enumerate().take(lanes) {
                *w = *self.weight.add((k + q) * outputs + i);
            }
            sum = S::mul_add(S::load(row.as_ptr()), S::splat(*self.dy.add(j * outputs + i)), sum);
        }
        sum
    }

    /// For one sample, with vectors along the outputs.
    #[inline(always)]
    unsafe fn along_rows<S: Simd<T = T>>(&self, k: usize, lanes: usize) -> S::V {
        let outputs = self.size.1;
        let mut products = [S::splat(S::ZERO); MAX_LANES];
        for i in (0..outputs).step_by(S::LANES) {
            let rows = outputs - i;
            let dy = S::load_up_to(self.dy.add(i), rows);
            for (q, product) in products.iter_mut().enumerate().take(lanes) {
                let column = S::load_up_to(self.weight.add((k + q) * outputs + i), rows);
                *product = S::mul_add(column, dy, *product);
            }
        }
        S::sums(&products)
    }
}
