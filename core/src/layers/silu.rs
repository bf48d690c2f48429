//! y = x / (1 + exp(−x)).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::{elementwise, within_bounds};
use crate::layers::sigmoid;
use crate::scalar::Scalar;

/// The sigmoid linear unit, also known as swish: y = x σ(x) with σ(x) = 1 / (1 + exp(−x)). At −∞ it is 0, the limit, where the
/// formula as it stands is NaN.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = σ(x) (1 + x (1 − σ(x))) dy.
///
/// # Source
/// Elfwing, Uchibe and Doya, *Sigmoid-weighted linear units for neural network function approximation in
/// reinforcement learning*, Neural Networks 107 (2018).
#[doc(alias = "Swish")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Silu;

/// x σ(x), for one scalar. At −∞ the limit.
#[inline]
pub(crate) fn silu<T: Scalar>(x: T) -> T {
    if x < T::LOWEST_EXPONENT - T::from_f64(4.5) {
        T::ZERO
    } else if x < T::LOWEST_EXPONENT {
        // Here x eˣ is not yet a denormal, but eˣ is.
        let root = (T::from_f64(0.5) * x).exp();
        x * root * root
    } else {
        x * sigmoid(x)
    }
}

impl<T: Scalar> Activation<T> for Silu {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x.silu()
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, x: V) -> V {
        let (x, one) = (within_bounds(x), V::splat(T::ONE));
        let s = x.sigmoid();
        V::splat(T::NEGLIGIBLE).if_greater(s, V::splat(T::ZERO), s * (one + x * (one - s)))
    }
}

elementwise!(Silu, silu, silu_backward, keeps Input);
