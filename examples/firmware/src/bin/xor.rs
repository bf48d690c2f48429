//! Trains exclusive or on the chip, and prints the bits of what was learned: they are the same on every machine.
#![no_std]
#![no_main]

use chainrule::prelude::*;
use chainrule_firmware::networks::{INPUTS, TARGETS, Xor};
use chainrule_firmware::print::Print;
use chainrule_firmware::program;
use chainrule_firmware::slot::Slot;

static NETWORK: Slot<Xor> = Slot::new(Xor::new());
static TRAINING: Slot<Training<Xor, Adam<f32>, 1>> = Slot::new(Training::new(ADAM));
const ADAM: Adam<f32> = Adam { learning_rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

program!(run);

fn run() -> bool {
    let Some((network, training)) = NETWORK.take().zip(TRAINING.take()) else { return false };
    #[cfg(target_arch = "arm")]
    {
        let (right, stack) = chainrule_firmware::board::whole_stack_of(|| train(network, training));
        Print.text("stack ").number(stack, 1).text("\n");
        right
    }
    #[cfg(not(target_arch = "arm"))]
    train(network, training)
}

fn train(network: &mut Xor, training: &mut Training<Xor, Adam<f32>, 1>) -> bool {
    network.init(42);
    let mut loss = 1.0;
    for step in 0..200 {
        let Ok(now) = training.step(network, &INPUTS, &TARGETS) else { return false };
        loss = now;
        if step % 50 == 0 {
            Print.text("loss ").decimal(loss).text("\n");
        }
    }
    Print.text("loss ").decimal(loss).text("\nbits").all_bits(network.as_slice()).text("\n");
    loss < 0.05
}
