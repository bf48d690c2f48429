//! y = max(0, x).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// The rectified linear unit: y = max(0, x).
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy where y > 0, else 0; at x = 0 the derivative is taken to be 0. NaN stays NaN.
///
/// # Source
/// Nair and Hinton, *Rectified linear units improve restricted Boltzmann machines*, ICML 2010.
#[derive(Clone, Copy, Debug, Default)]
pub struct Relu;

impl<T: Scalar> Activation<T> for Relu {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        V::splat(T::ZERO).max(x)
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, y: V) -> V {
        y.if_greater(V::splat(T::ZERO), V::splat(T::ONE), V::splat(T::ZERO))
    }
}

elementwise!(Relu, relu, relu_backward, keeps Output);
