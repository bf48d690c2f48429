//! Products of which one side is only a few rows: what is left of a matrix below its last full vector.
//!
//! A vector of which few lanes are rows of the result would be mostly wasted, so the vectors run along the
//! other axis: along the inputs. [`ByDots`] has its vectors along the sums, and also computes whole products for
//! [instruction sets that prefer it](Simd::DOTS).
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // As in `product`.

use core::mem::MaybeUninit;

use super::product::{Panel, Product, Start, Steps, copy};
use super::simd::{MAX_LANES, Simd, Task};

/// y = W x + b: [`Product`], the last rows by [`ByDots`].
#[derive(Clone, Copy)]
pub(super) struct Forward<T>(pub(super) Product<T>);

/// dW = dy xᵀ: [`Product`], the last rows by [`Scattered`].
#[derive(Clone, Copy)]
pub(super) struct Weight<T>(pub(super) Product<T>);

/// How many rows are better done along the other axis, which is `length` long.
#[inline(always)]
fn thin<S: Simd>(all: &Product<S::T>, length: usize) -> usize {
    let rest = all.m % S::LANES;
    // Beside full vectors it has to make up for a second pass over the other matrix.
    let least = if all.m > S::LANES { 4 * S::LANES } else { S::LANES };
    if rest * 4 <= S::LANES.max(8) && length >= least && !all.by_dots::<S>() { rest } else { 0 }
}

impl<T: Copy> Task<T> for Forward<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self(all) = self;
        let rest = thin::<S>(&all, all.k);
        let full = all.m - rest;
        if full > 0 {
            S::call(Product { m: full, ..all });
        }
        if rest > 0 {
            let a = Steps { from: all.a.from.wrapping_add(full), ..all.a };
            let (c, start) = (all.c.wrapping_add(full), all.start.at(full, 0));
            S::call(ByDots(Product { m: rest, a, c, start, ..all }));
        }
    }
}

/// [`Product`] by [`Dots`], with vectors along the sums. The panel holds some rows of a and, where the columns of b are
/// not contiguous, some of them. A function of its own, since only one panel has to fit on the stack at a time.
pub(super) struct ByDots<T>(pub(super) Product<T>);

impl<T: Copy> Task<T> for ByDots<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self(all) = self;
        let mut panel = Panel::new();
        let panel = panel.pointer::<T>();
        let size = Panel::SIZE / size_of::<T>();
        // How many columns the panel has room for, as many as use much of a line of the cache where columns are next to
        // each other; and how many are computed at a time.
        let (copied, columns) = if S::DOTS && all.b.row != 1 { (8, 8) } else { (0, usize::MAX) };
        let deepest = size / (all.m.next_multiple_of(4).min(12) + copied) / S::LANES * S::LANES;
        let depth = all.k.next_multiple_of(S::LANES).min(deepest);
        let rows = (size / depth - copied) / 4 * 4;
        let mut p = 0;
        while p < all.k {
            let k = depth.min(all.k - p);
            let width = k.next_multiple_of(S::LANES);
            let mut i = 0;
            while i < all.m {
                let m = rows.min(all.m - i);
                let from = all.a.from.add(i * all.a.row + p * all.a.column);
                if S::DOTS {
                    copy::<S>(Steps { from, row: all.a.column, column: all.a.row }, k, m, panel, width);
                } else {
                    // A row or a few, for which `copy` would be much code.
                    for i in 0..m {
                        let (mut from, to) = (from.wrapping_add(i * all.a.row), panel.add(i * width));
                        for q in 0..k {
                            *to.add(q) = *from;
                            from = from.wrapping_add(all.a.column);
                        }
                    }
                }
                let mut j = 0;
                while j < all.n {
                    let n = columns.min(all.n - j);
                    let mut b = Steps { from: all.b.from.add(p * all.b.row + j * all.b.column), ..all.b };
                    if copied > 0 {
                        let to = panel.add(m * width);
                        copy::<S>(b, k, n, to, width);
                        b = Steps { from: to, row: 1, column: width };
                    }
                    let dots = Dots {
                        m,
                        n,
                        k,
                        a: panel,
                        a_column: width,
                        b: b.from,
                        b_column: b.column,
                        c: all.c.add(i + j * all.c_column),
                        c_column: all.c_column,
                        start: all.start.at(i, p),
                    };
                    S::call(dots);
                    j += n;
                }
                i += m;
            }
            p += k;
        }
    }
}

impl<T: Copy> Task<T> for Weight<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self(all) = self;
        let rest = thin::<S>(&all, all.n);
        let full = all.m - rest;
        if full > 0 {
            S::call(Product { m: full, ..all });
        }
        let mut j = 0;
        while j < rest {
            let scattered = Scattered {
                m: all.n,
                k: all.k,
                a: all.b.from,
                a_column: all.b.row,
                b: Steps { from: all.a.from.wrapping_add(full + j), row: all.a.column, column: 1 },
                c: all.c.add(full + j),
                c_row: all.c_column,
                add: matches!(all.start, Start::Current),
            };
            if j + 2 <= rest {
                S::call(Columns::<T, 2>(scattered));
                j += 2;
            } else {
                S::call(Columns::<T, 1>(scattered));
                j += 1;
            }
        }
    }
}

/// c = start + aᵀ b, where the columns of a and of b are contiguous, and a has few of them.
#[derive(Clone, Copy)]
pub(super) struct Dots<T> {
    pub(super) m: usize,
    pub(super) n: usize,
    pub(super) k: usize,
    pub(super) a: *const T,
    pub(super) a_column: usize,
    pub(super) b: *const T,
    pub(super) b_column: usize,
    pub(super) c: *mut T,
    pub(super) c_column: usize,
    pub(super) start: Start<T>,
}

