//! The samples that networks are measured with.

use std::path::Path;

use chainrule::prelude::*;
use chainrule_examples::error::ReadError;
use chainrule_examples::mnist::{Digits, FOLDER};

/// Inputs and as many labels.
pub struct Samples<const I: usize, const O: usize> {
    pub inputs: Vec<SVector<f32, I>>,
    pub labels: Vec<Class<O>>,
}

impl<const I: usize, const O: usize> Samples<I, O> {
    /// Random samples without a zero among the inputs, the same in every run.
    pub fn dense(len: usize) -> Self {
        let rng = &mut Rng::new(1);
        let inputs = (0..len).map(|_| SVector::from_fn(|_, _| 0.5 * rng.symmetric::<f32>())).collect();
        let labels = (0..len).map(|_| Class::new(rng.below(O as u32) as usize).unwrap()).collect();
        Self { inputs, labels }
    }

    /// The first samples of these.
    pub fn first(&self, len: usize) -> Self {
        Self { inputs: self.inputs[..len].to_vec(), labels: self.labels[..len].to_vec() }
    }

    /// The part of the inputs that is not zero.
    pub fn density(&self) -> f64 {
        let nonzero = self.inputs.iter().flatten().filter(|&&x| x != 0.0).count();
        nonzero as f64 / (I * self.inputs.len()) as f64
    }
}

/// Handwritten digits: the 60,000 for training, or the 10,000 for tests, which are read faster.
pub fn mnist(all: bool) -> Result<Samples<784, 10>, ReadError> {
    let set = if all { "train" } else { "t10k" };
    let file = |kind: &str| Path::new(FOLDER).join(format!("{set}-{kind}-ubyte.gz"));
    let Digits { images, labels } = Digits::read(&file("images-idx3"), &file("labels-idx1"))?;
    Ok(Samples { inputs: images, labels })
}
