//! The three phases of a training step, in parts that can be computed apart from each other.
//!
//! In the first phase a part is some of the samples: forward, loss, and all deltas. In the second it is some of
//! the columns of the weights: their gradient over all samples. In the third it is some of the parameters: the step of
//! the optimiser. So no two parts add to the same number, and the result is the same, bit by bit, whatever the parts
//! are and whoever computes them.
//!
//! Nothing here knows of threads. An [`Executor`] splits a phase into parts and runs them wherever it likes;
//! [`Sequential`] runs the whole of it in place.

use core::ops::Range;

use crate::error::StepError;
use crate::kernels::chain::{self, Pairs};
use crate::kernels::{Available, affine_backward_bias, affine_backward_columns, all_finite};
use crate::layer::Accumulate;
use crate::loss::Loss;
use crate::memory::{Buffers, Shared, View};
use crate::network::{GradientOf, InputOf, Network, OutputOf, TapeOf, Trainable};
use crate::optim::{Memory, Optimizer, Slices, Step};
use crate::params::Params;
use crate::samples::Kind;
use crate::scalar::Scalar;

/// Something to do that can be split in two.
pub trait Part: Sized + Send {
    /// How much there is to do; 1 and less cannot be split.
    fn size(&self) -> usize;

    /// How much of it is worth a thread of its own: less is done sooner than it is handed over.
    fn grain(&self) -> usize {
        1
    }

    /// Splits it at about `at`; one side is empty if it cannot be split there.
    fn split_at(self, at: usize) -> (Self, Self);

    /// Does it. Returns whether all that was computed is finite.
    fn run(self) -> bool;
}

/// Who runs a phase.
///
/// ```
/// use chainrule::phases::{Executor, Part};
///
/// /// Two threads, started anew for each phase: simple, not fast.
/// struct TwoThreads;
///
/// impl Executor for TwoThreads {
///     fn run<P: Part>(&self, phase: P) -> bool {
///         let half = phase.size() / 2;
///         let (mine, other) = phase.split_at(half);
///         std::thread::scope(|scope| {
///             let other = scope.spawn(|| other.run());
///             mine.run() & other.join().unwrap_or(false)
///         })
///     }
/// }
/// ```
pub trait Executor {
    /// Runs all of a phase and returns once it is done: whether every part of it was finite.
    fn run<P: Part>(&self, phase: P) -> bool;

    /// Is given each training step as a whole, or many of them, to go where their phases are run best.
    fn enter<R: Send>(&self, step: impl FnOnce() -> R + Send) -> R {
        step()
    }
}

/// Runs every phase as a whole, on the thread that asks for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sequential;

impl Executor for Sequential {
    // A call would hand over all the slices of a phase in memory, which takes as long as the work of a tiny network.
    #[inline(always)]
    fn run<P: Part>(&self, phase: P) -> bool {
        phase.run()
    }
}

/// A part of the first phase: some samples of a mini-batch.
pub(crate) struct Samples<'s, N: Network, K: Kind> {
    pub(crate) network: &'s N,
    pub(crate) x: &'s [InputOf<N>],
    pub(crate) targets: &'s [K::Sample],
    pub(crate) y: &'s mut [OutputOf<N>],
    pub(crate) dy: &'s mut [OutputOf<N>],
    /// The loss of every sample, so that they can be added in one order.
    pub(crate) losses: &'s mut [N::Scalar],
    /// What every loss is multiplied by.
    pub(crate) scale: N::Scalar,
    pub(crate) tape: View<'s, TapeOf<N>>,
}

impl<N, K> Part for Samples<'_, N, K>
where
    N: Trainable,
    K: Kind,
    N::Objective: Loss<N::Scalar, N::Output, K>,
{
    fn size(&self) -> usize {
        self.x.len()
    }

    fn split_at(self, at: usize) -> (Self, Self) {
        let Self { network, x, targets, y, dy, losses, scale, tape } = self;
        let at = whole_groups(at.min(x.len()).min(targets.len()).min(y.len()).min(dy.len()), x.len());
        let ((x, x2), (targets, targets2)) = (x.split_at(at), targets.split_at(at));
        let ((y, y2), (dy, dy2)) = (y.split_at_mut(at), dy.split_at_mut(at));
        let (losses, losses2) = losses.split_at_mut(at.min(losses.len()));
        let (tape, tape2) = TapeOf::<N>::split_at(tape, at);
        (
            Self { network, x, targets, y, dy, losses, scale, tape },
            Self { network, x: x2, targets: targets2, y: y2, dy: dy2, losses: losses2, scale, tape: tape2 },
        )
    }

    #[inline(always)]
    fn run(self) -> bool {
        let Self { network, x, targets, y, dy, losses, scale, mut tape } = self;
        network.forward(x, y, TapeOf::<N>::reborrow(&mut tape));
        N::objective().backward_all(y, targets, scale, dy, losses);
        network.backward_inner(x, y, dy, tape);
        losses.iter().fold(true, |finite, loss| finite & loss.is_finite())
    }
}

