//! Steps in the unit of the parameters, from two moving averages.

use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, flush, walk};
use crate::params::Params;
use crate::scalar::Scalar;

/// Adadelta, which needs no learning rate:
/// h ← ρ h + (1 − ρ) g²; Δ = √(s + ε) / √(h + ε) · g; s ← ρ s + (1 − ρ) Δ²; w ← w − η Δ.
///
/// # Source
/// Zeiler, *ADADELTA: an adaptive learning rate method*, arXiv:1212.5701 (2012), algorithm 1, where η = 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adadelta<T> {
    /// η, 1 in the paper.
    pub learning_rate: T,
    /// ρ, between 0 and 1.
    pub decay: T,
    /// ε, which gets the first step going.
    pub epsilon: T,
}

impl<T: Scalar> Adadelta<T> {
    /// As in the paper: η = 1, ρ = 0.95 and ε = 1e-6.
    pub fn new() -> Self {
        Self { learning_rate: T::ONE, decay: T::from_f64(0.95), epsilon: T::from_f64(1e-6) }
    }
}

impl<T: Scalar> Default for Adadelta<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Scalar> Optimizer<T> for Adadelta<T> {
    type State<P: Params<T>> = [P; 2];

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn update<N: Network<Scalar = T>>(
        &self,
        step: Step<T>,
        network: &mut N,
        gradient: &GradientOf<N>,
        state: &mut [GradientOf<N>; 2],
    ) {
        let fresh = T::ONE - self.decay;
        walk(network, gradient, state, |w, g, [h, s]| {
            for (((w, &g), h), s) in w.iter_mut().zip(g).zip(h).zip(s) {
                *h = flush(self.decay * *h + fresh * g * g);
                let delta = ((*s + self.epsilon).sqrt() / (*h + self.epsilon).sqrt()) * g;
                *s = flush(self.decay * *s + fresh * delta * delta);
                *w = *w * step.decay - step.learning_rate * delta;
            }
        });
    }
}
