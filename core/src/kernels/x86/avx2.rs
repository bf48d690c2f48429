//! The vectors of AVX2 with fused multiply-add.
//!
//! The contract of every function is that of [`Simd`]: the caller has the instructions and good pointers.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use core::arch::x86_64::*;

use super::sse2::{Sse2F32, Sse2F64};
use crate::kernels::math::{Floats, HALF_ROOT, InF64};
use crate::kernels::simd::{MAX_LANES, Simd, Task, methods, of_f32, of_f64};

/// Runs a task with the instructions of AVX2 and fused multiply-add enabled.
#[target_feature(enable = "avx2,fma")]
unsafe fn run<S: Simd, K: Task<S::T>>(task: K) {
    task.run::<S>();
}

#[derive(Clone, Copy)]
pub(super) struct Avx2F32;

impl Simd for Avx2F32 {
    type V = __m256;
    type Narrow = Self;
    const COLUMNS: usize = 6;
    const HEIGHT: usize = 2;
    const STRIP: usize = 8;
    of_f32!();

    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        run::<Self, K>(task);
    }

    methods! {
        splat(x) = _mm256_set1_ps(x);
        load(from) = _mm256_loadu_ps(from);
        load_part(from, n) = {
            if n & 4 == 0 {
                return _mm256_zextps128_ps256(Sse2F32::load_part(from, n));
            }
            let high = Sse2F32::load_part(from.add(4), n & 3);
            _mm256_insertf128_ps::<1>(_mm256_castps128_ps256(_mm_loadu_ps(from)), high)
        };
        load_part_or(from, n, fill) = {
            let places = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
            let mask = _mm256_cmpgt_epi32(_mm256_set1_epi32(n as i32), places);
            _mm256_blendv_ps(_mm256_set1_ps(fill), _mm256_maskload_ps(from, mask), _mm256_castsi256_ps(mask))
        };
        store(to, v) = _mm256_storeu_ps(to, v);
        store_part(to, v, n) = {
            let low = _mm256_castps256_ps128(v);
            if n & 4 == 0 {
                return Sse2F32::store_part(to, low, n);
            }
            _mm_storeu_ps(to, low);
            Sse2F32::store_part(to.add(4), _mm256_extractf128_ps::<1>(v), n & 3);
        };
        transpose(from, row, to, column) = Sse2F32::transpose(from, row, to, column);
        nonzero(v) = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_NEQ_UQ>(v, _mm256_setzero_ps())) as u64;
        add(a, b) = _mm256_add_ps(a, b);
        sub(a, b) = _mm256_sub_ps(a, b);
        mul(a, b) = _mm256_mul_ps(a, b);
        div(a, b) = _mm256_div_ps(a, b);
        sqrt(v) = _mm256_sqrt_ps(v);
        abs(v) = _mm256_andnot_ps(_mm256_set1_ps(-0.0), v);
        max(a, b) = _mm256_max_ps(a, b);
        min(a, b) = _mm256_min_ps(a, b);
        mul_add(a, b, c) = _mm256_fmadd_ps(a, b, c);
        if_greater(a, b, yes, no) = _mm256_blendv_ps(no, yes, _mm256_cmp_ps::<_CMP_GT_OQ>(a, b));
        power_of_2(n) = {
            let bits = _mm256_add_epi32(_mm256_castps_si256(n), _mm256_set1_epi32(127));
            _mm256_castsi256_ps(_mm256_slli_epi32::<23>(bits))
        };
        sum(v) = Sse2F32::sum(_mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v)));
        load_repeated(from, times) = match times {
            1 => _mm256_loadu_ps(from),
            2 => {
                let four = _mm256_castps128_ps256(_mm_loadu_ps(from));
                _mm256_permutevar8x32_ps(four, _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3))
            }
            _ => _mm256_set_m128(_mm_set1_ps(*from.add(1)), _mm_set1_ps(*from)),
        };
        load_apart(from, step, i) = {
            let lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
            let places = _mm256_mullo_epi32(lanes, _mm256_set1_epi32(step as i32));
            let places = _mm256_add_epi32(places, _mm256_set1_epi32(i as i32));
            // Of a place the last three bits count, so that every vector has its numbers in the right lanes.
            let of = |vector: usize| _mm256_permutevar8x32_ps(_mm256_loadu_ps(from.add(vector * 8)), places);
            match step {
                1 => _mm256_loadu_ps(from),
                2 => _mm256_blend_ps::<0b1111_0000>(of(0), of(1)),
                _ => _mm256_blend_ps::<0b1111_0000>(
                    _mm256_blend_ps::<0b0000_1100>(of(0), of(1)),
                    _mm256_blend_ps::<0b1100_0000>(of(2), of(3)),
                ),
            }
        };
        sums_of_few(v, few) = {
            let halves = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            _mm256_castps128_ps256(Sse2F32::sums_of_few(halves, few))
        };
        sums(v) = {
            /// The sums of four vectors in either half.
            #[inline(always)]
            unsafe fn four(v: &[__m256; MAX_LANES], i: usize) -> __m256 {
                let ab = _mm256_add_ps(_mm256_unpacklo_ps(v[i], v[i + 1]), _mm256_unpackhi_ps(v[i], v[i + 1]));
                let cd = _mm256_add_ps(_mm256_unpacklo_ps(v[i + 2], v[i + 3]), _mm256_unpackhi_ps(v[i + 2], v[i + 3]));
                _mm256_add_ps(_mm256_shuffle_ps::<0x44>(ab, cd), _mm256_shuffle_ps::<0xEE>(ab, cd))
            }
            let (a, b) = (four(v, 0), four(v, 4));
            _mm256_add_ps(_mm256_permute2f128_ps::<0x20>(a, b), _mm256_permute2f128_ps::<0x31>(a, b))
        };
        largest(v) = Sse2F32::largest(_mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v)));
    }
}

