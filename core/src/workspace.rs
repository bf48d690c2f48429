//! The memory of a training step on its way to the gradient.
#![allow(unsafe_code)]

use core::slice;

use crate::error::StepError;
use crate::kernels::all_finite;
use crate::loss::Loss;
use crate::memory::{Aligned, Buffers, Shared, Undropped, first, head};
use crate::network::{InputOf, Network, OutputOf, TapeOf, Trainable};
use crate::params::{Params, Zeroable, flat};
use crate::phases::{Executor, Samples};
use crate::samples::Kind;
use crate::scalar::Scalar;
use crate::total::sum;

/// The outputs, losses, deltas and activations of up to `B` samples.
pub(crate) struct Workspace<N: Network, const B: usize> {
    output: Aligned<[OutputOf<N>; B]>,
    delta: Aligned<[OutputOf<N>; B]>,
    tape: Undropped<<TapeOf<N> as Buffers>::Owned<B>>,
    losses: Aligned<[N::Scalar; B]>,
}

// SAFETY: all fields are.
#[diagnostic::do_not_recommend]
unsafe impl<N: Network, const B: usize> Zeroable for Workspace<N, B> {}

/// What is left of up to `B` samples when all but the gradient of the parameters has been computed.
pub(crate) struct Backpropagated<'w, N: Network> {
    /// The sum of their losses.
    pub(crate) loss: N::Scalar,
    /// The deltas of their outputs.
    pub(crate) dy: &'w [OutputOf<N>],
    pub(crate) tape: Shared<'w, TapeOf<N>>,
}

impl<N: Network, const B: usize> Workspace<N, B> {
    /// The first phase of a step, for at most `B` samples, before which there are `begin` in the mini-batch: forward, loss
    /// times `scale`, and all deltas.
    ///
    /// # Errors
    /// [`StepError`] says what is to blame for a loss that is not finite.
    #[inline]
    pub(crate) fn backpropagate<K: Kind>(
        &mut self,
        executor: &impl Executor,
        network: &N,
        x: &[InputOf<N>],
        targets: &[K::Sample],
        scale: N::Scalar,
        begin: usize,
    ) -> Result<Backpropagated<'_, N>, StepError>
    where
        N: Trainable,
        N::Objective: Loss<N::Scalar, N::Output, K>,
    {
        let n = x.len();
        let (y, dy) = (first(&mut self.output.0, n), first(&mut self.delta.0, n));
        let losses = first(&mut self.losses.0, n);
        let tape = TapeOf::<N>::view(&mut self.tape, n);
        if !executor.run(Samples::<N, K> { network, x, targets, y, dy, losses, scale, tape }) {
            return Err(self.blame::<K>(begin, x, targets));
        }
        let loss = sum::<_, B>(first(&mut self.losses.0, n));
        Ok(Backpropagated { loss, dy: first(&mut self.delta.0, n), tape: TapeOf::<N>::shared(&self.tape, n) })
    }

    /// What is to blame for a loss that is not finite, of samples before which there are `first` in the mini-batch.
    #[cold]
    #[inline(never)]
    pub(crate) fn blame<K: Kind>(&self, first: usize, x: &[InputOf<N>], targets: &[K::Sample]) -> StepError
    where
        N: Trainable,
        N::Objective: Loss<N::Scalar, N::Output, K>,
    {
        for (i, ((x, target), loss)) in x.iter().zip(targets).zip(&self.losses.0).enumerate() {
            if loss.is_finite() {
                continue;
            }
            let sample = first + i;
            if let Some(index) = non_finite(x) {
                return StepError::NonFiniteInput { sample, index };
            }
            return match N::objective().check(target) {
                Err(error) => StepError::InvalidTarget { sample, error },
                Ok(()) => StepError::NonFiniteLoss { sample },
            };
        }
        StepError::NonFiniteLoss { sample: first }
    }

    /// Forward for one sample.
    pub(crate) fn forward(&mut self, network: &N, x: &InputOf<N>) {
        let y = first(&mut self.output.0, 1);
        network.forward(slice::from_ref(x), y, TapeOf::<N>::view(&mut self.tape, 1));
    }

    /// The loss of this sample after [`forward`](Self::forward), and all deltas of the loss times `scale`.
    pub(crate) fn backward<K: Kind>(
        &mut self,
        network: &N,
        x: &InputOf<N>,
        target: &K::Sample,
        scale: N::Scalar,
    ) -> N::Scalar
    where
        N: Trainable,
        N::Objective: Loss<N::Scalar, N::Output, K>,
    {
        let (y, dy) = (first(&mut self.output.0, 1), first(&mut self.delta.0, 1));
        let loss = head(&mut self.losses.0);
        N::objective().backward_all(y, slice::from_ref(target), scale, dy, slice::from_mut(loss));
        network.backward_inner(slice::from_ref(x), y, dy, TapeOf::<N>::view(&mut self.tape, 1));
        *loss
    }

    /// Adds the gradient to the parameters after [`backward`](Self::backward), and does forward for the next sample.
    pub(crate) fn descend(&mut self, network: &mut N, x: &InputOf<N>, next: Option<&InputOf<N>>) {
        let (x, dy) = (slice::from_ref(x), &*first(&mut self.delta.0, 1));
        if let Some(next) = next {
            let (y, tape) = (first(&mut self.output.0, 1), TapeOf::<N>::view(&mut self.tape, 1));
            if network.descend_then_forward(x, dy, slice::from_ref(next), y, tape) {
                return;
            }
        }
        network.descend(x, dy, TapeOf::<N>::shared(&self.tape, 1));
        if let Some(next) = next {
            self.forward(network, next);
        }
    }
}

/// What is to blame for a gradient that is not finite though the losses are: an input, or else the gradient itself.
#[cold]
#[inline(never)]
pub(crate) fn blame_inputs<N: Network>(first: usize, x: &[InputOf<N>]) -> StepError {
    let of_input = |(i, x)| Some(StepError::NonFiniteInput { sample: first + i, index: non_finite(x)? });
    x.iter().enumerate().find_map(of_input).unwrap_or(StepError::NonFiniteGradient)
}

/// Whether all values of all inputs are finite.
#[inline]
pub(crate) fn are_finite<N: Network>(x: &[InputOf<N>]) -> bool {
    // A few are looked at sooner than a kernel is called.
    if const { N::INPUT <= 32 } {
        flat(x).iter().fold(true, |finite, x: &N::Scalar| finite & x.is_finite())
    } else {
        all_finite(flat::<N::Scalar, _>(x))
    }
}

/// Which value is infinite or NaN.
fn non_finite<T: Scalar, P: Params<T>>(values: &P) -> Option<usize> {
    values.as_slice().iter().position(|x| !x.is_finite())
}

/// That a step can get anywhere: with all weights zero, the gradient by every layer but the last is zero, and stays so.
#[inline]
pub(crate) fn initialized<N: Network>(network: &N) -> Result<(), StepError> {
    #[cold]
    fn is_zero<T: Scalar>(parameters: &[T]) -> bool {
        parameters.iter().all(|w| *w == T::ZERO)
    }

    // In nearly all networks the first weight is not zero.
    let first_is_zero = || network.as_slice().first().is_some_and(|w| *w == N::Scalar::ZERO);
    if const { N::LAYERS.len() > 1 } && first_is_zero() && is_zero(network.as_slice()) {
        return Err(StepError::NotInitialized);
    }
    Ok(())
}
