//! Steps in the unit of the parameters, from two moving averages.

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, kernel, unless_negligible};
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
    type Memory = [T; 2];
    type Common = ();

    const NAME: &'static str = "Adadelta";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        Setting("learning_rate", self.learning_rate).not_negative()?;
        Setting("decay", self.decay).below_one()?;
        Setting("epsilon", self.epsilon).positive()
    }

    #[inline(always)]
    fn direction<V: Lanes<T>>(&self, gradient: V, [h, s]: [V; 2]) -> (V, [V; 2]) {
        let (decay, fresh, epsilon) = (V::splat(self.decay), V::splat(T::ONE - self.decay), V::splat(self.epsilon));
        let gradient = unless_negligible(gradient);
        let h = (decay * h + fresh * gradient * gradient).flushed();
        let delta = ((s + epsilon).sqrt() / (h + epsilon).sqrt()) * gradient;
        let squarable = unless_negligible(delta);
        let s = (decay * s + fresh * squarable * squarable).flushed();
        (delta, [h, s])
    }

    kernel!(adadelta);
}
