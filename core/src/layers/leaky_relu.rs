//! y = x for x > 0, else slope · x.

use crate::kernels::{Activation, Available, Lanes};
use crate::layer::{InPlace, Keeps, keeps_width};
use crate::params::{Params, flat, flat_mut};
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

impl<T: Scalar> InPlace<T> for LeakyRelu<T> {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        T::leaky_relu(Available::current(), *self, flat_mut(xy));
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        T::leaky_relu_backward(Available::current(), *self, flat(kept), flat_mut(d));
    }
}

impl<T: Scalar> Activation<T> for LeakyRelu<T> {
    #[inline(always)]
    fn value<V: Lanes<T>>(self, x: V) -> V {
        V::splat(T::ZERO).if_greater(x, V::splat(self.0) * x, x)
    }

    #[inline(always)]
    fn derivative<V: Lanes<T>>(self, y: V) -> V {
        y.if_greater(V::splat(T::ZERO), V::splat(T::ONE), V::splat(self.0))
    }
}

keeps_width!(LeakyRelu<T>);
