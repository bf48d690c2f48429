//! Settings that cannot be meant.

use core::fmt;

use crate::scalar::{Bits, Scalar};

/// A setting with a value that cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSetting {
    /// The setting, as its field or function is called.
    pub setting: &'static str,
    value: Bits,
    expected: Expected,
}

impl InvalidSetting {
    /// The value of the setting.
    pub fn value(&self) -> f64 {
        self.value.to_f64()
    }
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = match self.expected {
            Expected::NotNegative => "a finite number from 0",
            Expected::Positive => "a finite number above 0",
            Expected::BelowOne => "from 0, and below 1",
            Expected::UpToOne => "at most 1",
            Expected::Limit => "above 0",
        };
        write!(f, "`{}` is {}; it must be {expected}", self.setting, self.value())
    }
}

impl core::error::Error for InvalidSetting {}

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    NotNegative,
    Positive,
    BelowOne,
    UpToOne,
    Limit,
}

/// A setting and its value, to be looked at: `Setting("momentum", self.momentum).below_one()?`.
#[derive(Clone, Copy, Debug)]
pub struct Setting<T>(
    /// The name.
    pub &'static str,
    /// The value.
    pub T,
);

impl<T: Scalar> Setting<T> {
    /// From 0, and finite: a learning rate.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn not_negative(self) -> Result<(), InvalidSetting> {
        self.unless(self.1 >= T::ZERO && self.1 <= T::MAX, Expected::NotNegative)
    }

    /// Above 0, and finite: an ε.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn positive(self) -> Result<(), InvalidSetting> {
        self.unless(self.1 > T::ZERO && self.1 <= T::MAX, Expected::Positive)
    }

    /// From 0, and below 1: what a moving average keeps.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn below_one(self) -> Result<(), InvalidSetting> {
        self.unless(self.1 >= T::ZERO && self.1 < T::ONE, Expected::BelowOne)
    }

    /// At most 1: a share.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn up_to_one(self) -> Result<(), InvalidSetting> {
        self.unless(self.1 <= T::ONE, Expected::UpToOne)
    }

    /// Above 0, perhaps infinite: a limit.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn limit(self) -> Result<(), InvalidSetting> {
        self.unless(self.1 > T::ZERO, Expected::Limit)
    }

    #[inline]
    fn unless(self, right: bool, expected: Expected) -> Result<(), InvalidSetting> {
        if right { Ok(()) } else { Err(self.invalid(expected)) }
    }

    #[cold]
    pub(crate) fn invalid(self, expected: Expected) -> InvalidSetting {
        InvalidSetting { setting: self.0, value: self.1.bits(), expected }
    }
}
