//! v ← μ v + g; w ← w − η v.

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, kernel};
use crate::scalar::Scalar;

/// Gradient descent with momentum: v ← μ v + g; w ← w − η v.
///
/// # Source
/// Polyak, *Some methods of speeding up the convergence of iteration methods* (1964), with the learning rate
/// outside the velocity, as in PyTorch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Momentum<T> {
    /// η.
    pub learning_rate: T,
    /// μ, between 0 and 1; usually 0.9.
    pub momentum: T,
}

impl<T: Scalar> Momentum<T> {
    /// With this learning rate and this momentum.
    pub const fn new(learning_rate: T, momentum: T) -> Self {
        Self { learning_rate, momentum }
    }
}

impl<T: Scalar> Optimizer<T> for Momentum<T> {
    type Memory = [T; 1];
    type Common = ();

    const NAME: &'static str = "Momentum";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        Setting("learning_rate", self.learning_rate).not_negative()?;
        Setting("momentum", self.momentum).below_one()
    }

    #[inline(always)]
    fn direction<V: Lanes<T>>(&self, gradient: V, [v]: [V; 1]) -> (V, [V; 1]) {
        let v = (V::splat(self.momentum) * v + gradient).flushed();
        (v, [v])
    }

    kernel!(momentum);
}
