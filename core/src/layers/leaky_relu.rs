//! y = x for x > 0, else slope · x.

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
use crate::scalar::Scalar;

/// The leaky rectified linear unit: y = x for x > 0, else slope · x, with a slope of 0 or more.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy where y > 0, else slope · dy.
///
/// # Source
/// Maas, Hannun and Ng, *Rectifier nonlinearities improve neural network acoustic models*, ICML 2013.
#[derive(Clone, Copy, Debug)]
pub struct LeakyRelu<T>(
    /// The slope for negative x.
    pub T,
);

impl<T: Scalar> InPlace<T> for LeakyRelu<T> {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| if x < T::ZERO { self.0 * x } else { x });
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |y| if y > T::ZERO { T::ONE } else { self.0 });
    }
}

keeps_width!(LeakyRelu<T>);
