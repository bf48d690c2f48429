//! y = x tanh(ln(1 + exp x)).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::{elementwise, within_bounds};
use crate::layers::softplus::softplus_of;
use crate::scalar::Scalar;

/// Mish, a smooth activation that lets a little of negative x through: y = x tanh(softplus(x)) with
/// softplus(x) = ln(1 + exp x). At −∞ it is 0, the limit, and in `f32` already below −87.3, where exp x is a denormal.
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
        // At −∞ the limit.
        (-V::splat(T::from_f64(1000.0))).max(x) * softplus_of(x).tanh()
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, x: V) -> V {
        let (x, one) = (within_bounds(x), V::splat(T::ONE));
        let t = softplus_of(x).tanh();
        let derivative = t + x * x.sigmoid() * ((one - t) * (one + t));
        V::splat(T::NEGLIGIBLE).if_greater(t, V::splat(T::ZERO), derivative)
    }
}

elementwise!(Mish, mish, mish_backward, keeps Input);
