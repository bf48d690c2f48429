//! Handwritten digits, trained on a workstation: `cargo run --release --example train_firmware` writes the files.

use chainrule::prelude::*;

use crate::networks::Digits;

/// The trained network. It lies in flash and stays there.
pub static NETWORK: Digits = chainrule::include_network!(Digits, "../weights/digits.bin");
/// The same as bytes, for a network that is to be trained on.
pub static BYTES: &[u8; Digits::SAVED_BYTES] = include_bytes!("../weights/digits.bin");

const PIXELS: usize = 784;

/// Images of the test set, one byte a pixel, row by row.
static IMAGES: &[u8] = include_bytes!("../weights/images.bin");
/// What they show.
static LABELS: &[u8] = include_bytes!("../weights/labels.bin");

/// The images with what they show.
pub fn images() -> impl Iterator<Item = (&'static [u8], u8)> {
    IMAGES.chunks_exact(PIXELS).zip(LABELS.iter().copied())
}

/// Brings an image into the range that the network was trained on.
pub fn read(image: &[u8], x: &mut SVector<f32, PIXELS>) {
    for (x, grey) in x.iter_mut().zip(image) {
        *x = f32::from(*grey) / 255.0;
    }
}

/// As a camera reads it that was mounted the wrong way round.
pub fn read_mirrored(image: &[u8], x: &mut SVector<f32, PIXELS>) {
    for (row, from) in x.as_mut_slice().chunks_exact_mut(28).zip(image.chunks_exact(28)) {
        for (x, grey) in row.iter_mut().zip(from.iter().rev()) {
            *x = f32::from(*grey) / 255.0;
        }
    }
}
