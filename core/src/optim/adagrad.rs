//! h ← h + g²; w ← w − η g / (√h + ε).

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, kernel, unless_negligible};
use crate::scalar::Scalar;

/// AdaGrad, a learning rate for every parameter that shrinks with the gradients it has seen:
/// h ← h + g²; w ← w − η g / (√h + ε).
///
/// # Source
/// Duchi, Hazan and Singer, *Adaptive subgradient methods for online learning and stochastic optimization*,
/// JMLR 12 (2011).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaGrad<T> {
    /// η.
    pub learning_rate: T,
    /// ε, which keeps the quotient finite.
    pub epsilon: T,
}

impl<T: Scalar> AdaGrad<T> {
    /// With this learning rate, and ε = 1e-10.
    pub fn new(learning_rate: T) -> Self {
        Self { learning_rate, epsilon: T::from_f64(1e-10) }
    }
}

impl<T: Scalar> Optimizer<T> for AdaGrad<T> {
    type Memory = [T; 1];
    type Common = ();

    const NAME: &'static str = "AdaGrad";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        Setting("learning_rate", self.learning_rate).not_negative()?;
        Setting("epsilon", self.epsilon).positive()
    }

    #[inline(always)]
    fn direction<V: Lanes<T>>(&self, gradient: V, [h]: [V; 1]) -> (V, [V; 1]) {
        let gradient = unless_negligible(gradient);
        let h = h + gradient * gradient;
        (gradient / (h.sqrt() + V::splat(self.epsilon)), [h])
    }

    kernel!(ada_grad);
}
