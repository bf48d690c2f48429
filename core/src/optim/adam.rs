//! Moving averages of gradient and squared gradient, corrected for their start at zero.
#![allow(unsafe_code)]

use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, Step, flush, walk};
use crate::params::{Params, Zeroable};
use crate::scalar::Scalar;

/// Adam: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; in step t,
/// w ← w − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
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

/// What [`Adam`] remembers.
#[derive(Debug)]
#[repr(C)]
pub struct Moments<T, P> {
    /// m and v.
    pub moments: [P; 2],
    /// 1 − β₁ᵗ and 1 − β₂ᵗ: what the same moving averages make of a gradient that is always 1.
    pub corrections: [T; 2],
}

// SAFETY: both fields are.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, P: Zeroable> Zeroable for Moments<T, P> {}
// SAFETY: `repr(C)`, and both fields are `Params<T>`.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, P: Params<T>> Params<T> for Moments<T, P> {}

impl<T: Scalar> Optimizer<T> for Adam<T> {
    type State<P: Params<T>> = Moments<T, P>;

    fn learning_rate(&self) -> T {
        self.learning_rate
    }

    #[inline]
    fn update<N: Network<Scalar = T>>(
        &self,
        step: Step<T>,
        network: &mut N,
        gradient: &GradientOf<N>,
        state: &mut Moments<T, GradientOf<N>>,
    ) {
        let Self { beta1, beta2, epsilon, .. } = *self;
        let (fresh1, fresh2) = (T::ONE - beta1, T::ONE - beta2);
        let [c1, c2] = &mut state.corrections;
        *c1 = beta1 * *c1 + fresh1;
        *c2 = beta2 * *c2 + fresh2;
        let rate = step.learning_rate / *c1;
        let root = T::ONE / c2.sqrt();
        walk(network, gradient, &mut state.moments, |w, g, [m, v]| {
            for (((w, &g), m), v) in w.iter_mut().zip(g).zip(m).zip(v) {
                *m = flush(beta1 * *m + fresh1 * g);
                *v = flush(beta2 * *v + fresh2 * g * g);
                *w = *w * step.decay - rate * *m / (v.sqrt() * root + epsilon);
            }
        });
    }
}
