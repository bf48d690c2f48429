//! Targets that a loss cannot compare with.

use core::fmt;

use crate::scalar::Scalar;

/// Why a [`Loss`](crate::loss::Loss) cannot compare outputs with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidTarget {
    /// A value is infinite or NaN.
    NonFinite {
        /// Which.
        index: usize,
    },
    /// A value is no probability.
    NotAProbability {
        /// Which: it is not from 0 to 1.
        index: usize,
    },
    /// The probabilities of all classes do not add up to 1.
    NotADistribution,
}

impl InvalidTarget {
    /// That every value is finite.
    ///
    /// # Errors
    /// [`NonFinite`](Self::NonFinite) names the first that is not.
    pub fn unless_finite<T: Scalar>(target: &[T]) -> Result<(), Self> {
        match target.iter().position(|d| !d.is_finite()) {
            None => Ok(()),
            Some(index) => Err(Self::NonFinite { index }),
        }
    }

    /// That every value is a probability.
    pub(crate) fn unless_probabilities<T: Scalar>(target: &[T]) -> Result<(), Self> {
        Self::unless_finite(target)?;
        let outside = |(_, d): &(usize, &T)| **d < T::ZERO || **d > T::ONE;
        match target.iter().enumerate().find(outside) {
            None => Ok(()),
            Some((index, _)) => Err(Self::NotAProbability { index }),
        }
    }
}

impl fmt::Display for InvalidTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NonFinite { index } => write!(f, "value {index} is infinite or not a number"),
            Self::NotAProbability { index } => {
                write!(f, "value {index} is not from 0 to 1, as the probabilities are that this loss takes")
            }
            Self::NotADistribution => {
                f.write_str("the values do not add up to 1, as the probabilities of all classes do")
            }
        }
    }
}

impl core::error::Error for InvalidTarget {}
