//! h ← ρ h + (1 − ρ) g²; w ← w − η g / (√h + ε).

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
        walk(network, gradient, state, |w, g, [h]| {
            for ((w, &g), h) in w.iter_mut().zip(g).zip(h) {
                *h = flush(self.decay * *h + (T::ONE - self.decay) * g * g);
                *w = *w * step.decay - step.learning_rate * g / (h.sqrt() + self.epsilon);
            }
        });
    }
}
