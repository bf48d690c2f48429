//! Learns to read handwritten digits: `cargo run --release --example mnist`, `-- --help` for the options.

mod options;
mod pictures;
mod report;
#[cfg(test)]
mod tests;

use std::time::Instant;

use chainrule::prelude::*;
use chainrule_examples::mnist::{Digit, Digits, Image, Mnist};
use chainrule_examples::picture::{self, Outcome};
use clap::Parser;

use crate::options::{Choice, Options};
use crate::report::{Confusion, Epoch, Misread};

network! {
    /// From the 784 pixels of an image to the 10 digits it may show.
    Reader: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

/// How many images the memory has room for.
const CAPACITY: usize = 1000;

fn main() -> anyhow::Result<()> {
    picture::prepare();
    let options = Options::parse();
    let data = Mnist::read(&options.data)?;
    let mut network = Reader::boxed_seeded(options.seed);

    println!("{options}, {} parameters\n", Reader::PARAMS);
    let epochs = train(&mut network, &data, &options)?;

    let read = classify(&network, &data.test)?;
    let confusion = Confusion::count(&data.test.labels, &read);
    println!("\n{confusion}");
    print!("{}", report::side_by_side(&worst_misreadings(&network, &data.test, &read, 6)));
    draw(&epochs, &confusion, &network).map_err(anyhow::Error::from_boxed)
}

fn draw(epochs: &[Epoch], confusion: &Confusion, network: &Reader) -> Outcome<()> {
    picture::save("mnist_curves", &pictures::curves(epochs)?)?;
    picture::save("mnist_confusion", &pictures::confusion(confusion)?)?;
    picture::save("mnist_weights", &pictures::weights(&network.affine1.weight)?)?;
    Ok(())
}

/// Trains with the optimiser that was chosen. Each is a type of its own, with the memory it needs.
fn train(network: &mut Reader, data: &Mnist, options: &Options) -> anyhow::Result<Vec<Epoch>> {
    let rate = options.learning_rate();
    match options.optimizer {
        Choice::Sgd => train_with(Sgd::new(rate), network, data, options),
        Choice::Momentum => train_with(Momentum::new(rate, 0.9), network, data, options),
        Choice::Nesterov => train_with(Nesterov::new(rate, 0.9), network, data, options),
        Choice::Adagrad => train_with(AdaGrad::new(rate), network, data, options),
        Choice::Rmsprop => train_with(RmsProp::new(rate), network, data, options),
        Choice::Adadelta => train_with(Adadelta { learning_rate: rate, ..Adadelta::new() }, network, data, options),
        Choice::Adam => train_with(Adam::new(rate), network, data, options),
        Choice::Adamw => train_with(AdamW::new(Adam::new(rate), 0.01), network, data, options),
    }
}

fn train_with<O: Optimizer<f32>>(
    optimizer: O,
    network: &mut Reader,
    data: &Mnist,
    options: &Options,
) -> anyhow::Result<Vec<Epoch>> {
    let Digits { images, labels } = &data.training;
    let steps = images.len().div_ceil(options.batch) * options.epochs;

    let mut training = Training::<Reader, O, CAPACITY>::boxed(optimizer);
    training.schedule = Schedule::cosine(steps.try_into()?, 0.0);
    let mut batch = Batch::<Image, Digit, CAPACITY>::boxed();
    let mut rng = Rng::new(options.seed);
    let progress = report::progress(images.len() * options.epochs)?;

    let mut epochs = Vec::with_capacity(options.epochs);
    println!("{}", Epoch::HEADER);
    for number in 1..=options.epochs {
        let start = Instant::now();
        let mut order = Order::shuffled(images.len(), &mut rng);
        let mut loss = 0.0;
        while let Some((x, d)) = batch.gather(&mut order.by_ref().take(options.batch), images, labels)? {
            loss += training.step(network, x, d)? * x.len() as f32;
            progress.inc(x.len() as u64);
        }
        let seconds = start.elapsed().as_secs_f64();

        let epoch = Epoch {
            number,
            loss: loss / images.len() as f32,
            training_accuracy: accuracy(network, &data.training)?,
            test_accuracy: accuracy(network, &data.test)?,
            samples_per_second: images.len() as f64 / seconds,
        };
        progress.suspend(|| println!("{epoch}"));
        epochs.push(epoch);
    }
    progress.finish_and_clear();
    Ok(epochs)
}

/// Which digit each image most likely shows.
fn classify(network: &Reader, digits: &Digits) -> Result<Vec<Digit>, LengthMismatch> {
    let mut memory = Inference::<Reader, CAPACITY>::boxed();
    let mut read = vec![Digit::default(); digits.images.len()];
    network.classify_batch(&digits.images, &mut read, &mut memory)?;
    Ok(read)
}

/// The share of the images that are read as what they show.
fn accuracy(network: &Reader, digits: &Digits) -> Result<f64, LengthMismatch> {
    let read = classify(network, digits)?;
    let right = read.iter().zip(&digits.labels).filter(|(read, label)| read == label).count();
    Ok(right as f64 / digits.len() as f64)
}

/// The misread digits that the network is most sure of, at most `count`.
fn worst_misreadings<'d>(network: &Reader, digits: &'d Digits, read: &[Digit], count: usize) -> Vec<Misread<'d>> {
    let mut memory = Inference::<Reader, 1>::boxed();
    let mut misread: Vec<_> = digits
        .images
        .iter()
        .zip(&digits.labels)
        .zip(read)
        .filter(|((_, label), read)| label != read)
        .map(|((image, &label), &read)| {
            let probability = network.probabilities(image, &mut memory).max();
            Misread { image, label, read, probability }
        })
        .collect();
    misread.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    misread.truncate(count);
    misread
}
