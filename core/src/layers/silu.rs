//! y = x / (1 + exp(−x)).

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::layers::sigmoid::sigmoid;
use crate::params::Params;
use crate::scalar::Scalar;

/// The sigmoid linear unit, also known as swish: y = x σ(x) with σ(x) = 1 / (1 + exp(−x)).
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = σ(x) (1 + x (1 − σ(x))) dy.
///
/// # Source
/// Elfwing, Uchibe and Doya, *Sigmoid-weighted linear units for neural network function approximation in
/// reinforcement learning*, Neural Networks 107 (2018).
#[doc(alias = "Swish")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Silu;

impl<T: Scalar> InPlace<T> for Silu {
    const KEEPS: Keeps = Keeps::Input;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| x * sigmoid(x));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |x| {
            let s = sigmoid(x);
            s * (T::ONE + x * (T::ONE - s))
        });
    }
}

keeps_width!(Silu);
