//! The vectors of AVX-512.
//!
//! The contract of every function is that of [`Simd`]: the caller has the instructions and good pointers.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use core::arch::x86_64::*;

use super::avx2::{Avx2F32, Avx2F64};
use super::sse2::Sse2F32;
use super::tables;
use crate::kernels::math::{Floats, HALF_ROOT, InF64};
use crate::kernels::simd::{MAX_LANES, Simd, Task, methods, of_f32, of_f64};

/// Runs a task with the instructions of AVX-512 enabled.
#[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")]
unsafe fn run<S: Simd, K: Task<S::T>>(task: K) {
    task.run::<S>();
}

#[derive(Clone, Copy)]
pub(super) struct Avx512F32;

impl Simd for Avx512F32 {
    type V = __m512;
    type Narrow = Avx512NarrowF32;
    const COLUMNS: usize = 8;
    const HEIGHT: usize = 3;
    const FAR: usize = 1024;
    of_f32!(but tanh);

    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        run::<Self, K>(task);
    }

    methods! {
        splat(x) = _mm512_set1_ps(x);
        load(from) = _mm512_loadu_ps(from);
        load_part(from, n) = _mm512_maskz_loadu_ps(((1u32 << n) - 1) as __mmask16, from);
        load_part_or(from, n, fill) = _mm512_mask_loadu_ps(_mm512_set1_ps(fill), ((1u32 << n) - 1) as __mmask16, from);
        store(to, v) = _mm512_storeu_ps(to, v);
        store_part(to, v, n) = {
            let low = _mm512_castps512_ps256(v);
            if n & 8 == 0 {
                return Avx2F32::store_part(to, low, n);
            }
            _mm256_storeu_ps(to, low);
            Avx2F32::store_part(to.add(8), _mm512_extractf32x8_ps::<1>(v), n & 7);
        };
        transpose(from, row, to, column) = Sse2F32::transpose(from, row, to, column);
        add(a, b) = _mm512_add_ps(a, b);
        sub(a, b) = _mm512_sub_ps(a, b);
        mul(a, b) = _mm512_mul_ps(a, b);
        div(a, b) = _mm512_div_ps(a, b);
        sqrt(v) = _mm512_sqrt_ps(v);
        abs(v) = _mm512_andnot_ps(_mm512_set1_ps(-0.0), v);
        nonzero(v) = u64::from(_mm512_cmp_ps_mask::<_CMP_NEQ_UQ>(v, _mm512_setzero_ps()));
        max(a, b) = _mm512_max_ps(a, b);
        min(a, b) = _mm512_min_ps(a, b);
        mul_add(a, b, c) = _mm512_fmadd_ps(a, b, c);
        if_greater(a, b, yes, no) = _mm512_mask_mov_ps(no, _mm512_cmp_ps_mask::<_CMP_GT_OQ>(a, b), yes);
        power_of_2(n) = {
            let bits = _mm512_add_epi32(_mm512_castps_si512(n), _mm512_set1_epi32(127));
            _mm512_castsi512_ps(_mm512_slli_epi32::<23>(bits))
        };
        sum(v) = Avx2F32::sum(_mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps::<1>(v)));
        load_repeated(from, times) = match times {
            1 => _mm512_loadu_ps(from),
            2 => {
                let places = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
                _mm512_permutexvar_ps(places, _mm512_castps256_ps512(_mm256_loadu_ps(from)))
            }
            _ => {
                let places = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
                _mm512_permutexvar_ps(places, _mm512_castps128_ps512(_mm_loadu_ps(from)))
            }
        };
        load_apart(from, step, i) = {
            let lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
            let places = _mm512_mullo_epi32(lanes, _mm512_set1_epi32(step as i32));
            let places = _mm512_add_epi32(places, _mm512_set1_epi32(i as i32));
            // Of a place the last five bits count: they name one of the 32 numbers of two vectors.
            let two = |from: *const f32| {
                _mm512_permutex2var_ps(_mm512_loadu_ps(from), places, _mm512_loadu_ps(from.add(16)))
            };
            match step {
                1 => _mm512_loadu_ps(from),
                2 => two(from),
                _ => _mm512_mask_mov_ps(two(from), 0xff00, two(from.add(32))),
            }
        };
        sums_of_few(v, few) = {
            let halves = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps::<1>(v));
            _mm512_castps256_ps512(Avx2F32::sums_of_few(halves, few))
        };
        sums(v) = {
            /// The sums of four vectors in every quarter.
            #[inline(always)]
            unsafe fn four(v: &[__m512; MAX_LANES], i: usize) -> __m512 {
                let ab = _mm512_add_ps(_mm512_unpacklo_ps(v[i], v[i + 1]), _mm512_unpackhi_ps(v[i], v[i + 1]));
                let cd = _mm512_add_ps(_mm512_unpacklo_ps(v[i + 2], v[i + 3]), _mm512_unpackhi_ps(v[i + 2], v[i + 3]));
                _mm512_add_ps(_mm512_shuffle_ps::<0x44>(ab, cd), _mm512_shuffle_ps::<0xEE>(ab, cd))
            }
            /// Of two vectors, quarters added up to halves.
            #[inline(always)]
            unsafe fn quarters(a: __m512, b: __m512) -> __m512 {
                _mm512_add_ps(_mm512_shuffle_f32x4::<0x44>(a, b), _mm512_shuffle_f32x4::<0xEE>(a, b))
            }
            let (a, b) = (quarters(four(v, 0), four(v, 4)), quarters(four(v, 8), four(v, 12)));
            _mm512_add_ps(_mm512_shuffle_f32x4::<0x88>(a, b), _mm512_shuffle_f32x4::<0xDD>(a, b))
        };
        largest(v) = Avx2F32::largest(_mm256_max_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps::<1>(v)));
        tanh(v) = tables::tanh(v);
    }
}

