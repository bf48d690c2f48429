//! The products of one sample of a small layer, whose sizes are known when it is compiled.
//!
//! A small layer takes less time than finding out what to do about its sizes, so these are compiled for it,
//! where it is used, without loops. (Where that code would not be optimised, the shared kernels are faster.)
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use super::simd::{Simd, Task};

/// Whether a layer is small.
pub(super) const fn is_small(inputs: usize, outputs: usize) -> bool {
    inputs > 0 && outputs > 0 && inputs <= 64 && outputs <= 64
}

/// y = W x + b.
pub(super) struct Forward<T, const IN: usize, const OUT: usize> {
    pub(super) weight: *const T,
    pub(super) bias: *const T,
    pub(super) x: *const T,
    pub(super) y: *mut T,
}

impl<T: Copy, const IN: usize, const OUT: usize> Task<T> for Forward<T, IN, OUT> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if OUT * 2 <= S::LANES && S::Narrow::LANES < S::LANES {
            return self.run::<S::Narrow>();
        }
        let mut i = 0;
        while i < OUT {
            // Up to four vectors at a time; with fewer, more sums side by side, that need not wait for each other.
            match (OUT - i).div_ceil(S::LANES) {
                1 => self.rows::<S, 1, 4>(i),
                2 => self.rows::<S, 2, 4>(i),
                3 => self.rows::<S, 3, 2>(i),
                _ => self.rows::<S, 4, 2>(i),
            }
            i += 4 * S::LANES;
        }
    }
}

impl<T: Copy, const IN: usize, const OUT: usize> Forward<T, IN, OUT> {
    #[inline(always)]
    unsafe fn rows<S: Simd<T = T>, const V: usize, const U: usize>(&self, i: usize) {
        let lanes = |v: usize| (OUT - i - v * S::LANES).min(S::LANES);
        let mut sums = [[S::splat(S::ZERO); V]; U];
        for v in 0..V {
            sums[0][v] = S::load_up_to(self.bias.add(i + v * S::LANES), lanes(v));
        }
        let mut k = 0;
        while k + U <= IN {
            for u in 0..U {
                let factor = S::splat(*self.x.add(k + u));
                for v in 0..V {
                    let at = (k + u) * OUT + i + v * S::LANES;
                    sums[u][v] = S::mul_add(S::load_up_to(self.weight.add(at), lanes(v)), factor, sums[u][v]);
                }
            }
            k += U;
        }
        while k < IN {
            let factor = S::splat(*self.x.add(k));
            for v in 0..V {
                let at = k * OUT + i + v * S::LANES;
                sums[0][v] = S::mul_add(S::load_up_to(self.weight.add(at), lanes(v)), factor, sums[0][v]);
            }
            k += 1;
        }
        for v in 0..V {
            let mut sum = sums[0][v];
            for u in 1..U {
                sum = S::add(sum, sums[u][v]);
            }
            S::store_up_to(self.y.add(i + v * S::LANES), sum, lanes(v));
        }
    }
}
