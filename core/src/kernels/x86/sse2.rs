//! The vectors of SSE2.
//!
//! The contract of every function is that of [`Simd`]: the caller has the instructions and good pointers.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use core::arch::x86_64::*;

use crate::kernels::math::{Floats, HALF_ROOT, InF64};
use crate::kernels::simd::{Simd, Task, methods, of_f32, of_f64};

/// Runs a task with the instructions of SSE2 enabled.
#[target_feature(enable = "sse2")]
unsafe fn run<S: Simd, K: Task<S::T>>(task: K) {
    task.run::<S>();
}

#[derive(Clone, Copy)]
pub(super) struct Sse2F32;

impl Simd for Sse2F32 {
    type V = __m128;
    type Narrow = Self;
    const COLUMNS: usize = 4;
    const HEIGHT: usize = 2;
    const DOTS: bool = true;
    const STRIP: usize = 8;
    const SMALL: bool = false;
    const FUSED: bool = false;
    of_f32!();

    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        run::<Self, K>(task);
    }

    methods! {
        splat(x) = _mm_set1_ps(x);
        load(from) = _mm_loadu_ps(from);
        load_part(from, n) = match n {
            0 => _mm_setzero_ps(),
            1 => _mm_load_ss(from),
            2 => _mm_castsi128_ps(_mm_loadl_epi64(from.cast())),
            _ => _mm_movelh_ps(_mm_castsi128_ps(_mm_loadl_epi64(from.cast())), _mm_load_ss(from.add(2))),
        };
        store(to, v) = _mm_storeu_ps(to, v);
        store_part(to, v, n) = {
            let (mut to, mut v) = (to, v);
            if n & 2 != 0 {
                _mm_storel_epi64(to.cast(), _mm_castps_si128(v));
                to = to.add(2);
                v = _mm_movehl_ps(v, v);
            }
            if n & 1 != 0 {
                _mm_store_ss(to, v);
            }
        };
        transpose(from, row, to, column) = {
            let (a, b) = (_mm_loadu_ps(from), _mm_loadu_ps(from.add(row)));
            let (c, d) = (_mm_loadu_ps(from.add(2 * row)), _mm_loadu_ps(from.add(3 * row)));
            let (ab, cd) = (_mm_unpacklo_ps(a, b), _mm_unpacklo_ps(c, d));
            _mm_storeu_ps(to, _mm_movelh_ps(ab, cd));
            _mm_storeu_ps(to.add(column), _mm_movehl_ps(cd, ab));
            let (ab, cd) = (_mm_unpackhi_ps(a, b), _mm_unpackhi_ps(c, d));
            _mm_storeu_ps(to.add(2 * column), _mm_movelh_ps(ab, cd));
            _mm_storeu_ps(to.add(3 * column), _mm_movehl_ps(cd, ab));
        };
        nonzero(v) = _mm_movemask_ps(_mm_cmpneq_ps(v, _mm_setzero_ps())) as u64;
        add(a, b) = _mm_add_ps(a, b);
        sub(a, b) = _mm_sub_ps(a, b);
        mul(a, b) = _mm_mul_ps(a, b);
        div(a, b) = _mm_div_ps(a, b);
        sqrt(v) = _mm_sqrt_ps(v);
        abs(v) = _mm_andnot_ps(_mm_set1_ps(-0.0), v);
        max(a, b) = _mm_max_ps(a, b);
        min(a, b) = _mm_min_ps(a, b);
        mul_add(a, b, c) = _mm_add_ps(_mm_mul_ps(a, b), c);
        if_greater(a, b, yes, no) = {
            let mask = _mm_cmpgt_ps(a, b);
            _mm_or_ps(_mm_and_ps(mask, yes), _mm_andnot_ps(mask, no))
        };
        power_of_2(n) = {
            let bits = _mm_add_epi32(_mm_castps_si128(n), _mm_set1_epi32(127));
            _mm_castsi128_ps(_mm_slli_epi32::<23>(bits))
        };
        sum(v) = {
            let pairs = _mm_add_ps(v, _mm_movehl_ps(v, v));
            _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps::<1>(pairs, pairs)))
        };
        sums_of_few(v, few) = match few {
            1 => _mm_set_ss(Self::sum(v)),
            2 => _mm_add_ps(v, _mm_movehl_ps(v, v)),
            _ => v,
        };
        sums(v) = {
            let ab = _mm_add_ps(_mm_unpacklo_ps(v[0], v[1]), _mm_unpackhi_ps(v[0], v[1]));
            let cd = _mm_add_ps(_mm_unpacklo_ps(v[2], v[3]), _mm_unpackhi_ps(v[2], v[3]));
            _mm_add_ps(_mm_movelh_ps(ab, cd), _mm_movehl_ps(cd, ab))
        };
        largest(v) = {
            let pairs = _mm_max_ps(v, _mm_movehl_ps(v, v));
            _mm_cvtss_f32(_mm_max_ss(pairs, _mm_shuffle_ps::<1>(pairs, pairs)))
        };
    }
}

