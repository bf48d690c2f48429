//! yᵢ = exp xᵢ / Σ exp xⱼ.

use crate::kernels::Available;
use crate::layer::{InPlace, Keeps, keeps_width};
use crate::params::{Params, flat_mut};
use crate::scalar::Scalar;

/// Softmax: yᵢ = exp xᵢ / Σⱼ exp xⱼ, probabilities that add up to 1.
///
/// As the last layer of a network that only infers. To train a classifier, end the chain with
/// [`SoftmaxLoss`](crate::loss::SoftmaxLoss), which holds the softmax.
///
/// # Shapes
/// Any; keeps it. The sum runs over all values of one sample.
///
/// # Gradient
/// dxᵢ = yᵢ (dyᵢ − Σⱼ yⱼ dyⱼ).
///
/// # Source
/// Bridle, *Probabilistic interpretation of feedforward classification network outputs* (1990). The largest
/// x is subtracted first, which changes nothing but keeps exp from overflowing. A probability below e⁻⁶⁴ times the
/// largest, or e⁻⁶⁰⁰ in `f64`, is 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Softmax;

/// Replaces the logits of samples of `width` classes by probabilities times `scale`, and `log_sums`, as far as it
/// reaches, by ln Σ exp x of each sample.
pub(crate) fn softmax<T: Scalar>(width: usize, scale: T, x: &mut [T], log_sums: &mut [T]) {
    T::softmax(Available::current(), width, scale, x, log_sums);
}

/// eˣ for x ≤ 0, but 0 where it is nothing beside 1.
#[inline]
pub(crate) fn exp_flushed<T: Scalar>(x: T) -> T {
    if x < T::NEGLIGIBLE_EXPONENT { T::ZERO } else { x.exp() }
}

impl<T: Scalar> InPlace<T> for Softmax {
    const KEEPS: Keeps = Keeps::Output;

    fn forward<V: Params<T>>(&self, xy: &mut [V]) {
        softmax(V::LEN, T::ONE, flat_mut(xy), &mut []);
    }

    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]) {
        for (y, d) in kept.iter().zip(d) {
            let (y, d) = (y.as_slice(), d.as_mut_slice());
            let mean: T = y.iter().zip(&*d).map(|(&y, &d)| y * d).sum();
            for (d, &y) in d.iter_mut().zip(y) {
                *d = y * (*d - mean);
            }
        }
    }
}

keeps_width!(Softmax);
