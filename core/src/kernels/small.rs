//! Small layers, whose sizes are known when they are compiled.
//!
//! A small layer takes less time than finding out what to do about its sizes, so these are compiled where they are
//! used: short loops are written out, and what comes after a product is done before it leaves the registers.
//! (Where that code would not be optimised, it is [looped](super::looped), to the same bits.)
//!
//! All are inlined into a [`Task`], which a [chain](super::chain) of layers runs as a whole. At the level of SSE2, which
//! few machines are left at, the code is not worth its space.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use core::hint::black_box;
use core::marker::PhantomData;
use core::mem::MaybeUninit;

use super::lanes::{Two, Vector};
use super::level::{Available, Level};
use super::product::{ColumnSum, Steps, copy};
use super::simd::{MAX_LANES, Simd, Task};
use crate::layer::InPlace;
use crate::scalar::Scalar;

/// The most inputs and outputs of a layer that has code of its own for one sample.
pub(super) const SMALL: usize = 64;
/// And for any number of them; for larger layers that would be much code.
pub(super) const TINY: usize = 16;

/// How many samples at a time a layer has code of its own for: none, one, or any number.
pub(super) const fn samples<T, A: InPlace<T>>(inputs: usize, outputs: usize) -> usize
where
    T: Scalar,
{
    let larger = larger(inputs, outputs);
    if inputs == 0 || outputs == 0 || larger > SMALL || !A::IN_REGISTERS {
        0
    } else if larger > TINY {
        1
    } else {
        usize::MAX
    }
}

