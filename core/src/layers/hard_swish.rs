//! y = x min(max(x + 3, 0), 6) / 6.

use crate::kernels::{Activation, Elementary};
use crate::layers::elementwise::elementwise;
use crate::scalar::Scalar;

/// Swish made of straight lines: y = x min(max(x + 3, 0), 6) / 6.
///
/// # Shapes
/// Any; keeps it.
///
/// # Gradient
/// dx = 0 for x ≤ −3, dy for x ≥ 3, else (2x + 3) / 6 · dy.
///
/// # Source
/// Howard et al., *Searching for MobileNetV3*, ICCV 2019, section 5.2.
#[derive(Clone, Copy, Debug, Default)]
pub struct HardSwish;

/// 0 up to −3, then `between`, and `above` from 3 on.
#[inline(always)]
fn pieces<T: Scalar, V: Elementary<T>>(x: V, between: V, above: V) -> V {
    let (zero, three) = (V::splat(T::ZERO), V::splat(T::from_f64(3.0)));
    // NaN is neither below nor above anything, and stays.
    let low = (-three).if_greater(x, zero, x * zero);
    x.if_greater(-three, three.if_greater(x, between, above), low)
}

impl<T: Scalar> Activation<T> for HardSwish {
    #[inline(always)]
    fn value<V: Elementary<T>>(self, x: V) -> V {
        pieces(x, x * (x + V::splat(T::from_f64(3.0))) / V::splat(T::from_f64(6.0)), x)
    }

    #[inline(always)]
    fn derivative<V: Elementary<T>>(self, x: V) -> V {
        let between = (x + x + V::splat(T::from_f64(3.0))) / V::splat(T::from_f64(6.0));
        pieces(x, between, V::splat(T::ONE))
    }
}

elementwise!(HardSwish, hard_swish, hard_swish_backward, keeps Input);
