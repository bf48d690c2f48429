//! w ← w − η g.

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, kernel};
use crate::scalar::Scalar;

/// Stochastic gradient descent: w ← w − η g. Remembers nothing: its state has no size.
///
/// # Source
/// Robbins and Monro, *A stochastic approximation method*, Annals of Mathematical Statistics 22 (1951).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sgd<T> {
    /// η.
    pub learning_rate: T,
}

impl<T: Scalar> Sgd<T> {
    /// With this learning rate.
    pub const fn new(learning_rate: T) -> Self {
        Self { learning_rate }
    }
}

impl<T: Scalar> Optimizer<T> for Sgd<T> {
    type Memory = [T; 0];
    type Common = ();

    const NAME: &'static str = "Sgd";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        Setting("learning_rate", self.learning_rate).not_negative()
    }

    #[inline(always)]
    fn direction<V: Lanes<T>>(&self, gradient: V, []: [V; 0]) -> (V, [V; 0]) {
        (gradient, [])
    }

    kernel!(sgd);
}
