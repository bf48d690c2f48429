//! The products of an affine layer for one sample: matrix times vector, and vector times vector.
//!
//! Here every weight is used once, so what counts is to read it from memory once and in order, and not to
//! read it at all where the input is zero: pixels often are, and so is half of what a Relu leaves.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use super::product::Start;
use super::simd::{Simd, Task};

/// y = W x + b; or y += W x for the part of the inputs at hand.
#[derive(Clone, Copy)]
pub(super) struct MatrixVector<T> {
    /// Outputs.
    pub(super) m: usize,
    /// Inputs.
    pub(super) k: usize,
    pub(super) weight: *const T,
    pub(super) x: *const T,
    pub(super) y: *mut T,
    pub(super) start: Start<T>,
}

/// dW = dy xᵀ, or dW += dy xᵀ.
#[derive(Clone, Copy)]
pub(super) struct Outer<T> {
    /// Outputs.
    pub(super) m: usize,
    /// Inputs.
    pub(super) k: usize,
    pub(super) x: *const T,
    pub(super) dy: *const T,
    pub(super) weight: *mut T,
    pub(super) add: bool,
}

/// How many inputs are looked at together for those that are not zero.
const GROUP: usize = u64::BITS as usize;

/// Whether enough of x is zero that looking for the others pays: in most of a few places spread over x, so that the
/// question costs next to nothing where the answer is no.
#[inline(always)]
unsafe fn sparse<S: Simd>(m: usize, x: *const S::T, k: usize) -> bool {
    const PLACES: usize = 8;
    const SHIFT: usize = 4;
    let distance = k / PLACES;
    if distance < 2 * S::LANES || m * 2 < S::LANES {
        return false;
    }
    let (mut others, mut place, mut shift) = (0, 0, 0);
    for _ in 0..PLACES {
        // Narrow vectors have at most 8 lanes.
        others = others << (GROUP / PLACES) | S::nonzero(S::load(x.add(place + shift)));
        // Not a multiple of the distance: in an image that would be a few of its columns.
        place += distance;
        shift = if shift + SHIFT + S::LANES > distance { 0 } else { shift + SHIFT };
    }
    others.count_ones() as usize * 2 <= PLACES * S::LANES
}

/// Which of the inputs from `first` up to `k` are not zero, a bit for each, for as many as a group has. All, where there
/// is not even one group, and for wide vectors.
#[inline(always)]
unsafe fn nonzero<S: Simd>(x: *const S::T, first: usize, k: usize) -> u64 {
    if first >= k {
        return 0;
    }
    // The last group begins where it ends with the last input.
    let from = first.min(k.saturating_sub(GROUP));
    let mut bits = 0;
    if narrow::<S>() && k >= GROUP {
        for i in (0..GROUP).step_by(S::LANES) {
            bits |= S::nonzero(S::load(x.add(from + i))) << i;
        }
    } else {
        bits = u64::MAX >> (GROUP - GROUP.min(k));
    }
    bits >> (first - from)
}

/// Whether there are no narrower vectors. Wider ones are used for all columns of whole vectors alone.
#[inline(always)]
const fn narrow<S: Simd>() -> bool {
    S::Narrow::LANES == S::LANES
}

/// How many lanes of the last of `V` vectors are rows.
#[inline(always)]
fn last_lanes<S: Simd, const V: usize>(rows: usize) -> usize {
    if narrow::<S>() { rows - (V - 1) * S::LANES } else { S::LANES }
}

impl<T: Copy> Task<T> for MatrixVector<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        self.run_if::<S>(sparse::<S::Narrow>(self.m, self.x, self.k));
    }
}

impl<T: Copy> MatrixVector<T> {
    #[inline(always)]
    unsafe fn run_if<S: Simd<T = T>>(self, sparse: bool) {
        let Self { m, k: inputs, weight, x, start, .. } = self;
        if sparse {
            // Single columns here and there are no stream.
            return S::Narrow::call(AllRows { all: &self, sparse });
        }
        let depth = depth::<S>(m);
        let mut first = 0;
        loop {
            let k = depth.min(inputs - first);
            let (weight, x, start) = (weight.add(first * m), x.add(first), start.at(0, first));
            let all = Self { k, weight, x, start, ..self };
            let rows = AllRows { all: &all, sparse };
            match m % S::LANES {
                0 => S::call(rows),
                _ => S::Narrow::call(rows),
            }
            first += k;
            if first >= inputs {
                break;
            }
        }
    }
}

