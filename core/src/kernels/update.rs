//! Loops over all parameters of a network.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use super::lanes::{Lanes, Vector, everywhere};
use super::level::Available;
use super::simd::{Simd, Task};
use crate::optim::{Optimizer, Step};
use crate::scalar::Scalar;

/// Networks of no more parameters have tiny layers, which have just stored the gradient in narrow vectors: what was stored
/// in halves, a wide load would wait for.
const FEW: usize = 1024;

/// One step of an optimiser for parameters side by side.
///
/// Learning rate and decay have just been computed and stored. They stand apart, so that the compiler does not load both
/// at once: that load would wait until both are in the cache, and all of the update with it.
#[derive(Clone, Copy)]
#[repr(C)]
struct Update<T, O, const K: usize> {
    n: usize,
    learning_rate: T,
    w: *mut T,
    decay: T,
    gradient: *const T,
    memory: [*mut T; K],
    optimizer: O,
}

/// Moves as many parameters as there are in all slices.
#[inline(always)]
pub(crate) fn update<T: Scalar, O: Optimizer<T, Memory = [T; K]>, const K: usize>(
    at: Available,
    optimizer: O,
    step: Step<T>,
    w: &mut [T],
    gradient: &[T],
    memory: [&mut [T]; K],
) {
    let n = memory.iter().map(|m| m.len()).fold(w.len().min(gradient.len()), usize::min);
    let memory = memory.map(<[T]>::as_mut_ptr);
    let Step { learning_rate, decay } = step;
    let task = Update { n, learning_rate, w: w.as_mut_ptr(), decay, gradient: gradient.as_ptr(), memory, optimizer };
    // SAFETY: all slices have n elements.
    unsafe { everywhere(at, task) }
}

impl<T: Scalar, O: Optimizer<T, Memory = [T; K]>, const K: usize> Update<T, O, K> {
    /// w ← decay · w − η Δ.
    #[inline(always)]
    unsafe fn apply<S: Simd<T = T>>(&self, w: S::V, gradient: S::V, memory: [Vector<S>; K]) -> (S::V, [Vector<S>; K]) {
        let (direction, memory) = self.optimizer.direction(Vector::<S>(gradient), memory);
        let (rate, decay) = (Vector::<S>::splat(self.learning_rate), Vector::<S>::splat(self.decay));
        let moved = Vector::<S>(w) * decay - rate * direction;
        let moved = if S::LANES == 1 || self.decay == T::ONE { moved } else { faded(moved) };
        (moved.0, memory)
    }
}

/// A weight itself, or 0 in place of one so small that its product with an ordinary number would soon be a denormal.
/// Else a weight that nothing but decay moves would end in the denormals, and stay there: decay · w rounds to w.
#[inline(always)]
fn faded<T: Scalar, V: Lanes<T>>(w: V) -> V {
    V::splat(T::MIN_POSITIVE / T::EPSILON).if_greater(w.abs(), V::splat(T::ZERO), w)
}

impl<T: Scalar, O: Optimizer<T, Memory = [T; K]>, const K: usize> Task<T> for Update<T, O, K> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if S::Narrow::LANES < S::LANES && self.n <= FEW {
            return self.run::<S::Narrow>();
        }
        let full = self.n - self.n % S::LANES;
        let mut i = 0;
        while i < full {
            let mut memory = [Vector::<S>(S::splat(S::ZERO)); K];
            for m in 0..K {
                memory[m] = Vector(S::load(self.memory[m].add(i)));
            }
            let (w, memory) = self.apply::<S>(S::load(self.w.add(i)), S::load(self.gradient.add(i)), memory);
            S::store(self.w.add(i), w);
            for m in 0..K {
                S::store(self.memory[m].add(i), memory[m].0);
            }
            i += S::LANES;
        }
        if i < self.n {
            let rest = self.n - i;
            let mut memory = [Vector::<S>(S::splat(S::ZERO)); K];
            for m in 0..K {
                memory[m] = Vector(S::load_part(self.memory[m].add(i), rest));
            }
            let (w, gradient) = (S::load_part(self.w.add(i), rest), S::load_part(self.gradient.add(i), rest));
            let (w, memory) = self.apply::<S>(w, gradient, memory);
            S::store_part(self.w.add(i), w, rest);
            for m in 0..K {
                S::store_part(self.memory[m].add(i), memory[m].0, rest);
            }
        }
        // One by one, a question in the loop above would be a good part of it.
        if S::LANES == 1 && self.decay != T::ONE {
            for i in 0..self.n {
                let w = self.w.add(i);
                S::store(w, faded(Vector::<S>(S::load(w))).0);
            }
        }
    }
}

/// Whether Σ 0 x is 0: it is NaN unless all x are finite, and a sum needs no branch.
#[derive(Clone, Copy)]
struct AllFinite<T> {
    n: usize,
    from: *const T,
    finite: *mut bool,
}

impl<T: Copy> Task<T> for AllFinite<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if S::Narrow::LANES < S::LANES && self.n <= FEW {
            return self.run::<S::Narrow>();
        }
        let zero = S::splat(S::ZERO);
        let mut sums = [zero; 8];
        let mut i = 0;
        while i + 8 * S::LANES <= self.n {
            for v in 0..8 {
                sums[v] = S::mul_add(S::load(self.from.add(i + v * S::LANES)), zero, sums[v]);
            }
            i += 8 * S::LANES;
        }
        while i + S::LANES <= self.n {
            sums[0] = S::mul_add(S::load(self.from.add(i)), zero, sums[0]);
            i += S::LANES;
        }
        if i < self.n {
            sums[1] = S::mul_add(S::load_part(self.from.add(i), self.n - i), zero, sums[1]);
        }
        let [a, b, c, d, e, f, g, h] = sums;
        let (ab, cd, ef, gh) = (S::add(a, b), S::add(c, d), S::add(e, f), S::add(g, h));
        let sum = S::add(S::add(ab, cd), S::add(ef, gh));
        *self.finite = S::nonzero(sum) == 0;
    }
}

#[inline(always)]
pub(super) fn all_finite<T: Scalar>(at: Available, values: &[T]) -> bool {
    let mut finite = false;
    let task = AllFinite { n: values.len(), from: values.as_ptr(), finite: &raw mut finite };
    // SAFETY: there are n values, and `finite` is a place for a bool.
    unsafe { everywhere(at, task) }
    finite
}

/// Σ (xᵢ · scale)², without those that are denormals.
#[inline(always)]
pub(super) fn sum_of_squares<T: Scalar>(values: &[T], scale: T) -> T {
    let square = |x: T| {
        let scaled = x * scale;
        let squarable = if scaled.abs() < T::SQUARABLE { T::ZERO } else { scaled };
        squarable * squarable
    };
    let mut sums = [T::ZERO; 8];
    let mut eights = values.chunks_exact(8);
    for eight in eights.by_ref() {
        for (sum, &x) in sums.iter_mut().zip(eight) {
            *sum += square(x);
        }
    }
    for &x in eights.remainder() {
        sums[0] += square(x);
    }
    sums.into_iter().sum()
}
