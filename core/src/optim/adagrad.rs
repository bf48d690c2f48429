//! h ← h + g²; w ← w − η g / (√h + ε).

use crate::kernels::{Available, Lanes, Rule};
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, walk};
use crate::params::Params;
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
    type State<P: Params<T>> = [P; 1];

    const NAME: &'static str = "AdaGrad";

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
            T::ada_grad(Available::current(), (*self, step), w, g, memory);
        });
    }
}

/// The settings of a step.
pub(crate) type AdaGradRule<T> = (AdaGrad<T>, Step<T>);

impl<T: Scalar> Rule<T, 1> for AdaGradRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, [h]: [V; 1]) -> (V, [V; 1]) {
        let (rule, step) = self;
        let h = h + gradient * gradient;
        let change = V::splat(step.learning_rate) * gradient / (h.sqrt() + V::splat(rule.epsilon));
        (w * V::splat(step.decay) - change, [h])
    }
}
