//! Adapts a network to the device: the camera was mounted the wrong way round, so every image is mirrored. What the
//! network sees in an image, its first layer, stays as it is; what it makes of that is trained again.
#![no_std]
#![no_main]

use chainrule::nalgebra::ArrayStorage;
use chainrule::prelude::*;
use chainrule_firmware::networks::Adapting;
use chainrule_firmware::print::Print;
use chainrule_firmware::slot::Slot;
use chainrule_firmware::{digits, program};

static NETWORK: Slot<Adapting> = Slot::new(Adapting::new());
static TRAINING: Slot<Training<Adapting, Momentum<f32>, 1>> = Slot::new(Training::new(Momentum::new(0.005, 0.9)));
static MEMORY: Slot<Inference<Adapting, 1>> = Slot::new(Inference::new());
static IMAGE: Slot<SVector<f32, 784>> = Slot::new(SVector::from_array_storage(ArrayStorage([[0.0; 784]])));

program!(run);

fn run() -> bool {
    let Some((network, training)) = NETWORK.take().zip(TRAINING.take()) else { return false };
    let Some((memory, image)) = MEMORY.take().zip(IMAGE.take()) else { return false };
    if network.read_bytes(digits::BYTES).is_err() {
        return false;
    }
    let before = read_right(network, memory, image);
    for _ in 0..20 {
        for (pixels, label) in digits::images() {
            digits::read_mirrored(pixels, image);
            let Ok(label) = Class::new(label.into()) else { return false };
            if training.step(network, core::slice::from_ref(image), &[label]).is_err() {
                return false;
            }
        }
    }
    let after = read_right(network, memory, image);
    Print.number(before, 1).text(" mirrored digits are read right before, ").number(after, 1).text(" after ");
    Print.number(training.steps(), 1).text(" steps\n");
    after > before
}

fn read_right(network: &Adapting, memory: &mut Inference<Adapting, 1>, image: &mut SVector<f32, 784>) -> u32 {
    let mut right = 0;
    for (pixels, label) in digits::images() {
        digits::read_mirrored(pixels, image);
        right += u32::from(network.classify(image, memory).index() == usize::from(label));
    }
    right
}
