//! Training without a stored gradient.
#![allow(unsafe_code)]

use core::slice;

use crate::error::{LengthMismatch, StepError};
use crate::kernels::prefetch;
use crate::layer::Layer;
use crate::loss::Loss;
use crate::memory::{AtLeastOneSample, Capacity, assert_capacity};
use crate::network::{LearnsOnline, Network, Takes, Trainable};
use crate::optim::Setting;
use crate::params::{Zeroable, zeroed};
use crate::phases::Sequential;
use crate::samples::Samples;
use crate::scalar::Scalar;
use crate::total::Total;
use crate::workspace::{Backpropagated, Workspace, are_finite, blame_inputs, initialized};

/// Gradient descent in place, w ← w − η g, with the gradient added to the parameters while it is computed: for
/// learning sample by sample, in half the memory that [`Training`](crate::Training) takes and half the time.
///
/// # What it gives up
/// The gradient is never seen as a whole. So nothing can be clipped, there is no optimiser but this one, a mini-batch
/// cannot be longer than the memory's `B` samples, and the promise about failed steps is a weaker one: an input or a loss
/// that is not finite changes nothing, as always, but a gradient that overflows under a finite loss is found only by the
/// loss of the next step, and the parameters are then lost. Keep a copy of them, or a small enough η.
///
/// ```
/// use chainrule::prelude::*;
///
/// network! { Sine: 1 => Affine => Tanh => 16 => Affine => MseLoss => 1 }
///
/// let mut network = Sine::seeded(1);
/// let mut online = Online::<Sine, 1>::new(0.05);
/// let mut loss = 1.0;
/// for step in 0..20_000 {
///     let x = (step % 63) as f32 / 10.0 - 3.1;
///     loss = online.step(&mut network, &[[x]], &[[x.sin()]])?;
/// }
/// assert!(loss < 0.01);
/// # Ok::<(), StepError>(())
/// ```
///
/// # Source
/// Robbins and Monro, *A stochastic approximation method*, Annals of Mathematical Statistics 22 (1951).
pub struct Online<N: Network, const B: usize> {
    workspace: Workspace<N, B>,
    /// η.
    pub learning_rate: N::Scalar,
}

// SAFETY: both fields are.
#[diagnostic::do_not_recommend]
unsafe impl<N: Network, const B: usize> Zeroable for Online<N, B> {}

impl<N: Network, const B: usize> Online<N, B> {
    /// How many bytes of RAM this memory takes: all that training needs beside the network, the samples and a
    /// little stack.
    pub const BYTES: usize = size_of::<Self>();

    const FITS: () = {
        assert_capacity(B);
        assert!(
            <N as Layer<N::Scalar, N::Input, N::Output>>::DESCENDS,
            "a layer of this network has parameters and no `descend`: it can be trained with `Training`"
        );
    };

