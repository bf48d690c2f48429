//! What can go wrong.

use core::fmt;

use crate::loss::InvalidTarget;
use crate::optim::InvalidSetting;

/// Why a training step did not happen, or a loss is not known. The parameters, the optimiser's state and the step counter are as
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
    /// A setting of the optimiser, the schedule or the clipping cannot be meant.
    InvalidSetting(InvalidSetting),
    /// All parameters are zero, and there are several layers of them: the gradient by all but the last is zero, too, and
    /// stays so. The network has not been [initialised](crate::network::Network::init).
    NotInitialized,
    /// An input is infinite or NaN, and so the loss or the gradient is.
    NonFiniteInput {
        /// Which sample of the mini-batch.
        sample: usize,
        /// Which of its values.
        index: usize,
    },
    /// A target is not one that the loss can compare with.
    InvalidTarget {
        /// Which sample of the mini-batch.
        sample: usize,
        /// What is wrong with its target.
        error: InvalidTarget,
    },
    /// The loss is infinite or NaN though inputs and targets are not: the training has diverged.
    NonFiniteLoss {
        /// The first sample of the mini-batch whose loss is; 0 if only their sum is.
        sample: usize,
    },
    /// The loss is finite but a component of the gradient is not.
    NonFiniteGradient,
    /// The update would have made a parameter, or what the optimiser remembers of one, infinite or NaN. Found only if
    /// [`Training::step_checked`](crate::Training::step_checked) asks for it.
    NonFiniteUpdate {
        /// Which parameter, counted over those that are trained.
        parameter: usize,
    },
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
            Self::InvalidSetting(error) => error.fmt(f),
            Self::NotInitialized => f.write_str(
                "all parameters are zero, from which nothing is learned: make the network by `seeded`, or call `init`",
            ),
            Self::NonFiniteInput { sample, index } => {
                write!(f, "value {index} of input {sample} is infinite or not a number")
            }
            Self::InvalidTarget { sample, error } => write!(f, "target {sample}: {error}"),
            Self::NonFiniteLoss { sample } => {
                write!(f, "the loss of sample {sample} is not finite; a smaller learning rate may help")
            }
            Self::NonFiniteGradient => f.write_str("the gradient is not finite; a smaller learning rate may help"),
            Self::NonFiniteUpdate { parameter } => {
                write!(
                    f,
                    "the step would make parameter {parameter} infinite or not a number; a smaller learning rate may help"
                )
            }
        }
    }
}

impl core::error::Error for StepError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::LengthMismatch(mismatch) => Some(mismatch),
            Self::InvalidSetting(error) => Some(error),
            Self::InvalidTarget { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<LengthMismatch> for StepError {
    fn from(mismatch: LengthMismatch) -> Self {
        Self::LengthMismatch(mismatch)
    }
}

impl From<InvalidSetting> for StepError {
    fn from(error: InvalidSetting) -> Self {
        Self::InvalidSetting(error)
    }
}

/// Two slices that must hold one element per sample have different lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthMismatch {
    /// How many inputs there are.
    pub inputs: usize,
    /// How many there are of what must be as many.
    pub others: usize,
    /// What that is: `targets`, `outputs` or `classes`.
    pub of: &'static str,
}

impl LengthMismatch {
    pub(crate) fn check(inputs: usize, others: usize, of: &'static str) -> Result<(), Self> {
        if inputs == others { Ok(()) } else { Err(Self { inputs, others, of }) }
    }
}

impl fmt::Display for LengthMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inputs, others, of } = self;
        let s = if *inputs == 1 { "" } else { "s" };
        write!(f, "inputs and {of} must be of the same number: {inputs} input{s}, but {others}")
    }
}

impl core::error::Error for LengthMismatch {}
