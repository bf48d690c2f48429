//! y = ln(1 + exp x).

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
use crate::scalar::Scalar;

/// Softplus, the smooth rectifier: y = ln(1 + exp x).
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy / (1 + exp(−x)) = (1 − exp(−y)) dy.
///
/// # Source
/// Dugas, Bengio, Bélisle, Nadeau and Garcia, *Incorporating second-order functional knowledge for better
/// option pricing*, NIPS 2000.
#[derive(Clone, Copy, Debug, Default)]
pub struct Softplus;

/// ln(1 + exp x), without overflow for large x.
#[inline]
pub(crate) fn softplus<T: Scalar>(x: T) -> T {
    let positive = if x > T::ZERO { x } else { T::ZERO };
    positive + (-x.abs()).exp().ln_1p()
}

impl<T: Scalar> InPlace<T> for Softplus {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| softplus(x));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |y| -(-y).exp_m1());
    }
}

keeps_width!(Softplus);
