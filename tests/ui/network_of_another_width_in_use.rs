use chainrule::prelude::*;

network! { pub Encoder: 2 => Affine => Tanh => 8 }
network! { Net: 2 => Encoder => 9 => Affine => MseLoss => 1 }

fn main() -> Result<(), StepError> {
    let mut network = Net::new();
    let mut training = Training::<Net, Adam<f32>, 4>::new(Adam::new(0.05));
    training.step(&mut network, &[[0.0, 1.0]], &[[1.0]])?;
    let mut memory = Inference::<Net, 1>::new();
    println!("{}", network.output(&[0.0, 1.0], &mut memory)[0]);
    Ok(())
}
