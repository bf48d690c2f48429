//! The memory of training, and the training step.
#![allow(unsafe_code)]

use crate::error::{LengthMismatch, StepError};
use crate::layer::Accumulate;
use crate::loss::Loss;
use crate::memory::{Aligned, AtLeastOneSample, Capacity, Undropped, assert_capacity};
use crate::network::{GradientOf, InputOf, Network, Takes, Trainable};
use crate::optim::{self, Clip, InvalidSetting, Optimizer, Schedule, Setting, State, Step};
use crate::params::{Params, zeroed};
use crate::phases::{self, Columns, Executor, GradientPart, Sequential};
use crate::samples::{Kind, Samples};
use crate::saved::{self, BytesError};
use crate::scalar::Scalar;
use crate::total::Total;
use crate::workspace::{Backpropagated, Workspace, blame_inputs, initialized};

type StateOf<N, O> = optim::StateOf<O, <N as Network>::Scalar, GradientOf<N>>;

/// All that training needs beside the network: the optimiser with its state, the gradient, and the
/// activations and deltas of up to `B` samples.
///
/// `B` is the capacity of the workspace, not the size of a mini-batch: a longer mini-batch runs in pieces
/// whose gradients add up, so `B = 1` trains the same mini-batch in the smallest memory, with the same result
/// up to rounding.
///
/// # Very long mini-batches
/// The loss is right to the last digits for any number of samples. The gradient is one running sum for each parameter,
/// since more would take another gradient's memory: with n samples its error is at most n ε / 2 of the sum of all sizes, ε / 2
/// being 6e-8 in `f32`, whatever `B` is. Of samples that differ, errors mostly cancel: 3e-6 of the gradient with n = 60,000, and 4e-6
/// with a million. If all are alike they do not: 6e-4, and 3e-3. From ten million on, terms are lost beside the sum (0.3 %
/// and 10 %): then take `f64`, or more steps with shorter mini-batches.
///
/// ```
/// use chainrule::prelude::*;
///
/// network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
///
/// let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
/// let targets = [[0.0], [1.0], [1.0], [0.0]];
///
/// let mut network = Xor::seeded(1);
/// let mut training = Training::<Xor, Adam<f32>, 4>::new(Adam::new(0.05));
/// let mut loss = 1.0;
/// for _ in 0..200 {
///     loss = training.step(&mut network, &inputs, &targets)?;
/// }
/// assert!(loss < 0.1);
/// # Ok::<(), StepError>(())
/// ```
///
/// A network all of whose layers are frozen cannot be trained, which the compiler says when it builds the program:
/// ```compile_fail
/// use chainrule::prelude::*;
///
/// network! { Fixed: 2 => #[frozen] Affine => MseLoss => 1 }
///
/// let training = Training::<Fixed, Sgd<f32>, 1>::new(Sgd::new(0.1));
/// ```
pub struct Training<N: Network, O: Optimizer<N::Scalar>, const B: usize> {
    /// The optimiser and its settings.
    pub optimizer: O,
    /// How the learning rate changes with the steps.
    pub schedule: Schedule<N::Scalar>,
    /// What is done to gradients that are too large.
    pub clip: Clip<N::Scalar>,
    gradient: Undropped<Aligned<GradientOf<N>>>,
    state: Undropped<Aligned<StateOf<N, O>>>,
    workspace: Workspace<N, B>,
    // The last one has a size even if a layer does not fit, which would else be said again of every variable.
    steps: u32,
}

impl<N: Network, O: Optimizer<N::Scalar>, const B: usize> Training<N, O, B> {
    /// How many bytes of RAM this memory takes: all that training needs beside the network, the samples and a
    /// little stack.
    pub const BYTES: usize = size_of::<Self>();
    /// How many of them are the gradient.
    pub const GRADIENT_BYTES: usize = size_of::<Aligned<GradientOf<N>>>();
    /// How many of them are what the optimiser remembers.
    pub const STATE_BYTES: usize = size_of::<Aligned<StateOf<N, O>>>();
    /// How many of them are activations, deltas and the losses of single samples.
    pub const WORKSPACE_BYTES: usize = size_of::<Workspace<N, B>>();
    /// How many bytes the state of training is [saved](crate::saved) in.
    pub const SAVED_BYTES: usize =
        saved::training_header::<N, O>().saved_bytes::<N::Scalar>(<StateOf<N, O> as Params<N::Scalar>>::LEN);

    const LEARNS: () = {
        let (mut layers, mut trainable) = (N::LAYERS, N::LAYERS.is_empty());
        while let [layer, rest @ ..] = layers {
            trainable |= layer.trainable > 0;
            layers = rest;
        }
        assert!(trainable, "all layers of this network are frozen: there is nothing to train");
    };

