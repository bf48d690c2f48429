//! The optimisers, one a file, with learning-rate schedules and gradient clipping.

mod adadelta;
mod adagrad;
mod adam;
mod clip;
mod momentum;
mod nesterov;
mod rms_prop;
mod schedule;
mod sgd;
mod weight_decay;

pub use adadelta::Adadelta;
pub use adagrad::AdaGrad;
pub use adam::{Adam, Moments};
pub use clip::Clip;
pub use momentum::Momentum;
pub use nesterov::Nesterov;
pub use rms_prop::RmsProp;
pub use schedule::Schedule;
pub use sgd::Sgd;
pub use weight_decay::{AdamW, WeightDecay};

use crate::kernels::Lanes;
use crate::network::{GradientOf, Network};
use crate::params::Params;
use crate::scalar::Scalar;

/// A rule that moves parameters against their gradient.
///
/// The value holds the settings. What the rule remembers from step to step is its [`State`](Self::State),
/// shaped like the gradient; all zero is its beginning.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an optimiser for parameters of `{T}`",
    label = "not an optimiser for this network",
    note = "optimisers have the network's scalar: `Sgd<f32>` for a network of `f32`"
)]
pub trait Optimizer<T: Scalar> {
    /// What is remembered from step to step, for parameters of shape `P`.
    type State<P: Params<T>>: Params<T>;

    /// Tells its state from that of other optimisers in [saved bytes](crate::saved).
    const NAME: &'static str;

    /// The learning rate before any schedule.
    fn learning_rate(&self) -> T;

    /// The share of every parameter that decays with a learning rate of 1.
    fn weight_decay(&self) -> T {
        T::ZERO
    }

    /// Moves the trainable parameters of `network` by one step.
    fn update<N: Network<Scalar = T>>(
        &self,
        step: Step<T>,
        network: &mut N,
        gradient: &GradientOf<N>,
        state: &mut Self::State<GradientOf<N>>,
    );
}

/// What a step's rule is given beside gradient and state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<T> {
    /// The learning rate of this step.
    pub learning_rate: T,
    /// The factor every parameter is multiplied by before it moves: 1 without weight decay.
    pub decay: T,
}

/// Runs through the trainable parameters of a network with their gradient and `K` memories of the same
/// shape: `each` gets four slices of equal length, one layer at a time.
#[inline]
fn walk<N: Network, const K: usize>(
    network: &mut N,
    gradient: &GradientOf<N>,
    state: &mut [GradientOf<N>; K],
    mut each: impl FnMut(&mut [N::Scalar], &[N::Scalar], [&mut [N::Scalar]; K]),
) {
    let mut gradient = gradient.as_slice();
    let mut state = state.each_mut().map(|memory| memory.as_mut_slice());
    network.trainable_mut(&mut |params| {
        let n = params.len().min(gradient.len());
        let (front, back) = gradient.split_at(n);
        gradient = back;
        let memories = state.each_mut().map(|memory| take_front(memory, n));
        each(params, front, memories);
    });
}

/// Splits the first `n` elements off a slice; all of them if there are fewer.
#[inline]
fn take_front<'a, T>(slice: &mut &'a mut [T], n: usize) -> &'a mut [T] {
    let n = n.min(slice.len());
    let (front, back) = core::mem::take(slice).split_at_mut(n);
    *slice = back;
    front
}

/// The number itself, or 0 in place of a denormal; NaN stays NaN.
///
/// A moving average of zeros would decay through the denormal numbers, on which most processors compute ten
/// to a hundred times slower, and never be of use again.
#[inline(always)]
fn flush<T: Scalar, V: Lanes<T>>(x: V) -> V {
    let (zero, least) = (V::splat(T::ZERO), V::splat(T::MIN_POSITIVE));
    let size = zero.if_greater(x, -x, x);
    least.if_greater(size, zero, x)
}

/// What each optimiser does to one parameter, for the kernels.
pub(crate) mod rules {
    pub(crate) use super::adadelta::AdadeltaRule;
    pub(crate) use super::adagrad::AdaGradRule;
    pub(crate) use super::adam::AdamRule;
    pub(crate) use super::momentum::MomentumRule;
    pub(crate) use super::nesterov::NesterovRule;
    pub(crate) use super::rms_prop::RmsPropRule;
    pub(crate) use super::sgd::SgdRule;
}
