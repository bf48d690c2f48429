//! The product of two matrices, for mini-batches.
//!
//! A block of the result, `HEIGHT` vectors by `COLUMNS` columns, stays in registers while the sums run: every
//! vector of a is loaded once for all columns, every element of b once for all vectors.
#![allow(unsafe_op_in_unsafe_fn)]
// Loops with constant bounds over arrays of that length: it is these that the compiler unrolls into registers.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use super::machine::{prefetch_l1, prefetch_l2};
use super::simd::{Simd, Task};
use super::thin::ByDots;

/// c = start + a b, with a of `m`×`k`, b of `k`×`n` and c of `m`×`n`, whose columns are contiguous.
#[derive(Clone, Copy)]
pub(super) struct Product<T> {
    pub(super) m: usize,
    pub(super) n: usize,
    pub(super) k: usize,
    pub(super) a: Steps<T>,
    pub(super) b: Steps<T>,
    pub(super) c: *mut T,
    /// From one column of c to the next.
    pub(super) c_column: usize,
    pub(super) start: Start<T>,
}

/// A matrix with its distances in memory: from one row to the next, from one column to the next.
#[derive(Clone, Copy)]
pub(super) struct Steps<T> {
    pub(super) from: *const T,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// What the product is added to.
#[derive(Clone, Copy)]
pub(super) enum Start<T> {
    /// Nothing: the memory of c holds nothing of meaning.
    Zero,
    /// The same column for every column of c.
    Column(*const T),
    /// What c holds.
    Current,
}

impl<T> Start<T> {
    /// For the rows from `i` on, once the sums have run up to `p`.
    #[inline(always)]
    pub(super) unsafe fn at(self, i: usize, p: usize) -> Self {
        match self {
            _ if p > 0 => Self::Current,
            Self::Column(column) => Self::Column(column.add(i)),
            start => start,
        }
    }
}

/// Memory for a part of a, copied so that the sums run through it in order. It lies on the stack, where its
/// size is the same whatever the size of a layer.
#[repr(C, align(64))]
pub(super) struct Panel(MaybeUninit<[u8; Self::SIZE]>);

impl Panel {
    /// In bytes: as much as leaves room on a stack of 64 KiB. A third less costs a wide layer some per cent of its
    /// speed, by loading and storing the sums more often; more than the first cache gains nothing.
    pub(super) const SIZE: usize = 24576;

    #[inline(always)]
    pub(super) fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    #[inline(always)]
    pub(super) fn pointer<T>(&mut self) -> *mut T {
        self.0.as_mut_ptr().cast()
    }
}

/// How many columns of b there must be for copying a to pay, where its columns are [far](Simd::FAR) apart.
const MANY: usize = 32;

impl<T: Copy> Product<T> {
    /// Whether [`ByDots`] computes it: few rows do not make up for copying b, nor short sums for adding up the lanes. The
    /// number of columns must not matter, since parts of a product, which have fewer, are to give the same bits.
    #[inline(always)]
    pub(super) fn by_dots<S: Simd<T = T>>(&self) -> bool {
        S::DOTS && self.m >= 8 && self.k >= 8 * S::LANES
    }
}

impl<T: Copy> Task<T> for Product<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if self.n == 0 {
            return;
        }
        if self.by_dots::<S>() {
            return S::call(ByDots(self));
        }
        if const { S::Narrow::LANES < S::LANES } && self.m <= S::Narrow::LANES {
            return S::Narrow::call(Blocks(self));
        }
        S::call(Blocks(self));
    }
}

/// A product by blocks. A function of its own, since only one panel has to fit on the stack at a time.
struct Blocks<T>(Product<T>);