    /// Memory for a static or, if the network is small, a local variable. The optimiser starts afresh.
    pub const fn new<CapacityIsAtLeastOne>(optimizer: O) -> Self
    where
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        const { assert_capacity(B) };
        let () = Self::LEARNS;
        Self {
            optimizer,
            schedule: Schedule::constant(),
            clip: Clip::None,
            gradient: zeroed(),
            state: zeroed(),
            workspace: zeroed(),
            steps: 0,
        }
    }

    /// Memory on the heap, made in place.
    #[cfg(feature = "alloc")]
    pub fn boxed<CapacityIsAtLeastOne>(optimizer: O) -> alloc::boxed::Box<Self>
    where
        Capacity<B>: AtLeastOneSample<CapacityIsAtLeastOne>,
    {
        const { assert_capacity(B) };
        let () = Self::LEARNS;
        let mut memory = crate::params::zeroed_memory::<Self>();
        let place = memory.as_mut_ptr();
        // SAFETY: `place` is valid for writes; these are the fields of which zeros need not be a value, and
        // all the others are `Zeroable` or integers.
        unsafe {
            (&raw mut (*place).optimizer).write(optimizer);
            (&raw mut (*place).schedule).write(Schedule::constant());
            (&raw mut (*place).clip).write(Clip::None);
            memory.assume_init()
        }
    }

    /// How many steps have been made.
    pub const fn steps(&self) -> u32 {
        self.steps
    }

    /// The gradient of the last call of [`step`](Self::step) or [`backward`](Self::backward), after
    /// clipping. If that was an error, there is nothing of meaning in it.
    pub const fn gradient(&self) -> &GradientOf<N> {
        &self.gradient.get().0
    }

    /// The gradient, to be changed before [`update`](Self::update).
    pub const fn gradient_mut(&mut self) -> &mut GradientOf<N> {
        &mut self.gradient.get_mut().0
    }

    /// Writes what the optimiser remembers and the number of steps to the front of `bytes`, and returns the
    /// [`SAVED_BYTES`](Self::SAVED_BYTES) bytes that were written: see [`saved`](crate::saved).
    ///
    /// # Errors
    /// [`BytesError::Length`] if `bytes` is too short; nothing is then written.
    pub fn write_bytes<'b>(&self, bytes: &'b mut [u8]) -> Result<&'b [u8], BytesError> {
        let header = saved::training_header::<N, O>();
        saved::write(header.after(self.steps), self.state.0.as_slice(), bytes)
    }

    /// Takes what the optimiser remembers and the number of steps from what [`write_bytes`](Self::write_bytes)
    /// wrote. With the parameters that were saved at the same time and the same settings, which are code and not
    /// saved, training goes on to the same bits as if it had not been interrupted.
    ///
    /// # Errors
    /// [`BytesError`] if the bytes are truncated, damaged, or of another chain, optimiser, or choice of frozen
    /// layers. Everything is then as it was.
    pub fn read_bytes(&mut self, bytes: &[u8]) -> Result<(), BytesError> {
        self.steps = saved::read(saved::training_header::<N, O>(), bytes, self.state.0.as_mut_slice())?;
        Ok(())
    }

    /// One step of training on a mini-batch of any length: forward, backward, clip, update. Returns the mean
    /// loss of the samples before the update.
    ///
    /// # Errors
    /// [`StepError`] if a setting cannot be meant, if the network has not been initialised, if the mini-batch is empty, if
    /// there are not as many targets as inputs, if a target is none that the loss can compare with, or if the loss or the
    /// gradient is not finite; it names the setting or the sample. Parameters, optimiser state and step counter are then as
    /// they were.
    ///
    /// What is not asked is whether the update itself overflows, which a finite gradient and a learning rate of 10³⁸ can
    /// make it do, or under an optimiser that remembers squares a component of the gradient beyond √max (1.8·10¹⁹ in
    /// `f32`). [`step_checked`](Self::step_checked) asks for that.
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
        self.check(network)?;
        let loss = self.backward_on::<Y::Kind>(&Sequential, network, N::inputs(x.samples()), targets.samples())?;
        self.update_on(&Sequential, network)?;
        Ok(loss)
    }

    /// [`step`](Self::step) by an [`Executor`]: with the feature `parallel`,
    /// `chainrule::Threads` runs it on all cores. The same bits whatever the executor does.
    ///
    /// # Errors
    /// As [`step`](Self::step).
    pub fn step_on<X: Samples + ?Sized, Y: Samples + ?Sized>(
        &mut self,
        executor: &(impl Executor + Sync),
        network: &mut N,
        x: &X,
        targets: &Y,
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable + Takes<X::Kind>,
        N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
        Self: Send,
    {
        let (x, targets) = (N::inputs(x.samples()), targets.samples());
        executor.enter(|| {
            self.check(network)?;
            let loss = self.backward_on::<Y::Kind>(executor, network, x, targets)?;
            self.update_on(executor, network)?;
            Ok(loss)
        })
    }

    /// Forward and backward alone: returns the mean loss of the samples and leaves its gradient, clipped, in
    /// [`gradient`](Self::gradient). After an error, do not [`update`](Self::update).
    ///
    /// # Errors
    /// As [`step`](Self::step), but a network of zeros has a gradient like any other.
    pub fn backward<X: Samples + ?Sized, Y: Samples + ?Sized>(
        &mut self,
        network: &N,
        x: &X,
        targets: &Y,
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable + Takes<X::Kind>,
        N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
    {
        self.clip.check()?;
        self.backward_on::<Y::Kind>(&Sequential, network, N::inputs(x.samples()), targets.samples())
    }

    /// That settings and network are such that a step makes sense.
    #[inline]
    fn check(&self, network: &N) -> Result<(), StepError> {
        self.check_settings()?;
        initialized(network)
    }

    /// A function of its own where code is scarce.
    #[cfg_attr(not(vectors), inline(never))]
    #[cfg_attr(vectors, inline)]
    fn check_settings(&self) -> Result<(), InvalidSetting> {
        self.optimizer.check()?;
        self.schedule.check()?;
        self.clip.check()
    }

    pub(crate) fn backward_on<K: Kind>(
        &mut self,
        executor: &impl Executor,
        network: &N,
        x: &[InputOf<N>],
        targets: &[K::Sample],
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable,
        N::Objective: Loss<N::Scalar, N::Output, K>,
    {
        LengthMismatch::check(x.len(), targets.len(), "targets")?;
        if x.is_empty() {
            return Err(StepError::EmptyBatch);
        }
        let scale = N::Scalar::ONE / N::Scalar::from_usize(x.len());
        let mut sum = Total::ZERO;
        let mut finite = true;
        let mut accumulate = Accumulate::Replace;
        for (piece, (x, targets)) in x.chunks(B.max(1)).zip(targets.chunks(B.max(1))).enumerate() {
            let Backpropagated { loss, dy, tape } =
                self.workspace.backpropagate::<K>(executor, network, x, targets, scale, piece * B)?;
            sum.add(loss);
            let gradient = GradientPart::whole(&mut self.gradient.0, accumulate);
            finite &= executor.run(Columns { network, x, dy, tape, gradient });
            accumulate = Accumulate::Add;
        }
        let loss = sum.get() * scale;
        if !loss.is_finite() {
            return Err(StepError::NonFiniteLoss { sample: 0 });
        }
        if !finite {
            return Err(blame_inputs::<N>(0, x));
        }
        self.clip.apply(&mut self.gradient.0);
        Ok(loss)
    }

    /// [`step`](Self::step) with an update that is tried on a copy first, 64 parameters at a time, so that one that would make
    /// a parameter, or what the optimiser remembers of it, infinite or NaN is not made. It takes as long as another update.
    ///
    /// # Errors
    /// As [`step`](Self::step), and [`StepError::NonFiniteUpdate`] names the parameter. Parameters, optimiser state and step
    /// counter are then as they were.
    pub fn step_checked<X: Samples + ?Sized, Y: Samples + ?Sized>(
        &mut self,
        network: &mut N,
        x: &X,
        targets: &Y,
    ) -> Result<N::Scalar, StepError>
    where
        N: Trainable + Takes<X::Kind>,
        N::Objective: Loss<N::Scalar, N::Output, Y::Kind>,
    {
        self.check(network)?;
        let loss = self.backward_on::<Y::Kind>(&Sequential, network, N::inputs(x.samples()), targets.samples())?;
        self.update_checked(network)?;
        Ok(loss)
    }

    /// Moves the trainable parameters against the gradient that is stored, by one step of the optimiser.
    ///
    /// # Errors
    /// [`StepError::InvalidSetting`] if a setting cannot be meant. Parameters, optimiser state and step counter are then as
    /// they were.
    pub fn update(&mut self, network: &mut N) -> Result<(), StepError> {
        self.check_settings()?;
        self.update_on(&Sequential, network)
    }

    /// [`update`](Self::update), tried on a copy first.
    ///
    /// # Errors
    /// As [`update`](Self::update), and [`StepError::NonFiniteUpdate`] if it would overflow. Parameters, optimiser state and
    /// step counter are then as they were.
    pub fn update_checked(&mut self, network: &mut N) -> Result<(), StepError> {
        self.check_settings()?;
        let step = self.next_step()?;
        let State { memories, common } = &mut self.state.0;
        let mut common_after: O::Common = zeroed();
        common_after.as_mut_slice().copy_from_slice(common.as_slice());
        phases::try_update(self.optimizer.begin(step, &mut common_after), network, &self.gradient.0, memories)?;
        self.update_on(&Sequential, network)
    }

    /// How far the next step goes.
    fn next_step(&self) -> Result<Step<N::Scalar>, InvalidSetting> {
        let learning_rate = self.optimizer.learning_rate() * self.schedule.factor(self.steps);
        // A schedule can grow beyond all numbers.
        Setting("learning_rate · schedule", learning_rate).not_negative()?;
        Ok(Step { learning_rate, decay: N::Scalar::ONE - learning_rate * self.optimizer.weight_decay() })
    }

    fn update_on(&mut self, executor: &impl Executor, network: &mut N) -> Result<(), StepError> {
        let step = self.next_step()?;
        let State { memories, common } = &mut self.state.0;
        let rule = self.optimizer.begin(step, common);
        phases::update(executor, rule, network, &self.gradient.0, memories);
        self.steps = self.steps.saturating_add(1);
        Ok(())
    }
}
