//! The vectors of WebAssembly, where the target feature `simd128` says that they may be used.
//!
//! The contract of every function is that of [`Simd`]: the caller has good pointers.
//!
//! The sums of a block of the result must find room in the registers of whatever machine it is that runs them, and on
//! x86-64 there are 16. Beside four columns by two vectors, with a column of a, a factor and a product, the engine
//! needs no others; with three vectors it moves sums to the stack and back, and V8 takes 40 % more time.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use core::arch::wasm32::*;

use super::level::Level;
use super::math::{Floats, HALF_ROOT, InF64};
use super::simd::{Simd, Task, methods, of_f32, of_f64};

/// The levels that there are kernels for.
pub(super) const LEVELS: [Level; 1] = [Level::Simd128];

/// Whether the machine has a level. A module with instructions that a machine does not have does not even load there.
pub(super) fn has(level: Level) -> bool {
    level == Level::Simd128
}

/// Runs a task with the vectors of a level that the machine has; returns false, having done nothing, if it has none.
#[inline(always)]
pub(super) unsafe fn run_f32<K: Task<f32>>(level: Level, task: K) -> bool {
    match level {
        Level::Simd128 => Simd128F32::call(task),
        _ => return false,
    }
    true
}

/// The same for `f64`.
#[inline(always)]
pub(super) unsafe fn run_f64<K: Task<f64>>(level: Level, task: K) -> bool {
    match level {
        Level::Simd128 => Simd128F64::call(task),
        _ => return false,
    }
    true
}

/// There is no way to ask for a line of the cache.
#[inline(always)]
pub(super) fn prefetch_l1<X>(_: *const X) {}

/// The same.
#[inline(always)]
pub(super) fn prefetch_l2<X>(_: *const X) {}

#[derive(Clone, Copy)]
struct Simd128F32;
#[derive(Clone, Copy)]
struct Simd128F64;

impl Simd for Simd128F32 {
    type V = v128;
    type Narrow = Self;
    const FUSED: bool = false;
    const COLUMNS: usize = 4;
    const HEIGHT: usize = 2;
    of_f32!();

    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        task.run::<Self>();
    }

    methods! {
        splat(x) = f32x4_splat(x);
        load(from) = v128_load(from.cast());
        load_part(from, n) = match n {
            0 => f32x4_splat(0.0),
            1 => v128_load32_zero(from.cast()),
            2 => v128_load64_zero(from.cast()),
            _ => v128_load32_lane::<2>(v128_load64_zero(from.cast()), from.add(2).cast()),
        };
        store(to, v) = v128_store(to.cast(), v);
        store_part(to, v, n) = {
            let (mut to, mut v) = (to, v);
            if n & 2 != 0 {
                v128_store64_lane::<0>(v, to.cast());
                to = to.add(2);
                v = upper_half(v);
            }
            if n & 1 != 0 {
                v128_store32_lane::<0>(v, to.cast());
            }
        };
        transpose(from, row, to, column) = {
            let (a, b) = (Self::load(from), Self::load(from.add(row)));
            let (c, d) = (Self::load(from.add(2 * row)), Self::load(from.add(3 * row)));
            let (ab, cd) = (lower_pairs(a, b), lower_pairs(c, d));
            Self::store(to, lower_halves(ab, cd));
            Self::store(to.add(column), upper_halves(ab, cd));
            let (ab, cd) = (upper_pairs(a, b), upper_pairs(c, d));
            Self::store(to.add(2 * column), lower_halves(ab, cd));
            Self::store(to.add(3 * column), upper_halves(ab, cd));
        };
        add(a, b) = f32x4_add(a, b);
        sub(a, b) = f32x4_sub(a, b);
        mul(a, b) = f32x4_mul(a, b);
        div(a, b) = f32x4_div(a, b);
        sqrt(v) = f32x4_sqrt(v);
        abs(v) = f32x4_abs(v);
        mul_add(a, b, c) = f32x4_add(f32x4_mul(a, b), c);
        if_greater(a, b, yes, no) = v128_bitselect(yes, no, f32x4_gt(a, b));
        power_of_2(n) = i32x4_shl(i32x4_add(n, i32x4_splat(127)), 23);
        sum(v) = {
            let pairs = f32x4_add(v, upper_half(v));
            f32x4_extract_lane::<0>(pairs) + f32x4_extract_lane::<1>(pairs)
        };
        sums(v) = {
            let ab = f32x4_add(lower_pairs(v[0], v[1]), upper_pairs(v[0], v[1]));
            let cd = f32x4_add(lower_pairs(v[2], v[3]), upper_pairs(v[2], v[3]));
            f32x4_add(lower_halves(ab, cd), upper_halves(ab, cd))
        };
        largest(v) = {
            let pairs = f32x4_pmax(v, upper_half(v));
            f32x4_extract_lane::<0>(f32x4_pmax(pairs, i32x4_shuffle::<1, 0, 2, 3>(pairs, pairs)))
        };
    }
}

