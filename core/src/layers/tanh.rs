//! y = tanh x.

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
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
        map(xy, |x| x.tanh());
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |y| {
            // (1 − y)(1 + y) keeps the digits that 1 − y² loses where |y| is close to 1.
            (T::ONE - y) * (T::ONE + y)
        });
    }
}

keeps_width!(Tanh);
