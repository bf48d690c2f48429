//! Targets that a loss cannot compare with.

use core::fmt;

use crate::scalar::Scalar;

/// Why a [`Loss`](crate::loss::Loss) cannot compare outputs with a target.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum InvalidTarget {
    /// A value is infinite or NaN.
    NonFinite {
        /// Which.
        index: usize,
    },
    /// A value is no probability.
    NotAProbability {
        /// Which.
        index: usize,
        /// The value, which is not from 0 to 1.
        value: f64,
    },
    /// The probabilities of all classes do not add up to 1.
    NotADistribution {
        /// What they add up to.
        sum: f64,
    },
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
            Some((index, value)) => Err(Self::NotAProbability { index, value: value.to_f64() }),
        }
    }
}

impl fmt::Display for InvalidTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NonFinite { index } => write!(f, "value {index} is infinite or not a number"),
            Self::NotAProbability { index, value } => {
                write!(f, "value {index} is {value}; this loss takes probabilities, from 0 to 1")
            }
            Self::NotADistribution { sum } => {
                write!(
                    f,
                    "the values add up to {sum}; this loss takes the probabilities of all classes, which add up to 1"
                )
            }
        }
    }
}

impl core::error::Error for InvalidTarget {}
