//! Elementary functions of `f32`, for a vector at a time.
//!
//! Each is within 2 units in the last place of the exact value over all inputs: denormals, infinities and NaN
//! included, with or without fused multiply-add. The polynomials are near-minimax, fitted for these intervals.
//!
//! On the way from a normal number to the result nothing becomes a denormal or underflows, since most processors then
//! compute ten to a hundred times slower. So a result that would be below 2⁻¹²⁵, twice the smallest normal number, may
//! be 0; and for squares, tiny numbers are replaced first by what makes no difference.
#![allow(unsafe_op_in_unsafe_fn)]
// Coefficients stand as they were fitted.
#![allow(clippy::excessive_precision)]

use super::simd::Simd;
use crate::scalar::Scalar;

/// What the functions ask of vectors of `f32` beyond [`Simd`]: to take a number's bits apart.
///
/// # Safety
/// As [`Simd`].
pub trait Floats: Simd<T = f32> {
    /// |x| or −|x|, with the sign of `sign`; `size` is not negative.
    unsafe fn with_sign(size: Self::V, sign: Self::V) -> Self::V;
    /// x as a mantissa in [√½, √2) and an exponent of 2, for positive numbers that are not denormal.
    unsafe fn split(v: Self::V) -> (Self::V, Self::V);
    /// Runs a function in `f64`, on two vectors or one after the other.
    unsafe fn in_f64<F: InF64>(v: Self::V, f: F) -> (Self::V, Self::V);
}

/// 2⁻³⁰: what is smaller counts for nothing beside 1.
const TINY: f32 = 9.313_225_7e-10;
/// Below, eˣ is a denormal.
const LOWEST: f32 = -87.336;

/// The bits of √½, for [`Floats::split`].
pub(super) const HALF_ROOT: i32 = 0x3f35_04f3;

/// A function of `f64` with two results.
pub trait InF64: Copy {
    unsafe fn apply<S: Simd<T = f64>>(self, x: S::V) -> (S::V, S::V);
}

/// a₀ xⁿ + … + aₙ.
#[inline(always)]
unsafe fn polynomial<S: Simd, const N: usize>(x: S::V, coefficients: [S::T; N]) -> S::V {
    let mut sum = S::splat(S::ZERO);
    for (i, a) in coefficients.into_iter().enumerate() {
        sum = if i == 0 { S::splat(a) } else { S::mul_add(sum, x, S::splat(a)) };
    }
    sum
}

/// The same for an odd number of coefficients, with x² at hand: by as many steps, of which fewer wait for each other.
#[inline(always)]
unsafe fn polynomial_by_pairs<S: Simd, const N: usize>(x: S::V, square: S::V, coefficients: [S::T; N]) -> S::V {
    let (pairs, last) = coefficients.as_chunks::<2>();
    let mut sum = S::splat(S::ZERO);
    for (i, &[a, b]) in pairs.iter().enumerate() {
        let pair = S::mul_add(S::splat(a), x, S::splat(b));
        sum = if i == 0 { pair } else { S::mul_add(sum, square, pair) };
    }
    for &a in last {
        sum = S::mul_add(sum, x, S::splat(a));
    }
    sum
}

/// x = n ln 2 + r with |r| ≤ ½ ln 2: n and r.
#[inline(always)]
unsafe fn reduce<S: Floats>(x: S::V) -> (S::V, S::V) {
    // Adding and subtracting 1.5·2²³ rounds to an integer.
    let magic = S::splat(S::MAGIC);
    let n = S::sub(S::mul_add(x, S::splat(core::f32::consts::LOG2_E), magic), magic);
    // ln 2 in two parts, the first so short that its product with n is exact.
    let r = S::mul_add(n, S::splat(-0.693_359_375), x);
    (n, S::mul_add(n, S::splat(2.121_944_4e-4), r))
}

/// eʳ − 1 for |r| ≤ ½ ln 2, given r again and r², with 0 for them where r is too small to be squared, or what makes no
/// difference.
#[inline(always)]
unsafe fn exp_m1_small<S: Floats>(r: S::V, (squarable, square): (S::V, S::V)) -> S::V {
    let coefficients = [1.392_625_1e-3, 8.363_233e-3, 4.166_655_4e-2, 1.666_657_7e-1, 0.5];
    S::mul_add(square, polynomial_by_pairs::<S, 5>(squarable, square, coefficients), r)
}

/// r and r² for [`exp_m1_small`], where 1 is added to the result: it does not matter then if the square is a little too
/// large.
#[inline(always)]
unsafe fn beside_1<S: Floats>(r: S::V) -> (S::V, S::V) {
    if S::FUSED {
        return (r, S::mul_add(r, r, S::splat(TINY * TINY)));
    }
    let r = unless_tiny::<S>(r, S::abs(r));
    (r, S::mul(r, r))
}

