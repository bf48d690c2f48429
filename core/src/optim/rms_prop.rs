//! h ← ρ h + (1 − ρ) g²; w ← w − η g / (√h + ε).

use crate::kernels::{Available, Lanes, Rule};
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, flush, walk};
use crate::params::Params;
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
    type State<P: Params<T>> = [P; 1];

    const NAME: &'static str = "RmsProp";

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
            T::rms_prop(Available::current(), (*self, step), w, g, memory);
        });
    }
}

/// The settings of a step.
pub(crate) type RmsPropRule<T> = (RmsProp<T>, Step<T>);

impl<T: Scalar> Rule<T, 1> for RmsPropRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, [h]: [V; 1]) -> (V, [V; 1]) {
        let (rule, step) = self;
        let h = flush(V::splat(rule.decay) * h + V::splat(T::ONE - rule.decay) * gradient * gradient);
        let change = V::splat(step.learning_rate) * gradient / (h.sqrt() + V::splat(rule.epsilon));
        (w * V::splat(step.decay) - change, [h])
    }
}
