//! The memory of inference.
#![allow(unsafe_code)]

use core::slice;

use crate::error::{LengthMismatch, StepError};
use crate::loss::Loss;
use crate::memory::{Aligned, AtLeastOneSample, Buffers, Capacity, Undropped, assert_capacity, first, head};
use crate::network::{InputOf, Network, OutputOf, ScratchOf, Takes, Trainable};
use crate::params::{Zeroable, zeroed};
use crate::samples::{FitInto, Kind, OneSample, Samples, SamplesMut};
use crate::scalar::Scalar;
use crate::total::Total;

/// Memory for inference with up to `B` samples at a time: the output, and at most two buffers between
/// layers. A longer slice of inputs runs in pieces of `B`.
///
/// The time does not depend on the inputs, but for two things: zeros may be passed over, and denormals, numbers below
/// 1.2e-38 in `f32`, make most processors slower; a decaying signal ends in them. Replace them by 0 where they may come
/// in: see *Denormals* in `docs/embedding.md`.
///
/// ```
/// use chainrule::prelude::*;
///
/// network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
///
/// let mut network = Xor::seeded(1);
/// let mut memory = Inference::<Xor, 1>::new();
/// let probability = network.probabilities(&[0.0, 1.0], &mut memory)[0];
/// assert!(probability > 0.0 && probability < 1.0);
/// ```
pub struct Inference<N: Network, const B: usize> {
    scratch: Undropped<<ScratchOf<N> as Buffers>::Owned<B>>,
    output: Aligned<[OutputOf<N>; B]>,
}

// SAFETY: both fields are.
#[diagnostic::do_not_recommend]
unsafe impl<N: Network, const B: usize> Zeroable for Inference<N, B> {}

impl<N: Network, const B: usize> Inference<N, B> {
    /// How many bytes of RAM this memory takes: all that inference needs beside the network, the input and a
    /// little stack.
    pub const BYTES: usize = size_of::<Self>();
    /// How many of them are buffers between layers.
    pub const WORKSPACE_BYTES: usize = size_of::<<ScratchOf<N> as Buffers>::Owned<B>>();

    /// Memory for a static or a local variable.
    pub const fn new<CapacityIsAtLeastOne>() -> Self
    where
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        const { assert_capacity(B) };
        zeroed()
    }

    /// Memory on the heap, made in place.
    #[cfg(feature = "alloc")]
    pub fn boxed<CapacityIsAtLeastOne>() -> alloc::boxed::Box<Self>
    where
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        const { assert_capacity(B) };
        crate::params::zeroed_box()
    }

    /// The mean loss over samples, without a gradient: how well the network does on data it is not trained
    /// on. NaN if there is no sample.
    ///
    /// # Errors
    /// [`StepError::LengthMismatch`] if `x` and `targets` are not of the same length, [`StepError::InvalidTarget`] if a
    /// target is none that the loss can compare with.
    pub fn loss<X: Samples + ?Sized, Y: Samples + ?Sized>(
        &mut self,
        network: &N,
        x: &X,
        targets: &Y,
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable + Takes<X::Kind>,
        N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
    {
        self.mean_loss::<Y::Kind>(network, N::inputs(x.samples()), targets.samples())
    }

    /// [`loss`](Self::loss) over what the samples are.
    pub(crate) fn mean_loss<K: Kind>(
        &mut self,
        network: &N,
        x: &[InputOf<N>],
        targets: &[K::Sample],
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable,
        N::Objective: Loss<N::Scalar, N::Output, K>,
    {
        LengthMismatch::check(x.len(), targets.len(), "targets")?;
        let mut sum = Total::ZERO;
        for (x, targets) in x.chunks(B.max(1)).zip(targets.chunks(B.max(1))) {
            for (y, target) in self.run_piece(network, x).iter().zip(targets) {
                sum.add(N::objective().value(y, target));
            }
        }
        let sum = sum.get();
        if !sum.is_finite() {
            // An invalid target makes it so.
            for (sample, target) in targets.iter().enumerate() {
                N::objective().check(target).map_err(|error| StepError::InvalidTarget { sample, error })?;
            }
        }
        Ok(sum / N::Scalar::from_usize(x.len()))
    }

    /// The outputs for up to `B` samples.
    pub(crate) fn run_piece(&mut self, network: &N, x: &[InputOf<N>]) -> &mut [OutputOf<N>] {
        let y = first(&mut self.output.0, x.len());
        network.infer(x, y, ScratchOf::<N>::view(&mut self.scratch, x.len()));
        y
    }

    /// The output for one sample.
    pub(crate) fn run_one<X: OneSample + ?Sized>(&mut self, network: &N, x: &X) -> &mut OutputOf<N>
    where
        N: Takes<X::Kind>,
    {
        let y = head(&mut self.output.0);
        let scratch = ScratchOf::<N>::view(&mut self.scratch, 1);
        network.infer(N::inputs(slice::from_ref(x.one())), slice::from_mut(y), scratch);
        y
    }

    /// The outputs for any number of samples.
    pub(crate) fn run<'y, X: Samples + ?Sized, Y: SamplesMut + ?Sized>(
        &mut self,
        network: &N,
        x: &X,
        y: &'y mut Y,
    ) -> Result<&'y mut [OutputOf<N>], LengthMismatch>
    where
        N: Takes<X::Kind>,
        N::Output: FitInto<N::Scalar, Y::Kind>,
    {
        let (x, y) = (N::inputs(x.samples()), N::Output::outputs(y.samples_mut()));
        LengthMismatch::check(x.len(), y.len(), "outputs")?;
        for (x, y) in x.chunks(B.max(1)).zip(y.chunks_mut(B.max(1))) {
            network.infer(x, y, ScratchOf::<N>::view(&mut self.scratch, x.len()));
        }
        Ok(y)
    }
}

impl<N: Network, const B: usize> Default for Inference<N, B> {
    fn default() -> Self {
        Self::new()
    }
}