/// x, or 0 where |x|, which is `size`, is tiny.
#[inline(always)]
unsafe fn unless_tiny<S: Floats>(x: S::V, size: S::V) -> S::V {
    S::if_greater(S::splat(TINY), size, S::splat(0.0), x)
}

/// 2ⁿ for an integer n from −126 to 127.
#[inline(always)]
unsafe fn power_of_2<S: Simd>(n: S::V) -> S::V {
    S::power_of_2(S::add(n, S::splat(S::MAGIC)))
}

#[inline(always)]
unsafe fn at_most<S: Simd>(x: S::V, limit: S::T) -> S::V {
    S::min(S::splat(limit), x)
}

#[inline(always)]
unsafe fn at_least<S: Simd>(x: S::V, limit: S::T) -> S::V {
    S::max(S::splat(limit), x)
}

/// eˣ.
#[inline(always)]
pub(super) unsafe fn exp<S: Floats>(x: S::V) -> S::V {
    let (n, r) = reduce::<S>(at_least::<S>(at_most::<S>(x, 89.0), LOWEST));
    S::if_greater(S::splat(LOWEST), x, S::splat(0.0), exp_of_parts::<S>(n, r))
}

/// 2ⁿ eʳ.
#[inline(always)]
unsafe fn exp_of_parts<S: Floats>(n: S::V, r: S::V) -> S::V {
    let power = S::add(exp_m1_small::<S>(r, beside_1::<S>(r)), S::splat(1.0));
    // 2ⁿ in two factors, since it may be infinite where the product is not.
    let magic = S::splat(S::MAGIC);
    let half = S::sub(S::mul_add(n, S::splat(0.5), magic), magic);
    S::mul(S::mul(power, power_of_2::<S>(half)), power_of_2::<S>(S::sub(n, half)))
}

/// eˣ for x ≤ 0, but 0 below −64, where softmax loses nothing and would meet denormals, on which most
/// processors are ten to a hundred times slower.
#[inline(always)]
pub(super) unsafe fn exp_flushed<S: Floats>(x: S::V) -> S::V {
    let (n, r) = reduce::<S>(at_least::<S>(x, -65.0));
    let power = S::mul_add(exp_m1_small::<S>(r, beside_1::<S>(r)), power_of_2::<S>(n), power_of_2::<S>(n));
    S::if_greater(S::splat(-64.0), x, S::splat(0.0), power)
}

/// eˣ − 1 for x up to 64.
#[inline(always)]
unsafe fn exp_m1_below_64<S: Floats>(x: S::V) -> S::V {
    let (n, r) = reduce::<S>(x);
    let scale = power_of_2::<S>(n);
    let squarable = unless_tiny::<S>(r, S::abs(r));
    let small = exp_m1_small::<S>(r, (squarable, S::mul(squarable, squarable)));
    S::mul_add(scale, small, S::sub(scale, S::splat(1.0)))
}

/// eˣ − 1.
#[inline(always)]
pub(super) unsafe fn exp_m1<S: Floats>(x: S::V) -> S::V {
    let small = exp_m1_below_64::<S>(at_least::<S>(at_most::<S>(x, 64.0), -32.0));
    let (n, r) = reduce::<S>(at_least::<S>(at_most::<S>(x, 89.0), 32.0));
    let result = S::if_greater(x, S::splat(32.0), exp_of_parts::<S>(n, r), small);
    // −0 stays −0.
    S::with_sign(S::abs(result), x)
}

/// tanh x.
#[inline(always)]
pub(super) unsafe fn tanh<S: Floats>(x: S::V) -> S::V {
    let size = S::abs(x);
    // Near 0 a polynomial, elsewhere 1 − 2 / (1 + e²ˣ), whose second term is then the smaller one.
    let square = if S::FUSED {
        S::mul_add(size, size, S::splat(TINY * TINY))
    } else {
        let squarable = at_least::<S>(size, TINY);
        S::mul(squarable, squarable)
    };
    let q = [-6.609_614e-3, 2.130_906_2e-2, -5.390_937_6e-2, 1.333_311_3e-1, -3.333_333_2e-1];
    let near = S::mul(size, S::mul_add(square, polynomial::<S, 5>(square, q), S::splat(1.0)));
    // From 10 on the result is 1.
    let doubled = at_most::<S>(S::add(size, size), 20.0);
    let (power, one) = (PlusOne::of_exp_above::<S>(doubled, 1.0), S::splat(1.0));
    let quotient = power.reciprocal::<S>();
    let far = S::sub(one, S::add(quotient, quotient));
    S::with_sign(S::if_greater(S::splat(0.55), size, near, far), x)
}