/// Samples are split between groups of 8, and none is left alone: a single sample has kernels of its own, whose
/// sums run in another order.
fn whole_groups(at: usize, len: usize) -> usize {
    let at = at - at % 8;
    if len.saturating_sub(at) == 1 { at.saturating_sub(8) } else { at }
}

/// A part of the second phase: the gradient of some columns of the weights.
pub(crate) struct Columns<'s, N: Network> {
    pub(crate) network: &'s N,
    pub(crate) x: &'s [InputOf<N>],
    pub(crate) dy: &'s [OutputOf<N>],
    pub(crate) tape: Shared<'s, TapeOf<N>>,
    pub(crate) gradient: GradientPart<'s, N::Scalar>,
}

impl<N: Network + Sync> Part for Columns<'_, N> {
    fn size(&self) -> usize {
        self.gradient.slice.len()
    }

    fn split_at(self, at: usize) -> (Self, Self) {
        let Self { network, x, dy, tape, gradient } = self;
        let (first, rest) = gradient.split_at::<N>(at);
        (Self { network, x, dy, tape, gradient: first }, Self { network, x, dy, tape, gradient: rest })
    }

    /// (The gradient stays where it is: a copy would read at once what was written in parts, and wait for it.)
    #[inline]
    fn run(mut self) -> bool {
        self.network.backward_part(self.x, self.dy, self.tape, &mut self.gradient);
        all_finite(self.gradient.slice)
    }
}

/// A part of a gradient: a run of its flat slice, from the start of one column to the end of another.
///
/// It is shown the layers in their order, and each computes what of its own gradient lies in the part.
pub struct GradientPart<'g, T> {
    slice: &'g mut [T],
    /// Where the slice begins in the whole gradient.
    begin: usize,
    /// Where the next layer begins in the whole gradient.
    layer: usize,
    accumulate: Accumulate,
}

impl<'g, T: Scalar> GradientPart<'g, T> {
    /// All of a gradient.
    #[inline]
    pub fn whole<G: Params<T>>(gradient: &'g mut G, accumulate: Accumulate) -> Self {
        Self { slice: gradient.as_mut_slice(), begin: 0, layer: 0, accumulate }
    }

    fn split_at<N: Network>(self, at: usize) -> (Self, Self) {
        let Self { slice, begin, accumulate, .. } = self;
        let cut = column_after::<N>(begin + at).saturating_sub(begin).min(slice.len());
        let (first, rest) = slice.split_at_mut(cut);
        let part = |slice, begin| Self { slice, begin, layer: 0, accumulate };
        (part(first, begin), part(rest, begin + cut))
    }

    /// Of the layer at hand, what lies between two of its parameters.
    #[inline]
    fn of_layer(&mut self, from: usize, to: usize) -> Option<(usize, &mut [T])> {
        let Range { start, end } =
            (self.layer + from).max(self.begin)..(self.layer + to).min(self.begin + self.slice.len());
        let slice = self.slice.get_mut(start.checked_sub(self.begin)?..end.checked_sub(self.begin)?)?;
        (!slice.is_empty()).then(|| (start - self.layer - from, slice))
    }

    /// The next layers are Affines: the x and dy of each, as a [list](Pairs).
    #[inline]
    pub fn affines<L: Pairs<T>>(&mut self, layers: L) {
        let accumulate = self.accumulate;
        if let Some((0, slice)) = self.of_layer(0, L::LEN)
            && slice.len() == L::LEN
        {
            if let Some(layers) = layers.layers(slice) {
                chain::gradient(layers, accumulate);
            }
            self.layer += L::LEN;
        } else {
            layers.in_part(self);
        }
    }

    /// The next layer is an Affine of so many inputs and outputs.
    #[inline(never)]
    pub(crate) fn affine(&mut self, (inputs, outputs): (usize, usize), x: &[T], dy: &[T]) {
        let (weights, all) = (inputs * outputs, inputs * outputs + outputs);
        let accumulate = self.accumulate;
        if let Some((first, slice)) = self.of_layer(0, weights) {
            let column = first.checked_div(outputs).unwrap_or(0);
            affine_backward_columns(inputs, outputs, column, x, dy, slice, accumulate);
        }
        if let Some((_, slice)) = self.of_layer(weights, all) {
            affine_backward_bias(outputs, dy, slice, accumulate);
        }
        self.layer += all;
    }

