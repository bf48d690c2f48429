//! Moving averages of gradient and squared gradient, corrected for their start at zero.

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, Step, kernel, unless_negligible};
use crate::scalar::Scalar;

/// Adam: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; in step t,
/// w ← w − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
///
/// A gradient below 1e-17 (1e-150 in `f64`) counts as 0, as in all optimisers that square it: the square would be a denormal.
///
/// # Source
/// Kingma and Ba, *Adam: a method for stochastic optimization*, ICLR 2015, algorithm 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam<T> {
    /// η.
    pub learning_rate: T,
    /// β₁, between 0 and 1: how slowly the mean of the gradient fades.
    pub beta1: T,
    /// β₂, between 0 and 1: how slowly the mean of its square fades.
    pub beta2: T,
    /// ε, which keeps the quotient finite.
    pub epsilon: T,
}

impl<T: Scalar> Adam<T> {
    /// With this learning rate, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
    pub fn new(learning_rate: T) -> Self {
        Self { learning_rate, beta1: T::from_f64(0.9), beta2: T::from_f64(0.999), epsilon: T::from_f64(1e-8) }
    }
}

impl<T: Scalar> Optimizer<T> for Adam<T> {
    type Memory = [T; 2];
    /// 1 − β₁ᵗ and 1 − β₂ᵗ: what the same moving averages make of a gradient that is always 1.
    type Common = [T; 2];

    const NAME: &'static str = "Adam";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        Setting("learning_rate", self.learning_rate).not_negative()?;
        Setting("beta1", self.beta1).below_one()?;
        Setting("beta2", self.beta2).below_one()?;
        Setting("epsilon", self.epsilon).positive()
    }

    /// As in section 2 of the paper, end of the algorithm: η m̂ / (√v̂ + ε) = (η √c₂ / c₁) m / (√v + ε √c₂).
    #[inline]
    fn begin(&self, step: Step<T>, [c1, c2]: &mut [T; 2]) -> (Self, Step<T>) {
        *c1 = self.beta1 * *c1 + (T::ONE - self.beta1);
        *c2 = self.beta2 * *c2 + (T::ONE - self.beta2);
        let root = c2.sqrt();
        let learning_rate = step.learning_rate * root / *c1;
        (Self { epsilon: self.epsilon * root, ..*self }, Step { learning_rate, ..step })
    }

    #[inline(always)]
    fn direction<V: Lanes<T>>(&self, gradient: V, [m, v]: [V; 2]) -> (V, [V; 2]) {
        let gradient = unless_negligible(gradient);
        let m = (V::splat(self.beta1) * m + V::splat(T::ONE - self.beta1) * gradient).flushed();
        let v = (V::splat(self.beta2) * v + V::splat(T::ONE - self.beta2) * gradient * gradient).flushed();
        (m / (v.sqrt() + V::splat(self.epsilon)), [m, v])
    }

    kernel!(adam);
}
