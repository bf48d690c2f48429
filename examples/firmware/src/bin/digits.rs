//! Reads handwritten digits with a network whose weights lie in flash and are never copied.
#![no_std]
#![no_main]

use chainrule::prelude::*;
use chainrule_firmware::networks::Digits;
use chainrule_firmware::print::Print;
use chainrule_firmware::slot::Slot;
use chainrule_firmware::{digits, program};

static MEMORY: Slot<Inference<Digits, 1>> = Slot::new(Inference::new());
static IMAGE: Slot<SVector<f32, 784>> = Slot::new(SVector::from_array_storage(chainrule::nalgebra::ArrayStorage([[0.0; 784]])));

program!(run);

fn run() -> bool {
    let Some((memory, image)) = MEMORY.take().zip(IMAGE.take()) else { return false };
    let (mut right, mut all) = (0, 0);
    for (pixels, label) in digits::images() {
        digits::read(pixels, image);
        let read = digits::NETWORK.classify(image, memory).index();
        if read == usize::from(label) {
            right += 1;
        } else {
            Print.text("a ").number(label.into(), 1).text(" is read as ").number(read as u32, 1).text("\n");
        }
        all += 1;
    }
    Print.number(right, 1).text(" of ").number(all, 1).text(" digits are read right, with ");
    Print.number(Inference::<Digits, 1>::BYTES as u32, 1).text(" bytes of RAM beside the image\n");
    all > 0 && right * 100 >= all * 90
}