    /// The next layer is another, with a gradient of its own kind.
    #[inline]
    pub fn other<G: Params<T>>(&mut self, backward_params: impl FnOnce(&mut G, Accumulate)) {
        let accumulate = self.accumulate;
        if let Some((0, slice)) = self.of_layer(0, G::LEN)
            && let Some(gradient) = G::from_mut_slice(slice)
        {
            backward_params(gradient, accumulate);
        }
        self.layer += G::LEN;
    }
}

/// The first place at or behind `at` in the gradient where one part may end and the next begin.
fn column_after<N: Network>(at: usize) -> usize {
    let mut begin = 0;
    for layer in N::LAYERS {
        let end = begin + layer.trainable;
        if at < end {
            return begin + (at - begin).next_multiple_of(layer.column.max(1)).min(layer.trainable);
        }
        begin = end;
    }
    begin
}

/// A part of the third phase: a step of the optimiser for some of the parameters.
struct Parameters<'s, T: Scalar, O: Optimizer<T>> {
    optimizer: O,
    step: Step<T>,
    w: &'s mut [T],
    gradient: &'s [T],
    memory: Slices<'s, O, T>,
}

impl<T: Scalar, O: Optimizer<T>> Part for Parameters<'_, T, O> {
    fn size(&self) -> usize {
        self.w.len()
    }

    /// To hand a part over takes 2 to 3 µs, as long as Sgd takes for 32 Ki parameters. It pays sooner, since a part of
    /// the parameters then stays with the thread that computes their gradient: a step of 784-50-10, with 39,760 of
    /// them, takes 128 µs with the update on one of two threads, and 100 µs with a half on either.
    fn grain(&self) -> usize {
        16 * 1024
    }

    /// Splits between lines of the cache, since two threads that write to one line wait for each other.
    fn split_at(self, at: usize) -> (Self, Self) {
        let Self { optimizer, step, w, gradient, memory } = self;
        let at = (at - at % 64).min(w.len()).min(gradient.len());
        let ((w, w2), (gradient, gradient2)) = (w.split_at_mut(at), gradient.split_at(at));
        let (memory, memory2) = O::Memory::split_at(memory, at);
        (
            Self { optimizer, step, w, gradient, memory },
            Self { optimizer, step, w: w2, gradient: gradient2, memory: memory2 },
        )
    }

    #[inline]
    fn run(self) -> bool {
        let Self { optimizer, step, w, gradient, memory } = self;
        optimizer.run(Available::current(), step, w, gradient, memory);
        true
    }
}

/// The third phase, once for every run of trainable parameters: there is one unless something is frozen.
#[inline]
pub(crate) fn update<N: Network, O: Optimizer<N::Scalar>>(
    executor: &impl Executor,
    (optimizer, step): (O, Step<N::Scalar>),
    network: &mut N,
    gradient: &GradientOf<N>,
    memories: &mut <O::Memory as Memory<N::Scalar>>::Memories<GradientOf<N>>,
) {
    let mut begin = 0;
    network.trainable_mut(&mut |w| {
        let of = begin..begin + w.len();
        begin = of.end;
        let gradient = gradient.as_slice().get(of.clone()).unwrap_or_default();
        let memory = O::Memory::slices(memories, of);
        executor.run(Parameters { optimizer, step, w, gradient, memory });
    });
}

/// Whether [`update`] would leave all parameters and all that is remembered of them finite.
///
/// # Errors
/// [`StepError::NonFiniteUpdate`] names the first that would not be.
#[inline(never)]
pub(crate) fn try_update<N: Network, O: Optimizer<N::Scalar>>(
    (optimizer, step): (O, Step<N::Scalar>),
    network: &mut N,
    gradient: &GradientOf<N>,
    memories: &mut <O::Memory as Memory<N::Scalar>>::Memories<GradientOf<N>>,
) -> Result<(), StepError> {
    let (mut begin, mut overflow) = (0, None);
    network.trainable_mut(&mut |w| {
        let of = begin..begin + w.len();
        let gradient = gradient.as_slice().get(of.clone()).unwrap_or_default();
        let memory = O::Memory::slices(memories, of);
        let first = O::Memory::overflow(Available::current(), optimizer, step, w, gradient, memory);
        overflow = overflow.or(first.map(|parameter| begin + parameter));
        begin += w.len();
    });
    match overflow {
        None => Ok(()),
        Some(parameter) => Err(StepError::NonFiniteUpdate { parameter }),
    }
}