impl<T: Copy> Task<T> for Blocks<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let all = self.0;
        let mut panel = Panel::new();
        let panel = panel.pointer::<T>();
        let far = all.a.row != 1 || (all.a.column * size_of::<T>() >= S::FAR && all.n >= MANY);
        let mut i = 0;
        while i < all.m {
            let vectors = height::<S>(all.m - i);
            let rows = (vectors * S::LANES).min(all.m - i);
            let copied = far || rows < vectors * S::LANES;
            let depth = if copied { Panel::SIZE / size_of::<T>() / (vectors * S::LANES) } else { all.k };
            let mut p = 0;
            loop {
                let k = depth.min(all.k - p);
                let mut block = Block {
                    n: all.n,
                    k,
                    a: all.a.from.wrapping_add(i * all.a.row + p * all.a.column),
                    a_column: all.a.column,
                    b: Steps { from: all.b.from.wrapping_add(p * all.b.row), ..all.b },
                    c: all.c.wrapping_add(i),
                    c_column: all.c_column,
                    start: all.start.at(i, p),
                    last: rows - (vectors - 1) * S::LANES,
                    panel: null_mut(),
                    ahead: Ahead::none(),
                };
                if copied {
                    let width = vectors * S::LANES;
                    if first_tile_copies::<S>(vectors) && all.a.row == 1 && rows == width {
                        // There are at least `MANY` columns of b, or a would not be copied.
                        const { assert!(MANY >= S::COLUMNS) };
                        block.panel = panel;
                    } else {
                        copy::<S>(Steps { from: block.a, ..all.a }, rows, k, panel, width);
                        (block.a, block.a_column) = (panel, width);
                    }
                    let (i, p) = if p + k < all.k { (i, p + k) } else { (i + rows, 0) };
                    let from = all.a.from.wrapping_add(i * all.a.row + p * all.a.column);
                    let rest = (width.min(all.m - i), depth.min(all.k - p));
                    block.ahead = Ahead::new(Steps { from, ..all.a }, rest, all.n.div_ceil(S::COLUMNS));
                }
                match vectors {
                    1 => S::call(Strip::<T, 1>(block)),
                    3 if const { S::HEIGHT >= 3 } => S::call(Strip::<T, 3>(block)),
                    _ => S::call(Strip::<T, 2>(block)),
                }
                p += k;
                if p >= all.k {
                    break;
                }
            }
            i += rows;
        }
    }
}

/// Whether it pays to copy whole vectors of a while the first tile is computed. A strip of one vector does not make up for the
/// code, nor do those that are left where [`ByDots`] computes what is large.
const fn first_tile_copies<S: Simd>(vectors: usize) -> bool {
    vectors > 1 && !S::DOTS
}

/// How many vectors high the next block is: as evenly as possible, since a low block uses the registers badly.
#[inline(always)]
fn height<S: Simd>(rows: usize) -> usize {
    let vectors = rows.div_ceil(S::LANES);
    if vectors == S::HEIGHT + 1 { S::HEIGHT.min(2) } else { vectors.min(S::HEIGHT) }
}

/// Copies `rows` rows and `k` columns into columns of `width` rows, with zeros below.
#[inline(always)]
pub(super) unsafe fn copy<S: Simd>(a: Steps<S::T>, rows: usize, k: usize, panel: *mut S::T, width: usize) {
    if a.row == 1 {
        for q in 0..k {
            let (from, to) = (a.from.add(q * a.column), panel.add(q * width));
            let mut i = 0;
            while i < width {
                S::store(to.add(i), S::load_up_to(from.add(i), rows - i));
                i += S::LANES;
            }
        }
        return;
    }
    if rows < width {
        for q in 0..k {
            S::store(panel.add((q + 1) * width - S::LANES), S::splat(S::ZERO));
        }
    }
    // Rows that are columns in memory, in blocks of 4 by 4.
    debug_assert!(a.column == 1);
    let (row_blocks, column_blocks) = (rows / 4 * 4, k / 4 * 4);
    for i in (0..row_blocks).step_by(4) {
        for q in (0..column_blocks).step_by(4) {
            S::transpose(a.from.add(i * a.row + q), a.row, panel.add(q * width + i), width);
        }
    }
    let first = if column_blocks < k { 0 } else { row_blocks };
    for i in first..rows {
        let first = if i < row_blocks { column_blocks } else { 0 };
        for q in first..k {
            *panel.add(q * width + i) = *a.from.add(i * a.row + q);
        }
    }
}

/// The product for some rows of a, of which the sums have run up to some column.
#[derive(Clone, Copy)]
struct Block<T> {
    n: usize,
    k: usize,
    a: *const T,
    a_column: usize,
    b: Steps<T>,
    c: *mut T,
    c_column: usize,
    start: Start<T>,
    /// How many lanes of the last vector are rows of c.
    last: usize,
    /// Where the first tile copies a to for the others, which takes less time than copying before; or null.
    panel: *mut T,
    ahead: Ahead<T>,
}

