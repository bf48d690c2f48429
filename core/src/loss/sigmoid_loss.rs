//! Binary cross-entropy of the sigmoid of logits.

use nalgebra::SVector;

use crate::layers::{sigmoid, softplus};
use crate::loss::{InvalidTarget, Logits, Loss, Values, sum, sum_and_gradient};
use crate::scalar::Scalar;
use crate::shape::Width;

/// Sigmoid and binary cross-entropy in one, for yes/no outputs: the sum over the outputs of
/// −dᵢ ln σ(yᵢ) − (1 − dᵢ) ln(1 − σ(yᵢ)) with σ(y) = 1 / (1 + exp(−y)), stable for logits of any size.
///
/// # Targets
/// `SVector<T, N>`: for every output the probability of yes, 1 for yes and 0 for no. What is not from 0 to 1 is an
/// [`InvalidTarget`].
///
/// # Gradient
/// dy = σ(y) − d.
///
/// # Source
/// Bishop, *Pattern recognition and machine learning* (2006), section 4.3.2.
#[derive(Clone, Copy, Debug, Default)]
pub struct SigmoidLoss;

impl Logits for SigmoidLoss {
    fn probabilities<T: Scalar>(logits: &mut [T]) {
        for y in logits {
            *y = sigmoid(*y);
        }
    }
}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Values<T, N>> for SigmoidLoss {
    fn value(&self, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
        sum(y, target, cross_entropy)
    }

    fn backward(&self, y: &SVector<T, N>, target: &SVector<T, N>, scale: T, dy: &mut SVector<T, N>) -> T {
        sum_and_gradient(y, target, scale, dy, cross_entropy)
    }

    fn check(&self, target: &SVector<T, N>) -> Result<(), InvalidTarget> {
        InvalidTarget::unless_probabilities(target.as_slice())
    }
}

#[inline]
fn cross_entropy<T: Scalar>(y: T, d: T) -> (T, T) {
    // −d ln σ(y) − (1 − d) ln(1 − σ(y)), without ever computing ln of something near 0.
    let loss = if d >= T::ZERO && d <= T::ONE { softplus(y) - d * y } else { T::NAN };
    (loss, sigmoid(y) - d)
}
