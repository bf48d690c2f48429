//! y = x for x > 0, else α (exp x − 1).

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// The exponential linear unit: y = x for x > 0, else α (exp x − 1), with α above 0.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = dy where y > 0, else (y + α) dy.
///
/// # Source
/// Clevert, Unterthiner and Hochreiter, *Fast and accurate deep network learning by exponential linear
/// units*, ICLR 2016.
#[derive(Clone, Copy, Debug)]
pub struct Elu<T>(
    /// α.
    pub T,
);

impl<T: Scalar> Activation<T> for Elu<T> {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        V::splat(T::ZERO).if_greater(x, V::splat(self.0) * x.exp_m1(), x)
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, y: V) -> V {
        y.if_greater(V::splat(T::ZERO), V::splat(T::ONE), y + V::splat(self.0))
    }
}

elementwise!(Elu<T>, elu, elu_backward, keeps Output);
