//! tanh with AVX-512, whose registers hold a table in which every lane looks up its own number.
//!
//! One polynomial for each of many short intervals takes fewer steps that wait for each other than a formula for all
//! numbers, and no division.
#![allow(unsafe_op_in_unsafe_fn)]

use core::arch::x86_64::*;

/// One number for each of 16 intervals.
#[repr(C, align(64))]
struct Table([f32; 16]);

/// The bits of a number from the exponent's to the first of the mantissa: which interval its size lies in.
const INTERVAL: i32 = 0x7fc0_0000;
/// About the middle, but so that tanh of every centre is an `f32`, up to 0.15 units in the last place.
const CENTRE: i32 = 0x0020_9a09;

/// From here on tanh is looked up.
const LOW: f32 = 0.0625;
/// And from here on it is 1.
const HIGH: f32 = 9.01;

/// tanh(c + r) = c₀ + c₁ r + … + c₆ r⁶, with the centre c of an interval: of [2, 3), [3, 4), [4, 6), [6, 8), [8, 9.01),
/// none, [1/16, 3/32), [3/32, 1/8), [1/8, 3/16) and so on up to [3/2, 2).
///
/// Near-minimax for the relative error, by weighted least squares; one after the other is rounded, and those behind it
/// are fitted again. The error is below 0.2 units in the last place, from 4 to 6 below 0.75; with all roundings that
/// of tanh is below 1.72.
#[rustfmt::skip]
static COEFFICIENTS: [Table; 7] = [
    Table([
        0.986_862, 0.998_211_8, 0.999_912_56, 0.999_998_4,
        1.0, 0.0, 0.078_258_45, 0.109_231_23,
        0.155_564_16, 0.215_886_62, 0.303_776_86, 0.412_545_7,
        0.556_225_06, 0.705_089_45, 0.849_596_56, 0.941_908_2,
    ]),
    Table([
        0.026_103_48, 0.003_573_203_7, 1.751_262_9e-4, 3.203_926_3e-6,
        1.026_744_5e-8, 0.0, 0.993_875_6, 0.988_068_5,
        0.975_799_8, 0.953_393, 0.907_719_6, 0.829_806,
        0.690_613_7, 0.502_848_86, 0.278_185_6, 0.112_808_96,
    ]),
    Table([
        -0.025_760_371, -0.003_566_704_2, -1.751_775_3e-4, -3.085_034_2e-6,
        -3.214_925_2e-8, 0.0, -0.077_774_61, -0.107_960_664,
        -0.151_791_5, -0.205_829_28, -0.275_750_1, -0.342_330_55,
        -0.384_142_76, -0.354_548_48, -0.236_345_14, -0.106_255_36,
    ]),
    Table([
        0.016_717_46, 0.002_367_814_3, 1.145_179_3e-4, 2.122_36e-6,
        -5.167_807e-8, 0.0, -0.325_252_2, -0.317_456_4,
        -0.301_658_12, -0.273_394_8, -0.218_816_13, -0.135_370_2,
        -0.016_540_604, 0.082_375_06, 0.108_082_846, 0.062_484_898,
    ]),
    Table([
        -0.007_916_725, -0.001_175_762_4, -5.693_619_5e-5, -1.338_873_4e-6,
        -5.542_377_6e-8, 0.0, 0.032_667_015, 0.200_160_46,
        0.089_896_03, 0.131_451_73, 0.159_891_28, 0.169_418_83,
        0.138_245_25, 0.059_323_76, -0.013_049_984, -0.023_446_754,
    ]),
    Table([
        0.002_847_341_8, 4.794_849_7e-4, 2.736_944_8e-5, 4.786_691_6e-7,
        -2.289_873_4e-8, 0.0, 0.126_467_15, 0.120_094_03,
        0.107_063_56, 0.084_755_22, 0.049_004_674, -0.006_551_024_5,
        -0.054_882_348, -0.058_516_238, -0.019_238_401, 0.003_561_881_6,
    ]),
    Table([
        -6.968_512e-4, -1.553_837_5e-4, -9.379_512e-6, 6.106_018_4e-9,
        -4.984_937_4e-9, 0.0, -0.028_751_023, -0.039_071_158,
        -0.052_537_266, -0.065_412_62, -0.072_590_48, -0.061_557_785,
        -0.064_642_82, 0.044_133_265, 0.015_159_452, 0.002_139_652_8,
    ]),
];

impl Table {
    #[inline(always)]
    unsafe fn at(&self, interval: __m512i) -> __m512 {
        _mm512_permutexvar_ps(interval, _mm512_load_ps(self.0.as_ptr()))
    }
}

/// a + b r.
#[inline(always)]
unsafe fn line(a: &Table, b: &Table, interval: __m512i, r: __m512) -> __m512 {
    _mm512_fmadd_ps(b.at(interval), r, a.at(interval))
}

/// x², plus what counts for nothing but keeps the square of a tiny x from being a denormal.
#[inline(always)]
unsafe fn square(x: __m512) -> __m512 {
    _mm512_fmadd_ps(x, x, _mm512_set1_ps(1e-18))
}

/// tanh x.
#[inline(always)]
pub(super) unsafe fn tanh(x: __m512) -> __m512 {
    let bits = _mm512_castps_si512(x);
    // Of this the last four bits count.
    let interval = _mm512_srli_epi32::<22>(bits);
    let centre = _mm512_or_si512(_mm512_and_si512(bits, _mm512_set1_epi32(INTERVAL)), _mm512_set1_epi32(CENTRE));
    // That of 0 would be a denormal, and so would r be near it. (As whole numbers, bits are in the order of sizes.)
    let centre = _mm512_max_epi32(centre, _mm512_castps_si512(_mm512_set1_ps(1e-30)));
    let size = _mm512_andnot_ps(_mm512_set1_ps(-0.0), x);
    // NaN is in an interval.
    let looked_up = _mm512_cmp_ps_mask::<_CMP_NLT_UQ>(size, _mm512_set1_ps(LOW));
    let r = _mm512_sub_ps(size, _mm512_castsi512_ps(centre));
    let squared = square(r);
    let cube = _mm512_maskz_mul_ps(looked_up, squared, r);
    let [c0, c1, c2, c3, c4, c5, c6] = COEFFICIENTS.each_ref();
    let high = _mm512_fmadd_ps(line(c5, c6, interval, r), squared, line(c3, c4, interval, r));
    let low = _mm512_fmadd_ps(line(c1, c2, interval, r), r, c0.at(interval));
    let far = _mm512_fmadd_ps(high, cube, low);
    let far = _mm512_or_ps(far, _mm512_and_ps(_mm512_set1_ps(-0.0), x));
    // Near 0 a multiple of x, which is x itself where that is tiny. Where |x| is large it is more than ±1, and cut.
    let z = square(x);
    let factor = _mm512_fmadd_ps(_mm512_set1_ps(0.133_042_13), z, _mm512_set1_ps(-0.333_333));
    let near = _mm512_mul_ps(_mm512_fmadd_ps(factor, z, _mm512_set1_ps(1.0)), x);
    // The smaller one of two sizes, with the sign of the first.
    let within_1 = _mm512_range_ps::<0b0010>(near, _mm512_set1_ps(1.0));
    let looked_up = _mm512_mask_cmp_ps_mask::<_CMP_NGE_UQ>(looked_up, size, _mm512_set1_ps(HIGH));
    _mm512_mask_mov_ps(within_1, looked_up, far)
}
