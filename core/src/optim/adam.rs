//! Moving averages of gradient and squared gradient, corrected for their start at zero.
#![allow(unsafe_code)]

use crate::kernels::{Available, Lanes, Rule};
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

    const NAME: &'static str = "Adam";

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
        let [c1, c2] = &mut state.corrections;
        *c1 = self.beta1 * *c1 + (T::ONE - self.beta1);
        *c2 = self.beta2 * *c2 + (T::ONE - self.beta2);
        let rule = AdamRule::new(*self, step, [*c1, *c2]);
        walk(network, gradient, &mut state.moments, |w, g, memory| {
            T::adam(Available::current(), rule, w, g, memory);
        });
    }
}

/// The settings of a step.
#[derive(Clone, Copy)]
pub struct AdamRule<T> {
    adam: Adam<T>,
    decay: T,
    /// η / (1 − β₁ᵗ).
    rate: T,
    /// 1 / √(1 − β₂ᵗ).
    root: T,
}

impl<T: Scalar> AdamRule<T> {
    /// With the corrections 1 − β₁ᵗ and 1 − β₂ᵗ.
    pub(crate) fn new(adam: Adam<T>, step: Step<T>, [c1, c2]: [T; 2]) -> Self {
        Self { adam, decay: step.decay, rate: step.learning_rate / c1, root: T::ONE / c2.sqrt() }
    }
}

impl<T: Scalar> Rule<T, 2> for AdamRule<T> {
    #[inline(always)]
    fn step<V: Lanes<T>>(self, w: V, gradient: V, [m, v]: [V; 2]) -> (V, [V; 2]) {
        let Adam { beta1, beta2, epsilon, .. } = self.adam;
        let m = flush(V::splat(beta1) * m + V::splat(T::ONE - beta1) * gradient);
        let v = flush(V::splat(beta2) * v + V::splat(T::ONE - beta2) * gradient * gradient);
        let change = V::splat(self.rate) * m / (v.sqrt() * V::splat(self.root) + V::splat(epsilon));
        (w * V::splat(self.decay) - change, [m, v])
    }
}
