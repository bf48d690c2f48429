//! The gradient by backpropagation against the numerical one, on real digits:
//! `cargo run --release --example gradient_check`.

use std::path::Path;
use std::time::{Duration, Instant};

use chainrule::prelude::*;
use chainrule_examples::mnist::{self, Mnist};
use chainrule_examples::picture::Outcome;

network! {
    /// Handwritten digits in double precision, so that differences have enough digits.
    Reader<f64>: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

/// How many digits the gradient is computed for.
const DIGITS: usize = 3;

fn main() -> Outcome<()> {
    let Measured { check, backward, numerical } = measure()?;
    println!("784-50-10 on {DIGITS} handwritten digits, in f64:");
    println!("{check}");
    println!("mean difference by parameter: {:.2e}", check.mean_difference);
    println!(
        "backpropagation took {backward:.1?}, the numerical gradient {numerical:.1?}: {:.0} times as long",
        numerical.as_secs_f64() / backward.as_secs_f64()
    );
    Ok(())
}

/// What the check found, and how long the two gradients took.
struct Measured {
    check: GradCheck,
    backward: Duration,
    numerical: Duration,
}

fn measure() -> Outcome<Measured> {
    let data = Mnist::read(Path::new(mnist::FOLDER))?;
    let images: Vec<SVector<f64, 784>> =
        data.training.images.iter().take(DIGITS).map(|image| image.map(f64::from)).collect();
    let labels: Vec<_> = data.training.labels.iter().copied().take(DIGITS).collect();

    let mut network = Reader::boxed_seeded(1);
    let mut training = Training::<Reader, Sgd<f64>, DIGITS>::boxed(Sgd::new(0.1));
    let mut memory = Inference::<Reader, DIGITS>::boxed();

    // The first run fetches the memory.
    training.backward(&network, &images, &labels)?;
    let start = Instant::now();
    training.backward(&network, &images, &labels)?;
    let backward = start.elapsed();

    let start = Instant::now();
    let check = gradcheck(&mut training, &mut network, &mut memory, &images, &labels)?;
    Ok(Measured { check, backward, numerical: start.elapsed() - backward })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    // The numerical gradient of 39,760 parameters takes minutes without optimisation.
    #[test]
    #[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
    fn the_gradients_agree_to_nine_digits_and_backpropagation_is_a_thousand_times_faster() {
        let measured = measure().unwrap();
        assert_eq!(measured.check.checked, 784 * 50 + 50 + 50 * 10 + 10);
        assert!(measured.check.mean_difference <= 1e-9, "{}", measured.check);
        assert!(measured.numerical > 1000 * measured.backward);
    }
}
