//! The numbers that a network computes with.

use core::fmt::{Debug, Display};
use core::iter::Sum;
use core::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::kernels::Kernels;
use crate::params::Params;
use crate::samples::Number;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A floating-point number: `f32` or `f64`.
///
/// The elementary functions are those of [`libm`](https://docs.rs/libm), not of the operating system, so
/// that the same program gives the same bits on every machine.
pub trait Scalar:
    sealed::Sealed
    + Kernels
    + nalgebra::Scalar
    + Params<Self>
    + Number
    + Copy
    + Default
    + Debug
    + Display
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + Sum
    + Send
    + Sync
{
    /// 0.
    const ZERO: Self;
    /// −0, which is neutral in a sum and as that from which a number is subtracted changes its sign.
    const MINUS_ZERO: Self;
    /// 1.
    const ONE: Self;
    /// Not a number.
    const NAN: Self;
    /// The largest finite number.
    const MAX: Self;
    /// The distance from 1 to the next larger number.
    const EPSILON: Self;
    /// The smallest positive number that is not a denormal.
    const MIN_POSITIVE: Self;
    /// Below, eˣ is a denormal.
    #[doc(hidden)]
    const LOWEST_EXPONENT: Self;
    /// Below, eˣ is nothing beside 1, and its product with what is ordinary may yet be a denormal.
    #[doc(hidden)]
    const NEGLIGIBLE_EXPONENT: Self;
    /// Half of the square of a number that is smaller may be a denormal.
    #[doc(hidden)]
    const SQUARABLE: Self;
    /// What is smaller makes no difference as a derivative, or as a gradient that is divided by its size, and would soon lead
    /// to denormals in products.
    #[doc(hidden)]
    const NEGLIGIBLE: Self;

    /// The nearest scalar to `x`.
    fn from_f64(x: f64) -> Self;
    /// The nearest scalar to `n`. (By way of `f64` it would take software on processors that compute `f32` alone.)
    fn from_usize(n: usize) -> Self;
    /// The scalar as an `f64`, exactly.
    fn to_f64(self) -> f64;
    #[doc(hidden)]
    fn bits(self) -> Bits;
    #[doc(hidden)]
    fn write_le_bytes(self, bytes: &mut [u8]);
    #[doc(hidden)]
    fn read_le_bytes(bytes: &[u8]) -> Self;
    /// Whether the number is neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// |x|.
    fn abs(self) -> Self;
    /// The larger of two numbers; the other one if one is NaN.
    fn max(self, other: Self) -> Self;
    /// The smaller of two numbers; the other one if one is NaN.
    fn min(self, other: Self) -> Self;
    /// √x.
    fn sqrt(self) -> Self;
    /// eˣ.
    fn exp(self) -> Self;
    /// eˣ − 1, accurate near 0.
    fn exp_m1(self) -> Self;
    /// The natural logarithm.
    fn ln(self) -> Self;
    /// ln(1 + x), accurate near 0.
    fn ln_1p(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The sine of an angle in radians.
    fn sin(self) -> Self;
    /// The cosine of an angle in radians.
    fn cos(self) -> Self;
    /// xⁿ for any exponent.
    fn powf(self, exponent: Self) -> Self;
    /// The error function, 2/√π ∫₀ˣ exp(−t²) dt.
    fn erf(self) -> Self;
    /// 1 − erf x, accurate where that is small.
    fn erfc(self) -> Self;
}

/// A scalar as it is, to be told later: to make an `f64` of it takes software on many processors.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bits {
    F32(u32),
    F64([u32; 2]),
}

impl Bits {
    pub(crate) fn to_f64(self) -> f64 {
        match self {
            Self::F32(bits) => f64::from(f32::from_bits(bits)),
            Self::F64([low, high]) => f64::from_bits(u64::from(high) << 32 | u64::from(low)),
        }
    }
}

trait ToBits {
    fn of(self) -> Bits;
}

impl ToBits for f32 {
    #[inline]
    fn of(self) -> Bits {
        Bits::F32(self.to_bits())
    }
}

impl ToBits for f64 {
    #[inline]
    fn of(self) -> Bits {
        let bits = self.to_bits();
        Bits::F64([bits as u32, (bits >> 32) as u32])
    }
}

macro_rules! scalar {
    ($type:ident, $sqrt:ident, $exp:ident, $expm1:ident, $log:ident, $log1p:ident, $tanh:ident, $sin:ident, $cos:ident, $pow:ident, $erf:ident, $erfc:ident, [$lowest:literal, $negligible_exponent:literal, $squarable:literal, $negligible:literal]) => {
        impl Scalar for $type {
            const ZERO: Self = 0.0;
            const MINUS_ZERO: Self = -0.0;
            const ONE: Self = 1.0;
            const NAN: Self = $type::NAN;
            const MAX: Self = $type::MAX;
            const EPSILON: Self = $type::EPSILON;
            const MIN_POSITIVE: Self = $type::MIN_POSITIVE;
            const LOWEST_EXPONENT: Self = $lowest;
            const NEGLIGIBLE_EXPONENT: Self = $negligible_exponent;
            const SQUARABLE: Self = $squarable;
            const NEGLIGIBLE: Self = $negligible;

            #[inline]
            fn from_f64(x: f64) -> Self {
                x as $type
            }
            #[inline]
            fn from_usize(n: usize) -> Self {
                n as $type
            }
            #[inline]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline]
            fn bits(self) -> Bits {
                ToBits::of(self)
            }
            #[inline]
            fn write_le_bytes(self, bytes: &mut [u8]) {
                if let Some(bytes) = bytes.first_chunk_mut() {
                    *bytes = self.to_le_bytes();
                }
            }
            #[inline]
            fn read_le_bytes(bytes: &[u8]) -> Self {
                bytes.first_chunk().map_or(0.0, |bytes| $type::from_le_bytes(*bytes))
            }
            #[inline]
            fn is_finite(self) -> bool {
                $type::is_finite(self)
            }
            #[inline]
            fn abs(self) -> Self {
                $type::abs(self)
            }
            #[inline]
            fn max(self, other: Self) -> Self {
                $type::max(self, other)
            }
            #[inline]
            fn min(self, other: Self) -> Self {
                $type::min(self, other)
            }
            #[inline]
            fn sqrt(self) -> Self {
                libm::$sqrt(self)
            }
            #[inline]
            fn exp(self) -> Self {
                libm::$exp(self)
            }
            #[inline]
            fn exp_m1(self) -> Self {
                libm::$expm1(self)
            }
            #[inline]
            fn ln(self) -> Self {
                libm::$log(self)
            }
            #[inline]
            fn ln_1p(self) -> Self {
                libm::$log1p(self)
            }
            #[inline]
            fn tanh(self) -> Self {
                libm::$tanh(self)
            }
            #[inline]
            fn sin(self) -> Self {
                libm::$sin(self)
            }
            #[inline]
            fn cos(self) -> Self {
                libm::$cos(self)
            }
            #[inline]
            fn powf(self, exponent: Self) -> Self {
                libm::$pow(self, exponent)
            }
            #[inline]
            fn erf(self) -> Self {
                libm::$erf(self)
            }
            #[inline]
            fn erfc(self) -> Self {
                libm::$erfc(self)
            }
        }
    };
}

scalar!(f32, sqrtf, expf, expm1f, logf, log1pf, tanhf, sinf, cosf, powf, erff, erfcf, [-87.336, -64.0, 2e-19, 1e-17]);
scalar!(f64, sqrt, exp, expm1, log, log1p, tanh, sin, cos, pow, erf, erfc, [-708.39, -600.0, 3e-154, 1e-150]);
