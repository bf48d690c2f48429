//! Steps in the unit of the parameters, from two moving averages.

use crate::kernels::{Available, Lanes, Rule};
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

    const NAME: &'static str = "Adadelta";

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
        walk(network, gradient, state, |w, g, memory| {
            T::adadelta(Available::current(), (*self, step), w, g, memory);
        });
    }
}

/// The settings of a step.
pub(crate) type AdadeltaRule<T> = (Adadelta<T>, Step<T>);

impl<T: Scalar> Rule<T, 2> for AdadeltaRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, [h, s]: [V; 2]) -> (V, [V; 2]) {
        let (rule, step) = self;
        let (decay, fresh, epsilon) = (V::splat(rule.decay), V::splat(T::ONE - rule.decay), V::splat(rule.epsilon));
        let h = flush(decay * h + fresh * gradient * gradient);
        let delta = ((s + epsilon).sqrt() / (h + epsilon).sqrt()) * gradient;
        let s = flush(decay * s + fresh * delta * delta);
        (w * V::splat(step.decay) - V::splat(step.learning_rate) * delta, [h, s])
    }
}
