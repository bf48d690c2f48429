//! The optimisers, one a file, with learning-rate schedules and gradient clipping.

mod adadelta;
mod adagrad;
mod adam;
mod clip;
mod memory;
mod momentum;
mod nesterov;
mod rms_prop;
mod schedule;
mod setting;
mod sgd;
#[cfg(test)]
mod tests;
mod weight_decay;

pub use adadelta::Adadelta;
pub use adagrad::AdaGrad;
pub use adam::Adam;
pub use clip::Clip;
pub use memory::{Each, Memory, Slices, State, StateOf};
pub use momentum::Momentum;
pub use nesterov::Nesterov;
pub use rms_prop::RmsProp;
pub use schedule::Schedule;
pub use setting::{InvalidSetting, Setting};
pub use sgd::Sgd;
pub use weight_decay::{AdamW, WeightDecay};

use crate::kernels::{Available, Lanes};
use crate::params::Params;
use crate::scalar::Scalar;

/// A rule that moves parameters against their gradient: w ← (1 − η λ) w − η Δ, with the learning rate η, the weight
/// decay λ, and a direction Δ that is found for every parameter by itself, from its gradient and what is remembered of it.
///
/// The value holds the settings. What is remembered from step to step is zero at first.
///
/// # Example
/// Lion (Chen et al., *Symbolic discovery of optimization algorithms*, NeurIPS 2023) goes by the sign of a moving average:
/// Δ = sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g.
/// ```
/// use chainrule::kernels::Lanes;
/// use chainrule::prelude::*;
///
/// #[derive(Clone, Copy)]
/// struct Lion<T> {
///     learning_rate: T,
///     beta1: T,
///     beta2: T,
/// }
///
/// impl<T: Scalar> Optimizer<T> for Lion<T> {
///     type Memory = [T; 1];
///     type Common = ();
///
///     const NAME: &'static str = "Lion";
///
///     fn learning_rate(&self) -> T {
///         self.learning_rate
///     }
///
///     #[inline(always)]
///     fn direction<V: Lanes<T>>(&self, gradient: V, [m]: [V; 1]) -> (V, [V; 1]) {
///         let average = |beta: T| V::splat(beta) * m + V::splat(T::ONE - beta) * gradient;
///         let (zero, one) = (V::splat(T::ZERO), V::splat(T::ONE));
///         let towards = average(self.beta1);
///         let sign = towards.if_greater(zero, one, zero.if_greater(towards, -one, zero));
///         (sign, [average(self.beta2).flushed()])
///     }
/// }
///
/// network! { Line: 1 => Affine => MseLoss => 1 }
///
/// let lion = Lion { learning_rate: 0.01, beta1: 0.9, beta2: 0.99 };
/// let mut training = Training::<Line, _, 1>::new(lion);
/// training.schedule = Schedule::cosine(500, 0.0);
/// let (mut network, mut loss) = (Line::new(), 1.0);
/// for _ in 0..500 {
///     loss = training.step(&mut network, &[[1.0]], &[[1.0]])?;
/// }
/// assert!(loss < 1e-6);
/// # Ok::<(), StepError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an optimiser for parameters of `{T}`",
    label = "not an optimiser for this network",
    note = "optimisers have the network's scalar: `Sgd<f32>` for a network of `f32`"
)]
pub trait Optimizer<T: Scalar>: Copy + Send + Sync {
    /// What is remembered of each parameter: `[T; 2]` for two numbers, `[T; 0]` for nothing.
    type Memory: Memory<T>;

    /// What is remembered once, whatever the number of parameters: `()` unless [`begin`](Self::begin) needs it.
    type Common: Params<T>;

    /// Tells its state from that of other optimisers in [saved bytes](crate::saved).
    const NAME: &'static str;

    /// The learning rate before any schedule.
    fn learning_rate(&self) -> T;

    /// The share of every parameter that decays with a learning rate of 1.
    fn weight_decay(&self) -> T {
        T::ZERO
    }

    /// Whether the settings can be meant: [`Training::step`](crate::Training::step) asks before every step.
    ///
    /// # Errors
    /// [`InvalidSetting`] names the first that cannot, such as a learning rate that is NaN or negative.
    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        Setting("learning_rate", self.learning_rate()).not_negative()?;
        Setting("weight_decay", self.weight_decay()).not_negative()
    }

    /// The settings for the step that begins, where they change from step to step.
    #[inline]
    fn begin(&self, step: Step<T>, common: &mut Self::Common) -> (Self, Step<T>) {
        let _ = common;
        (*self, step)
    }

    /// Δ for one parameter, or for several side by side, and what is then remembered.
    ///
    /// `#[inline(always)]` lets it run on the machine's vectors.
    fn direction<V: Lanes<T>>(&self, gradient: V, memory: Each<Self::Memory, T, V>) -> (V, Each<Self::Memory, T, V>);

    /// Moves some of the parameters.
    #[doc(hidden)]
    #[inline]
    fn run(self, at: Available, step: Step<T>, w: &mut [T], gradient: &[T], memory: Slices<'_, Self, T>) {
        Self::Memory::run(at, self, step, w, gradient, memory);
    }
}

/// How far a step goes: w ← decay · w − η Δ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<T> {
    /// η in this step.
    pub learning_rate: T,
    /// What every parameter is multiplied by before it moves: 1 without weight decay.
    pub decay: T,
}

/// In the `impl` of an optimiser of this crate: its update is the kernel of this name, which is compiled with the crate.
macro_rules! kernel {
    ($update:ident) => {
        #[inline]
        fn run(
            self,
            at: $crate::kernels::Available,
            step: $crate::optim::Step<T>,
            w: &mut [T],
            gradient: &[T],
            memory: $crate::optim::Slices<'_, Self, T>,
        ) {
            T::$update(at, self, step, w, gradient, memory);
        }
    };
}
use kernel;

/// A gradient, or 0 where its square would be a denormal: it makes no difference beside ε, and most processors compute
/// ten to a hundred times slower there.
#[inline(always)]
fn unless_negligible<T: Scalar, V: Lanes<T>>(gradient: V) -> V {
    V::splat(T::NEGLIGIBLE).if_greater(gradient.abs(), V::splat(T::ZERO), gradient)
}
