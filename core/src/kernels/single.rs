//! The products of an affine layer for one sample: matrix times vector, and vector times vector.
//!
//! Here every weight is used once, so what counts is to read it from memory once and in order, and not to
//! read it at all where the input is zero: pixels often are, and so is half of what a Relu leaves.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use core::mem::MaybeUninit;

use super::product::Start;
use super::simd::{MAX_LANES, Simd, Task};

/// How many inputs are looked at together for those that are not zero.
const LIST: usize = 1024;

/// Memory for the list, and for a vector that is stored at its end.
type List = MaybeUninit<[u32; LIST + MAX_LANES]>;

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

/// Whether enough of x is zero that going through a list of the others pays: in most of a few places spread
/// over x, so that the question costs next to nothing where the answer is no.
#[inline(always)]
unsafe fn sparse<S: Simd>(m: usize, x: *const S::T, k: usize) -> bool {
    const PLACES: usize = 32;
    if k < 4 * PLACES || m * 2 < S::LANES {
        return false;
    }
    let distance = k / PLACES;
    let (mut zeros, mut place, mut shift) = (0, 0, 0);
    for _ in 0..PLACES {
        zeros += usize::from(*x.add(place + shift) == S::ZERO);
        // Not a multiple of the distance: in an image that would be a few of its columns.
        place += distance;
        shift = if shift + 1 == distance { 0 } else { shift + 1 };
    }
    zeros * 2 >= PLACES
}

impl<T: Copy> Task<T> for MatrixVector<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { m, k: inputs, weight, x, start, .. } = self;
        let sparse = sparse::<S>(m, x, inputs);
        let mut list = List::uninit();
        let list = list.as_mut_ptr().cast::<u32>();
        let depth = if sparse { LIST } else { depth::<S>(m) };
        let mut first = 0;
        loop {
            let k = depth.min(inputs - first);
            let (weight, x, start) = (weight.add(first * m), x.add(first), start.at(0, first));
            let all = Self { k, weight, x, start, ..self };
            if sparse {
                // Single columns here and there are no stream.
                S::Narrow::call(AllRows { all, list, count: S::nonzero(x, k, list) });
            } else if m % S::LANES == 0 {
                S::call(AllRows { all, list: core::ptr::null(), count: k });
            } else {
                S::Narrow::call(AllRows { all, list: core::ptr::null(), count: k });
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

/// All rows, for `count` inputs: those in the list, or all if there is none.
struct AllRows<T> {
    all: MatrixVector<T>,
    list: *const u32,
    count: usize,
}

impl<T: Copy> Task<T> for AllRows<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { all, list, count } = self;
        let mut i = 0;
        while i < all.m {
            let rows = (all.m - i).min(S::STRIP * S::LANES);
            let strip = Rows { all, i, rows, list, count };
            match rows.div_ceil(S::LANES) {
                1 => S::call(Strip::<T, 1, 4>(strip)),
                2 => S::call(Strip::<T, 2, 4>(strip)),
                3 => S::call(Strip::<T, 3, 2>(strip)),
                4 => S::call(Strip::<T, 4, 2>(strip)),
                5 if S::STRIP > 4 => S::call(Strip::<T, 5, 1>(strip)),
                6 if S::STRIP > 4 => S::call(Strip::<T, 6, 1>(strip)),
                7 if S::STRIP > 4 => S::call(Strip::<T, 7, 1>(strip)),
                _ if S::STRIP > 4 => S::call(Strip::<T, 8, 1>(strip)),
                _ => {}
            }
            i += rows;
        }
    }
}

/// Some rows of the product.
struct Rows<T> {
    all: MatrixVector<T>,
    i: usize,
    rows: usize,
    list: *const u32,
    count: usize,
}

/// Rows of `V` vectors, with `U` sums side by side so that they need not wait for each other.
struct Strip<T, const V: usize, const U: usize>(Rows<T>);

