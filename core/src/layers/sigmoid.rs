//! y = 1 / (1 + exp(−x)).

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
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
        map(xy, |x| sigmoid(x));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |y| y * (T::ONE - y));
    }
}

keeps_width!(Sigmoid);
