//! The loss of a network that `network!` has found a mistake in.

use crate::class::Class;
use crate::loss::{Direct, Logits, Loss, OneClass};
use crate::samples::{Kind, Number, Values};
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector};

/// Takes and gives everything, so that a mistake in a chain is not followed by errors where the network is used. No
/// program is made with it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Mistaken;

#[diagnostic::do_not_recommend]
impl Direct for Mistaken {}

#[diagnostic::do_not_recommend]
impl OneClass for Mistaken {}

#[diagnostic::do_not_recommend]
impl Logits for Mistaken {
    fn probabilities<T: Scalar>(_: &mut [T]) {}
}

macro_rules! takes {
    ($([$($generics:tt)*] $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Scalar, S: Shape, $($generics)*> Loss<T, S, $kind> for Mistaken {
            fn value(&self, _: &Vector<T, S>, _: &<$kind as Kind>::Sample) -> T {
                T::ZERO
            }

            fn backward(
                &self,
                _: &Vector<T, S>,
                _: &<$kind as Kind>::Sample,
                _: T,
                _: &mut Vector<T, S>,
            ) -> T {
                T::ZERO
            }
        }
    )*};
}

takes! {
    [U: Number, const N: usize, const C: usize] Values<U, N, C>;
    [const N: usize] Class<N>;
}