impl Floats for Sse2F32 {
    methods! {
        with_sign(size, sign) = _mm_or_ps(size, _mm_and_ps(_mm_set1_ps(-0.0), sign));
        split(v) = {
            let bits = _mm_castps_si128(v);
            let exponent = _mm_srai_epi32::<23>(_mm_sub_epi32(bits, _mm_set1_epi32(HALF_ROOT)));
            let mantissa = _mm_sub_epi32(bits, _mm_slli_epi32::<23>(exponent));
            (_mm_castsi128_ps(mantissa), _mm_cvtepi32_ps(exponent))
        };
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: __m128, f: F) -> (__m128, __m128) {
        let (a, b) = f.apply::<Sse2F64>(_mm_cvtps_pd(v));
        let (c, d) = f.apply::<Sse2F64>(_mm_cvtps_pd(_mm_movehl_ps(v, v)));
        (_mm_movelh_ps(_mm_cvtpd_ps(a), _mm_cvtpd_ps(c)), _mm_movelh_ps(_mm_cvtpd_ps(b), _mm_cvtpd_ps(d)))
    }
}

#[derive(Clone, Copy)]
pub(super) struct Sse2F64;

impl Simd for Sse2F64 {
    type V = __m128d;
    type Narrow = Self;
    const COLUMNS: usize = 4;
    const HEIGHT: usize = 3;
    const DOTS: bool = true;
    const STRIP: usize = 8;
    const SMALL: bool = false;
    const FUSED: bool = false;
    of_f64!();

    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        run::<Self, K>(task);
    }

    methods! {
        splat(x) = _mm_set1_pd(x);
        load(from) = _mm_loadu_pd(from);
        load_part(from, n) = if n == 0 { _mm_setzero_pd() } else { _mm_load_sd(from) };
        store(to, v) = _mm_storeu_pd(to, v);
        store_part(to, v, n) = if n != 0 { _mm_store_sd(to, v) };
        nonzero(v) = _mm_movemask_pd(_mm_cmpneq_pd(v, _mm_setzero_pd())) as u64;
        add(a, b) = _mm_add_pd(a, b);
        sub(a, b) = _mm_sub_pd(a, b);
        mul(a, b) = _mm_mul_pd(a, b);
        div(a, b) = _mm_div_pd(a, b);
        sqrt(v) = _mm_sqrt_pd(v);
        abs(v) = _mm_andnot_pd(_mm_set1_pd(-0.0), v);
        max(a, b) = _mm_max_pd(a, b);
        min(a, b) = _mm_min_pd(a, b);
        mul_add(a, b, c) = _mm_add_pd(_mm_mul_pd(a, b), c);
        if_greater(a, b, yes, no) = {
            let mask = _mm_cmpgt_pd(a, b);
            _mm_or_pd(_mm_and_pd(mask, yes), _mm_andnot_pd(mask, no))
        };
        power_of_2(n) = {
            let bits = _mm_add_epi64(_mm_castpd_si128(n), _mm_set1_epi64x(1023));
            _mm_castsi128_pd(_mm_slli_epi64::<52>(bits))
        };
        sum(v) = _mm_cvtsd_f64(_mm_add_sd(v, _mm_unpackhi_pd(v, v)));
        sums_of_few(v, few) = if few == 1 { _mm_set_sd(Self::sum(v)) } else { v };
        sums(v) = _mm_add_pd(_mm_unpacklo_pd(v[0], v[1]), _mm_unpackhi_pd(v[0], v[1]));
        largest(v) = _mm_cvtsd_f64(_mm_max_sd(v, _mm_unpackhi_pd(v, v)));
    }
}
