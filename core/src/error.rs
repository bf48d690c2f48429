//! What can go wrong.

use core::fmt;

/// Why a training step did not happen. The parameters, the optimiser's state and the step counter are as
/// they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepError {
    /// The mini-batch has no sample.
    EmptyBatch,
    /// The mini-batch is longer than the memory, and [`Online`](crate::Online) has no gradient to add up in pieces.
    BeyondCapacity {
        /// How many samples the memory holds.
        capacity: usize,
        /// How many the mini-batch has.
        samples: usize,
    },
    /// Inputs and targets are not of the same number.
    LengthMismatch(LengthMismatch),
    /// The loss is infinite or NaN: an input is, or the training has diverged.
    NonFiniteLoss,
    /// The loss is finite but a component of the gradient is not.
    NonFiniteGradient,
}

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyBatch => f.write_str("the mini-batch has no sample"),
            Self::BeyondCapacity { capacity, samples } => {
                write!(
                    f,
                    "the mini-batch has {samples} samples and the memory holds {capacity}, which `Online` cannot exceed"
                )
            }
            Self::LengthMismatch(mismatch) => mismatch.fmt(f),
            Self::NonFiniteLoss => f.write_str("the loss is not finite; a smaller learning rate may help"),
            Self::NonFiniteGradient => f.write_str("the gradient is not finite; a smaller learning rate may help"),
        }
    }
}

impl core::error::Error for StepError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::LengthMismatch(mismatch) => Some(mismatch),
            _ => None,
        }
    }
}

impl From<LengthMismatch> for StepError {
    fn from(mismatch: LengthMismatch) -> Self {
        Self::LengthMismatch(mismatch)
    }
}

/// Two slices that must hold one element per sample have different lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthMismatch {
    /// How many inputs there are.
    pub inputs: usize,
    /// How many targets or outputs there are.
    pub others: usize,
}

impl LengthMismatch {
    pub(crate) fn check(inputs: usize, others: usize) -> Result<(), Self> {
        if inputs == others { Ok(()) } else { Err(Self { inputs, others }) }
    }
}

impl fmt::Display for LengthMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} inputs, but {} targets or outputs", self.inputs, self.others)
    }
}

impl core::error::Error for LengthMismatch {}
