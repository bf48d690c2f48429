//! y = x for x > 0, else slope · x.

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// The leaky rectified linear unit: y = x for x > 0, else slope · x, with a slope of 0 or more.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy where y > 0, else slope · dy.
///
/// # Source
/// Maas, Hannun and Ng, *Rectifier nonlinearities improve neural network acoustic models*, ICML 2013.
#[derive(Clone, Copy, Debug)]
pub struct LeakyRelu<T>(
    /// The slope for negative x.
    pub T,
);

impl<T: Scalar> Activation<T> for LeakyRelu<T> {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        V::splat(T::ZERO).if_greater(x, V::splat(self.0) * x, x)
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, y: V) -> V {
        y.if_greater(V::splat(T::ZERO), V::splat(T::ONE), V::splat(self.0))
    }
}

elementwise!(LeakyRelu<T>, leaky_relu, leaky_relu_backward, keeps Output);
