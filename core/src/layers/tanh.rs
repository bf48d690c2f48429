//! y = tanh x.

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
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

impl<T: Scalar> Activation<T> for Tanh {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x.tanh()
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, y: V) -> V {
        // (1 − y)(1 + y) keeps the digits that 1 − y² loses where |y| is close to 1.
        (V::splat(T::ONE) - y) * (V::splat(T::ONE) + y)
    }
}

elementwise!(Tanh, tanh_values, tanh_backward, keeps Output);
