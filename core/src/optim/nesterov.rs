//! v ← μ v + g; w ← w − η (g + μ v).

use crate::kernels::{Available, Lanes, Rule};
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, flush, walk};
use crate::params::Params;
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
    type State<P: Params<T>> = [P; 1];

    const NAME: &'static str = "Nesterov";

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
            T::nesterov(Available::current(), (*self, step), w, g, memory);
        });
    }
}

/// The settings of a step.
pub(crate) type NesterovRule<T> = (Nesterov<T>, Step<T>);

impl<T: Scalar> Rule<T, 1> for NesterovRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, [v]: [V; 1]) -> (V, [V; 1]) {
        let (rule, step) = self;
        let momentum = V::splat(rule.momentum);
        let v = flush(momentum * v + gradient);
        (w * V::splat(step.decay) - V::splat(step.learning_rate) * (gradient + momentum * v), [v])
    }
}
