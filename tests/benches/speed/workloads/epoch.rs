//! An epoch of handwritten digits, shuffled and gathered, against the same number of steps on samples where they lie.

use std::hint::black_box;

use chainrule::prelude::*;

use super::{RATE, Setting, Work};
use crate::networks::Digits;
use crate::ours::{network, training};
use crate::table::Table;
use crate::workload::Workload;

const B: usize = 100;

pub fn measure(setting: &Setting, show: &mut dyn FnMut(Table)) {
    let (mnist, best) = (&setting.mnist, setting.best());
    let steps = mnist.inputs.len() / B;
    let work = Work::of_step::<Digits>(B).times(steps);
    let one_batch = &mnist.first(B);
    let mut same = training::<Digits, B, _, _>(Sgd::new(RATE), one_batch);
    let mut in_order = training::<Digits, B, _, _>(Sgd::new(RATE), mnist);
    let entries = [
        work.entry("epoch, shuffled", best, epoch(setting)).computes("an epoch"),
        work.entry("epoch, shuffled, of bytes", best, epoch_of_bytes(setting)).computes("an epoch"),
        work.entry(format!("{steps} steps, in the order of the file"), best, move || {
            (0..steps).map(|_| in_order()).sum()
        })
        .column("in order"),
        work.entry(format!("{steps} steps, all on one mini-batch"), best, move || (0..steps).map(|_| same()).sum())
            .column("one mini-batch"),
    ];
    let title = format!("An epoch of {} handwritten digits, 784-50-10, mini-batches of {B}", mnist.inputs.len());
    show(Workload::new(title, entries).measure(setting.plan));
}

/// The sum of the losses of an epoch.
fn epoch(setting: &Setting) -> impl FnMut() -> f32 {
    let inputs = &setting.mnist.inputs;
    epoch_by(setting, move |batch, order, labels| batch.gather(order, black_box(inputs), labels))
}

/// The same with the pixels as the bytes that they come as.
fn epoch_of_bytes(setting: &Setting) -> impl FnMut() -> f32 {
    let bytes: Vec<SVector<u8, 784>> =
        setting.mnist.inputs.iter().map(|x| x.map(|x| (x * 255.0).round() as u8)).collect();
    epoch_by(setting, move |batch, order, labels| {
        batch.gather_scaled(order, black_box(&bytes), labels, 1.0 / 255.0, 0.0)
    })
}

type Images = Batch<SVector<f32, 784>, Class<10>, B>;
type Gathered<'b> = Result<Option<(&'b [SVector<f32, 784>], &'b [Class<10>])>, LengthMismatch>;

fn epoch_by<G>(setting: &Setting, gather: G) -> impl FnMut() -> f32
where
    G: for<'b> Fn(&'b mut Images, &mut Order, &[Class<10>]) -> Gathered<'b>,
{
    let labels = &setting.mnist.labels;
    let mut network = network::<Digits>();
    let mut training = Training::<Digits, _, B>::boxed(Sgd::new(RATE));
    let mut batch = Images::boxed();
    let mut rng = Rng::new(1);
    move || {
        let mut order = Order::shuffled(labels.len(), &mut rng);
        let mut sum = 0.0;
        while let Ok(Some((x, labels))) = gather(&mut batch, &mut order, labels) {
            sum += training.step(&mut network, x, labels).unwrap_or(f32::NAN);
        }
        sum
    }
}
