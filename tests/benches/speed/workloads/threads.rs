//! Training steps on two threads.

use chainrule::prelude::*;

use super::{RATE, Setting, Work};
use crate::data::Samples;
use crate::harness::Plan;
use crate::networks::{Digits, WideDigits};
use crate::ours::{Classifier, parallel, training};
use crate::table::Table;
use crate::workload::Workload;

/// How many times as long bursts are: in the first milliseconds threads wake up, and a training loop is longer.
const LONGER: u32 = 40;

pub fn measure(setting: &Setting, show: &mut dyn FnMut(Table)) {
    show(steps::<Digits, 100>(setting, "784-50-10"));
    show(steps::<WideDigits, 128>(setting, "784-512-512-10"));
}

fn steps<N, const B: usize>(setting: &Setting, widths: &str) -> Table
where
    N: Classifier<784, 10>,
    Training<N, Sgd<f32>, B>: Send,
{
    let pool = rayon_core::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    let samples = &Samples::dense(B);
    let (work, best) = (Work::of_step::<N>(B), setting.best());
    let one = training::<N, B, _, _>(Sgd::new(RATE), samples);
    let mut from_outside = parallel::<N, B, _, _>(RATE, samples);
    let mut inside = parallel::<N, B, _, _>(RATE, samples);
    let entries = [
        work.entry("one thread", best, one).computes("descent").column("one thread"),
        work.entry("two threads, each step from outside", best, || pool.install(&mut from_outside)).computes("descent"),
        work.entry_of_runs("two threads, all steps in the pool", best, |steps| {
            pool.install(|| (0..steps).fold(f32::NAN, |_, _| inside()))
        })
        .computes("descent"),
    ];
    let plan = Plan { burst: LONGER * setting.plan.burst, ..setting.plan };
    Workload::new(format!("Training step, {widths}, mini-batch of {B}, on threads"), entries).measure(plan)
}