/// How many columns are multiplied together: all, unless their rows need more than one pass. The end of one strip then
/// shares a line of the cache with the beginning of the next, once a column, and these lines should still be in the
/// first cache when the second pass asks for them. Of long columns they are so few that it does not pay.
#[inline(always)]
fn depth<S: Simd>(m: usize) -> usize {
    const LINES: usize = 128;
    const LONG: usize = 1024;
    if m <= S::STRIP * S::LANES || m * size_of::<S::T>() > LONG { usize::MAX } else { LINES }
}

/// All rows; of the columns, only those of inputs that are not zero if x is sparse.
struct AllRows<'a, T> {
    all: &'a MatrixVector<T>,
    sparse: bool,
}

impl<T: Copy> Task<T> for AllRows<'_, T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { all, sparse } = self;
        let mut i = 0;
        while i < all.m {
            let rows = (all.m - i).min(S::STRIP * S::LANES);
            let strip = Rows { all, i, rows, sparse };
            match rows.div_ceil(S::LANES) {
                1 => S::call(Strip::<T, 1, 4>(strip)),
                2 => S::call(Strip::<T, 2, 4>(strip)),
                3 => S::call(Strip::<T, 3, 2>(strip)),
                4 => S::call(Strip::<T, 4, 2>(strip)),
                5 if const { S::STRIP > 4 } => S::call(Strip::<T, 5, 1>(strip)),
                6 if const { S::STRIP > 4 } => S::call(Strip::<T, 6, 1>(strip)),
                7 if const { S::STRIP > 4 } => S::call(Strip::<T, 7, 1>(strip)),
                _ if const { S::STRIP > 4 } => S::call(Strip::<T, 8, 1>(strip)),
                _ => {}
            }
            i += rows;
        }
    }
}

/// Some rows of the product.
struct Rows<'a, T> {
    all: &'a MatrixVector<T>,
    i: usize,
    rows: usize,
    sparse: bool,
}

impl<T: Copy> Rows<'_, T> {
    /// Adds the product of input `k` with its column; the last vector of the column may reach into the next columns,
    /// whose sums are then not used, unless it is to end with the last row.
    #[inline(always)]
    unsafe fn add<S: Simd<T = T>, const V: usize>(&self, k: usize, ends: bool, sums: &mut [S::V; V]) {
        let factor = S::splat(*self.all.x.add(k));
        let column = self.all.weight.add(k * self.all.m + self.i);
        for v in 0..V {
            let from = column.add(v * S::LANES);
            let part =
                if ends && v == V - 1 { S::load_up_to(from, last_lanes::<S, V>(self.rows)) } else { S::load(from) };
            sums[v] = S::mul_add(part, factor, sums[v]);
        }
    }
}

/// Rows of `V` vectors, with `U` sums side by side so that they need not wait for each other.
struct Strip<'a, T, const V: usize, const U: usize>(Rows<'a, T>);

impl<T: Copy, const V: usize, const U: usize> Task<T> for Strip<'_, T, V, U> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self(strip) = self;
        let Rows { all: &all, i, rows, sparse } = strip;
        let last = last_lanes::<S, V>(rows);
        let mut sums = [[S::splat(S::ZERO); V]; U];
        let start = match all.start.at(i, 0) {
            Start::Zero => None,
            Start::Column(column) => Some(column),
            Start::Current => Some(all.y.add(i).cast_const()),
        };
        if let Some(start) = start {
            for v in 0..V - 1 {
                sums[0][v] = S::load(start.add(v * S::LANES));
            }
            sums[0][V - 1] = S::load_up_to(start.add((V - 1) * S::LANES), last);
        }
        // The columns whose last vector does not reach beyond the matrix.
        let reach = V * S::LANES - rows;
        let whole = all.k.saturating_sub(reach.div_ceil(all.m));
        let mut k = 0;
        if const { narrow::<S>() } && sparse {
            // The next group is looked at while the columns of this one are on their way.
            let (mut bits, mut next) = (0u64, 0);
            loop {
                let following = nonzero::<S>(all.x, next, whole);
                while bits != 0 {
                    strip.add::<S, V>(k + bits.trailing_zeros() as usize, false, &mut sums[0]);
                    bits &= bits - 1;
                    if U > 1 && bits != 0 {
                        strip.add::<S, V>(k + bits.trailing_zeros() as usize, false, &mut sums[1 % U]);
                        bits &= bits - 1;
                    }
                }
                if next >= whole {
                    break;
                }
                (bits, k, next) = (following, next, next + GROUP);
            }
            k = whole;
        }
        while k + U <= whole {
            for u in 0..U {
                strip.add::<S, V>(k + u, false, &mut sums[u]);
            }
            k += U;
        }
        while k < all.k {
            strip.add::<S, V>(k, true, &mut sums[0]);
            k += 1;
        }
        for v in 0..V {
            let mut sum = sums[0][v];
            for u in 1..U {
                sum = S::add(sum, sums[u][v]);
            }
            sums[0][v] = sum;
        }
        for v in 0..V - 1 {
            S::store(all.y.add(i + v * S::LANES), sums[0][v]);
        }
        S::store_up_to(all.y.add(i + (V - 1) * S::LANES), sums[0][V - 1], last);
    }
}