impl Floats for Avx512F32 {
    methods! {
        with_sign(size, sign) = _mm512_or_ps(size, _mm512_and_ps(_mm512_set1_ps(-0.0), sign));
        split(v) = {
            let bits = _mm512_castps_si512(v);
            let exponent = _mm512_srai_epi32::<23>(_mm512_sub_epi32(bits, _mm512_set1_epi32(HALF_ROOT)));
            let mantissa = _mm512_sub_epi32(bits, _mm512_slli_epi32::<23>(exponent));
            (_mm512_castsi512_ps(mantissa), _mm512_cvtepi32_ps(exponent))
        };
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: __m512, f: F) -> (__m512, __m512) {
        let (a, b) = f.apply::<Avx512F64>(_mm512_cvtps_pd(_mm512_castps512_ps256(v)));
        let (c, d) = f.apply::<Avx512F64>(_mm512_cvtps_pd(_mm512_extractf32x8_ps::<1>(v)));
        let join = |low: __m512d, high: __m512d| {
            _mm512_insertf32x8::<1>(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high))
        };
        (join(a, c), join(b, d))
    }
}

/// The vectors of AVX2, but with the tanh of AVX-512.
#[derive(Clone, Copy)]
pub(super) struct Avx512NarrowF32;

impl Simd for Avx512NarrowF32 {
    type V = __m256;
    type Narrow = Self;
    const COLUMNS: usize = Avx2F32::COLUMNS;
    const HEIGHT: usize = Avx2F32::HEIGHT;
    const STRIP: usize = Avx2F32::STRIP;
    of_f32!(but tanh);

    // What runs in a function of its own has no tanh in it, so the one of AVX2 will do.
    #[inline(always)]
    unsafe fn call<K: Task<f32>>(task: K) {
        Avx2F32::call(task);
    }

    // As one vector they take fewer instructions.
    #[inline(always)]
    unsafe fn tanh_of_two(a: __m256, b: __m256) -> (__m256, __m256) {
        let both = Avx512F32::tanh(_mm512_insertf32x8::<1>(_mm512_castps256_ps512(a), b));
        (_mm512_castps512_ps256(both), _mm512_extractf32x8_ps::<1>(both))
    }

    methods! {
        splat(x) = Avx2F32::splat(x);
        load(from) = Avx2F32::load(from);
        load_part(from, n) = Avx2F32::load_part(from, n);
        load_part_or(from, n, fill) = Avx2F32::load_part_or(from, n, fill);
        store(to, v) = Avx2F32::store(to, v);
        store_part(to, v, n) = Avx2F32::store_part(to, v, n);
        transpose(from, row, to, column) = Avx2F32::transpose(from, row, to, column);
        add(a, b) = Avx2F32::add(a, b);
        sub(a, b) = Avx2F32::sub(a, b);
        mul(a, b) = Avx2F32::mul(a, b);
        div(a, b) = Avx2F32::div(a, b);
        sqrt(v) = Avx2F32::sqrt(v);
        abs(v) = Avx2F32::abs(v);
        nonzero(v) = Avx2F32::nonzero(v);
        max(a, b) = Avx2F32::max(a, b);
        min(a, b) = Avx2F32::min(a, b);
        mul_add(a, b, c) = Avx2F32::mul_add(a, b, c);
        if_greater(a, b, yes, no) = Avx2F32::if_greater(a, b, yes, no);
        power_of_2(n) = Avx2F32::power_of_2(n);
        sum(v) = Avx2F32::sum(v);
        load_repeated(from, times) = Avx2F32::load_repeated(from, times);
        load_apart(from, step, i) = Avx2F32::load_apart(from, step, i);
        sums_of_few(v, few) = Avx2F32::sums_of_few(v, few);
        sums(v) = Avx2F32::sums(v);
        largest(v) = Avx2F32::largest(v);
        tanh(v) = _mm512_castps512_ps256(Avx512F32::tanh(_mm512_castps256_ps512(v)));
    }
}