impl Floats for Avx2F32 {
    methods! {
        with_sign(size, sign) = _mm256_or_ps(size, _mm256_and_ps(_mm256_set1_ps(-0.0), sign));
        split(v) = {
            let bits = _mm256_castps_si256(v);
            let exponent = _mm256_srai_epi32::<23>(_mm256_sub_epi32(bits, _mm256_set1_epi32(HALF_ROOT)));
            let mantissa = _mm256_sub_epi32(bits, _mm256_slli_epi32::<23>(exponent));
            (_mm256_castsi256_ps(mantissa), _mm256_cvtepi32_ps(exponent))
        };
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: __m256, f: F) -> (__m256, __m256) {
        let (a, b) = f.apply::<Avx2F64>(_mm256_cvtps_pd(_mm256_castps256_ps128(v)));
        let (c, d) = f.apply::<Avx2F64>(_mm256_cvtps_pd(_mm256_extractf128_ps::<1>(v)));
        let (a, b, c, d) = (_mm256_cvtpd_ps(a), _mm256_cvtpd_ps(b), _mm256_cvtpd_ps(c), _mm256_cvtpd_ps(d));
        (_mm256_set_m128(c, a), _mm256_set_m128(d, b))
    }
}

#[derive(Clone, Copy)]
pub(super) struct Avx2F64;

impl Simd for Avx2F64 {
    type V = __m256d;
    type Narrow = Self;
    const COLUMNS: usize = 6;
    const HEIGHT: usize = 2;
    const STRIP: usize = 8;
    of_f64!();

    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        run::<Self, K>(task);
    }

    methods! {
        splat(x) = _mm256_set1_pd(x);
        load(from) = _mm256_loadu_pd(from);
        load_part(from, n) = {
            if n & 2 == 0 {
                return _mm256_zextpd128_pd256(Sse2F64::load_part(from, n));
            }
            let high = Sse2F64::load_part(from.add(2), n & 1);
            _mm256_insertf128_pd::<1>(_mm256_castpd128_pd256(_mm_loadu_pd(from)), high)
        };
        store(to, v) = _mm256_storeu_pd(to, v);
        store_part(to, v, n) = {
            let low = _mm256_castpd256_pd128(v);
            if n & 2 == 0 {
                return Sse2F64::store_part(to, low, n);
            }
            _mm_storeu_pd(to, low);
            Sse2F64::store_part(to.add(2), _mm256_extractf128_pd::<1>(v), n & 1);
        };
        nonzero(v) = _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_NEQ_UQ>(v, _mm256_setzero_pd())) as u64;
        add(a, b) = _mm256_add_pd(a, b);
        sub(a, b) = _mm256_sub_pd(a, b);
        mul(a, b) = _mm256_mul_pd(a, b);
        div(a, b) = _mm256_div_pd(a, b);
        sqrt(v) = _mm256_sqrt_pd(v);
        abs(v) = _mm256_andnot_pd(_mm256_set1_pd(-0.0), v);
        max(a, b) = _mm256_max_pd(a, b);
        min(a, b) = _mm256_min_pd(a, b);
        mul_add(a, b, c) = _mm256_fmadd_pd(a, b, c);
        if_greater(a, b, yes, no) = _mm256_blendv_pd(no, yes, _mm256_cmp_pd::<_CMP_GT_OQ>(a, b));
        power_of_2(n) = {
            let bits = _mm256_add_epi64(_mm256_castpd_si256(n), _mm256_set1_epi64x(1023));
            _mm256_castsi256_pd(_mm256_slli_epi64::<52>(bits))
        };
        sum(v) = Sse2F64::sum(_mm_add_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd::<1>(v)));
        sums_of_few(v, few) = {
            if few == 4 {
                return v;
            }
            let halves = _mm_add_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd::<1>(v));
            _mm256_castpd128_pd256(Sse2F64::sums_of_few(halves, few))
        };
        sums(v) = {
            let a = _mm256_add_pd(_mm256_unpacklo_pd(v[0], v[1]), _mm256_unpackhi_pd(v[0], v[1]));
            let b = _mm256_add_pd(_mm256_unpacklo_pd(v[2], v[3]), _mm256_unpackhi_pd(v[2], v[3]));
            _mm256_add_pd(_mm256_permute2f128_pd::<0x20>(a, b), _mm256_permute2f128_pd::<0x31>(a, b))
        };
        largest(v) = Sse2F64::largest(_mm_max_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd::<1>(v)));
    }
}
