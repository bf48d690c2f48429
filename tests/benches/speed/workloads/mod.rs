//! What is measured, one task a file.

mod epoch;
mod inference;
mod mini_batch;
mod online;
mod small;
mod threads;

use chainrule::kernels::Level;
use chainrule::prelude::*;

use crate::bound::Bound;
use crate::data::Samples;
use crate::harness::Plan;
use crate::others::nalgebra::{self, Plain};
use crate::others::products::{self, Faer, MatrixMultiply};
use crate::ours::{self, Classifier};
use crate::table::Table;
use crate::workload::Entry;

/// How many samples are taken by turns where one is used at a time.
const SAMPLES: usize = 128;

/// η of everything that is trained.
const RATE: f32 = 0.01;

/// What the workloads need.
pub struct Setting {
    /// The levels to measure, the machine's best one first.
    pub levels: Vec<Level>,
    pub plan: Plan,
    /// Handwritten digits, as many as an epoch has.
    pub mnist: Samples<784, 10>,
}

impl Setting {
    fn best(&self) -> Level {
        self.levels[0]
    }
}

/// A group of tables that can be chosen by its name.
pub type Group = (&'static str, fn(&Setting, &mut dyn FnMut(Table)));

pub const GROUPS: [Group; 6] = [
    ("mini-batch", mini_batch::measure),
    ("epoch", epoch::measure),
    ("online", online::measure),
    ("inference", inference::measure),
    ("small", small::measure),
    ("threads", threads::measure),
];

/// What one call has to do, whoever does it.
#[derive(Clone, Copy)]
struct Work {
    flops: f64,
    memory: Memory,
}

/// Which memory the parameters come from, and how many bytes of them there are.
#[derive(Clone, Copy)]
enum Memory {
    /// The products take longer.
    Hidden,
    L1(f64),
    L2(f64),
    /// Read and written.
    L2Update(f64),
    /// Read, and then read and written.
    L2ReadThenUpdate(f64),
}

impl Work {
    /// Inference of one sample with parameters in the first cache.
    fn of_small_inference<N: Network>() -> Self {
        Self { flops: N::FLOPS as f64, memory: Memory::L1(N::BYTES as f64) }
    }

    /// Inference of one sample with parameters in the second cache. Inputs that are zero need no product, and their
    /// columns of weights need not be read.
    fn of_inference<N: Network>(density: f64) -> Self {
        let spared = (1.0 - density) * first_weights::<N>();
        Self { flops: N::FLOPS as f64 - 2.0 * spared, memory: Memory::L2(N::BYTES as f64 - 4.0 * spared) }
    }

    /// A training step with one sample, with parameters in the second cache, and with inputs that are zero as above.
    fn of_online_step<N: Network>(density: f64) -> Self {
        let spared = (1.0 - density) * first_weights::<N>();
        let flops = Self::of_step::<N>(1).flops - 4.0 * spared;
        Self { flops, memory: Memory::L2ReadThenUpdate(N::BYTES as f64 - 4.0 * spared) }
    }

    /// The same as one of many steps, whose product with the next sample may be computed while the weights change.
    fn of_step_in_epoch<N: Network>(density: f64) -> Self {
        let step = Self::of_online_step::<N>(density);
        match step.memory {
            Memory::L2ReadThenUpdate(bytes) => Self { memory: Memory::L2Update(bytes), ..step },
            _ => step,
        }
    }

    /// A training step: forward, and backward with respect to parameters and to all inputs but the network's.
    fn of_step<N: Network>(samples: usize) -> Self {
        let flops = samples as f64 * (3.0 * N::FLOPS as f64 - 2.0 * first_weights::<N>());
        Self { flops, memory: Memory::Hidden }
    }

    fn times(self, count: usize) -> Self {
        Self { flops: count as f64 * self.flops, ..self }
    }

    /// A row of a table.
    fn entry<'a>(self, name: impl Into<String>, level: Level, call: impl FnMut() -> f32 + 'a) -> Entry<'a> {
        Entry::new(name, level, self.flops, call).bounds(self.bounds(level))
    }

    /// The same where so many calls are made as one.
    fn entry_of_runs<'a>(self, name: impl Into<String>, level: Level, run: impl FnMut(u64) -> f32 + 'a) -> Entry<'a> {
        Entry::of_runs(name, level, self.flops, run).bounds(self.bounds(level))
    }

    fn bounds(self, level: Level) -> impl Iterator<Item = Bound> {
        let memory = match self.memory {
            Memory::Hidden => None,
            Memory::L1(bytes) => Some(Bound::l1_read(level, bytes)),
            Memory::L2(bytes) => Some(Bound::l2_read(level, bytes)),
            Memory::L2Update(bytes) => Some(Bound::l2_update(level, bytes)),
            Memory::L2ReadThenUpdate(bytes) => Some(Bound::l2_read_then_update(level, bytes)),
        };
        [Bound::flops(level, self.flops)].into_iter().chain(memory)
    }
}

/// How many weights the first layer has.
fn first_weights<N: Network>() -> f64 {
    let outputs = N::LAYERS[0].params / (N::INPUT + 1);
    (N::INPUT * outputs) as f64
}

/// The training step by other libraries.
fn steps_of_others<'a, N, P, const B: usize, const I: usize, const O: usize>(
    work: Work,
    level: Level,
    samples: &'a Samples<I, O>,
) -> [Entry<'a>; 3]
where
    N: Classifier<I, O>,
    P: Plain<I, O> + 'a,
{
    let (widths, parameters) = (P::WIDTHS, &ours::parameters::<N>());
    let plain = nalgebra::training::<P, B, I, O>(parameters, samples, RATE);
    let multiply = products::training::<MatrixMultiply, I, O>(widths, parameters, samples, B, RATE);
    let faer = products::training::<Faer, I, O>(widths, parameters, samples, B, RATE);
    [
        work.entry("nalgebra", level, plain).computes("descent").column("nalgebra"),
        work.entry("matrixmultiply", level, multiply).computes("descent").column("matrixmultiply"),
        work.entry("faer", level, faer).computes("descent").column("faer"),
    ]
}

/// Inference of one sample by other libraries, with Relu.
fn inference_of_others<'a, N, P, const I: usize, const O: usize>(
    work: Work,
    level: Level,
    samples: &'a Samples<I, O>,
) -> [Entry<'a>; 3]
where
    N: Classifier<I, O>,
    P: Plain<I, O> + 'a,
{
    let (widths, parameters) = (P::WIDTHS, &ours::parameters::<N>());
    let plain = nalgebra::inference::<P, _, I, O>(parameters, samples, nalgebra::relu);
    let multiply = products::inference::<MatrixMultiply, I, O>(widths, parameters, samples);
    let faer = products::inference::<Faer, I, O>(widths, parameters, samples);
    [
        work.entry("nalgebra", level, plain).computes("logits").column("nalgebra"),
        work.entry("matrixmultiply", level, multiply).computes("logits").column("matrixmultiply"),
        work.entry("faer", level, faer).computes("logits").column("faer"),
    ]
}