/// What is copied next, and asked for while the sums run: it may lie far from the processor, and in pieces too short
/// for its own guesses.
#[derive(Clone, Copy)]
struct Ahead<T> {
    from: *const T,
    /// From one contiguous run to the next.
    step: usize,
    /// How long each is.
    len: usize,
    /// How many there are.
    runs: usize,
    /// How many to ask for at a time.
    share: usize,
}

impl<T> Ahead<T> {
    fn none() -> Self {
        Self { from: core::ptr::null(), step: 0, len: 0, runs: 0, share: 0 }
    }

    /// Some rows and columns of a, in about as many parts as it says.
    #[inline(always)]
    fn new(a: Steps<T>, (rows, columns): (usize, usize), parts: usize) -> Self {
        let (step, len, runs) = if a.row == 1 { (a.column, rows, columns) } else { (a.row, columns, rows) };
        Self { from: a.from, step, len, runs, share: runs.div_ceil(parts) }
    }

    /// Asks for the next part.
    #[inline(always)]
    fn ask(&mut self) {
        for _ in 0..self.share.min(self.runs) {
            let mut i = 0;
            while i < self.len {
                prefetch_l2(self.from.wrapping_add(i));
                i += 64 / size_of::<T>();
            }
            self.from = self.from.wrapping_add(self.step);
            self.runs -= 1;
        }
    }
}

/// A block of a height that is known when it is compiled. A function of its own, so that all products share
/// it, and the compiler finds the registers.
struct Strip<T, const V: usize>(Block<T>);

impl<T: Copy, const V: usize> Task<T> for Strip<T, V> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let mut block = self.0;
        if const { first_tile_copies::<S>(V) } && !block.panel.is_null() {
            match S::COLUMNS {
                8 => block.first::<S, V, 8>(),
                6 => block.first::<S, V, 6>(),
                _ => block.first::<S, V, 4>(),
            }
        }
        if S::COLUMNS == 8 {
            block.columns::<S, V, 8>();
        }
        if S::COLUMNS == 6 {
            block.columns::<S, V, 6>();
        }
        block.columns::<S, V, 4>();
        block.columns::<S, V, 2>();
        block.columns::<S, V, 1>();
    }
}

impl<T: Copy> Block<T> {
    /// As many columns as there are, `C` at a time.
    #[inline(always)]
    unsafe fn columns<S: Simd<T = T>, const V: usize, const C: usize>(&mut self) {
        while self.n >= C {
            self.ahead.ask();
            self.tile::<S, V, C, false>();
            self.pass(C);
        }
    }

    /// The first `C` columns, of which there must be as many; a is in the panel afterwards.
    #[inline(always)]
    unsafe fn first<S: Simd<T = T>, const V: usize, const C: usize>(&mut self) {
        self.ahead.ask();
        self.tile::<S, V, C, true>();
        self.pass(C);
        (self.a, self.a_column) = (self.panel, V * S::LANES);
    }

    /// Goes on behind some columns.
    #[inline(always)]
    fn pass(&mut self, columns: usize) {
        self.b.from = self.b.from.wrapping_add(columns * self.b.column);
        self.c = self.c.wrapping_add(columns * self.c_column);
        self.n -= columns;
    }

