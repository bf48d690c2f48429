//! The same networks by chainrule.

use std::hint::black_box;

use chainrule::Threads;
use chainrule::kernels::{Level, set_level};
use chainrule::loss::Loss;
use chainrule::memory::Aligned;
use chainrule::network::{LearnsOnline, Takes};
use chainrule::prelude::*;
use chainrule::samples::Values;

use crate::data::Samples;

/// The levels that this machine has, the best one first.
pub fn levels() -> Vec<Level> {
    let best_first = [Level::Avx512, Level::Avx2, Level::Sse2, Level::Neon, Level::Portable];
    best_first.into_iter().filter(|&level| set_level(level)).collect()
}

/// A network as all contenders begin with it.
pub fn network<N: Network<Scalar = f32>>() -> Box<Aligned<N>> {
    let mut network = N::boxed();
    network.init(1);
    network
}

/// Its parameters.
pub fn parameters<N: Network<Scalar = f32>>() -> Vec<f32> {
    network::<N>().as_slice().to_vec()
}

/// A network that [`Samples`] train.
pub trait Classifier<const I: usize, const O: usize>:
    Trainable<Objective: Loss<f32, Self::Output, Class<O>>> + Network<Scalar = f32> + Takes<Values<f32, I>> + LearnsOnline
{
}

impl<N, const I: usize, const O: usize> Classifier<I, O> for N where
    N: Trainable<Objective: Loss<f32, N::Output, Class<O>>>
        + Network<Scalar = f32>
        + Takes<Values<f32, I>>
        + LearnsOnline
{
}

/// Training on mini-batches of `B` samples after another, from the first again after the last, by `step`.
fn steps<'a, N, const B: usize, const I: usize, const O: usize, S>(
    samples: &'a Samples<I, O>,
    mut step: S,
) -> impl FnMut() -> f32 + use<'a, N, B, I, O, S>
where
    N: Classifier<I, O> + 'a,
    S: FnMut(&mut N, &[SVector<f32, I>], &[Class<O>]) -> Result<f32, StepError> + 'a,
{
    let mut network = network::<N>();
    let mut batches = samples.inputs.chunks_exact(B).zip(samples.labels.chunks_exact(B)).cycle();
    move || {
        let Some((x, labels)) = batches.next() else { return f32::NAN };
        step(black_box(&mut network), black_box(x), black_box(labels)).unwrap_or(f32::NAN)
    }
}

/// Training with an optimiser.
pub fn training<'a, N, const B: usize, const I: usize, const O: usize>(
    optimizer: impl Optimizer<f32> + 'a,
    samples: &'a Samples<I, O>,
) -> impl FnMut() -> f32 + 'a
where
    N: Classifier<I, O> + 'a,
{
    let mut training = Training::<N, _, B>::boxed(optimizer);
    steps::<N, B, I, O, _>(samples, move |network, x, labels| training.step(network, x, labels))
}

/// Training without a stored gradient.
pub fn online<'a, N, const B: usize, const I: usize, const O: usize>(
    rate: f32,
    samples: &'a Samples<I, O>,
) -> impl FnMut() -> f32 + 'a
where
    N: Classifier<I, O> + 'a,
{
    let mut online = Online::<N, B>::boxed(rate);
    steps::<N, B, I, O, _>(samples, move |network, x, labels| online.step(network, x, labels))
}

/// Training without a stored gradient on so many samples, one after another, from the first again after the last.
pub fn online_epoch<'a, N, const I: usize, const O: usize>(
    rate: f32,
    samples: &'a Samples<I, O>,
) -> impl FnMut(u64) -> f32 + 'a
where
    N: Classifier<I, O> + 'a,
{
    let mut network = network::<N>();
    let mut online = Online::<N, 1>::boxed(rate);
    let mut order = (0..samples.inputs.len()).cycle();
    move |steps| {
        let order = order.by_ref().take(steps as usize);
        online.epoch(&mut network, black_box(&samples.inputs), black_box(&samples.labels), order).unwrap_or(f32::NAN)
    }
}

/// Training with [`Sgd`] on the threads of the pool that it is called in.
pub fn parallel<'a, N, const B: usize, const I: usize, const O: usize>(
    rate: f32,
    samples: &'a Samples<I, O>,
) -> impl FnMut() -> f32 + Send + 'a
where
    N: Classifier<I, O> + 'a,
    Training<N, Sgd<f32>, B>: Send,
{
    let mut training = Training::<N, _, B>::boxed(Sgd::new(rate));
    steps::<N, B, I, O, _>(samples, move |network, x, labels| training.step_on(&Threads, network, x, labels))
}

/// Inference of one sample after another, from the first again after the last.
pub fn inference<'a, N, const I: usize, const O: usize>(samples: &'a Samples<I, O>) -> impl FnMut() -> f32 + 'a
where
    N: Classifier<I, O, Loss: chainrule::loss::Logits> + 'a,
{
    let network = network::<N>();
    let mut memory = Inference::<N, 1>::boxed();
    let mut inputs = samples.inputs.iter().cycle();
    move || {
        let Some(x) = inputs.next() else { return f32::NAN };
        black_box(black_box(&*network).logits(black_box(x), &mut memory)).as_slice()[0]
    }
}
