//! The functions of formulas, as [`graph!`](crate::graph!) calls them.

use crate::scalar::Scalar;

macro_rules! of_scalar {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name<T: Scalar>(x: T) -> T {
            x.$name()
        }
    )*};
}

of_scalar! {
    /// eˣ.
    exp
    /// The natural logarithm.
    ln
    /// √x.
    sqrt
    /// The sine of an angle in radians.
    sin
    /// The cosine of an angle in radians.
    cos
    /// The hyperbolic tangent.
    tanh
    /// |x|.
    abs
}

/// 1 / (1 + e⁻ˣ), without overflow.
#[inline]
pub fn sigmoid<T: Scalar>(x: T) -> T {
    crate::layers::sigmoid(x)
}

/// max(0, x). NaN stays NaN.
#[inline]
pub fn relu<T: Scalar>(x: T) -> T {
    if x < T::ZERO { T::ZERO } else { x }
}

/// The larger of two numbers; the other one if one is NaN.
#[inline]
pub fn max<T: Scalar>(a: T, b: T) -> T {
    a.max(b)
}

/// The smaller of two numbers; the other one if one is NaN.
#[inline]
pub fn min<T: Scalar>(a: T, b: T) -> T {
    a.min(b)
}

/// xⁿ, by repeated squaring.
#[inline]
pub fn powi<T: Scalar>(x: T, n: i32) -> T {
    let (mut power, mut square, mut left) = (T::ONE, x, n.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            power *= square;
        }
        left >>= 1;
        if left > 0 {
            square *= square;
        }
    }
    if n < 0 { T::ONE / power } else { power }
}

/// aᵇ.
#[inline]
pub fn powf<T: Scalar>(a: T, b: T) -> T {
    a.powf(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_are_right_for_every_small_exponent() {
        let expected = [0.0625, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!(core::array::from_fn(|i| powi(2.0f64, i as i32 - 4)), expected);
    }

    #[test]
    fn nan_stays_nan_through_relu() {
        assert!(relu(f32::NAN).is_nan());
    }
}
