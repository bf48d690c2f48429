//! y = max(0, x).

use crate::kernels::{Activation, Available, Lanes, one};
use crate::layer::{InPlace, Keeps, keeps_width};
use crate::params::{Params, flat, flat_mut};
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

/// Up to how many values it is faster to compute than to ask for the best way to do so; the result is the same.
const SMALL: usize = 64;

impl<T: Scalar> InPlace<T> for Relu {
    const KEEPS: Keeps = Keeps::Output;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        let xy = flat_mut(xy);
        if xy.len() <= SMALL {
            xy.iter_mut().for_each(|x| *x = one(*x, |x| self.value(x)));
        } else {
            T::relu(Available::current(), *self, xy);
        }
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        let (kept, d) = (flat(kept), flat_mut(d));
        if d.len() <= SMALL {
            d.iter_mut().zip(kept).for_each(|(d, &y)| *d *= one(y, |y| self.derivative(y)));
        } else {
            T::relu_backward(Available::current(), *self, kept, d);
        }
    }
}

impl<T: Scalar> Activation<T> for Relu {
    #[inline(always)]
    fn value<V: Lanes<T>>(self, x: V) -> V {
        V::splat(T::ZERO).if_greater(x, V::splat(T::ZERO), x)
    }

    #[inline(always)]
    fn derivative<V: Lanes<T>>(self, y: V) -> V {
        y.if_greater(V::splat(T::ZERO), V::splat(T::ONE), V::splat(T::ZERO))
    }
}

keeps_width!(Relu);
