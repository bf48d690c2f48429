//! h ← ρ h + (1 − ρ) g²; w ← w − η g / (√h + ε).

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, kernel, unless_negligible};
use crate::scalar::Scalar;

/// RMSProp, AdaGrad with a memory that fades: h ← ρ h + (1 − ρ) g²; w ← w − η g / (√h + ε).
///
/// # Source
/// Tieleman and Hinton, *Lecture 6.5: rmsprop*, Neural Networks for Machine Learning (2012).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsProp<T> {
    /// η.
    pub learning_rate: T,
    /// ρ, between 0 and 1.
    pub decay: T,
    /// ε, which keeps the quotient finite.
    pub epsilon: T,
}

impl<T: Scalar> RmsProp<T> {
    /// With this learning rate, ρ = 0.99 and ε = 1e-8.
    pub fn new(learning_rate: T) -> Self {
        Self { learning_rate, decay: T::from_f64(0.99), epsilon: T::from_f64(1e-8) }
    }
}

impl<T: Scalar> Optimizer<T> for RmsProp<T> {
    type Memory = [T; 1];
    type Common = ();

    const NAME: &'static str = "RmsProp";

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
    fn direction<V: Lanes<T>>(&self, gradient: V, [h]: [V; 1]) -> (V, [V; 1]) {
        let gradient = unless_negligible(gradient);
        let h = (V::splat(self.decay) * h + V::splat(T::ONE - self.decay) * gradient * gradient).flushed();
        (gradient / (h.sqrt() + V::splat(self.epsilon)), [h])
    }

    kernel!(rms_prop);
}
