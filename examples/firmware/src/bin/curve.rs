//! Learns the characteristic of a sensor on the chip: a sine, from 32 readings, with Adam.
#![no_std]
#![no_main]

use chainrule::prelude::*;
use chainrule_firmware::networks::Curve;
use chainrule_firmware::print::Print;
use chainrule_firmware::program;
use chainrule_firmware::slot::Slot;

const READINGS: usize = 32;

static NETWORK: Slot<Curve> = Slot::new(Curve::new());
static TRAINING: Slot<Training<Curve, Adam<f32>, 4>> =
    Slot::new(Training::new(Adam { learning_rate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }));

program!(run);

fn run() -> bool {
    let Some((network, training)) = NETWORK.take().zip(TRAINING.take()) else { return false };
    let mut readings = [SVector::<f32, 1>::zeros(); READINGS];
    let mut meanings = readings;
    for (i, (x, d)) in (0u16..).zip(readings.iter_mut().zip(&mut meanings)) {
        x.x = f32::from(i) / READINGS as f32 * 2.0 - 1.0;
        d.x = sine(x.x);
    }
    network.init(7);
    training.schedule = Schedule::cosine(1000, 0.05);
    let mut loss = 1.0;
    for step in 0..=1000u32 {
        let Ok(now) = training.step(network, &readings, &meanings) else { return false };
        loss = now;
        if step % 200 == 0 {
            Print.text("step ").number(step, 4).text("  loss ").decimal(loss).text("\n");
        }
    }
    let mut memory = Inference::<Curve, 1>::new();
    for x in [-0.5, 0.25, 0.8] {
        let y = network.output(&[x], &mut memory).x;
        Print.text("sin(").decimal(3.0 * x).text(") = ").decimal(sine(x)).text(", learned ").decimal(y).text("\n");
    }
    loss < 1e-3
}

/// sin(3 x) by its power series.
fn sine(x: f32) -> f32 {
    let angle = 3.0 * x;
    let (mut term, mut sum) = (angle, angle);
    for k in 1..9u16 {
        term *= -angle * angle / f32::from(2 * k * (2 * k + 1));
        sum += term;
    }
    sum
}
