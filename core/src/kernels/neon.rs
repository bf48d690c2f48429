//! The vectors of aarch64, which all of its processors have.
//!
//! The contract of every function is that of [`Simd`]: the caller has good pointers.
//!
//! Of the 32 registers the sums of a block of the result take 24, and a column of a takes three. So 23 other
//! multiplications stand between two that add to the same sum, and 24 of them need 11 loads, less than one for every
//! two. A block of four columns by six vectors would need ten, but few layers are high enough to fill it.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use core::arch::aarch64::*;

use super::level::Level;
use super::math::{Floats, HALF_ROOT, InF64};
use super::simd::{Simd, Task, methods, of_f32, of_f64};

/// The levels that there are kernels for.
pub(super) const LEVELS: [Level; 1] = [Level::Neon];

/// Whether the machine has a level.
pub(super) fn has(level: Level) -> bool {
    level == Level::Neon
}

/// Runs a task with the vectors of a level that the machine has; returns false, having done nothing, if it has none.
#[inline(always)]
pub(super) unsafe fn run_f32<K: Task<f32>>(level: Level, task: K) -> bool {
    match level {
        Level::Neon => NeonF32::call(task),
        _ => return false,
    }
    true
}

/// The same for `f64`.
#[inline(always)]
pub(super) unsafe fn run_f64<K: Task<f64>>(level: Level, task: K) -> bool {
    match level {
        Level::Neon => NeonF64::call(task),
        _ => return false,
    }
    true
}

/// On stable Rust there is no way to ask for a line of the cache.
#[inline(always)]
pub(super) fn prefetch_l1<X>(_: *const X) {}

/// The same.
#[inline(always)]
pub(super) fn prefetch_l2<X>(_: *const X) {}

#[derive(Clone, Copy)]
struct NeonF32;
#[derive(Clone, Copy)]
struct NeonF64;

impl Simd for NeonF32 {
    type V = float32x4_t;
    type Narrow = Self;
    const COLUMNS: usize = 8;
    const HEIGHT: usize = 3;
    const STRIP: usize = 8;
    of_f32!();

    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        task.run::<Self>();
    }

    methods! {
        splat(x) = vdupq_n_f32(x);
        load(from) = vld1q_f32(from);
        load_part(from, n) = {
            let zero = vdup_n_f32(0.0);
            match n {
                0 => vcombine_f32(zero, zero),
                1 => vcombine_f32(vld1_lane_f32::<0>(from, zero), zero),
                2 => vcombine_f32(vld1_f32(from), zero),
                _ => vcombine_f32(vld1_f32(from), vld1_lane_f32::<0>(from.add(2), zero)),
            }
        };
        store(to, v) = vst1q_f32(to, v);
        store_part(to, v, n) = {
            let (mut to, mut half) = (to, vget_low_f32(v));
            if n & 2 != 0 {
                vst1_f32(to, half);
                to = to.add(2);
                half = vget_high_f32(v);
            }
            if n & 1 != 0 {
                vst1_lane_f32::<0>(to, half);
            }
        };
        transpose(from, row, to, column) = {
            let (a, b) = (vld1q_f32(from), vld1q_f32(from.add(row)));
            let (c, d) = (vld1q_f32(from.add(2 * row)), vld1q_f32(from.add(3 * row)));
            let (ab, cd) = (vtrn1q_f32(a, b), vtrn1q_f32(c, d));
            vst1q_f32(to, vcombine_f32(vget_low_f32(ab), vget_low_f32(cd)));
            vst1q_f32(to.add(2 * column), vcombine_f32(vget_high_f32(ab), vget_high_f32(cd)));
            let (ab, cd) = (vtrn2q_f32(a, b), vtrn2q_f32(c, d));
            vst1q_f32(to.add(column), vcombine_f32(vget_low_f32(ab), vget_low_f32(cd)));
            vst1q_f32(to.add(3 * column), vcombine_f32(vget_high_f32(ab), vget_high_f32(cd)));
        };
        add(a, b) = vaddq_f32(a, b);
        sub(a, b) = vsubq_f32(a, b);
        mul(a, b) = vmulq_f32(a, b);
        div(a, b) = vdivq_f32(a, b);
        sqrt(v) = vsqrtq_f32(v);
        abs(v) = vabsq_f32(v);
        mul_add(a, b, c) = vfmaq_f32(c, a, b);
        if_greater(a, b, yes, no) = vbslq_f32(vcgtq_f32(a, b), yes, no);
        power_of_2(n) = {
            let bits = vaddq_s32(vreinterpretq_s32_f32(n), vdupq_n_s32(127));
            vreinterpretq_f32_s32(vshlq_n_s32::<23>(bits))
        };
        sum(v) = vaddvq_f32(v);
        sums(v) = vpaddq_f32(vpaddq_f32(v[0], v[1]), vpaddq_f32(v[2], v[3]));
        largest(v) = vmaxvq_f32(v);
    }
}

impl Simd for NeonF64 {
    type V = float64x2_t;
    type Narrow = Self;
    const COLUMNS: usize = 8;
    const HEIGHT: usize = 3;
    const STRIP: usize = 8;
    of_f64!();

    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        task.run::<Self>();
    }

    methods! {
        splat(x) = vdupq_n_f64(x);
        load(from) = vld1q_f64(from);
        load_part(from, n) = if n == 0 { vdupq_n_f64(0.0) } else { vcombine_f64(vld1_f64(from), vdup_n_f64(0.0)) };
        store(to, v) = vst1q_f64(to, v);
        store_part(to, v, n) = if n != 0 { vst1_f64(to, vget_low_f64(v)) };
        add(a, b) = vaddq_f64(a, b);
        sub(a, b) = vsubq_f64(a, b);
        mul(a, b) = vmulq_f64(a, b);
        div(a, b) = vdivq_f64(a, b);
        sqrt(v) = vsqrtq_f64(v);
        abs(v) = vabsq_f64(v);
        mul_add(a, b, c) = vfmaq_f64(c, a, b);
        if_greater(a, b, yes, no) = vbslq_f64(vcgtq_f64(a, b), yes, no);
        power_of_2(n) = {
            let bits = vaddq_s64(vreinterpretq_s64_f64(n), vdupq_n_s64(1023));
            vreinterpretq_f64_s64(vshlq_n_s64::<52>(bits))
        };
        sum(v) = vaddvq_f64(v);
        sums(v) = vpaddq_f64(v[0], v[1]);
        largest(v) = vmaxvq_f64(v);
    }
}

impl Floats for NeonF32 {
    methods! {
        with_sign(size, sign) = vbslq_f32(vdupq_n_u32(1 << 31), sign, size);
        split(v) = {
            let bits = vreinterpretq_s32_f32(v);
            let exponent = vshrq_n_s32::<23>(vsubq_s32(bits, vdupq_n_s32(HALF_ROOT)));
            let mantissa = vsubq_s32(bits, vshlq_n_s32::<23>(exponent));
            (vreinterpretq_f32_s32(mantissa), vcvtq_f32_s32(exponent))
        };
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: float32x4_t, f: F) -> (float32x4_t, float32x4_t) {
        let (a, b) = f.apply::<NeonF64>(vcvt_f64_f32(vget_low_f32(v)));
        let (c, d) = f.apply::<NeonF64>(vcvt_high_f64_f32(v));
        (vcvt_high_f32_f64(vcvt_f32_f64(a), c), vcvt_high_f32_f64(vcvt_f32_f64(b), d))
    }
}
