//! y = max(0, x).

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
use crate::scalar::Scalar;

/// The rectified linear unit: y = max(0, x).
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy where y > 0, else 0; at x = 0 the derivative is taken to be 0. NaN stays NaN.
///
/// # Source
/// Nair and Hinton, *Rectified linear units improve restricted Boltzmann machines*, ICML 2010.
#[derive(Clone, Copy, Debug, Default)]
pub struct Relu;

impl<T: Scalar> InPlace<T> for Relu {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| if x < T::ZERO { T::ZERO } else { x });
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |y| if y > T::ZERO { T::ONE } else { T::ZERO });
    }
}

keeps_width!(Relu);
