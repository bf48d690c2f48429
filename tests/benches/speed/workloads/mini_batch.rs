//! A training step on a mini-batch of a large network.

use chainrule::kernels::Level;
use chainrule::prelude::*;

use super::{RATE, Setting, Work, steps_of_others};
use crate::data::Samples;
use crate::networks::{Digits, WideDigits};
use crate::others::nalgebra::{ThreeLayers, TwoLayers};
use crate::ours::{online, training};
use crate::table::Table;
use crate::workload::Workload;

pub fn measure(setting: &Setting, show: &mut dyn FnMut(Table)) {
    show(digits(setting));
    show(wide_digits(setting));
}

fn digits(setting: &Setting) -> Table {
    const B: usize = 100;
    let (work, best) = (Work::of_step::<Digits>(B), setting.best());
    let (dense, mnist) = (&Samples::dense(B), &setting.mnist.first(10 * B));
    let mut entries = Vec::new();
    for &level in &setting.levels {
        let sgd = training::<Digits, B, _, _>(Sgd::new(RATE), dense);
        entries.push(work.entry(format!("`Sgd`, {level}"), level, sgd).computes("descent"));
    }
    for &level in &setting.levels {
        let in_place = online::<Digits, B, _, _>(RATE, dense);
        entries.push(work.entry(format!("`Online`, {level}"), level, in_place).computes("descent"));
    }
    for &level in &setting.levels {
        let adam = training::<Digits, B, _, _>(Adam::new(ADAM_RATE), dense);
        entries.push(work.entry(format!("`Adam`, {level}"), level, adam).computes("Adam"));
    }
    let sgd = training::<Digits, B, _, _>(Sgd::new(RATE), mnist);
    entries.push(work.entry("`Sgd`, MNIST", best, sgd).computes("descent on MNIST"));
    let in_place = online::<Digits, B, _, _>(RATE, mnist);
    entries.push(work.entry("`Online`, MNIST", best, in_place).computes("descent on MNIST"));
    let adam = training::<Digits, B, _, _>(Adam::new(ADAM_RATE), mnist);
    entries.push(work.entry("`Adam`, MNIST", best, adam));
    entries.extend(steps_of_others::<Digits, TwoLayers<784, 50, 10>, B, _, _>(work, best, dense));
    Workload::new("Training step, 784-50-10, mini-batch of 100", entries).measure(setting.plan)
}

fn wide_digits(setting: &Setting) -> Table {
    const B: usize = 128;
    let (work, best) = (Work::of_step::<WideDigits>(B), setting.best());
    let dense = &Samples::dense(B);
    let mut entries = Vec::new();
    for &level in setting.levels.iter().filter(|&&level| level != Level::Portable) {
        let sgd = training::<WideDigits, B, _, _>(Sgd::new(RATE), dense);
        entries.push(work.entry(format!("`Sgd`, {level}"), level, sgd).computes("descent"));
    }
    let in_place = online::<WideDigits, B, _, _>(RATE, dense);
    entries.push(work.entry("`Online`", best, in_place).computes("descent"));
    let adam = training::<WideDigits, B, _, _>(Adam::new(ADAM_RATE), dense);
    entries.push(work.entry("`Adam`", best, adam));
    entries.extend(steps_of_others::<WideDigits, ThreeLayers<784, 512, 10>, B, _, _>(work, best, dense));
    Workload::new("Training step, 784-512-512-10, mini-batch of 128", entries).measure(setting.plan)
}

/// Adam moves every parameter by about η a step, so that this would be far too much of it.
const ADAM_RATE: f32 = RATE / 100.0;
