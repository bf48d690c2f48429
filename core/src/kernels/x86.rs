//! The vectors of x86-64.
//!
//! The contract of every function is that of [`Simd`]: the caller has the instructions and good pointers.
#![allow(unsafe_op_in_unsafe_fn)]
#![allow(clippy::indexing_slicing)] // As in `product`.

use core::arch::x86_64::*;

use super::level::Level;
use super::math::{Floats, HALF_ROOT, InF64};
use super::simd::{MAX_LANES, Simd, Task, methods, of_f32, of_f64};
use super::tables;

/// The levels that there are kernels for, the best one first.
pub(super) const LEVELS: [Level; 3] = [Level::Avx512, Level::Avx2, Level::Sse2];

cpufeatures::new!(avx2, "avx2", "fma");
cpufeatures::new!(avx512, "avx512f", "avx512vl", "avx512bw", "avx512dq", "avx2", "fma");

/// Whether the machine has a level.
pub(super) fn has(level: Level) -> bool {
    match level {
        Level::Sse2 => true,
        Level::Avx2 => avx2::get(),
        Level::Avx512 => avx512::get(),
        _ => false,
    }
}

/// Runs a task with the vectors of a level that the machine has; returns false, having done nothing, if it has none.
#[inline(always)]
pub(super) unsafe fn run_f32<K: Task<f32>>(level: Level, task: K) -> bool {
    match level {
        Level::Sse2 => Sse2F32::call(task),
        Level::Avx2 => Avx2F32::call(task),
        Level::Avx512 => Avx512F32::call(task),
        _ => return false,
    }
    true
}

/// The same for `f64`.
#[inline(always)]
pub(super) unsafe fn run_f64<K: Task<f64>>(level: Level, task: K) -> bool {
    match level {
        Level::Sse2 => Sse2F64::call(task),
        Level::Avx2 => Avx2F64::call(task),
        Level::Avx512 => Avx512F64::call(task),
        _ => return false,
    }
    true
}

/// Asks for the line of the cache at an address, which may be any.
#[inline(always)]
pub(super) fn prefetch<X>(at: *const X) {
    // SAFETY: all x86-64 with vectors has the instruction, and it reads nothing.
    unsafe { _mm_prefetch::<_MM_HINT_T1>(at.cast()) }
}

#[derive(Clone, Copy)]
struct Sse2F32;
#[derive(Clone, Copy)]
struct Sse2F64;
#[derive(Clone, Copy)]
struct Avx2F32;
#[derive(Clone, Copy)]
struct Avx2F64;
#[derive(Clone, Copy)]
struct Avx512F32;
#[derive(Clone, Copy)]
struct Avx512F64;
/// The vectors of AVX2, but with the tanh of AVX-512.
#[derive(Clone, Copy)]
struct Avx512NarrowF32;

impl Simd for Sse2F32 {
    type V = __m128;
    type Narrow = Self;
    const COLUMNS: usize = 4;
    const HEIGHT: usize = 2;
    const DOTS: bool = true;
    const STRIP: usize = 8;
    const SMALL: bool = false;
    of_f32!();

    #[target_feature(enable = "sse2")]
    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        task.run::<Self>();
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

impl Simd for Sse2F64 {
    type V = __m128d;
    type Narrow = Self;
    const COLUMNS: usize = 4;
    const HEIGHT: usize = 3;
    const DOTS: bool = true;
    const STRIP: usize = 8;
    const SMALL: bool = false;
    of_f64!();

    #[target_feature(enable = "sse2")]
    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        task.run::<Self>();
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

impl Simd for Avx2F32 {
    type V = __m256;
    type Narrow = Self;
    const COLUMNS: usize = 6;
    const HEIGHT: usize = 2;
    const STRIP: usize = 8;
    of_f32!();

    #[target_feature(enable = "avx2,fma")]
    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        task.run::<Self>();
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

impl Simd for Avx2F64 {
    type V = __m256d;
    type Narrow = Self;
    const COLUMNS: usize = 6;
    const HEIGHT: usize = 2;
    const STRIP: usize = 8;
    of_f64!();

    #[target_feature(enable = "avx2,fma")]
    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        task.run::<Self>();
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

impl Simd for Avx512F32 {
    type V = __m512;
    type Narrow = Avx512NarrowF32;
    const COLUMNS: usize = 8;
    const HEIGHT: usize = 3;
    const FAR: usize = 1024;
    of_f32!(but tanh);

    #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")]
    #[inline(never)]
    unsafe fn call<K: Task<f32>>(task: K) {
        task.run::<Self>();
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
        nonzero(v) = Avx2F32::nonzero(v);
        max(a, b) = Avx2F32::max(a, b);
        min(a, b) = Avx2F32::min(a, b);
        mul_add(a, b, c) = Avx2F32::mul_add(a, b, c);
        if_greater(a, b, yes, no) = Avx2F32::if_greater(a, b, yes, no);
        power_of_2(n) = Avx2F32::power_of_2(n);
        sum(v) = Avx2F32::sum(v);
        load_repeated(from, times) = Avx2F32::load_repeated(from, times);
        sums_of_few(v, few) = Avx2F32::sums_of_few(v, few);
        sums(v) = Avx2F32::sums(v);
        largest(v) = Avx2F32::largest(v);
        tanh(v) = _mm512_castps512_ps256(Avx512F32::tanh(_mm512_castps256_ps512(v)));
    }
}

impl Simd for Avx512F64 {
    type V = __m512d;
    type Narrow = Avx2F64;
    const COLUMNS: usize = 8;
    const HEIGHT: usize = 3;
    const FAR: usize = 1024;
    of_f64!();

    #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,avx2,fma")]
    #[inline(never)]
    unsafe fn call<K: Task<f64>>(task: K) {
        task.run::<Self>();
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

impl Floats for Sse2F32 {
    methods! {
        abs(v) = _mm_andnot_ps(_mm_set1_ps(-0.0), v);
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

impl Floats for Avx2F32 {
    methods! {
        abs(v) = _mm256_andnot_ps(_mm256_set1_ps(-0.0), v);
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

impl Floats for Avx512F32 {
    methods! {
        abs(v) = _mm512_andnot_ps(_mm512_set1_ps(-0.0), v);
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

impl Floats for Avx512NarrowF32 {
    methods! {
        abs(v) = Avx2F32::abs(v);
        with_sign(size, sign) = Avx2F32::with_sign(size, sign);
        split(v) = Avx2F32::split(v);
    }

    #[inline(always)]
    unsafe fn in_f64<F: InF64>(v: __m256, f: F) -> (__m256, __m256) {
        Avx2F32::in_f64(v, f)
    }
}
