//! Settings that cannot be meant.

use core::fmt;

use crate::scalar::Scalar;

/// A setting with a value that cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InvalidSetting {
    /// The setting, as its field or function is called.
    pub setting: &'static str,
    /// Its value.
    pub value: f64,
    /// What its value must be.
    pub expected: &'static str,
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is {}; it must be {}", self.setting, self.value, self.expected)
    }
}

impl core::error::Error for InvalidSetting {}

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
        self.holds(self.1 >= T::ZERO && self.1.is_finite(), "a finite number from 0")
    }

    /// Above 0, and finite: an ε.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn positive(self) -> Result<(), InvalidSetting> {
        self.holds(self.1 > T::ZERO && self.1.is_finite(), "a finite number above 0")
    }

    /// From 0, and below 1: what a moving average keeps.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it is not.
    #[inline]
    pub fn below_one(self) -> Result<(), InvalidSetting> {
        self.holds(self.1 >= T::ZERO && self.1 < T::ONE, "from 0, and below 1")
    }

    /// What is expected, in words.
    ///
    /// # Errors
    /// [`InvalidSetting`] unless `so`.
    #[inline]
    pub fn holds(self, so: bool, expected: &'static str) -> Result<(), InvalidSetting> {
        if so { Ok(()) } else { Err(self.invalid(expected)) }
    }

    #[cold]
    fn invalid(self, expected: &'static str) -> InvalidSetting {
        InvalidSetting { setting: self.0, value: self.1.to_f64(), expected }
    }
}
