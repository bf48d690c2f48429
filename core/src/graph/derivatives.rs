//! The derivatives of the [`functions`], computed from what went in and what came out, y.
//!
//! At a kink, where there is no derivative, it is the one towards which the function does not grow: 0 for relu and
//! abs at 0. Of two equal numbers, the first is the larger and the smaller one.
//! Where it is infinite, as that of √ at 0, a 0 that flows back through it becomes NaN: √relu(x) has no derivative for
//! x < 0 here, though it is 0; write √(relu(x) + ε).

use crate::graph::functions;
use crate::scalar::Scalar;

/// (eˣ)′ = eˣ.
#[inline]
pub fn exp<T: Scalar>(_: T, y: T) -> T {
    y
}

/// (ln x)′ = 1 / x.
#[inline]
pub fn ln<T: Scalar>(x: T, _: T) -> T {
    T::ONE / x
}

/// (√x)′ = 1 / 2√x.
#[inline]
pub fn sqrt<T: Scalar>(_: T, y: T) -> T {
    T::from_f64(0.5) / y
}

/// sin′ = cos.
#[inline]
pub fn sin<T: Scalar>(x: T, _: T) -> T {
    x.cos()
}

/// cos′ = −sin.
#[inline]
pub fn cos<T: Scalar>(x: T, _: T) -> T {
    -x.sin()
}

/// tanh′ = 1 − tanh².
#[inline]
pub fn tanh<T: Scalar>(_: T, y: T) -> T {
    T::ONE - y * y
}

/// σ′ = σ (1 − σ).
#[inline]
pub fn sigmoid<T: Scalar>(_: T, y: T) -> T {
    y * (T::ONE - y)
}

/// 1 where x > 0, else 0.
#[inline]
pub fn relu<T: Scalar>(x: T, _: T) -> T {
    if x > T::ZERO { T::ONE } else { T::ZERO }
}

/// The sign of x, 0 at 0.
#[inline]
pub fn abs<T: Scalar>(x: T, _: T) -> T {
    if x > T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        -T::ONE
    } else {
        T::ZERO
    }
}

/// By a: 1 where a is the larger one.
#[inline]
pub fn max_left<T: Scalar>(a: T, _: T, y: T) -> T {
    if a == y { T::ONE } else { T::ZERO }
}

/// By b: 1 where a is not the larger one.
#[inline]
pub fn max_right<T: Scalar>(a: T, b: T, y: T) -> T {
    T::ONE - max_left(a, b, y)
}

/// By a: 1 where a is the smaller one.
#[inline]
pub fn min_left<T: Scalar>(a: T, b: T, y: T) -> T {
    max_left(a, b, y)
}

/// By b: 1 where a is not the smaller one.
#[inline]
pub fn min_right<T: Scalar>(a: T, b: T, y: T) -> T {
    max_right(a, b, y)
}

/// (xⁿ)′ = n xⁿ⁻¹.
#[inline]
pub fn powi<T: Scalar>(x: T, n: i32, _: T) -> T {
    match n {
        0 => T::ZERO,
        // Also right for the smallest number of all, which has no predecessor.
        i32::MIN => T::from_f64(f64::from(n)) * functions::powi(x, n) / x,
        n => T::from_f64(f64::from(n)) * functions::powi(x, n - 1),
    }
}

/// aᵇ by a: b aᵇ⁻¹; 0 where b is, since a⁰ is 1 for every a.
#[inline]
pub fn powf_left<T: Scalar>(a: T, b: T, _: T) -> T {
    if b == T::ZERO { T::ZERO } else { b * a.powf(b - T::ONE) }
}

/// aᵇ by b: aᵇ ln a; 0 where the power is, and at (0, 0), where it is 1 but 0 for every larger b.
#[inline]
pub fn powf_right<T: Scalar>(a: T, b: T, y: T) -> T {
    if y == T::ZERO || a == T::ZERO && b == T::ZERO { T::ZERO } else { y * a.ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_have_their_derivatives_up_to_the_last_exponents() {
        // n xⁿ⁻¹ at −1, where every power is 1 or −1.
        for n in [i32::MIN, i32::MIN + 1, -3, -2, -1, 0, 1, 2, 3, i32::MAX] {
            let expected = if n % 2 == 0 { -f64::from(n) } else { f64::from(n) };
            assert_eq!(powi(-1.0f64, n, functions::powi(-1.0, n)), expected, "{n}");
        }
    }
}
