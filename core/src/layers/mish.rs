//! y = x tanh(ln(1 + exp x)).

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::layers::{sigmoid, softplus};
use crate::params::Params;
use crate::scalar::Scalar;

/// Mish, a smooth activation that lets a little of negative x through: y = x tanh(softplus(x)) with
/// softplus(x) = ln(1 + exp x).
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = (t + x σ(x) (1 − t²)) dy with t = tanh(softplus(x)) and σ(x) = 1 / (1 + exp(−x)).
///
/// # Source
/// Misra, *Mish: a self regularized non-monotonic activation function*, BMVC 2020.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mish;

impl<T: Scalar> InPlace<T> for Mish {
    const KEEPS: Keeps = Keeps::Input;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| x * softplus(x).tanh());
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |x| {
            let t = softplus(x).tanh();
            t + x * sigmoid(x) * (T::ONE - t * t)
        });
    }
}

keeps_width!(Mish);
