//! What can be chosen on the command line.

use std::fmt;
use std::path::PathBuf;

use chainrule_examples::mnist;
use clap::{Parser, ValueEnum};

use crate::CAPACITY;

/// Trains 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10 on the handwritten digits of MNIST.
#[derive(Clone, Debug, Parser)]
#[command(name = "mnist")]
pub struct Options {
    /// How often every training image is seen
    #[arg(long, default_value = "10", value_parser = at_least_one::<10_000>)]
    pub epochs: usize,

    /// How many images one step learns from
    #[arg(long, default_value = "50", value_parser = at_least_one::<CAPACITY>)]
    pub batch: usize,

    /// How the gradient moves the parameters
    #[arg(long, value_enum, default_value = "adam")]
    pub optimizer: Choice,

    /// How far the first step goes; falls to 0 along half a cosine [default: depends on the optimizer]
    #[arg(long, value_parser = positive)]
    pub learning_rate: Option<f32>,

    /// Where the random numbers begin; the same seed gives the same run
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// The folder of the four MNIST files
    #[arg(long, value_name = "FOLDER", default_value = mnist::FOLDER)]
    pub data: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lower")]
pub enum Choice {
    Sgd,
    Momentum,
    Nesterov,
    Adagrad,
    Rmsprop,
    Adadelta,
    Adam,
    Adamw,
}

impl Options {
    /// The learning rate that was given, or one that suits the optimiser.
    pub fn learning_rate(&self) -> f32 {
        self.learning_rate.unwrap_or(match self.optimizer {
            Choice::Sgd => 0.3,
            Choice::Momentum | Choice::Nesterov => 0.05,
            Choice::Adagrad => 0.05,
            Choice::Rmsprop => 0.002,
            Choice::Adam | Choice::Adamw => 0.003,
            Choice::Adadelta => 1.0,
        })
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.optimizer.to_possible_value();
        let name = name.as_ref().map_or("", |value| value.get_name());
        write!(f, "{name}, learning rate {}, mini-batches of {}, seed {}", self.learning_rate(), self.batch, self.seed)
    }
}

fn at_least_one<const MAX: usize>(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=MAX).contains(number));
    number.ok_or_else(|| format!("expected a whole number from 1 to {MAX}"))
}

fn positive(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number: &f32| *number > 0.0 && number.is_finite());
    number.ok_or_else(|| "expected a number above 0".into())
}
