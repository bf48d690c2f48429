//! ½ ‖y − d‖².

use nalgebra::SVector;

use crate::loss::{Direct, InvalidTarget, Loss, Values, sum, sum_and_gradient};
use crate::scalar::Scalar;
use crate::shape::Width;

/// The squared error of one sample, ½ Σᵢ (yᵢ − dᵢ)², for regression. y is the network's output as it is.
///
/// Summed over the outputs, averaged over the samples: the loss of n samples is 1/(2n) Σ ‖y − d‖². (A loss
/// that also averages over the N outputs, as PyTorch's `MSELoss` does, is 2/N times this one.)
///
/// # Targets
/// `SVector<T, N>`: the values d that the outputs should have.
///
/// # Gradient
/// dy = y − d.
///
/// # Source
/// Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors*, Nature 323 (1986),
/// equation (3).
#[derive(Clone, Copy, Debug, Default)]
pub struct MseLoss;

impl Direct for MseLoss {}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Values<T, N>> for MseLoss {
    fn value(&self, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
        sum(y, target, half_square)
    }

    fn backward(&self, y: &SVector<T, N>, target: &SVector<T, N>, scale: T, dy: &mut SVector<T, N>) -> T {
        sum_and_gradient(y, target, scale, dy, half_square)
    }

    fn check(&self, target: &SVector<T, N>) -> Result<(), InvalidTarget> {
        InvalidTarget::unless_finite(target.as_slice())
    }
}

#[inline]
fn half_square<T: Scalar>(y: T, d: T) -> (T, T) {
    let r = y - d;
    (half_square_of(r), r)
}

/// ½ r², or 0 where that would be a denormal.
#[inline]
pub(super) fn half_square_of<T: Scalar>(r: T) -> T {
    let squarable = if r.abs() < T::SQUARABLE { T::ZERO } else { r };
    T::from_f64(0.5) * squarable * squarable
}
