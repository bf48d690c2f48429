//! y = x Φ(x).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// The Gaussian error linear unit: y = x Φ(x) with Φ(x) = (1 + erf(x/√2)) / 2, exact, not the tanh
/// approximation. At −∞ it is 0, the limit, where the formula as it stands is NaN.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = (Φ(x) + x φ(x)) dy with φ(x) = exp(−x²/2) / √(2π).
///
/// # Source
/// Hendrycks and Gimpel, *Gaussian error linear units*, arXiv:1606.08415 (2016).
#[derive(Clone, Copy, Debug, Default)]
pub struct Gelu;

/// x Φ(x) and its derivative, for one scalar.
pub(crate) fn gelu<T: Scalar>(x: T) -> (T, T) {
    let half = T::from_f64(0.5);
    let squarable = if x.abs() < T::SQUARABLE { T::ZERO } else { x };
    let exponent = -half * squarable * squarable;
    // Beyond, Φ is a denormal or 1 less a denormal. So ±∞ is not multiplied by 0.
    if exponent < T::from_f64(0.9667) * T::LOWEST_EXPONENT {
        return if x < T::ZERO { (T::ZERO, T::ZERO) } else { (x, T::ONE) };
    }
    // By way of erfc, since Φ(x) = (1 + erf(x/√2)) / 2 cancels for x < 0.
    let twice_distribution = (x * T::from_f64(-core::f64::consts::FRAC_1_SQRT_2)).erfc();
    // 1/√(2π)
    let density = T::from_f64(0.398_942_280_401_432_7) * exponent.exp();
    let derivative = half * (twice_distribution + (x + x) * density);
    let derivative = if derivative.abs() < T::NEGLIGIBLE { T::ZERO } else { derivative };
    (half * x * twice_distribution, derivative)
}

impl<T: Scalar> Activation<T> for Gelu {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x.gelu().0
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, x: V) -> V {
        x.gelu().1
    }
}

elementwise!(Gelu, gelu, gelu_backward, keeps Input);

#[cfg(test)]
mod tests {
    use super::*;

    /// x and Φ(x).
    const DISTRIBUTION: [(f64, f64); 5] = [
        (-0.5, 0.308_537_538_725_986_9),
        (-3.0, 1.349_898_031_630_094_6e-3),
        (-6.0, 9.865_876_450_376_98e-10),
        (-8.0, 6.220_960_574_271_785e-16),
        (-10.0, 7.619_853_024_160_527e-24),
    ];

    #[test]
    fn values_far_below_0_have_all_their_digits() {
        for (x, distribution) in DISTRIBUTION {
            let exact = x * distribution;
            let (found, single) = (gelu(x).0, f64::from(gelu(x as f32).0));
            assert!((found / exact - 1.0).abs() < 1e-14, "{x}: {found}, not {exact}");
            assert!((single / exact - 1.0).abs() < 1e-5, "{x}: {single}, not {exact}");
        }
    }
}
