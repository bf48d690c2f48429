//! y = x tanh(ln(1 + exp x)).

use crate::kernels::{Activation, Available, Lanes};
use crate::layer::{InPlace, Keeps, keeps_width};
use crate::layers::softplus::softplus_of;
use crate::params::{Params, flat, flat_mut};
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
        T::mish(Available::current(), *self, flat_mut(xy));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        T::mish_backward(Available::current(), *self, flat(kept), flat_mut(d));
    }
}

impl<T: Scalar> Activation<T> for Mish {
    #[inline(always)]
    fn value<V: Lanes<T>>(self, x: V) -> V {
        x * softplus_of(x).tanh()
    }

    #[inline(always)]
    fn derivative<V: Lanes<T>>(self, x: V) -> V {
        let t = softplus_of(x).tanh();
        t + x * x.sigmoid() * (V::splat(T::ONE) - t * t)
    }
}

keeps_width!(Mish);