impl<T: Copy> Task<T> for Outer<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        // Narrow vectors look for zeros in any case, which takes a hundredth of the time that all columns take.
        if const { !narrow::<S>() }
            && self.m.is_multiple_of(S::LANES)
            && !(self.add && sparse::<S::Narrow>(self.m, self.x, self.k))
        {
            return S::call(AllOuterRows(&self));
        }
        S::Narrow::call(AllOuterRows(&self));
    }
}

/// All rows; if they are added to and vectors are narrow, of the columns those of inputs that are not zero.
struct AllOuterRows<'a, T>(&'a Outer<T>);

impl<T: Copy> Task<T> for AllOuterRows<'_, T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self(all) = self;
        let height = 8 * S::LANES;
        // The last strip first: it may write into the first rows of the next columns.
        let mut end = all.m;
        while end > 0 {
            let i = (end - 1) / height * height;
            let strip = OuterRows { all, i, rows: end - i };
            match (end - i).div_ceil(S::LANES) {
                1 => S::call(OuterStrip::<T, 1>(strip)),
                2 => S::call(OuterStrip::<T, 2>(strip)),
                3 => S::call(OuterStrip::<T, 3>(strip)),
                4 => S::call(OuterStrip::<T, 4>(strip)),
                5 => S::call(OuterStrip::<T, 5>(strip)),
                6 => S::call(OuterStrip::<T, 6>(strip)),
                7 => S::call(OuterStrip::<T, 7>(strip)),
                _ => S::call(OuterStrip::<T, 8>(strip)),
            }
            end = i;
        }
    }
}

/// Some rows of dW.
struct OuterRows<'a, T> {
    all: &'a Outer<T>,
    i: usize,
    rows: usize,
}

impl<T: Copy> OuterRows<'_, T> {
    /// Adds to the column of input `k`.
    #[inline(always)]
    unsafe fn add<S: Simd<T = T>, const V: usize>(&self, k: usize, dy: &[S::V; V]) {
        let factor = S::splat(*self.all.x.add(k));
        let column = self.all.weight.add(k * self.all.m + self.i);
        for v in 0..V - 1 {
            let to = column.add(v * S::LANES);
            S::store(to, S::mul_add(dy[v], factor, S::load(to)));
        }
        let (to, last) = (column.add((V - 1) * S::LANES), last_lanes::<S, V>(self.rows));
        S::store_up_to(to, S::mul_add(dy[V - 1], factor, S::load_up_to(to, last)), last);
    }
}

/// Rows of `V` vectors, whose dy stay in registers.
struct OuterStrip<'a, T, const V: usize>(OuterRows<'a, T>);

impl<T: Copy, const V: usize> Task<T> for OuterStrip<'_, T, V> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        // A copy: for all the compiler knows, the stores below change what the reference leads to.
        let OuterRows { all: &all, i, rows } = self.0;
        let strip = OuterRows { all: &all, i, rows };
        let last = last_lanes::<S, V>(rows);
        let mut dy = [S::splat(S::ZERO); V];
        for v in 0..V - 1 {
            dy[v] = S::load(all.dy.add(i + v * S::LANES));
        }
        dy[V - 1] = S::load_up_to(all.dy.add(i + (V - 1) * S::LANES), last);
        // From the last input to the first: of the columns that the forward product has read, the first cache holds
        // the last ones, and the next forward product begins with the first ones.
        if all.add {
            let (mut bits, mut first, mut next) = (0u64, 0, all.k.next_multiple_of(GROUP));
            loop {
                let following = if next > 0 { nonzero::<S>(all.x, next - GROUP, all.k) } else { 0 };
                while bits != 0 {
                    strip.add::<S, V>(first + bits.trailing_zeros() as usize, &dy);
                    bits &= bits - 1;
                }
                if next == 0 {
                    break;
                }
                next -= GROUP;
                (bits, first) = (following, next);
            }
            return;
        }
        // The last vector of a column may reach into the next columns, which are written later.
        let whole = all.k.saturating_sub((S::LANES - last).div_ceil(all.m));
        for k in 0..all.k {
            let factor = S::splat(*all.x.add(k));
            let column = all.weight.add(k * all.m + i);
            for v in 0..V - 1 {
                S::store(column.add(v * S::LANES), S::mul(dy[v], factor));
            }
            let (to, end) = (column.add((V - 1) * S::LANES), S::mul(dy[V - 1], factor));
            if k < whole {
                S::store(to, end);
            } else {
                S::store_up_to(to, end, last);
            }
        }
    }
}

