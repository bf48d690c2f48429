//! What layers that compute every value by itself have in common.

/// Makes a layer of a type with an [`Activation`](crate::kernels::Activation), by the two kernels that
/// [`dispatch`](crate::kernels) has for it.
macro_rules! elementwise {
    ($layer:ty, $values:ident, $derivatives:ident, keeps $keeps:ident) => {
        impl<T: $crate::Scalar> $crate::layer::InPlace<T> for $layer {
            const KEEPS: $crate::layer::Keeps = $crate::layer::Keeps::$keeps;

            #[inline]
            fn forward<V: $crate::params::Params<T>>(&self, xy: &mut [V]) {
                T::$values($crate::kernels::Available::current(), *self, $crate::params::flat_mut(xy));
            }

            #[inline]
            fn backward<V: $crate::params::Params<T>>(&self, kept: &[V], d: &mut [V]) {
                let (kept, d) = ($crate::params::flat(kept), $crate::params::flat_mut(d));
                T::$derivatives($crate::kernels::Available::current(), *self, kept, d);
            }

            #[inline]
            fn after_affine<const IN: usize, const OUT: usize>(
                &self,
                weight: &[T],
                bias: &[T],
                x: &[T],
                y: &mut [T],
            ) -> bool {
                let at = $crate::kernels::Available::current();
                $crate::kernels::small::forward::<T, IN, OUT>(at, *self, weight, bias, x, y)
            }

            #[inline]
            fn before_affine<const IN: usize, const OUT: usize>(
                &self,
                weight: &[T],
                kept: &[T],
                dy: &[T],
                dx: &mut [T],
            ) -> bool {
                let at = $crate::kernels::Available::current();
                $crate::kernels::small::backward_input::<T, IN, OUT>(at, *self, weight, kept, dy, dx)
            }
        }

        $crate::layer::keeps_width!($layer);
    };
}
pub(super) use elementwise;
