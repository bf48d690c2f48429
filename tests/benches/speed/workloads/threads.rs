//! Training steps on two threads.

use chainrule::prelude::*;

use super::{RATE, Setting, Work};
use crate::data::Samples;
use crate::networks::{Digits, WideDigits};
use crate::ours::{Classifier, parallel, training};
use crate::table::Table;
use crate::workload::Workload;

/// How many steps a call makes, so that a pool can be entered once for several of them.
const STEPS: usize = 5;

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
    let (work, best) = (Work::of_step::<N>(B).times(STEPS), setting.best());
    let mut one = training::<N, B, _, _>(Sgd::new(RATE), samples);
    let mut from_outside = parallel::<N, B, _, _>(RATE, samples);
    let mut inside = parallel::<N, B, _, _>(RATE, samples);
    let entries = [
        work.entry("one thread", best, move || (0..STEPS).map(|_| one()).sum())
            .computes("descent")
            .column("one thread"),
        work.entry("two threads, each step from outside", best, || {
            (0..STEPS).map(|_| pool.install(&mut from_outside)).sum()
        })
        .computes("descent"),
        work.entry("two threads, all steps in the pool", best, || pool.install(|| (0..STEPS).map(|_| inside()).sum()))
            .computes("descent"),
    ];
    let title = format!("{STEPS} training steps, {widths}, mini-batch of {B}, on threads");
    Workload::new(title, entries).measure(setting.plan)
}
