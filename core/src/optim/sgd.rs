//! w ← w − η g.

use crate::kernels::{Available, Lanes, Rule};
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, walk};
use crate::params::Params;
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
    type State<P: Params<T>> = [P; 0];

    const NAME: &'static str = "Sgd";

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn update<N: Network<Scalar = T>>(
        &self,
        step: Step<T>,
        network: &mut N,
        gradient: &GradientOf<N>,
        state: &mut [GradientOf<N>; 0],
    ) {
        walk(network, gradient, state, |w, g, memory| {
            T::sgd(Available::current(), (*self, step), w, g, memory);
        });
    }
}

/// The settings of a step.
pub(crate) type SgdRule<T> = (Sgd<T>, Step<T>);

impl<T: Scalar> Rule<T, 0> for SgdRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, []: [V; 0]) -> (V, [V; 0]) {
        let (_, step) = self;
        (w * V::splat(step.decay) - V::splat(step.learning_rate) * gradient, [])
    }
}
