//! ½ r² near 0, δ (|r| − ½ δ) beyond δ.

use nalgebra::SVector;

use crate::loss::mse_loss::half_square_of;
use crate::loss::{Direct, InvalidTarget, Loss, Values, sum, sum_and_gradient};
use crate::scalar::Scalar;
use crate::shape::Width;

/// The Huber loss of one sample, for regression with outliers: with rᵢ = yᵢ − dᵢ, the sum over the outputs of
/// ½ rᵢ² where |rᵢ| ≤ δ, else δ (|rᵢ| − ½ δ). δ is above 0. y is the network's output as it is.
///
/// # Targets
/// `SVector<T, N>`: the values d that the outputs should have.
///
/// # Gradient
/// dyᵢ = rᵢ, but not beyond ±δ.
///
/// # Source
/// Huber, *Robust estimation of a location parameter*, Annals of Mathematical Statistics 35 (1964).
#[derive(Clone, Copy, Debug)]
pub struct HuberLoss<T>(
    /// δ, where the parabola becomes a straight line.
    pub T,
);

impl<T> Direct for HuberLoss<T> {}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Values<T, N>> for HuberLoss<T> {
    fn value(&self, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
        sum(y, target, |y, d| huber(y - d, self.0))
    }

    fn backward(&self, y: &SVector<T, N>, target: &SVector<T, N>, scale: T, dy: &mut SVector<T, N>) -> T {
        sum_and_gradient(y, target, scale, dy, |y, d| huber(y - d, self.0))
    }

    fn check(&self, target: &SVector<T, N>) -> Result<(), InvalidTarget> {
        InvalidTarget::unless_finite(target.as_slice())
    }
}

#[inline]
fn huber<T: Scalar>(r: T, delta: T) -> (T, T) {
    let half = T::from_f64(0.5);
    if r.abs() <= delta {
        (half_square_of(r), r)
    } else {
        let sign = if r < T::ZERO { -T::ONE } else { T::ONE };
        (delta * (r.abs() - half * delta), sign * delta)
    }
}
