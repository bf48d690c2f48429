//! Trains 784-50-10 from the beginning, one image at a time, on a board with 192 KB of RAM: the network is 155 KB, and
//! its gradient is never stored.
#![no_std]
#![no_main]

use chainrule::nalgebra::ArrayStorage;
use chainrule::prelude::*;
use chainrule_firmware::networks::Digits;
use chainrule_firmware::print::Print;
use chainrule_firmware::slot::Slot;
use chainrule_firmware::{board, digits, program};

static NETWORK: Slot<Digits> = Slot::new(Digits::new());
static TRAINING: Slot<Online<Digits, 1>> = Slot::new(Online::new(0.0));
static IMAGE: Slot<SVector<f32, 784>> = Slot::new(SVector::from_array_storage(ArrayStorage([[0.0; 784]])));

program!(run);

fn run() -> bool {
    let Some((network, training)) = NETWORK.take().zip(TRAINING.take()) else { return false };
    let Some(image) = IMAGE.take() else { return false };
    // Zero in the static, so that it takes no flash.
    training.learning_rate = 0.02;
    let (right, stack) = board::whole_stack_of(|| train(network, training, image));
    Print.text("stack ").number(stack, 1).text("\n");
    right
}

fn train(network: &mut Digits, training: &mut Online<Digits, 1>, image: &mut SVector<f32, 784>) -> bool {
    network.init(3);
    let (mut first, mut last) = (0.0, 0.0);
    for epoch in 0..10 {
        let mut sum = 0.0;
        for (pixels, label) in digits::images() {
            digits::read(pixels, image);
            let Ok(label) = Class::new(label.into()) else { return false };
            let Ok(loss) = training.step(network, core::slice::from_ref(image), &[label]) else { return false };
            sum += loss;
        }
        (first, last) = (if epoch == 0 { sum } else { first }, sum);
        Print.text("loss ").decimal(sum / 40.0).text("\n");
    }
    last < 0.1 * first
}