/// 1 + eˣ for x ≥ 0: the sum, and what rounding took from it.
struct PlusOne<V> {
    sum: V,
    lost: V,
    /// A power of 2 that the result is yet to be multiplied by, as its exponent: it is 0 unless the sum is so
    /// large that the 1 is nothing to it.
    exponent: V,
}

impl<V: Copy> PlusOne<V> {
    /// The same where for an x below `least` the result need not be right, or not to the last digit.
    #[inline(always)]
    unsafe fn of_exp_above<S: Floats<V = V>>(x: V, least: f32) -> Self {
        if S::FUSED { Self::of_exp::<S, true>(x) } else { Self::of_exp::<S, false>(at_least::<S>(x, least)) }
    }

    /// If `TINY` is false, x must be 0 or not tiny; what rounding took is then 0 for 0.
    #[inline(always)]
    unsafe fn of_exp<S: Floats<V = V>, const TINY: bool>(x: V) -> Self {
        let one = S::splat(1.0);
        let (n, r) = reduce::<S>(x);
        let squared = if TINY { beside_1::<S>(r) } else { (r, S::mul(r, r)) };
        let small = exp_m1_small::<S>(r, squared);
        let power = S::add(small, one);
        let lost = S::sub(small, S::sub(power, one));
        // The square of the reciprocal is to be no denormal.
        let first = at_most::<S>(n, 32.0);
        let scale = power_of_2::<S>(first);
        let power = S::mul(power, scale);
        let sum = S::add(power, one);
        let lost = S::mul_add(lost, scale, S::sub(one, S::sub(sum, power)));
        Self { sum, lost, exponent: S::sub(n, first) }
    }

    /// 1 / (1 + eˣ), but for the exponent.
    #[inline(always)]
    unsafe fn reciprocal<S: Floats<V = V>>(&self) -> V {
        let q = S::div(S::splat(1.0), self.sum);
        S::sub(q, S::mul(S::mul(q, q), self.lost))
    }

    /// What 1 / (1 + eˣ) is to be multiplied by, because of the exponent.
    #[inline(always)]
    unsafe fn scale<S: Floats<V = V>>(&self) -> V {
        power_of_2::<S>(S::sub(S::splat(0.0), self.exponent))
    }
}

/// 1 / (1 + e⁻ˣ).
#[inline(always)]
pub(super) unsafe fn sigmoid<S: Floats>(x: S::V) -> S::V {
    let size = S::abs(x);
    let power = PlusOne::of_exp_above::<S>(at_most::<S>(size, -LOWEST), TINY);
    let scale = power.scale::<S>();
    let q = S::mul(power.reciprocal::<S>(), S::if_greater(size, S::splat(-LOWEST), S::splat(0.0), scale));
    S::if_greater(S::splat(0.0), x, q, S::sub(S::splat(1.0), q))
}

/// x / (1 + e⁻ˣ), as max(x, 0) − |x| / (1 + e^|x|): x σ(x) would round once more, and lose digits where σ(x) is a
/// denormal. The limit is taken at −∞: 0.
#[inline(always)]
pub(super) unsafe fn silu<S: Floats>(x: S::V) -> S::V {
    // Beyond, the second term is a denormal, and below, half of x is.
    let (high, low) = (91.85, 4.701_977_4e-38);
    let size = S::abs(x);
    let limited = at_least::<S>(at_most::<S>(size, high), low);
    let power = PlusOne::of_exp::<S, false>(unless_tiny::<S>(limited, limited));
    let q = S::div(limited, power.sum);
    let q = S::sub(q, S::mul(q, S::div(power.lost, power.sum)));
    let q = S::mul(q, S::if_greater(size, S::splat(high), S::splat(0.0), power.scale::<S>()));
    S::if_greater(S::splat(low), size, S::splat(0.0), S::sub(at_least::<S>(x, 0.0), q))
}

/// ln x.
#[inline(always)]
pub(super) unsafe fn ln<S: Floats>(x: S::V) -> S::V {
    let (zero, least) = (S::splat(0.0), S::splat(f32::MIN_POSITIVE));
    let denormal = |yes, no| S::if_greater(least, x, S::splat(yes), S::splat(no));
    let (mantissa, exponent) = S::split(S::mul(x, denormal(8_388_608.0, 1.0)));
    let n = S::add(exponent, denormal(-23.0, 0.0));
    let result = ln_of_parts::<S>(S::sub(mantissa, S::splat(1.0)), n);
    // Infinity and NaN stay; 0 and what is below have no logarithm.
    let result = S::if_greater(S::splat(f32::INFINITY), x, result, x);
    let none = S::if_greater(zero, x, S::splat(f32::NAN), S::splat(f32::NEG_INFINITY));
    let positive = S::if_greater(x, zero, result, none);
    // NaN is greater than nothing, but it is also not equal to itself.
    S::add(positive, S::sub(x, at_most::<S>(at_least::<S>(x, -f32::MAX), f32::MAX)))
}

