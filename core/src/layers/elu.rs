//! y = x for x > 0, else α (exp x − 1).

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
use crate::scalar::Scalar;

/// The exponential linear unit: y = x for x > 0, else α (exp x − 1), with α above 0.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy where y > 0, else (y + α) dy.
///
/// # Source
/// Clevert, Unterthiner and Hochreiter, *Fast and accurate deep network learning by exponential linear
/// units*, ICLR 2016.
#[derive(Clone, Copy, Debug)]
pub struct Elu<T>(
    /// α.
    pub T,
);

impl<T: Scalar> InPlace<T> for Elu<T> {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| if x < T::ZERO { self.0 * x.exp_m1() } else { x });
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |y| if y > T::ZERO { T::ONE } else { y + self.0 });
    }
}

keeps_width!(Elu<T>);
