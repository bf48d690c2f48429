//! A training step with one sample.

use chainrule::prelude::*;

use super::{RATE, SAMPLES, Setting, Work, steps_of_others};
use crate::data::Samples;
use crate::networks::Digits;
use crate::others::nalgebra::TwoLayers;
use crate::ours::{online, online_epoch, training};
use crate::table::Table;
use crate::workload::Workload;

pub fn measure(setting: &Setting, show: &mut dyn FnMut(Table)) {
    show(digits(setting, "dense input", &Samples::dense(SAMPLES)));
    show(digits(setting, "MNIST", &setting.mnist.first(SAMPLES)));
}

fn digits(setting: &Setting, input: &str, samples: &Samples<784, 10>) -> Table {
    let density = samples.density();
    let (work, best) = (Work::of_online_step::<Digits>(density), setting.best());
    let mut entries = Vec::new();
    for &level in &setting.levels {
        let in_place = online::<Digits, 1, _, _>(RATE, samples);
        entries.push(work.entry(format!("`Online::step`, {level}"), level, in_place).computes("descent"));
    }
    let in_epoch = Work::of_step_in_epoch::<Digits>(density);
    for &level in &setting.levels {
        let epoch = online_epoch::<Digits, _, _>(RATE, samples);
        entries.push(in_epoch.entry_of_runs(format!("`Online::epoch`, {level}"), level, epoch).computes("descent"));
    }
    let sgd = training::<Digits, 1, _, _>(Sgd::new(RATE), samples);
    entries.push(work.entry("`Training`", best, sgd).computes("descent"));
    entries.extend(steps_of_others::<Digits, TwoLayers<784, 50, 10>, 1, _, _>(work, best, samples));
    let title = format!("Training step, 784-50-10, one sample, {input}, {:.0} % not zero", 100.0 * density);
    Workload::new(title, entries).measure(setting.plan)
}
