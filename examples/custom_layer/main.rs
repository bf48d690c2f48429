//! A layer of one's own, checked and then trained: `cargo run --release --example custom_layer`.

mod radial;

use chainrule::prelude::*;

use crate::radial::Radial;

network! {
    /// Whether a point of the plane lies in a ring around the origin.
    Ring: 2 => Radial<f32, 2, 16> => 16 => Affine => SigmoidLoss => 1
}

network! {
    /// The layer at the beginning of a chain, and behind another one, which needs its dx.
    Twice<f64>: 2 => Radial<f64, 2, 3> => 3 => Radial<f64, 3, 4> => 4 => Affine => SigmoidLoss => 1
}

fn main() -> Result<(), StepError> {
    println!("{}\n", check()?);

    let mut network = Ring::seeded(1);
    train(&mut network)?;
    println!("\n{}", map(&network));
    Ok(())
}

/// Compares backpropagation with central differences: a wrong sign in a backward function shows here.
fn check() -> Result<GradCheck, StepError> {
    let (x, d) = samples(20, 1);
    let mut network = Twice::seeded(1);
    let mut training = Training::<Twice, Sgd<f64>, 20>::new(Sgd::new(0.1));
    gradcheck(&mut training, &mut network, &mut Inference::<Twice, 20>::new(), &x, &d)
}

fn train(network: &mut Ring) -> Result<(), StepError> {
    let (x, d) = samples(1000, 2);
    let (fresh_x, fresh_d) = samples(1000, 3);
    let mut training = Training::<Ring, Adam<f32>, 20>::new(Adam::new(0.03));
    let mut memory = Inference::<Ring, 20>::new();

    println!("epoch   loss of fresh points");
    for epoch in 0..=60 {
        if epoch % 10 == 0 {
            println!("{epoch:5}   {:.4}", memory.loss(network, &fresh_x, &fresh_d)?);
        }
        for (x, d) in x.chunks(20).zip(d.chunks(20)) {
            training.step(network, x, d)?;
        }
    }
    Ok(())
}

/// Points in the square from −1 to 1, with 1 for those in the ring and 0 for the others.
fn samples<T: Scalar>(count: usize, seed: u64) -> (Vec<SVector<T, 2>>, Vec<SVector<T, 1>>) {
    let mut rng = Rng::new(seed);
    let mut sample = |_| {
        let x: SVector<T, 2> = SVector::from_fn(|_, _| rng.symmetric());
        let radius = (x.x * x.x + x.y * x.y).sqrt().to_f64();
        (x, SVector::from([if (0.4..0.8).contains(&radius) { T::ONE } else { T::ZERO }]))
    };
    (0..count).map(&mut sample).unzip()
}

/// The square as the network sees it: # where it takes a point to be in the ring.
fn map(network: &Ring) -> String {
    let mut memory = Inference::<Ring, 1>::new();
    let mut text = String::new();
    for row in -10i8..=10 {
        for column in -20i8..=20 {
            let x = SVector::from([f32::from(column) / 20.0, f32::from(row) / 10.0]);
            text.push(if network.probabilities(&x, &mut memory).x > 0.5 { '#' } else { '.' });
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_layer_passes_the_gradient_check() {
        let check = check().unwrap();
        assert_eq!(check.checked, (2 + 1) * 3 + (3 + 1) * 4 + 5);
        assert!(check.worst.relative < 1e-7, "{check}");
    }

    #[test]
    fn the_network_learns_the_ring() {
        let mut network = Ring::seeded(1);
        train(&mut network).unwrap();
        let (x, d) = samples(500, 4);
        assert!(Inference::<Ring, 20>::new().loss(&network, &x, &d).unwrap() < 0.2);
    }
}
