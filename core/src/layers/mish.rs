//! y = x tanh(ln(1 + exp x)).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::layers::softplus::softplus_of;
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

impl<T: Scalar> Activation<T> for Mish {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        x * softplus_of(x).tanh()
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, x: V) -> V {
        let t = softplus_of(x).tanh();
        t + x * x.sigmoid() * (V::splat(T::ONE) - t * t)
    }
}

elementwise!(Mish, mish, mish_backward, keeps Input);
