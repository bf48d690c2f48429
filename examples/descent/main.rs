//! Gradient descent with all samples at once, in mini-batches and one by one; and with learning rates that are too
//! small, right and too large: `cargo run --release --example descent`.

use chainrule::prelude::*;
use chainrule_examples::picture::{self, Axis, Curve, Outcome};

network! {
    /// A curve through noisy points.
    Fit<f64>: 1 => Affine => Tanh => 10 => Affine => MseLoss => 1
}

const SAMPLES: usize = 100;
const EPOCHS: usize = 100;

fn main() -> Outcome<()> {
    picture::prepare();
    let batches = [("full batch", SAMPLES), ("mini-batches of 10", 10), ("online", 1)];
    println!("loss after {EPOCHS} epochs, learning rate 0.05:");
    let runs = batches.map(|(name, size)| (name, run(size, 0.05)));
    for (name, run) in &runs {
        println!("  {name:<20} {}", run.in_words());
    }
    let svg = draw("Gradient descent, learning rate 0.05", &runs)?;
    picture::save("descent_batches", &svg)?;

    let rates = [("too small: 0.0002", 0.0002), ("right: 0.1", 0.1), ("too large: 2", 2.0)];
    println!("\nloss after {EPOCHS} epochs, mini-batches of 10:");
    let runs = rates.map(|(name, rate)| (name, run(10, rate)));
    for (name, run) in &runs {
        println!("  {name:<20} {}", run.in_words());
    }
    let svg = draw("Learning rates, mini-batches of 10", &runs)?;
    picture::save("descent_rates", &svg)?;
    Ok(())
}

fn draw(title: &str, runs: &[(&str, Run)]) -> Outcome<String> {
    let curves: Vec<_> = runs.iter().map(|(name, run)| Curve::of(*name, run.losses.iter().copied())).collect();
    picture::curves(title, ["epoch", "loss"], &Axis::Logarithmic(1e-3, 1.0), &curves)
}

/// The loss over all samples before the first epoch and after each, and what ended it.
struct Run {
    losses: Vec<f64>,
    diverged: Option<StepError>,
}

impl Run {
    fn in_words(&self) -> String {
        let last = self.losses.last().copied().unwrap_or(f64::NAN);
        match &self.diverged {
            None => format!("{last:.5}"),
            Some(error) => format!("diverged in epoch {}: {error}", self.losses.len()),
        }
    }
}

fn run(batch: usize, rate: f64) -> Run {
    let rng = &mut Rng::new(5);
    let x: Vec<[f64; 1]> = (0..SAMPLES).map(|_| [2.0 * rng.symmetric::<f64>()]).collect();
    let d: Vec<_> = x.iter().map(|[x]| [(2.0 * x).sin() + 0.1 * rng.normal::<f64>()]).collect();

    let mut network = Fit::seeded(2);
    let mut training = Training::<Fit, Sgd<f64>, 10>::new(Sgd::new(rate));
    let mut memory = Inference::<Fit, 10>::new();
    let mut run = Run { losses: Vec::new(), diverged: None };
    let mut epochs = || -> Result<(), StepError> {
        run.losses.push(memory.loss(&network, &x, &d)?);
        for _ in 0..EPOCHS {
            for (x, d) in x.chunks(batch).zip(d.chunks(batch)) {
                training.step(&mut network, x, d)?;
            }
            run.losses.push(memory.loss(&network, &x, &d)?);
        }
        Ok(())
    };
    run.diverged = epochs().err();
    run
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn last(run: &Run) -> f64 {
        assert!(run.diverged.is_none());
        *run.losses.last().unwrap()
    }

    #[test]
    fn more_steps_an_epoch_learn_faster() {
        let [full, mini, online] = [SAMPLES, 10, 1].map(|size| last(&run(size, 0.05)));
        assert!(full > 2.0 * mini && mini > 2.0 * online, "{full} {mini} {online}");
        for (loss, printed) in [(full, 0.19649), (mini, 0.01766), (online, 0.00653)] {
            assert!((loss - printed).abs() < 1e-4, "{loss} instead of {printed}");
        }
    }

    #[test]
    fn a_rate_that_is_too_large_diverges_and_says_so() {
        let [small, right] = [0.0002, 0.1].map(|rate| last(&run(10, rate)));
        assert!((small - 0.22723).abs() < 1e-4 && (right - 0.01325).abs() < 1e-4, "{small} {right}");
        let large = run(10, 2.0);
        assert!(large.diverged.is_some());
        assert!(large.in_words().contains("diverged"), "{}", large.in_words());
    }

    #[test]
    fn the_picture_is_well_formed() {
        let svg = draw("t", &[("a", run(10, 0.1)), ("b", run(10, 2.0))]).unwrap();
        roxmltree::Document::parse(&svg).unwrap();
    }
}
