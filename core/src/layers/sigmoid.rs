//! y = 1 / (1 + exp(−x)).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// The logistic sigmoid: y = 1 / (1 + exp(−x)), between 0 and 1. 0 in place of a denormal, for x below −87.3 in `f32`.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = y (1 − y) dy.
///
/// # Source
/// Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors*, Nature 323 (1986).
#[derive(Clone, Copy, Debug, Default)]
pub struct Sigmoid;

/// eˣ, or 0 where it would be a denormal.
#[inline]
pub(crate) fn exp<T: Scalar>(x: T) -> T {
    if x < T::LOWEST_EXPONENT { T::ZERO } else { x.exp() }
}

/// 1 / (1 + exp(−x)), without overflow for either sign.
#[inline]
pub(crate) fn sigmoid<T: Scalar>(x: T) -> T {
    let e = exp(-x.abs());
    let numerator = if x < T::ZERO { e } else { T::ONE };
    // |x| loses the sign of NaN but not NaN itself.
    numerator / (T::ONE + e)
}

impl<T: Scalar> Activation<T> for Sigmoid {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x.sigmoid()
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, y: V) -> V {
        V::splat(T::NEGLIGIBLE).if_greater(y, V::splat(T::ZERO), y * (V::splat(T::ONE) - y))
    }
}

elementwise!(Sigmoid, sigmoid, sigmoid_backward, keeps Output);