impl Floats for Avx512NarrowF32 {
    methods! {
        with_sign(size, sign) = Avx2F32::with_sign(size, sign);
        split(v) = Avx2F32::split(v);
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: __m256, f: F) -> (__m256, __m256) {
        Avx2F32::in_f64(v, f)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Avx512F64;

impl Simd for Avx512F64 {
    type V = __m512d;
    type Narrow = Avx2F64;
    const COLUMNS: usize = 8;
    const HEIGHT: usize = 3;
    const FAR: usize = 1024;
    of_f64!();

    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        run::<Self, K>(task);
    }

    methods! {
        splat(x) = _mm512_set1_pd(x);
        load(from) = _mm512_loadu_pd(from);
        load_part(from, n) = _mm512_maskz_loadu_pd(((1u32 << n) - 1) as __mmask8, from);
        load_part_or(from, n, fill) = _mm512_mask_loadu_pd(_mm512_set1_pd(fill), ((1u32 << n) - 1) as __mmask8, from);
        store(to, v) = _mm512_storeu_pd(to, v);
        store_part(to, v, n) = {
            let low = _mm512_castpd512_pd256(v);
            if n & 4 == 0 {
                return Avx2F64::store_part(to, low, n);
            }
            _mm256_storeu_pd(to, low);
            Avx2F64::store_part(to.add(4), _mm512_extractf64x4_pd::<1>(v), n & 3);
        };
        add(a, b) = _mm512_add_pd(a, b);
        sub(a, b) = _mm512_sub_pd(a, b);
        mul(a, b) = _mm512_mul_pd(a, b);
        div(a, b) = _mm512_div_pd(a, b);
        sqrt(v) = _mm512_sqrt_pd(v);
        abs(v) = _mm512_andnot_pd(_mm512_set1_pd(-0.0), v);
        nonzero(v) = u64::from(_mm512_cmp_pd_mask::<_CMP_NEQ_UQ>(v, _mm512_setzero_pd()));
        max(a, b) = _mm512_max_pd(a, b);
        min(a, b) = _mm512_min_pd(a, b);
        mul_add(a, b, c) = _mm512_fmadd_pd(a, b, c);
        if_greater(a, b, yes, no) = _mm512_mask_mov_pd(no, _mm512_cmp_pd_mask::<_CMP_GT_OQ>(a, b), yes);
        power_of_2(n) = {
            let bits = _mm512_add_epi64(_mm512_castpd_si512(n), _mm512_set1_epi64(1023));
            _mm512_castsi512_pd(_mm512_slli_epi64::<52>(bits))
        };
        sum(v) = Avx2F64::sum(_mm256_add_pd(_mm512_castpd512_pd256(v), _mm512_extractf64x4_pd::<1>(v)));
        load_repeated(from, times) = match times {
            1 => _mm512_loadu_pd(from),
            2 => {
                let places = _mm512_setr_epi64(0, 0, 1, 1, 2, 2, 3, 3);
                _mm512_permutexvar_pd(places, _mm512_castpd256_pd512(_mm256_loadu_pd(from)))
            }
            _ => _mm512_insertf64x4::<1>(_mm512_set1_pd(*from), _mm256_set1_pd(*from.add(1))),
        };
        sums_of_few(v, few) = {
            let halves = _mm256_add_pd(_mm512_castpd512_pd256(v), _mm512_extractf64x4_pd::<1>(v));
            _mm512_castpd256_pd512(Avx2F64::sums_of_few(halves, few))
        };
        sums(v) = {
            /// The sums of two vectors in every quarter.
            #[inline(always)]
            unsafe fn two(v: &[__m512d; MAX_LANES], i: usize) -> __m512d {
                _mm512_add_pd(_mm512_unpacklo_pd(v[i], v[i + 1]), _mm512_unpackhi_pd(v[i], v[i + 1]))
            }
            /// Of two vectors, quarters added up to halves.
            #[inline(always)]
            unsafe fn quarters(a: __m512d, b: __m512d) -> __m512d {
                _mm512_add_pd(_mm512_shuffle_f64x2::<0x44>(a, b), _mm512_shuffle_f64x2::<0xEE>(a, b))
            }
            let (a, b) = (quarters(two(v, 0), two(v, 2)), quarters(two(v, 4), two(v, 6)));
            _mm512_add_pd(_mm512_shuffle_f64x2::<0x88>(a, b), _mm512_shuffle_f64x2::<0xDD>(a, b))
        };
        largest(v) = Avx2F64::largest(_mm256_max_pd(_mm512_castpd512_pd256(v), _mm512_extractf64x4_pd::<1>(v)));
    }
}