pub(super) const fn larger(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

/// How often a loop runs: as if it were not known, if it is too long to be written out.
#[inline(always)]
fn rolled(n: usize) -> usize {
    if n > 16 { black_box(n) } else { n }
}

/// Whether a level has code for small layers.
#[cfg(debug_assertions)]
pub(super) fn has(at: Available) -> bool {
    !matches!(at.level(), Level::Portable | Level::Sse2)
}

/// Runs the task of small layers, if the level has such.
///
/// # Safety
/// As [`vectorised`](super::Kernels::vectorised).
#[inline]
pub(super) unsafe fn run<T: Scalar>(at: Available, task: impl Task<T>) -> bool {
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

/// y = f(W x + b) for `n` samples.
///
/// # Safety
/// The matrix is `OUT`×`IN`, and every other pointer good for as many values.
#[inline(always)]
pub(super) unsafe fn forward<S: Simd<T: Scalar>, A: InPlace<S::T>, const IN: usize, const OUT: usize>(
    activation: &A,
    (weight, bias): (*const S::T, *const S::T),
    x: *const S::T,
    y: *mut S::T,
    n: usize,
) {
    if const { few::<S>(IN, OUT) } && n == 1 {
        return forward_few::<S, A, IN, OUT>(activation, (weight, bias), x, y);
    }
    if const { narrow_for_one::<S>(OUT) } && n == 1 || const { narrow::<S>(OUT) } {
        return forward::<S::Narrow, A, IN, OUT>(activation, (weight, bias), x, y, n);
    }
    if const { larger(IN, OUT) <= TINY } && n != 1 {
        let a = Steps { from: weight, row: 1, column: OUT };
        let b = Steps { from: x, row: 1, column: IN };
        return Columns::<_, OUT> { a, b, depth: black_box(IN), c: y }
            .compute::<S, false>(n, &Output { bias, activation });
    }
    // Up to four vectors at a time; with fewer, more sums side by side, that need not wait for each other.
    let high = Strips::<S, OUT>::HIGH;
    if const { Strips::<S, OUT>::HIGH > 0 } {
        for i in (0..high).step_by(Strips::<S, OUT>::HEIGHT) {
            forward_rows::<S, A, IN, OUT, 4, 2>(activation, (weight, bias), x, y, i, usize::MAX);
        }
    }
    if const { Strips::<S, OUT>::REST == 1 } {
        forward_rows::<S, A, IN, OUT, 1, 4>(activation, (weight, bias), x, y, high, OUT - high);
    } else if const { Strips::<S, OUT>::REST == 2 } {
        forward_rows::<S, A, IN, OUT, 2, 4>(activation, (weight, bias), x, y, high, OUT - high);
    } else if const { Strips::<S, OUT>::REST == 3 } {
        forward_rows::<S, A, IN, OUT, 3, 2>(activation, (weight, bias), x, y, high, OUT - high);
    } else if const { Strips::<S, OUT>::REST == 4 } {
        forward_rows::<S, A, IN, OUT, 4, 2>(activation, (weight, bias), x, y, high, OUT - high);
    }
}

/// Whether narrow vectors are enough for so many numbers.
pub(super) const fn narrow<S: Simd>(n: usize) -> bool {
    S::Narrow::LANES < S::LANES && n * 2 <= S::LANES
}

/// Whether they are better for one sample: it takes longer to make the factors of the next layer of the lanes of one
/// wide vector than of two narrow ones.
pub(super) const fn narrow_for_one<S: Simd>(n: usize) -> bool {
    S::Narrow::LANES < S::LANES && n <= S::LANES
}

/// Whether the outputs are so few that a vector holds several whole columns of W. Tiny layers have narrow vectors on both
/// sides, and what these have just stored in halves, a wide load would wait for.
pub(super) const fn few<S: Simd>(inputs: usize, outputs: usize) -> bool {
    let lanes = S::LANES == 8 || S::LANES > 8 && inputs > TINY;
    lanes && matches!(outputs, 1 | 2 | 4) && (inputs * outputs).is_multiple_of(S::LANES)
}

/// All of a vector is then multiplied at once, and what belongs to the same output is added up at the end.
#[inline(always)]
unsafe fn forward_few<S: Simd<T: Scalar>, A: InPlace<S::T>, const IN: usize, const OUT: usize>(
    activation: &A,
    (weight, bias): (*const S::T, *const S::T),
    x: *const S::T,
    y: *mut S::T,
) {
    let mut sums = [S::splat(S::ZERO); 4];
    let columns = S::LANES / OUT;
    for k in 0..IN / columns {
        let factors = S::load_repeated(x.add(k * columns), OUT);
        sums[k % 4] = S::mul_add(S::load(weight.add(k * S::LANES)), factors, sums[k % 4]);
    }
    let sum = S::add(S::add(sums[0], sums[1]), S::add(sums[2], sums[3]));
    let sum = S::add(S::sums_of_few(sum, OUT), S::load_part(bias, OUT));
    S::store_part(y, activation.value(Vector::<S>(sum)).0, OUT);
}

/// How some rows are cut into strips that are computed at a time.
struct Strips<S, const ROWS: usize>(PhantomData<S>);

impl<S: Simd, const ROWS: usize> Strips<S, ROWS> {
    /// Of a strip, in rows.
    const HEIGHT: usize = 4 * S::LANES;
    /// How many rows are in strips that are followed by others.
    const HIGH: usize = (ROWS - 1) / Self::HEIGHT * Self::HEIGHT;
    /// How many vectors high the last one is.
    const REST: usize = (ROWS - Self::HIGH).div_ceil(S::LANES);
}

#[inline(always)]
unsafe fn forward_rows<S, A, const IN: usize, const OUT: usize, const V: usize, const U: usize>(
    activation: &A,
    (weight, bias): (*const S::T, *const S::T),
    x: *const S::T,
    y: *mut S::T,
    i: usize,
    rows: usize,
) where
    S: Simd<T: Scalar>,
    A: InPlace<S::T>,
{
    let lanes = |v: usize| (rows - v * S::LANES).min(S::LANES);
    let mut sums = [[S::splat(S::ZERO); V]; U];
    for v in 0..V {
        sums[0][v] = S::load_up_to(bias.add(i + v * S::LANES), lanes(v));
    }
    let full = IN - IN % U;
    let end = rolled(full);
    let mut k = 0;
    while k < end {
        add_columns::<S, OUT, V, U>(&mut sums, weight.add(k * OUT + i), rows, x.add(k), U);
        k += U;
    }
    add_columns::<S, OUT, V, U>(&mut sums, weight.add(full * OUT + i), rows, x.add(full), IN - full);
    for v in 0..V {
        let mut pairs = U / 2;
        while pairs > 0 {
            for u in 0..pairs {
                sums[u][v] = S::add(sums[u][v], sums[u + pairs][v]);
            }
            pairs /= 2;
        }
        if const { V != 2 } {
            sums[0][v] = activation.value(Vector::<S>(sums[0][v])).0;
            S::store_up_to(y.add(i + v * S::LANES), sums[0][v], lanes(v));
        }
    }
    if const { V == 2 } {
        // Narrow vectors may be joined for the activation.
        let both = activation.value(Two::<S>(sums[0][0], sums[0][1]));
        S::store_up_to(y.add(i), both.0, lanes(0));
        S::store_up_to(y.add(i + S::LANES), both.1, lanes(1));
    }
}

/// Adds the next columns of W times x, each to sums of its own.
#[inline(always)]
unsafe fn add_columns<S: Simd, const OUT: usize, const V: usize, const U: usize>(
    sums: &mut [[S::V; V]; U],
    weight: *const S::T,
    rows: usize,
    x: *const S::T,
    columns: usize,
) {
    for u in 0..columns {
        let factor = S::splat(*x.add(u));
        for v in 0..V {
            let column = S::load_up_to(weight.add(u * OUT + v * S::LANES), rows - v * S::LANES);
            sums[u][v] = S::mul_add(column, factor, sums[u][v]);
        }
    }
}

/// dx = Wᵀ dy ∘ f′ for `n` samples, where f′ is computed from what the activation in front of the layer has kept.
///
/// # Safety
/// As [`forward`].
#[inline(always)]
pub(super) unsafe fn backward<S: Simd<T: Scalar>, A: InPlace<S::T>, const IN: usize, const OUT: usize>(
    activation: &A,
    weight: *const S::T,
    kept: *const S::T,
    dy: *const S::T,
    dx: *mut S::T,
    n: usize,
) {
    if const { larger(IN, OUT) <= TINY } && n != 1 {
        return backward_columns::<S, A, IN, OUT>(activation, weight, kept, dy, dx, n);
    }
    if const { few::<S>(IN, OUT) && IN.is_multiple_of(S::LANES) } {
        return backward_few::<S, A, IN, OUT>(activation, weight, kept, dy, dx);
    }
    if const { narrow_for_one::<S>(OUT) || narrow_for_one::<S>(IN) } {
        return backward::<S::Narrow, A, IN, OUT>(activation, weight, kept, dy, dx, n);
    }
    let full = IN - IN % S::LANES;
    let end = rolled(full);
    let mut k = 0;
    while k < end {
        backward_rows::<S, A, OUT>(activation, weight.add(k * OUT), kept.add(k), dy, dx.add(k), S::LANES);
        k += S::LANES;
    }
    if full < IN {
        let weight = weight.add(full * OUT);
        backward_rows::<S, A, OUT>(activation, weight, kept.add(full), dy, dx.add(full), IN - full);
    }
}

/// With few outputs, a row of W at a time. The deltas are read one by one: a loss has just written them so.
#[inline(always)]
unsafe fn backward_few<S: Simd<T: Scalar>, A: InPlace<S::T>, const IN: usize, const OUT: usize>(
    activation: &A,
    weight: *const S::T,
    kept: *const S::T,
    dy: *const S::T,
    dx: *mut S::T,
) {
    for k in (0..IN).step_by(S::LANES) {
        let mut sum = S::splat(S::ZERO);
        for i in 0..OUT {
            sum = S::mul_add(S::load_apart(weight.add(k * OUT), OUT, i), S::splat(*dy.add(i)), sum);
        }
        let kept = Vector::<S>(S::load(kept.add(k)));
        S::store(dx.add(k), (Vector::<S>(sum) * activation.derivative(kept)).0);
    }
}

#[inline(always)]
unsafe fn backward_rows<S: Simd<T: Scalar>, A: InPlace<S::T>, const OUT: usize>(
    activation: &A,
    weight: *const S::T,
    kept: *const S::T,
    dy: *const S::T,
    dx: *mut S::T,
    lanes: usize,
) {
    let mut products = [S::splat(S::ZERO); MAX_LANES];
    let mut i = 0;
    while i < OUT {
        let rows = OUT - i;
        let dy = S::load_up_to(dy.add(i), rows);
        for q in 0..lanes {
            let column = S::load_up_to(weight.add(q * OUT + i), rows);
            products[q] = S::mul_add(column, dy, products[q]);
        }
        i += S::LANES;
    }
    let kept = Vector::<S>(S::load_up_to(kept, lanes));
    let d = Vector::<S>(S::sums(&products)) * activation.derivative(kept);
    S::store_up_to(dx, d.0, lanes);
}

/// For several samples it pays to turn W round first.
#[inline(always)]
unsafe fn backward_columns<S: Simd<T: Scalar>, A: InPlace<S::T>, const IN: usize, const OUT: usize>(
    activation: &A,
    weight: *const S::T,
    kept: *const S::T,
    dy: *const S::T,
    dx: *mut S::T,
    n: usize,
) {
    if const { narrow::<S>(IN) } {
        return backward_columns::<S::Narrow, A, IN, OUT>(activation, weight, kept, dy, dx, n);
    }
    let mut turned = MaybeUninit::<[[S::T; TINY]; OUT]>::uninit();
    let turned = turned.as_mut_ptr().cast::<S::T>();
    let width = IN.next_multiple_of(S::LANES);
    copy::<S>(Steps { from: weight, row: OUT, column: 1 }, IN, OUT, turned, width);
    let a = Steps { from: turned.cast_const(), row: 1, column: width };
    let b = Steps { from: dy, row: 1, column: OUT };
    Columns::<_, IN> { a, b, depth: black_box(OUT), c: dx }.compute::<S, false>(n, &Delta { kept, activation });
}

/// dW = dy xᵀ and, behind it, db = dy, summed over `n` samples; or added to what is there.
///
/// # Safety
/// As [`forward`].
#[inline(always)]
pub(super) unsafe fn gradient<S: Simd<T: Scalar>, const IN: usize, const OUT: usize>(
    x: *const S::T,
    dy: *const S::T,
    gradient: *mut S::T,
    n: usize,
    add: bool,
) {
    if const { few::<S>(IN, OUT) } && n == 1 {
        return gradient_few::<S, IN, OUT>(x, dy, gradient, add);
    }
    if const { narrow_for_one::<S>(OUT) } && n == 1 || const { narrow::<S>(OUT) } {
        return self::gradient::<S::Narrow, IN, OUT>(x, dy, gradient, n, add);
    }
    if const { larger(IN, OUT) <= TINY } && n != 1 {
        let a = Steps { from: dy, row: 1, column: OUT };
        let b = Steps { from: x, row: IN, column: 1 };
        let product = Columns::<_, OUT> { a, b, depth: n, c: gradient };
        if const { IN < 8 } {
            product.compute::<S, true>(black_box(IN), &Sum { add });
        } else {
            product.compute::<S, false>(black_box(IN), &Sum { add });
        }
        return ColumnSum { m: OUT, n, from: dy, to: gradient.add(IN * OUT), add }.run::<S>();
    }
    // The last vector of a column may reach into the next, which is written later; in the last columns not beyond the
    // end.
    let far = IN.saturating_sub(S::LANES.div_ceil(OUT));
    for k in 0..rolled(far) {
        gradient_column::<S, OUT>(S::splat(*x.add(k)), dy, gradient.add(k * OUT), usize::MAX, add);
    }
    for k in far..IN {
        let end = (IN + 1 - k) * OUT;
        gradient_column::<S, OUT>(S::splat(*x.add(k)), dy, gradient.add(k * OUT), end, add);
    }
    // Of db the shared kernel makes a sum, in which −0 becomes 0.
    let bias = gradient.add(IN * OUT);
    let mut i = 0;
    while i < OUT {
        let rows = OUT - i;
        let start = if add { S::load_up_to(bias.add(i), rows) } else { S::splat(S::ZERO) };
        S::store_up_to(bias.add(i), S::add(start, S::load_up_to(dy.add(i), rows)), rows);
        i += S::LANES;
    }
}

/// With few outputs, several columns of dW at a time.
#[inline(always)]
unsafe fn gradient_few<S: Simd, const IN: usize, const OUT: usize>(
    x: *const S::T,
    dy: *const S::T,
    gradient: *mut S::T,
    add: bool,
) {
    let column = S::load_cycled(dy, OUT);
    for k in (0..IN).step_by(S::LANES / OUT) {
        let (to, factors) = (gradient.add(k * OUT), S::load_repeated(x.add(k), OUT));
        S::store(to, if add { S::mul_add(column, factors, S::load(to)) } else { S::mul(column, factors) });
    }
    for i in 0..OUT {
        let bias = gradient.add(IN * OUT + i);
        *bias = S::plus(if add { *bias } else { S::ZERO }, *dy.add(i));
    }
}

/// A column of dW, of which `end` elements may be written.
#[inline(always)]
unsafe fn gradient_column<S: Simd, const OUT: usize>(
    factor: S::V,
    dy: *const S::T,
    to: *mut S::T,
    end: usize,
    add: bool,
) {
    let mut i = 0;
    while i < OUT {
        let rows = OUT - i;
        let dy = S::load_up_to(dy.add(i), rows);
        let sum = if add { S::mul_add(dy, factor, S::load_up_to(to.add(i), rows)) } else { S::mul(dy, factor) };
        S::store_up_to(to.add(i), sum, if add { rows } else { end - i });
        i += S::LANES;
    }
}

/// c = a b for a matrix a of `M` rows: [`Product`](super::product::Product) for sizes known to the compiler, in the same
/// order of sums.
struct Columns<T, const M: usize> {
    a: Steps<T>,
    b: Steps<T>,
    depth: usize,
    c: *mut T,
}

/// What sums begin with and what becomes of them.
trait Ends<S: Simd> {
    /// For the rows from `row` on of some column, which is at `to`.
    #[inline(always)]
    unsafe fn start(&self, _row: usize, _lanes: usize, _to: *const S::T) -> S::V {
        S::splat(S::ZERO)
    }

    /// For what belongs at the place `at` in c.
    #[inline(always)]
    unsafe fn end(&self, _at: usize, _lanes: usize, sum: S::V) -> S::V {
        sum
    }
}

/// f(W x + b).
struct Output<'a, T, A> {
    bias: *const T,
    activation: &'a A,
}

impl<S: Simd<T: Scalar>, A: InPlace<S::T>> Ends<S> for Output<'_, S::T, A> {
    #[inline(always)]
    unsafe fn start(&self, row: usize, lanes: usize, _: *const S::T) -> S::V {
        S::load_up_to(self.bias.add(row), lanes)
    }

    #[inline(always)]
    unsafe fn end(&self, _: usize, _: usize, sum: S::V) -> S::V {
        self.activation.value(Vector::<S>(sum)).0
    }
}

