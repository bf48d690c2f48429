//! What layers that compute every value by itself have in common.

use crate::kernels::Elementary;
use crate::scalar::Scalar;

/// Makes a layer of a type with an [`Activation`](crate::kernels::Activation), by the two kernels that
/// [`dispatch`](crate::kernels) has for it.
macro_rules! elementwise {
    ($layer:ty, $values:ident, $derivatives:ident, keeps $keeps:ident) => {
        impl<T: $crate::Scalar> $crate::layer::InPlace<T> for $layer {
            const KEEPS: $crate::layer::Keeps = $crate::layer::Keeps::$keeps;
            const IN_REGISTERS: bool = true;

            #[inline]
            fn forward<V: $crate::params::Params<T>>(&self, xy: &mut [V]) {
                T::$values($crate::kernels::Available::current(), *self, $crate::params::flat_mut(xy));
            }

            #[inline]
            fn backward<V: $crate::params::Params<T>>(&self, kept: &[V], d: &mut [V]) {
                let (kept, d) = ($crate::params::flat(kept), $crate::params::flat_mut(d));
                T::$derivatives($crate::kernels::Available::current(), *self, kept, d);
            }

            #[inline(always)]
            fn value<V: $crate::kernels::Elementary<T>>(&self, x: V) -> V {
                $crate::kernels::Activation::value(*self, x)
            }

            #[inline(always)]
            fn derivative<V: $crate::kernels::Elementary<T>>(&self, kept: V) -> V {
                $crate::kernels::Activation::derivative(*self, kept)
            }
        }

        $crate::layer::keeps_width!($layer);
    };
}
pub(super) use elementwise;

/// x, but ±1000 beyond, where smooth activations have long become straight lines and infinity times 0 would be NaN.
#[inline(always)]
pub(super) fn within_bounds<T: Scalar, V: Elementary<T>>(x: V) -> V {
    let bound = V::splat(T::from_f64(1000.0));
    x.if_greater(bound, bound, (-bound).max(x))
}