    #[inline(always)]
    unsafe fn tile<S: Simd<T = T>, const V: usize, const C: usize, const COPY: bool>(&self) {
        let mut sums = [[S::splat(S::ZERO); V]; C];
        // Rows that fill only a part of the last vector come and go through this memory, in a
        // function of its own: the sums themselves must only ever be named by constants, or they would leave the registers.
        let mut partial = MaybeUninit::<[S::V; C]>::uninit();
        let partial = partial.as_mut_ptr().cast::<S::T>();
        let full = if self.last == S::LANES { V } else { V - 1 };
        if !matches!(self.start, Start::Current) {
            // Nobody has loaded c, and stores that wait for it in the end would be too many for their queue.
            for j in 0..C {
                for v in 0..V {
                    prefetch_l1(self.c.wrapping_add(j * self.c_column + v * S::LANES));
                }
            }
        }
        match self.start {
            Start::Zero => {}
            Start::Column(column) => {
                for v in 0..V {
                    let start = if v < full {
                        S::load(column.add(v * S::LANES))
                    } else {
                        S::load_part(column.add(v * S::LANES), self.last)
                    };
                    for j in 0..C {
                        sums[j][v] = start;
                    }
                }
            }
            Start::Current => {
                if full < V {
                    S::call(self.partial(full * S::LANES, C, partial, false));
                }
                for j in 0..C {
                    for v in 0..V {
                        let c = self.c.wrapping_add(j * self.c_column + v * S::LANES);
                        sums[j][v] = S::load(if v < full { c } else { partial.add(j * S::LANES) });
                    }
                }
            }
        }
        // Wrapping, here and below: behind the last step they point nowhere.
        let (mut a, mut b, mut panel) = (self.a, self.b.from, self.panel);
        for _ in 0..self.k {
            let mut column = [S::splat(S::ZERO); V];
            for v in 0..V {
                column[v] = S::load(a.add(v * S::LANES));
                if COPY {
                    S::store(panel.add(v * S::LANES), column[v]);
                }
            }
            panel = panel.wrapping_add(V * S::LANES);
            for j in 0..C {
                let factor = S::splat(*b.add(j * self.b.column));
                for v in 0..V {
                    sums[j][v] = S::mul_add(column[v], factor, sums[j][v]);
                }
            }
            a = a.wrapping_add(self.a_column);
            b = b.wrapping_add(self.b.row);
        }
        for j in 0..C {
            for v in 0..V {
                if v < full {
                    S::store(self.c.add(j * self.c_column + v * S::LANES), sums[j][v]);
                }
            }
        }
        if full < V {
            for j in 0..C {
                S::store(partial.add(j * S::LANES), sums[j][V - 1]);
            }
            S::call(self.partial(full * S::LANES, C, partial, true));
        }
    }

    /// The rows from `i` on, which do not fill a vector, in some columns of c.
    #[inline(always)]
    unsafe fn partial(&self, i: usize, columns: usize, vectors: *mut T, store: bool) -> Partial<T> {
        Partial { c: self.c.add(i), c_column: self.c_column, lanes: self.last, columns, vectors, store }
    }
}

/// Loads or stores some columns of partial vectors. A function of its own, since it has a branch for every size
/// and would otherwise be there for every column.
struct Partial<T> {
    c: *mut T,
    c_column: usize,
    lanes: usize,
    columns: usize,
    vectors: *mut T,
    store: bool,
}

impl<T: Copy> Task<T> for Partial<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { mut c, mut vectors, .. } = self;
        for _ in 0..self.columns {
            if self.store {
                S::store_part(c, S::load(vectors), self.lanes);
            } else {
                S::store(vectors, S::load_part(c, self.lanes));
            }
            c = c.wrapping_add(self.c_column);
            vectors = vectors.wrapping_add(S::LANES);
        }
    }
}

/// `to` = start + Σ over `n` columns of `m` contiguous rows.
#[derive(Clone, Copy)]
pub(super) struct ColumnSum<T> {
    pub(super) m: usize,
    pub(super) n: usize,
    pub(super) from: *const T,
    pub(super) to: *mut T,
    pub(super) add: bool,
}

impl<T: Copy> Task<T> for ColumnSum<T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let mut i = 0;
        while i < self.m {
            let rows = (self.m - i).min(S::LANES);
            let mut sums = [S::splat(S::ZERO); 4];
            if self.add {
                sums[0] = S::load_up_to(self.to.add(i), rows);
            }
            let mut j = 0;
            while j + 4 <= self.n {
                for (q, sum) in sums.iter_mut().enumerate() {
                    *sum = S::add(*sum, S::load_up_to(self.from.add(i + (j + q) * self.m), rows));
                }
                j += 4;
            }
            while j < self.n {
                sums[0] = S::add(sums[0], S::load_up_to(self.from.add(i + j * self.m), rows));
                j += 1;
            }
            let [a, b, c, d] = sums;
            S::store_up_to(self.to.add(i), S::add(S::add(a, b), S::add(c, d)), rows);
            i += rows;
        }
    }
}