/// n ln 2 + ln(1 + f) for 1 + f in [√½, √2).
#[inline(always)]
unsafe fn ln_of_parts<S: Floats>(f: S::V, n: S::V) -> S::V {
    let square = S::mul(f, f);
    let q = polynomial_by_pairs::<S, 9>(
        f,
        square,
        [
            6.971_611_5e-2,
            -0.114_797_34,
            0.116_854_2,
            -0.124_256_87,
            0.142_490_58,
            -0.166_678_02,
            0.200_007_16,
            -0.249_999_97,
            0.333_333_31,
        ],
    );
    let rest = S::mul_add(n, S::splat(-2.121_944_4e-4), S::mul(S::mul(square, f), q));
    let rest = S::mul_add(square, S::splat(-0.5), rest);
    S::mul_add(n, S::splat(0.693_359_375), S::add(f, rest))
}

/// ln(1 + e) for e from 0 to 1.
#[inline(always)]
pub(super) unsafe fn ln_1p_of_unit<S: Floats>(e: S::V) -> S::V {
    let one = S::splat(1.0);
    let sum = S::add(e, one);
    // What rounding took from the sum.
    let lost = S::sub(e, S::sub(sum, one));
    let (mantissa, n) = S::split(sum);
    let result = ln_of_parts::<S>(S::sub(mantissa, one), n);
    S::add(result, S::div(lost, sum))
}

/// x Φ(x) and its derivative Φ(x) + x φ(x), with the normal distribution Φ and its density φ.
///
/// In `f64`: the exponent −x²/2 reaches −100, and an `f32` would lose its last seven bits.
#[derive(Clone, Copy)]
pub(super) struct Gelu;

impl InF64 for Gelu {
    #[inline(always)]
    unsafe fn apply<S: Simd<T = f64>>(self, x: S::V) -> (S::V, S::V) {
        // From here on −x Φ(−x) is nearly a denormal as an `f32`.
        const BOUND: f64 = 13.0935;
        let (zero, one) = (S::splat(0.0), S::splat(1.0));
        // Beyond, the value is 0 or x; NaN passes.
        let size = at_most::<S>(S::abs(x), BOUND);
        let bell = exp_f64::<S>(S::mul(S::mul(size, size), S::splat(-0.5)));
        // Φ(−a) = exp(−a²/2) R(a), with R as a polynomial of t = 1 / (1 + a/4).
        let t = S::div(one, S::mul_add(size, S::splat(0.25), one));
        let r = polynomial::<S, 11>(
            t,
            [
                -0.013_420_918_428_714_718,
                0.097_062_482_544_178_25,
                -0.274_934_240_558_076_06,
                0.374_813_573_568_759_44,
                -0.286_127_588_138_148_1,
                0.216_836_051_534_613_4,
                -2.640_525_964_441_352e-3,
                0.097_970_328_347_325_13,
                0.090_714_870_602_200_35,
                0.100_001_561_649_106_77,
                0.099_724_404_975_143_72,
            ],
        );
        let tail = S::mul(S::mul(t, r), bell);
        let distribution = S::if_greater(x, zero, S::sub(one, tail), tail);
        // −∞ · 0 would be NaN.
        let bounded = at_least::<S>(x, -BOUND);
        let density = S::mul(bell, S::splat(0.398_942_280_401_432_7));
        let derivative = S::mul_add(at_most::<S>(bounded, BOUND), density, distribution);
        let value = S::if_greater(S::splat(-BOUND), x, zero, S::mul(bounded, distribution));
        (value, S::if_greater(S::splat(f32::NEGLIGIBLE.into()), S::abs(derivative), zero, derivative))
    }
}

/// eˣ for x from −700 to 0, to about 1e−13.
#[inline(always)]
unsafe fn exp_f64<S: Simd<T = f64>>(x: S::V) -> S::V {
    let magic = S::splat(S::MAGIC);
    let n = S::sub(S::mul_add(x, S::splat(core::f64::consts::LOG2_E), magic), magic);
    let r = S::mul_add(n, S::splat(-core::f64::consts::LN_2), x);
    let q = polynomial::<S, 8>(
        r,
        [
            2.761_768_546_516_507e-6,
            2.486_800_297_805_696_4e-5,
            1.984_122_441_829_194_4e-4,
            1.388_883_891_099_605_7e-3,
            8.333_333_442_643_942e-3,
            0.041_666_666_785_985_56,
            0.166_666_666_666_625_54,
            0.499_999_999_999_547_46,
        ],
    );
    let power = S::add(S::mul_add(S::mul(r, r), q, r), S::splat(1.0));
    S::mul(power, power_of_2::<S>(n))
}
