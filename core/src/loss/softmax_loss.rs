//! Cross-entropy of the softmax of logits.

use nalgebra::SVector;

use crate::class::Class;
use crate::layers::softmax;
use crate::loss::{Logits, Loss, OneClass, Values};
use crate::scalar::Scalar;
use crate::shape::Width;

/// Softmax and cross-entropy in one, for one class out of N: −Σᵢ dᵢ ln pᵢ with p = softmax(y).
///
/// # Targets
/// [`Class<N>`](Class): the right class; or `SVector<T, N>`: a distribution d over the classes, which adds up
/// to 1.
///
/// # Gradient
/// dy = p − d; with a label, p minus 1 at the label.
///
/// # Source
/// Bridle, *Probabilistic interpretation of feedforward classification network outputs* (1990).
#[doc(alias = "CrossEntropy")]
#[derive(Clone, Copy, Debug, Default)]
pub struct SoftmaxLoss;

impl OneClass for SoftmaxLoss {}

impl Logits for SoftmaxLoss {
    fn probabilities<T: Scalar>(logits: &mut [T]) {
        softmax(logits);
    }
}

/// ln Σ exp yᵢ.
fn log_sum_exp<T: Scalar, const N: usize>(y: &SVector<T, N>) -> T {
    let largest = y.iter().fold(T::from_f64(f64::NEG_INFINITY), |a, &b| a.max(b));
    largest + y.iter().map(|&y| (y - largest).exp()).sum::<T>().ln()
}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Class<N>> for SoftmaxLoss {
    fn value(&self, y: &SVector<T, N>, target: &Class<N>) -> T {
        let right = y.as_slice().get(target.index()).copied().unwrap_or(T::ZERO);
        log_sum_exp(y) - right
    }

    fn backward(&self, y: &SVector<T, N>, target: &Class<N>, scale: T, dy: &mut SVector<T, N>) -> T {
        let right = y.as_slice().get(target.index()).copied().unwrap_or(T::ZERO);
        let log_sum = probabilities_into(y, dy);
        if let Some(dy) = dy.as_mut_slice().get_mut(target.index()) {
            *dy -= T::ONE;
        }
        for dy in dy.iter_mut() {
            *dy *= scale;
        }
        log_sum - right
    }
}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Values<T, N>> for SoftmaxLoss {
    fn value(&self, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
        cross_entropy(log_sum_exp(y), y, target)
    }

    fn backward(&self, y: &SVector<T, N>, target: &SVector<T, N>, scale: T, dy: &mut SVector<T, N>) -> T {
        let log_sum = probabilities_into(y, dy);
        // For a d that adds up to something else than 1, the derivative of the formula as it stands.
        let total: T = target.iter().copied().sum();
        for (dy, &d) in dy.iter_mut().zip(target) {
            *dy = scale * (total * *dy - d);
        }
        cross_entropy(log_sum, y, target)
    }
}

/// p = softmax(y); returns ln Σ exp yᵢ.
fn probabilities_into<T: Scalar, const N: usize>(y: &SVector<T, N>, p: &mut SVector<T, N>) -> T {
    for (p, &y) in p.iter_mut().zip(y) {
        *p = y;
    }
    let (largest, log_sum) = softmax(p.as_mut_slice());
    largest + log_sum
}

/// −Σ dᵢ ln pᵢ with ln pᵢ = yᵢ − ln Σ exp yⱼ.
fn cross_entropy<T: Scalar, const N: usize>(log_sum: T, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
    y.iter().zip(target).map(|(&y, &d)| d * (log_sum - y)).sum()
}
