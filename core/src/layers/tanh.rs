//! y = tanh x.

use crate::kernels::{Activation, Available, Lanes};
use crate::layer::{InPlace, Keeps, keeps_width};
use crate::params::{Params, flat, flat_mut};
use crate::scalar::Scalar;

/// The hyperbolic tangent: y = tanh x, between −1 and 1.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = (1 − y²) dy.
///
/// # Source
/// LeCun, Bottou, Orr and Müller, *Efficient backprop* (1998), section 4.4.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tanh;

impl<T: Scalar> InPlace<T> for Tanh {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        T::tanh_values(Available::current(), *self, flat_mut(xy));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        T::tanh_backward(Available::current(), *self, flat(kept), flat_mut(d));
    }
}

impl<T: Scalar> Activation<T> for Tanh {
    #[inline(always)]
    fn value<V: Lanes<T>>(self, x: V) -> V {
        x.tanh()
    }

    #[inline(always)]
    fn derivative<V: Lanes<T>>(self, y: V) -> V {
        // (1 − y)(1 + y) keeps the digits that 1 − y² loses where |y| is close to 1.
        (V::splat(T::ONE) - y) * (V::splat(T::ONE) + y)
    }
}

keeps_width!(Tanh);
