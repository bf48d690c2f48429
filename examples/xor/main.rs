//! Exclusive or, which no single layer can learn: `cargo run --example xor`.

use chainrule::prelude::*;

network! { Xor: 2 => Affine => Tanh => 4 => Affine => SigmoidLoss => 1 }

fn main() -> Result<(), StepError> {
    let inputs = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    let targets = [[0.0], [1.0], [1.0], [0.0]];

    let mut network = Xor::seeded(1);

    let mut training = Training::<Xor, Adam<f32>, 4>::new(Adam::new(0.05));
    for step in 0..=250 {
        let loss = training.step(&mut network, &inputs, &targets)?;
        if step % 50 == 0 {
            println!("step {step:3}   loss {loss:.4}");
        }
    }

    println!("\na  b   probability of 1");
    let mut memory = Inference::<Xor, 1>::new();
    for x in &inputs {
        let probability = network.probabilities(x, &mut memory).x;
        println!("{}  {}   {probability:.3}", x[0], x[1]);
    }
    Ok(())
}
