//! Trains the network that `examples/firmware` has in its flash, and writes it there with a few images to read:
//! `cargo run --release --example train_firmware`. By the portable kernels, so that every machine writes the same bytes.

use std::fs;
use std::path::Path;

use chainrule::kernels::{Level, set_level};
use chainrule::prelude::*;
use chainrule_examples::mnist::{Digit, Image, Mnist};

network! {
    /// The chain must be that of `Digits` in the firmware: it is checked there.
    Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

const BATCH: usize = 32;
const EPOCHS: usize = 6;
/// How many images of the test set go with the network: its first ones, whatever they are.
const IMAGES: usize = 40;

fn main() -> anyhow::Result<()> {
    set_level(Level::Portable);
    let data = Mnist::read(Path::new(chainrule_examples::mnist::FOLDER))?;
    let mut network = Digits::boxed_seeded(1);
    let mut training = Training::<Digits, Adam<f32>, BATCH>::boxed(Adam::new(2e-3));
    training.schedule = Schedule::cosine((data.training.len().div_ceil(BATCH) * EPOCHS).try_into()?, 0.0);
    let mut batch = Batch::<Image, Digit, BATCH>::boxed();
    let mut rng = Rng::new(2);
    for _ in 0..EPOCHS {
        let mut order = Order::shuffled(data.training.len(), &mut rng);
        while let Some((x, d)) = batch.gather(&mut order, &data.training.images, &data.training.labels)? {
            training.step(&mut network, x, d)?;
        }
    }

    let mut read = vec![Class::new(0)?; data.test.len()];
    network.classify_batch(&data.test.images, &mut read, &mut Inference::<Digits, BATCH>::boxed())?;
    let right = read.iter().zip(&data.test.labels).filter(|(read, label)| read == label).count();
    println!("{right} of {} test images are read right", data.test.len());

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("firmware/weights");
    fs::create_dir_all(&folder)?;
    let mut bytes = vec![0; Digits::SAVED_BYTES];
    network.write_bytes(&mut bytes)?;
    fs::write(folder.join("digits.bin"), bytes)?;
    let greys = data.test.images.iter().take(IMAGES).flat_map(|image| image.iter().map(|x| (x * 255.0).round() as u8));
    fs::write(folder.join("images.bin"), greys.collect::<Vec<_>>())?;
    let labels = data.test.labels.iter().take(IMAGES).map(|label| label.index() as u8);
    fs::write(folder.join("labels.bin"), labels.collect::<Vec<_>>())?;
    Ok(())
}
