//! y = 1 / (1 + exp(−x)).

use crate::kernels::{Activation, Available, Lanes};
use crate::layer::{InPlace, Keeps, keeps_width};
use crate::params::{Params, flat, flat_mut};
use crate::scalar::Scalar;

/// The logistic sigmoid: y = 1 / (1 + exp(−x)), between 0 and 1.
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

/// 1 / (1 + exp(−x)), without overflow for either sign.
#[inline]
pub(crate) fn sigmoid<T: Scalar>(x: T) -> T {
    let e = (-x.abs()).exp();
    let numerator = if x < T::ZERO { e } else { T::ONE };
    // |x| loses the sign of NaN but not NaN itself.
    numerator / (T::ONE + e)
}

impl<T: Scalar> InPlace<T> for Sigmoid {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        T::sigmoid(Available::current(), *self, flat_mut(xy));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        T::sigmoid_backward(Available::current(), *self, flat(kept), flat_mut(d));
    }
}

impl<T: Scalar> Activation<T> for Sigmoid {
    #[inline(always)]
    fn value<V: Lanes<T>>(self, x: V) -> V {
        x.sigmoid()
    }

    #[inline(always)]
    fn derivative<V: Lanes<T>>(self, y: V) -> V {
        y * (V::splat(T::ONE) - y)
    }
}

keeps_width!(Sigmoid);
