//! Networks that fit into the first cache.

use chainrule::prelude::*;

use super::{RATE, SAMPLES, Setting, Work, inference_of_others, steps_of_others};
use crate::data::Samples;
use crate::networks::{Small, SmallTanh, Tiny, TinyTanh};
use crate::others::nalgebra::{self, Plain, ThreeLayers};
use crate::ours::{self, Classifier, online, training};
use crate::table::Table;
use crate::workload::Workload;

pub fn measure(setting: &Setting, show: &mut dyn FnMut(Table)) {
    show(inference::<Small, SmallTanh, ThreeLayers<16, 64, 4>, _, _>(setting, "16-64-64-4"));
    show(inference::<Tiny, TinyTanh, ThreeLayers<4, 16, 2>, _, _>(setting, "4-16-16-2"));
    show(step::<1>(setting, "one sample"));
    show(step::<32>(setting, "mini-batch of 32"));
}

fn inference<R, T, P, const I: usize, const O: usize>(setting: &Setting, widths: &str) -> Table
where
    R: Classifier<I, O, Loss: chainrule::loss::Logits>,
    T: Classifier<I, O, Loss: chainrule::loss::Logits>,
    P: Plain<I, O>,
{
    let samples = &Samples::<I, O>::dense(SAMPLES);
    let (work, best) = (Work::of_small_inference::<R>(), setting.best());
    let mut entries = Vec::new();
    for &level in &setting.levels {
        entries
            .push(work.entry(format!("Relu, {level}"), level, ours::inference::<R, I, O>(samples)).computes("logits"));
    }
    for &level in &setting.levels {
        let tanh = ours::inference::<T, I, O>(samples);
        entries.push(work.entry(format!("Tanh, {level}"), level, tanh).computes("logits of Tanh"));
    }
    entries.extend(inference_of_others::<R, P, I, O>(work, best, samples));
    let tanh = nalgebra::inference::<P, _, I, O>(&ours::parameters::<T>(), samples, f32::tanh);
    entries.push(work.entry("nalgebra, Tanh", best, tanh).computes("logits of Tanh").column("nalgebra, Tanh"));
    Workload::new(format!("Inference, {widths}, one sample"), entries).measure(setting.plan)
}

fn step<const B: usize>(setting: &Setting, batch: &str) -> Table {
    let samples = &Samples::dense(SAMPLES);
    let (work, best) = (Work::of_step::<Tiny>(B), setting.best());
    let mut entries = Vec::new();
    for &level in &setting.levels {
        let sgd = training::<Tiny, B, _, _>(Sgd::new(RATE), samples);
        entries.push(work.entry(format!("`Sgd`, {level}"), level, sgd).computes("descent"));
    }
    entries.push(work.entry("`Online`", best, online::<Tiny, B, _, _>(RATE, samples)).computes("descent"));
    entries.extend(steps_of_others::<Tiny, ThreeLayers<4, 16, 2>, B, _, _>(work, best, samples));
    Workload::new(format!("Training step, 4-16-16-2, {batch}"), entries).measure(setting.plan)
}
