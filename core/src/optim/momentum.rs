//! v ← μ v + g; w ← w − η v.

use crate::kernels::{Available, Lanes, Rule};
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, flush, walk};
use crate::params::Params;
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
    type State<P: Params<T>> = [P; 1];

    const NAME: &'static str = "Momentum";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn update<N: Network<Scalar = T>>(
        &self,
        step: Step<T>,
        network: &mut N,
        gradient: &GradientOf<N>,
        state: &mut [GradientOf<N>; 1],
    ) {
        walk(network, gradient, state, |w, g, memory| {
            T::momentum(Available::current(), (*self, step), w, g, memory);
        });
    }
}

/// The settings of a step.
pub(crate) type MomentumRule<T> = (Momentum<T>, Step<T>);

impl<T: Scalar> Rule<T, 1> for MomentumRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, [v]: [V; 1]) -> (V, [V; 1]) {
        let (rule, step) = self;
        let v = flush(V::splat(rule.momentum) * v + gradient);
        (w * V::splat(step.decay) - V::splat(step.learning_rate) * v, [v])
    }
}