/// W += dy xᵀ, and then y = W x′ + b for the next sample: every weight is read and written once and not read again.
#[derive(Clone, Copy)]
pub(super) struct OuterThenProduct<T> {
    pub(super) outer: Outer<T>,
    /// With the same weights.
    pub(super) product: MatrixVector<T>,
}

impl<T: Copy> Task<T> for OuterThenProduct<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { outer, product } = self;
        let Outer { m, k, .. } = outer;
        let new = sparse::<S::Narrow>(m, product.x, k);
        if new || sparse::<S::Narrow>(m, outer.x, k) || k == 0 || m <= 2 * S::Narrow::LANES {
            outer.run::<S>();
            return product.run_if::<S>(new);
        }
        // The sums of 7 vectors fit into 16 registers; wider vectors come with 32.
        let most = if narrow::<S>() { 7 } else { 8 };
        // Of columns that take more than one strip, so few at a time that they stay in the first cache.
        const FEW: usize = 32;
        let vectors = m.div_ceil(S::Narrow::LANES);
        let depth = if vectors <= most { k } else { FEW };
        for first in (0..k).step_by(depth) {
            let last = k.min(first + depth);
            // As evenly as possible, so that none is low.
            let (mut i, mut left) = (0, vectors);
            while left > 0 {
                let strip = BothRows { both: &self, i, first, last };
                let high = left.div_ceil(left.div_ceil(most));
                match high {
                    3 => S::call(BothStrip::<T, 3>(strip)),
                    4 => S::call(BothStrip::<T, 4>(strip)),
                    5 => S::call(BothStrip::<T, 5>(strip)),
                    6 => S::call(BothStrip::<T, 6>(strip)),
                    7 => S::call(BothStrip::<T, 7>(strip)),
                    8 if const { !narrow::<S>() } => S::call(BothStrip::<T, 8>(strip)),
                    _ => {}
                }
                i += high * S::Narrow::LANES;
                left -= high;
            }
        }
    }
}

/// `V` vectors, the last of `end` lanes.
#[inline(always)]
unsafe fn load_rows<S: Simd, const V: usize>(from: *const S::T, end: usize) -> [S::V; V] {
    let mut vectors = [S::splat(S::ZERO); V];
    for v in 0..V - 1 {
        vectors[v] = S::load(from.add(v * S::LANES));
    }
    vectors[V - 1] = S::load_up_to(from.add((V - 1) * S::LANES), end);
    vectors
}

/// The rows from `i` on of the columns from `first` up to `last`.
struct BothRows<'a, T> {
    both: &'a OuterThenProduct<T>,
    i: usize,
    first: usize,
    last: usize,
}

/// Rows of `V` narrow vectors, in a function that has the registers of the wider ones.
struct BothStrip<'a, T, const V: usize>(BothRows<'a, T>);

impl<T: Copy, const V: usize> Task<T> for BothStrip<'_, T, V> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let BothRows { both: &OuterThenProduct { outer, product }, i, first, last } = self.0;
        let lanes = S::Narrow::LANES;
        let end = (outer.m - i).min(V * lanes) - (V - 1) * lanes;
        let y = product.y.add(i);
        let mut sums = match product.start.at(i, first) {
            Start::Zero => [S::Narrow::splat(S::Narrow::ZERO); V],
            Start::Column(column) => load_rows::<S::Narrow, V>(column, end),
            Start::Current => load_rows::<S::Narrow, V>(y, end),
        };
        let dy = load_rows::<S::Narrow, V>(outer.dy.add(i), end);
        for k in first..last {
            let (factor, next) = (S::Narrow::splat(*outer.x.add(k)), S::Narrow::splat(*product.x.add(k)));
            let column = outer.weight.add(k * outer.m + i);
            for v in 0..V - 1 {
                let to = column.add(v * lanes);
                let weight = S::Narrow::mul_add(dy[v], factor, S::Narrow::load(to));
                S::Narrow::store(to, weight);
                sums[v] = S::Narrow::mul_add(weight, next, sums[v]);
            }
            let to = column.add((V - 1) * lanes);
            let weight = S::Narrow::mul_add(dy[V - 1], factor, S::Narrow::load_up_to(to, end));
            S::Narrow::store_up_to(to, weight, end);
            sums[V - 1] = S::Narrow::mul_add(weight, next, sums[V - 1]);
        }
        for v in 0..V - 1 {
            S::Narrow::store(y.add(v * lanes), sums[v]);
        }
        S::Narrow::store_up_to(y.add((V - 1) * lanes), sums[V - 1], end);
    }
}
