//! Inference of one sample by a network whose parameters do not fit into the first cache.

use super::{SAMPLES, Setting, Work, inference_of_others};
use crate::data::Samples;
use crate::networks::Digits;
use crate::others::nalgebra::TwoLayers;
use crate::ours::inference;
use crate::table::Table;
use crate::workload::Workload;

pub fn measure(setting: &Setting, show: &mut dyn FnMut(Table)) {
    show(digits(setting, "dense input", &Samples::dense(SAMPLES)));
    show(digits(setting, "MNIST", &setting.mnist.first(SAMPLES)));
}

fn digits(setting: &Setting, input: &str, samples: &Samples<784, 10>) -> Table {
    let density = samples.density();
    let (work, best) = (Work::of_inference::<Digits>(density), setting.best());
    let mut entries = Vec::new();
    for &level in &setting.levels {
        let ours = inference::<Digits, _, _>(samples);
        entries.push(work.entry(level.to_string(), level, ours).computes("logits"));
    }
    entries.extend(inference_of_others::<Digits, TwoLayers<784, 50, 10>, _, _>(work, best, samples));
    let title = format!("Inference, 784-50-10, one sample, {input}, {:.0} % not zero", 100.0 * density);
    Workload::new(title, entries).measure(setting.plan)
}