impl Simd for Simd128F64 {
    type V = v128;
    type Narrow = Self;
    const FUSED: bool = false;
    const COLUMNS: usize = 4;
    const HEIGHT: usize = 2;
    of_f64!();

    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        task.run::<Self>();
    }

    methods! {
        splat(x) = f64x2_splat(x);
        load(from) = v128_load(from.cast());
        load_part(from, n) = if n == 0 { f64x2_splat(0.0) } else { v128_load64_zero(from.cast()) };
        store(to, v) = v128_store(to.cast(), v);
        store_part(to, v, n) = if n != 0 { v128_store64_lane::<0>(v, to.cast()) };
        add(a, b) = f64x2_add(a, b);
        sub(a, b) = f64x2_sub(a, b);
        mul(a, b) = f64x2_mul(a, b);
        div(a, b) = f64x2_div(a, b);
        sqrt(v) = f64x2_sqrt(v);
        abs(v) = f64x2_abs(v);
        mul_add(a, b, c) = f64x2_add(f64x2_mul(a, b), c);
        if_greater(a, b, yes, no) = v128_bitselect(yes, no, f64x2_gt(a, b));
        power_of_2(n) = i64x2_shl(i64x2_add(n, i64x2_splat(1023)), 52);
        sum(v) = f64x2_extract_lane::<0>(v) + f64x2_extract_lane::<1>(v);
        sums(v) = f64x2_add(lower_halves(v[0], v[1]), upper_halves(v[0], v[1]));
        largest(v) = f64x2_extract_lane::<0>(f64x2_pmax(v, upper_half(v)));
    }
}

impl Floats for Simd128F32 {
    methods! {
        with_sign(size, sign) = v128_or(size, v128_and(f32x4_splat(-0.0), sign));
        split(v) = {
            let exponent = i32x4_shr(i32x4_sub(v, i32x4_splat(HALF_ROOT)), 23);
            (i32x4_sub(v, i32x4_shl(exponent, 23)), f32x4_convert_i32x4(exponent))
        };
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: v128, f: F) -> (v128, v128) {
        let (a, b) = f.apply::<Simd128F64>(f64x2_promote_low_f32x4(v));
        let (c, d) = f.apply::<Simd128F64>(f64x2_promote_low_f32x4(upper_half(v)));
        let (a, b) = (f32x4_demote_f64x2_zero(a), f32x4_demote_f64x2_zero(b));
        let (c, d) = (f32x4_demote_f64x2_zero(c), f32x4_demote_f64x2_zero(d));
        (lower_halves(a, c), lower_halves(b, d))
    }
}

/// The upper half of a vector, in both halves.
#[inline(always)]
fn upper_half(v: v128) -> v128 {
    upper_halves(v, v)
}

#[inline(always)]
fn lower_halves(a: v128, b: v128) -> v128 {
    i64x2_shuffle::<0, 2>(a, b)
}

#[inline(always)]
fn upper_halves(a: v128, b: v128) -> v128 {
    i64x2_shuffle::<1, 3>(a, b)
}

/// Lane by lane of the lower halves, first that of a, then that of b.
#[inline(always)]
fn lower_pairs(a: v128, b: v128) -> v128 {
    i32x4_shuffle::<0, 4, 1, 5>(a, b)
}

/// The same of the upper halves.
#[inline(always)]
fn upper_pairs(a: v128, b: v128) -> v128 {
    i32x4_shuffle::<2, 6, 3, 7>(a, b)
}
