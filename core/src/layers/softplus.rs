//! y = ln(1 + exp x).

use crate::kernels::{Activation, Elementary, one};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// Softplus, the smooth rectifier: y = ln(1 + exp x). 0 in place of a denormal, for x below −87.3 in `f32`.
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
#[inline(always)]
pub(crate) fn softplus_of<T: Scalar, V: Elementary<T>>(x: V) -> V {
    let zero = V::splat(T::ZERO);
    let positive = x.if_greater(zero, x, zero);
    positive + (-x.abs()).exp().ln_1p_of_unit()
}

#[inline]
pub(crate) fn softplus<T: Scalar>(x: T) -> T {
    one(x, |x| softplus_of(x))
}

impl<T: Scalar> Activation<T> for Softplus {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        softplus_of(x)
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, y: V) -> V {
        V::splat(T::NEGLIGIBLE).if_greater(y, V::splat(T::ZERO), -(-y).exp_m1())
    }
}

elementwise!(Softplus, softplus, softplus_backward, keeps Output);