impl<T: Copy, const V: usize, const U: usize> Task<T> for Strip<T, V, U> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Rows { all, i, rows, list, count } = self.0;
        let last = rows - (V - 1) * S::LANES;
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
        let input = |q: usize| if list.is_null() { q } else { *list.add(q) as usize };
        // The last vector of a column may reach into the next columns, whose sums are then not used, but not
        // beyond the matrix: there, partial vectors do the rest.
        let reach = V * S::LANES - rows;
        let whole = all.k.saturating_sub(reach.div_ceil(all.m));
        // Counted beforehand: a loop with two exits would not keep the sums where they are.
        let mut safe = count;
        while safe > 0 && input(safe - 1) >= whole {
            safe -= 1;
        }
        let mut q = 0;
        while q + U <= safe {
            for u in 0..U {
                let k = input(q + u);
                let factor = S::splat(*all.x.add(k));
                let column = all.weight.add(k * all.m + i);
                for v in 0..V {
                    sums[u][v] = S::mul_add(S::load(column.add(v * S::LANES)), factor, sums[u][v]);
                }
            }
            q += U;
        }
        while q < count {
            let k = input(q);
            let factor = S::splat(*all.x.add(k));
            let column = all.weight.add(k * all.m + i);
            for v in 0..V - 1 {
                sums[0][v] = S::mul_add(S::load(column.add(v * S::LANES)), factor, sums[0][v]);
            }
            let rest = S::load_up_to(column.add((V - 1) * S::LANES), last);
            sums[0][V - 1] = S::mul_add(rest, factor, sums[0][V - 1]);
            q += 1;
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
        if !self.add || !sparse::<S>(self.m, self.x, self.k) {
            return match self.m % S::LANES {
                0 => S::call(AllOuterRows { all: self, list: core::ptr::null(), count: self.k }),
                _ => S::Narrow::call(AllOuterRows { all: self, list: core::ptr::null(), count: self.k }),
            };
        }
        let mut list = List::uninit();
        let list = list.as_mut_ptr().cast::<u32>();
        // From the last input to the first: of the columns that the forward product has read, the first cache holds
        // the last ones, and the next forward product begins with the first ones.
        let mut end = self.k;
        while end > 0 {
            let first = (end - 1) / LIST * LIST;
            let (k, x) = (end - first, self.x.add(first));
            let all = Self { k, x, weight: self.weight.add(first * self.m), ..self };
            S::Narrow::call(AllOuterRows { all, list, count: S::nonzero(x, k, list) });
            end = first;
        }
    }
}

/// All rows, for `count` inputs: those in the list, or all if there is none.
struct AllOuterRows<T> {
    all: Outer<T>,
    list: *const u32,
    count: usize,
}

impl<T: Copy> Task<T> for AllOuterRows<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { all, list, count } = self;
        let height = 8 * S::LANES;
        // The last strip first: it may write into the first rows of the next columns.
        let mut end = all.m;
        while end > 0 {
            let i = (end - 1) / height * height;
            let strip = OuterRows { all, i, rows: end - i, list, count };
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
struct OuterRows<T> {
    all: Outer<T>,
    i: usize,
    rows: usize,
    list: *const u32,
    count: usize,
}

/// Rows of `V` vectors, whose dy stay in registers.
struct OuterStrip<T, const V: usize>(OuterRows<T>);

impl<T: Copy, const V: usize> Task<T> for OuterStrip<T, V> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let OuterRows { all, i, rows, list, count } = self.0;
        let last = rows - (V - 1) * S::LANES;
        let mut dy = [S::splat(S::ZERO); V];
        for v in 0..V - 1 {
            dy[v] = S::load(all.dy.add(i + v * S::LANES));
        }
        dy[V - 1] = S::load_up_to(all.dy.add(i + (V - 1) * S::LANES), last);
        if all.add {
            for q in (0..count).rev() {
                let k = if list.is_null() { q } else { *list.add(q) as usize };
                let factor = S::splat(*all.x.add(k));
                let column = all.weight.add(k * all.m + i);
                for v in 0..V - 1 {
                    let to = column.add(v * S::LANES);
                    S::store(to, S::mul_add(dy[v], factor, S::load(to)));
                }
                let to = column.add((V - 1) * S::LANES);
                S::store_up_to(to, S::mul_add(dy[V - 1], factor, S::load_up_to(to, last)), last);
            }
            return;
        }
        // The last vector of a column may reach into the next columns, which are written later.
        let whole = count.saturating_sub((S::LANES - last).div_ceil(all.m));
        for k in 0..count {
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
