//! Cross-entropy of the softmax of logits.

use core::slice::{from_mut, from_ref};

use nalgebra::SVector;

use crate::class::Class;
use crate::layer::copy;
use crate::layers::{exp_flushed, softmax};
use crate::loss::{InvalidTarget, Logits, Loss, OneClass};
use crate::params::flat_mut;
use crate::samples::{Kind, Values};
use crate::scalar::Scalar;
use crate::shape::Width;

/// Softmax and cross-entropy in one, for one class out of N: −Σᵢ dᵢ ln pᵢ with p = softmax(y).
///
/// # Targets
/// [`Class<N>`](Class): the right class; or `SVector<T, N>`: a distribution d over the classes. What is negative, or does
/// not add up to 1 within 0.01, is an [`InvalidTarget`].
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
        softmax(logits.len(), T::ONE, logits, &mut []);
    }
}

/// ln Σ exp yᵢ.
fn log_sum_exp<T: Scalar, const N: usize>(y: &SVector<T, N>) -> T {
    let largest = y.iter().fold(T::from_f64(f64::NEG_INFINITY), |a, &b| a.max(b));
    largest + y.iter().map(|&y| exp_flushed(y - largest)).sum::<T>().ln()
}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Class<N>> for SoftmaxLoss {
    fn value(&self, y: &SVector<T, N>, target: &Class<N>) -> T {
        let right = y.as_slice().get(target.index()).copied().unwrap_or(T::ZERO);
        log_sum_exp(y) - right
    }

    fn backward(&self, y: &SVector<T, N>, target: &Class<N>, scale: T, dy: &mut SVector<T, N>) -> T {
        one::<T, N, Class<N>>(self, y, target, scale, dy)
    }

    #[inline]
    fn backward_all(
        &self,
        y: &[SVector<T, N>],
        targets: &[Class<N>],
        scale: T,
        dy: &mut [SVector<T, N>],
        losses: &mut [T],
    ) {
        copy::<T, _>(y, dy);
        softmax(N, scale, flat_mut(dy), losses);
        for (((y, dy), target), loss) in y.iter().zip(dy).zip(targets).zip(losses) {
            let index = target.index();
            if let (Some(&right), Some(dy)) = (y.as_slice().get(index), dy.as_mut_slice().get_mut(index)) {
                *loss -= right;
                *dy -= scale;
            }
        }
    }
}

impl<T: Scalar, const N: usize> Loss<T, Width<N>, Values<T, N>> for SoftmaxLoss {
    fn value(&self, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
        cross_entropy(log_sum_exp(y), y, target)
    }

    fn backward(&self, y: &SVector<T, N>, target: &SVector<T, N>, scale: T, dy: &mut SVector<T, N>) -> T {
        one::<T, N, Values<T, N>>(self, y, target, scale, dy)
    }

    fn backward_all(
        &self,
        y: &[SVector<T, N>],
        targets: &[SVector<T, N>],
        scale: T,
        dy: &mut [SVector<T, N>],
        losses: &mut [T],
    ) {
        copy::<T, _>(y, dy);
        softmax(N, scale, flat_mut(dy), losses);
        for (((y, dy), target), loss) in y.iter().zip(dy).zip(targets).zip(losses) {
            // For a d that does not quite add up to 1, the derivative of the formula as it stands.
            let total: T = target.iter().copied().sum();
            for (dy, &d) in dy.iter_mut().zip(target) {
                *dy = total * *dy - scale * d;
            }
            *loss = cross_entropy(*loss, y, target);
        }
    }

    fn check(&self, target: &SVector<T, N>) -> Result<(), InvalidTarget> {
        InvalidTarget::unless_probabilities(target.as_slice())?;
        let sum: T = target.iter().copied().sum();
        if adds_up(sum) { Ok(()) } else { Err(InvalidTarget::NotADistribution) }
    }
}

/// Whether a sum of probabilities is 1: roughly, since they may have been rounded to two or three decimals.
fn adds_up<T: Scalar>(sum: T) -> bool {
    (sum - T::ONE).abs() <= T::from_f64(0.01)
}

/// One sample as a mini-batch.
fn one<T: Scalar, const N: usize, K: Kind>(
    loss: &impl Loss<T, Width<N>, K>,
    y: &SVector<T, N>,
    target: &K::Sample,
    scale: T,
    dy: &mut SVector<T, N>,
) -> T {
    let mut value = T::ZERO;
    loss.backward_all(from_ref(y), from_ref(target), scale, from_mut(dy), from_mut(&mut value));
    value
}

/// −Σ dᵢ ln pᵢ with ln pᵢ = yᵢ − ln Σ exp yⱼ, where 0 ln 0 is 0; NaN if d is no distribution.
fn cross_entropy<T: Scalar, const N: usize>(log_sum: T, y: &SVector<T, N>, target: &SVector<T, N>) -> T {
    let (mut loss, mut sum, mut least) = (T::ZERO, T::ZERO, T::ZERO);
    for (&y, &d) in y.iter().zip(target) {
        loss += if d == T::ZERO { T::ZERO } else { d * (log_sum - y) };
        sum += d;
        least = least.min(d);
    }
    if adds_up(sum) && least == T::ZERO { loss } else { T::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn huge_logits_have_finite_losses_the_same_with_and_without_a_gradient() {
        fn check<K: Kind>(y: [f32; 3], target: &K::Sample, expected: f32)
        where
            SoftmaxLoss: Loss<f32, Width<3>, K>,
        {
            let (y, mut dy) = (SVector::from(y), SVector::zeros());
            let value = Loss::<f32, Width<3>, K>::value(&SoftmaxLoss, &y, target);
            let with_gradient = Loss::<f32, Width<3>, K>::backward(&SoftmaxLoss, &y, target, 1.0, &mut dy);
            assert_eq!((value, with_gradient), (expected, expected), "{y:?}");
            assert!(dy.iter().all(|d| d.is_finite()), "{dy:?}");
        }
        let (first, last) = (Class::<3>::new(0).unwrap(), Class::<3>::new(2).unwrap());
        let half = SVector::from([0.5, 0.0, 0.5]);
        check::<Class<3>>([1e6, 0.0, -1e6], &first, 0.0);
        check::<Class<3>>([1e6, 0.0, -1e6], &last, 2e6);
        check::<Class<3>>([-2e6, -3e6, -1e6], &first, 1e6);
        check::<Values<f32, 3>>([1e6, 0.0, -1e6], &half, 1e6);
    }
}
