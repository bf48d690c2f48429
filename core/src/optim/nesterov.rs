//! v ← μ v + g; w ← w − η (g + μ v).

use crate::kernels::Lanes;
use crate::optim::{InvalidSetting, Optimizer, Setting, kernel};
use crate::scalar::Scalar;

/// Nesterov's accelerated gradient: v ← μ v + g; w ← w − η (g + μ v).
///
/// # Source
/// Nesterov, *A method for solving the convex programming problem with convergence rate O(1/k²)* (1983), in
/// the form of Sutskever, Martens, Dahl and Hinton, *On the importance of initialization and momentum in deep
/// learning*, ICML 2013, with w at the point where the gradient is taken, as in PyTorch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nesterov<T> {
    /// η.
    pub learning_rate: T,
    /// μ, between 0 and 1; usually 0.9.
    pub momentum: T,
}

impl<T: Scalar> Nesterov<T> {
    /// With this learning rate and this momentum.
    pub const fn new(learning_rate: T, momentum: T) -> Self {
        Self { learning_rate, momentum }
    }
}

impl<T: Scalar> Optimizer<T> for Nesterov<T> {
    type Memory = [T; 1];
    type Common = ();

    const NAME: &'static str = "Nesterov";

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
        let momentum = V::splat(self.momentum);
        let v = (momentum * v + gradient).flushed();
        (gradient + momentum * v, [v])
    }

    kernel!(nesterov);
}