    /// Memory for a static or, if the network is small, a local variable.
    pub const fn new<CapacityIsAtLeastOne>(learning_rate: N::Scalar) -> Self
    where
        N: LearnsOnline,
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        let () = Self::FITS;
        Self { workspace: zeroed(), learning_rate }
    }

    /// Memory on the heap, made in place.
    #[cfg(feature = "alloc")]
    pub fn boxed<CapacityIsAtLeastOne>(learning_rate: N::Scalar) -> alloc::boxed::Box<Self>
    where
        N: LearnsOnline,
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        let () = Self::FITS;
        let mut memory = crate::params::zeroed_box::<Self>();
        memory.learning_rate = learning_rate;
        memory
    }

    /// That settings and network are such that a step makes sense.
    #[inline]
    fn check(&self, network: &N) -> Result<(), StepError> {
        Setting("learning_rate", self.learning_rate).not_negative()?;
        initialized(network)
    }

    /// One step on a mini-batch of up to `B` samples: forward, backward, update. Returns the mean loss of the samples
    /// before the update.
    ///
    /// # Errors
    /// [`StepError`] if the learning rate cannot be meant, if the network has not been initialised, if the mini-batch is
    /// empty or too long, if there are not as many targets as inputs, if a target is none that the loss can compare with,
    /// or if an input or the loss is not finite. The parameters are then as they were.
    pub fn step<X: Samples + ?Sized, Y: Samples + ?Sized>(
        &mut self,
        network: &mut N,
        x: &X,
        targets: &Y,
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable + Takes<X::Kind>,
        N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
    {
        let (x, targets) = (N::inputs(x.samples()), targets.samples());
        self.check(network)?;
        LengthMismatch::check(x.len(), targets.len(), "targets")?;
        if x.is_empty() {
            return Err(StepError::EmptyBatch);
        }
        if x.len() > B {
            return Err(StepError::BeyondCapacity { capacity: B, samples: x.len() });
        }
        let mean = N::Scalar::ONE / N::Scalar::from_usize(x.len());
        let scale = -self.learning_rate * mean;
        let Backpropagated { loss, dy, tape } =
            self.workspace.backpropagate::<Y::Kind>(&Sequential, network, x, targets, scale, 0)?;
        let loss = loss * mean;
        if !loss.is_finite() {
            return Err(StepError::NonFiniteLoss { sample: 0 });
        }
        if !are_finite::<N>(x) {
            return Err(blame_inputs::<N>(0, x));
        }
        network.descend(x, dy, tape);
        Ok(loss)
    }

    /// One step after another, each on one of the samples in `order`, as [`step`](Self::step) would make them, but in
    /// less time if the first layer is large: it is read and written once a step, since its product with the next sample is
    /// computed while it changes. Returns the mean of the losses, each taken before the update on its sample. An index
    /// that the slices do not have is passed over.
    ///
    /// ```
    /// use chainrule::prelude::*;
    ///
    /// network! { Sine: 1 => Affine => Tanh => 16 => Affine => MseLoss => 1 }
    ///
    /// let x: Vec<[f32; 1]> = (-31..=31).map(|i| [i as f32 / 10.0]).collect();
    /// let targets: Vec<_> = x.iter().map(|[x]| [x.sin()]).collect();
    /// let mut network = Sine::seeded(1);
    /// let mut online = Online::<Sine, 1>::new(0.05);
    /// let mut rng = Rng::new(1);
    /// let mut loss = 1.0;
    /// for _epoch in 0..300 {
    ///     loss = online.epoch(&mut network, &x, &targets, Order::shuffled(x.len(), &mut rng))?;
    /// }
    /// assert!(loss < 0.01);
    /// # Ok::<(), StepError>(())
    /// ```
    ///
    /// # Errors
    /// As [`step`](Self::step), and [`StepError::EmptyBatch`] if `order` has no sample; which sample it is, is counted as
    /// `order` does. The parameters are then as the steps before have left them.
    pub fn epoch<X: Samples + ?Sized, Y: Samples + ?Sized>(
        &mut self,
        network: &mut N,
        x: &X,
        targets: &Y,
        order: impl IntoIterator<Item = usize>,
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable + Takes<X::Kind>,
        N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
    {
        let (x, targets) = (N::inputs(x.samples()), targets.samples());
        self.check(network)?;
        LengthMismatch::check(x.len(), targets.len(), "targets")?;
        let of = |index| Some((index, x.get(index)?, targets.get(index)?));
        let mut samples = order.into_iter().filter_map(of).fuse();
        let mut ask = || samples.next().inspect(|(_, x, _)| prefetch(*x));
        let (mut sample, mut next) = (ask().ok_or(StepError::EmptyBatch)?, ask());
        let (mut sum, mut count) = (Total::ZERO, 0);
        self.workspace.forward(network, sample.1);
        loop {
            let after = ask();
            let (index, x, target) = sample;
            let loss = self.workspace.backward::<Y::Kind>(network, x, target, -self.learning_rate);
            if !loss.is_finite() {
                return Err(self.workspace.blame::<Y::Kind>(index, slice::from_ref(x), slice::from_ref(target)));
            }
            if !are_finite::<N>(slice::from_ref(x)) {
                return Err(blame_inputs::<N>(index, slice::from_ref(x)));
            }
            self.workspace.descend(network, x, next.map(|(_, x, _)| x));
            sum.add(loss);
            count += 1;
            let Some(following) = next else { return Ok(sum.get() / N::Scalar::from_usize(count)) };
            (sample, next) = (following, after);
        }
    }
}