/// Wᵀ dy ∘ f′.
struct Delta<'a, T, A> {
    kept: *const T,
    activation: &'a A,
}

impl<S: Simd<T: Scalar>, A: InPlace<S::T>> Ends<S> for Delta<'_, S::T, A> {
    #[inline(always)]
    unsafe fn end(&self, at: usize, lanes: usize, sum: S::V) -> S::V {
        let kept = S::load_up_to(self.kept.add(at), lanes);
        (Vector::<S>(sum) * self.activation.derivative(Vector::<S>(kept))).0
    }
}

/// A sum, perhaps added to what is there.
struct Sum {
    add: bool,
}

impl<S: Simd> Ends<S> for Sum {
    #[inline(always)]
    unsafe fn start(&self, _: usize, lanes: usize, to: *const S::T) -> S::V {
        if self.add { S::load_up_to(to, lanes) } else { S::splat(S::ZERO) }
    }
}

impl<T: Copy, const M: usize> Columns<T, M> {
    /// `n` columns of c: if they are known to be `FEW`, fewer than 8, 4 at a time.
    #[inline(always)]
    unsafe fn compute<S: Simd<T = T>, const FEW: bool>(&self, n: usize, ends: &impl Ends<S>) {
        let high = Strips::<S, M>::HIGH;
        if const { Strips::<S, M>::HIGH > 0 } {
            for i in (0..high).step_by(Strips::<S, M>::HEIGHT) {
                self.rows::<S, 4, 2>(i, usize::MAX, n, ends);
            }
        }
        if const { Strips::<S, M>::REST == 1 && FEW } {
            self.rows::<S, 1, 4>(high, M - high, n, ends);
        } else if const { Strips::<S, M>::REST == 1 } {
            self.rows::<S, 1, 8>(high, M - high, n, ends);
        } else if const { Strips::<S, M>::REST == 2 } {
            self.rows::<S, 2, 4>(high, M - high, n, ends);
        } else if const { Strips::<S, M>::REST == 3 } {
            self.rows::<S, 3, 4>(high, M - high, n, ends);
        } else if const { Strips::<S, M>::REST == 4 } {
            self.rows::<S, 4, 2>(high, M - high, n, ends);
        }
    }

