//! Measures stack and instructions of inference and of a training step, for three networks, and for a wide one that
//! must not take more stack than a narrow one.
#![no_std]
#![no_main]

use core::hint::black_box;

use chainrule::nalgebra::ArrayStorage;
use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule_firmware::board::{instructions_of, stack_of};
use chainrule_firmware::networks::{Curve, Digits, Xor};
use chainrule_firmware::print::Print;
use chainrule_firmware::slot::Slot;
use chainrule_firmware::{digits, program};

network! {
    /// As `Digits`, eight times as wide.
    Wide: 784 => Affine => Relu => 400 => Affine => SoftmaxLoss => 10
}

program!(run);

const ADAM: Adam<f32> = Adam { learning_rate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

static XOR: Slot<(Xor, Training<Xor, Adam<f32>, 1>, Inference<Xor, 1>)> =
    Slot::new((Xor::new(), Training::new(ADAM), Inference::new()));
static CURVE: Slot<(Curve, Training<Curve, Adam<f32>, 4>, Inference<Curve, 1>)> =
    Slot::new((Curve::new(), Training::new(ADAM), Inference::new()));
// Zeros in the statics, so that they take no flash; the rate makes no difference to what is measured.
static DIGITS: Slot<(Digits, Training<Digits, Sgd<f32>, 1>, Inference<Digits, 1>)> =
    Slot::new((Digits::new(), Training::new(Sgd::new(0.0)), Inference::new()));
static ONLINE: Slot<Online<Digits, 1>> = Slot::new(Online::new(0.0));
static WIDE: Slot<(Wide, Training<Wide, Sgd<f32>, 1>, Inference<Wide, 1>)> =
    Slot::new((Wide::new(), Training::new(Sgd::new(0.0)), Inference::new()));
static IMAGE: Slot<SVector<f32, 784>> = Slot::new(SVector::from_array_storage(ArrayStorage([[0.0; 784]])));

fn run() -> bool {
    let Some((image, (network, training, memory))) = IMAGE.take().zip(XOR.take()) else { return false };
    network.init(42);
    let x = [[0.25, 0.75]];
    let infer = |network: &mut Xor| network.probabilities(black_box(&x[0]), memory).x > 0.0;
    report("xor infer", network, infer);
    report("xor step", network, |network| training.step(network, black_box(&x), &[[1.0]]).is_ok());
    sizes("xor", network, training, memory);

    let Some((network, training, memory)) = CURVE.take() else { return false };
    network.init(42);
    let x = [[0.25f32]; 4];
    report("curve infer", network, |network| network.output(black_box(&x[0]), memory).x.is_finite());
    report("curve step", network, |network| training.step(network, black_box(&x), &x).is_ok());
    sizes("curve", network, training, memory);

    let Some((pixels, label)) = digits::images().next() else { return false };
    digits::read(pixels, image);
    let Ok(label) = Class::<10>::new(label.into()) else { return false };
    let Some((network, training, memory)) = DIGITS.take() else { return false };
    if network.read_bytes(digits::BYTES).is_err() {
        return false;
    }
    report("digits infer", network, |network| network.classify(black_box(image), memory) == label);
    report("digits step", network, |network| {
        training.step(network, core::slice::from_ref(black_box(image)), &[label]).is_ok()
    });
    sizes("digits", network, training, memory);
    let Some(online) = ONLINE.take() else { return false };
    report("digits online", network, |network| {
        online.step(network, core::slice::from_ref(black_box(image)), &[label]).is_ok()
    });
    Print.text("digits online ").number(Online::<Digits, 1>::BYTES as u32, 1).text("\n");

    let Some((network, training, memory)) = WIDE.take() else { return false };
    network.init(42);
    report("wide infer", network, |network| network.logits(black_box(image), memory).sum() != 0.0);
    report("wide step", network, |network| {
        training.step(network, core::slice::from_ref(black_box(image)), &[label]).is_ok()
    });
    sizes("wide", network, training, memory);
    true
}

/// The stack of a first run and the instructions of a second one.
fn report<N>(name: &str, network: &mut N, mut code: impl FnMut(&mut N) -> bool) {
    let (first, stack) = stack_of(|| code(network));
    let (second, instructions) = instructions_of(|| code(network));
    Print.text(name).text(" stack ").number(stack, 1).text("\n");
    Print.text(name).text(" instructions ").number(instructions, 1).text("\n");
    if !first || !second {
        Print.text(name).text(" went wrong\n");
    }
}

fn sizes<N: Network, O: Optimizer<N::Scalar>, const B: usize>(
    name: &str,
    _: &N,
    _: &Training<N, O, B>,
    _: &Inference<N, 1>,
) {
    let all = [
        ("params", N::PARAMS),
        ("flops", N::FLOPS),
        ("network", N::BYTES),
        ("inference", Inference::<N, 1>::BYTES),
        ("training", Training::<N, O, B>::BYTES),
        ("gradient", Training::<N, O, B>::GRADIENT_BYTES),
        ("state", Training::<N, O, B>::STATE_BYTES),
        ("workspace", Training::<N, O, B>::WORKSPACE_BYTES),
    ];
    for (what, number) in all {
        Print.text(name).text(" ").text(what).text(" ").number(number as u32, 1).text("\n");
    }
}