impl<T: Copy> Task<T> for Dots<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let mut i = 0;
        while S::DOTS && i + 4 <= self.m {
            self.rows::<S, 4, 2>(i);
            i += 4;
        }
        while i + 2 <= self.m {
            self.rows::<S, 2, 4>(i);
            i += 2;
        }
        if i < self.m {
            self.rows::<S, 1, 4>(i);
        }
    }
}

impl<T: Copy> Dots<T> {
    #[inline(always)]
    unsafe fn rows<S: Simd<T = T>, const R: usize, const C: usize>(&self, i: usize) {
        let mut j = 0;
        while j + C <= self.n {
            self.tile::<S, R, C>(i, j);
            j += C;
        }
        while j < self.n {
            self.tile::<S, R, 1>(i, j);
            j += 1;
        }
    }

    /// Adds to the sums what is in the next `lanes` places from `q` on.
    #[inline(always)]
    unsafe fn add<S: Simd<T = T>, const R: usize, const C: usize>(
        &self,
        (a, b): (*const T, *const T),
        q: usize,
        lanes: usize,
        sums: &mut [[S::V; R]; C],
    ) {
        let mut rows = [S::splat(S::ZERO); R];
        for i in 0..R {
            rows[i] = S::load_up_to(a.add(i * self.a_column + q), lanes);
        }
        for j in 0..C {
            let column = S::load_up_to(b.add(j * self.b_column + q), lanes);
            for i in 0..R {
                sums[j][i] = S::mul_add(rows[i], column, sums[j][i]);
            }
        }
    }

    #[inline(always)]
    unsafe fn tile<S: Simd<T = T>, const R: usize, const C: usize>(&self, i: usize, j: usize) {
        let mut sums = [[S::splat(S::ZERO); R]; C];
        let from = (self.a.add(i * self.a_column), self.b.add(j * self.b_column));
        // What does not fill a vector comes last: with a branch in the loop, sums would leave the registers.
        let whole = self.k / S::LANES * S::LANES;
        let mut q = 0;
        while q < whole {
            self.add::<S, R, C>(from, q, S::LANES, &mut sums);
            q += S::LANES;
        }
        if q < self.k {
            self.add::<S, R, C>(from, q, self.k - q, &mut sums);
        }
        for dj in 0..C {
            let to = self.c.add(i + (j + dj) * self.c_column);
            if R < S::LANES {
                for di in 0..R {
                    let to = to.add(di);
                    let sum = S::sum(sums[dj][di]);
                    *to = match self.start {
                        Start::Zero => sum,
                        Start::Column(column) => S::plus(sum, *column.add(i + di)),
                        Start::Current => S::plus(sum, *to),
                    };
                }
                continue;
            }
            for di in (0..R).step_by(S::LANES) {
                let to = to.add(di);
                let mut vectors = [S::splat(S::ZERO); MAX_LANES];
                vectors[..S::LANES].copy_from_slice(&sums[dj][di..di + S::LANES]);
                let sum = S::sums(&vectors);
                let sum = match self.start {
                    Start::Zero => sum,
                    Start::Column(column) => S::add(sum, S::load(column.add(i + di))),
                    Start::Current => S::add(sum, S::load(to)),
                };
                S::store(to, sum);
            }
        }
    }
}

/// c = a b, or c += a b, where b has few columns and the rows of c are far apart.
#[derive(Clone, Copy)]
struct Scattered<T> {
    m: usize,
    k: usize,
    a: *const T,
    a_column: usize,
    b: Steps<T>,
    c: *mut T,
    c_row: usize,
    add: bool,
}

struct Columns<T, const C: usize>(Scattered<T>);

impl<T: Copy, const C: usize> Task<T> for Columns<T, C> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let all = self.0;
        let mut i = 0;
        while i + 4 * S::LANES <= all.m {
            all.tile::<S, 4, C>(i, S::LANES);
            i += 4 * S::LANES;
        }
        while i < all.m {
            all.tile::<S, 1, C>(i, S::LANES.min(all.m - i));
            i += S::LANES;
        }
    }
}

impl<T: Copy> Scattered<T> {
    #[inline(always)]
    unsafe fn tile<S: Simd<T = T>, const V: usize, const C: usize>(&self, i: usize, lanes: usize) {
        let mut sums = [[S::splat(S::ZERO); C]; V];
        let mut values = MaybeUninit::<[T; MAX_LANES]>::uninit();
        let values = values.as_mut_ptr().cast::<T>();
        let to = |v: usize, j: usize, q: usize| self.c.add(j + (i + v * S::LANES + q) * self.c_row);
        if self.add {
            // First, as in `Product`, so that the sum is the same whichever of the two computes it.
            for v in 0..V {
                for j in 0..C {
                    for q in 0..lanes {
                        *values.add(q) = *to(v, j, q);
                    }
                    sums[v][j] = S::load_up_to(values, lanes);
                }
            }
        }
        let (mut a, mut b) = (self.a.add(i), self.b.from);
        for _ in 0..self.k {
            let mut factors = [S::splat(S::ZERO); C];
            for j in 0..C {
                factors[j] = S::splat(*b.add(j * self.b.column));
            }
            for v in 0..V {
                let column = S::load_up_to(a.add(v * S::LANES), lanes);
                for j in 0..C {
                    sums[v][j] = S::mul_add(column, factors[j], sums[v][j]);
                }
            }
            a = a.wrapping_add(self.a_column);
            b = b.wrapping_add(self.b.row);
        }
        for v in 0..V {
            for j in 0..C {
                S::store(values, sums[v][j]);
                for q in 0..lanes {
                    *to(v, j, q) = *values.add(q);
                }
            }
        }
    }
}
