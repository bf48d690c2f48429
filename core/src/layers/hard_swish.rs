//! y = x min(max(x + 3, 0), 6) / 6.

use crate::layer::{InPlace, Keeps, keeps_width, map, multiply};
use crate::params::Params;
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

impl<T: Scalar> InPlace<T> for HardSwish {
    const KEEPS: Keeps = Keeps::Input;

    #[inline]
    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        map(xy, |x| {
            let three = T::from_f64(3.0);
            if x <= -three {
                T::ZERO
            } else if x >= three {
                x
            } else {
                x * (x + three) / T::from_f64(6.0)
            }
        });
    }

    #[inline]
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        multiply(kept, d, |x| {
            let three = T::from_f64(3.0);
            if x <= -three {
                T::ZERO
            } else if x >= three {
                T::ONE
            } else {
                (x + x + three) / T::from_f64(6.0)
            }
        });
    }
}

keeps_width!(HardSwish);