    #[inline(always)]
    unsafe fn rows<S: Simd<T = T>, const V: usize, const C: usize>(
        &self,
        i: usize,
        rows: usize,
        n: usize,
        ends: &impl Ends<S>,
    ) {
        let mut j = 0;
        while j + C <= n {
            self.tile::<S, V, C>(i, rows, j, ends);
            j += C;
        }
        while j < n {
            self.tile::<S, V, 1>(i, rows, j, ends);
            j += 1;
        }
    }

    #[inline(always)]
    unsafe fn tile<S: Simd<T = T>, const V: usize, const C: usize>(
        &self,
        i: usize,
        rows: usize,
        j: usize,
        ends: &impl Ends<S>,
    ) {
        let lanes = |v: usize| (rows - v * S::LANES).min(S::LANES);
        let place = |c: usize, v: usize| (j + c) * M + i + v * S::LANES;
        let mut sums = [[S::splat(S::ZERO); V]; C];
        for c in 0..C {
            for v in 0..V {
                sums[c][v] = ends.start(i + v * S::LANES, lanes(v), self.c.add(place(c, v)));
            }
        }
        // Wrapping: behind the last step they point nowhere.
        let (mut a, mut b) = (self.a.from.add(i), self.b.from.add(j * self.b.column));
        for _ in 0..self.depth {
            let mut column = [S::splat(S::ZERO); V];
            for v in 0..V {
                column[v] = S::load_up_to(a.add(v * S::LANES), lanes(v));
            }
            for c in 0..C {
                let factor = S::splat(*b.add(c * self.b.column));
                for v in 0..V {
                    sums[c][v] = S::mul_add(column[v], factor, sums[c][v]);
                }
            }
            a = a.wrapping_add(self.a.column);
            b = b.wrapping_add(self.b.row);
        }
        for c in 0..C {
            for v in 0..V {
                let at = place(c, v);
                S::store_up_to(self.c.add(at), ends.end(at, lanes(v), sums[c][v]), lanes(v));
            }
        }
    }
}
