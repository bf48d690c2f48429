//! y = x / (1 + exp(−x)).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
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

impl<T: Scalar> Activation<T> for Silu {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x.silu()
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, x: V) -> V {
        let s = x.sigmoid();
        s * (V::splat(T::ONE) + x * (V::splat(T::ONE) - s))
    }
}

elementwise!(Silu, silu, silu_backward, keeps Input);
