//! y = x Φ(x).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// The Gaussian error linear unit: y = x Φ(x) with Φ(x) = (1 + erf(x/√2)) / 2, exact, not the tanh
/// approximation.
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

/// Φ(x), the distribution function of the standard normal distribution.
#[inline]
fn distribution<T: Scalar>(x: T) -> T {
    let scaled = x * T::from_f64(core::f64::consts::FRAC_1_SQRT_2);
    T::from_f64(0.5) * (T::ONE + scaled.erf())
}

/// x Φ(x) and its derivative, for one scalar.
pub(crate) fn gelu<T: Scalar>(x: T) -> (T, T) {
    // 1/√(2π)
    let scale = T::from_f64(0.398_942_280_401_432_7);
    let distribution = distribution(x);
    (x * distribution, distribution + x * scale * (T::from_f64(-0.5) * x * x).exp())
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
