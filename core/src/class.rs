//! Class labels whose range is a type.
#![allow(unsafe_code)]

use core::fmt;

use crate::params::Zeroable;
use crate::scalar::Scalar;

/// The label of one of `N` classes, from 0 to N−1.
///
/// The range is checked once, where the label is made; after that nothing can index past the logits. The default
/// is class 0.
///
/// ```
/// use chainrule::prelude::*;
///
/// let seven = Class::<10>::new(7)?;
/// assert_eq!(seven.index(), 7);
/// assert!(Class::<10>::new(10).is_err());
/// # Ok::<(), ClassOutOfRange>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class<const N: usize>(u32);

impl<const N: usize> Class<N> {
    /// The label `index`.
    ///
    /// # Errors
    /// [`ClassOutOfRange`] if `index` is not below `N`.
    pub const fn new(index: usize) -> Result<Self, ClassOutOfRange> {
        if index < N && index <= u32::MAX as usize {
            Ok(Self(index as u32))
        } else {
            Err(ClassOutOfRange { index, classes: N })
        }
    }

    /// The label as an index below `N`.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The class of the largest of `N` scores, the first of them if several are equal; NaN is no score.
    pub(crate) fn most_likely<T: Scalar>(scores: &[T]) -> Self {
        let mut best = 0;
        let mut highest = T::from_f64(f64::NEG_INFINITY);
        for (index, &score) in (0..).zip(scores).take(N) {
            if score > highest {
                highest = score;
                best = index;
            }
        }
        Self(best)
    }
}

// SAFETY: label 0; for no class at all there is no label, but also nothing that it could index.
#[diagnostic::do_not_recommend]
unsafe impl<const N: usize> Zeroable for Class<N> {}

impl<const N: usize> fmt::Debug for Class<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Class({})", self.0)
    }
}

impl<const N: usize> fmt::Display for Class<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number that is the label of no class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassOutOfRange {
    /// The number.
    pub index: usize,
    /// How many classes there are.
    pub classes: usize,
}

impl fmt::Display for ClassOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not the label of one of {} classes", self.index, self.classes)
    }
}

impl core::error::Error for ClassOutOfRange {}

/// A logit that is infinite or NaN, so that the most likely class is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonFiniteLogit {
    /// The first class whose logit is.
    pub class: usize,
}

impl fmt::Display for NonFiniteLogit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the logit of class {} is infinite or not a number", self.class)
    }
}

impl core::error::Error for NonFiniteLogit {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_outside_the_classes_is_an_error_that_names_both_numbers() {
        let error = Class::<10>::new(12).unwrap_err();
        assert_eq!(error, ClassOutOfRange { index: 12, classes: 10 });
        assert_eq!(error.to_string(), "12 is not the label of one of 10 classes");
        assert_eq!(Class::<10>::new(9).map(Class::index), Ok(9));
        assert_eq!(Class::<10>::new(10), Err(ClassOutOfRange { index: 10, classes: 10 }));
    }

    #[test]
    fn the_most_likely_class_is_the_first_of_the_largest_scores_and_ignores_nan() {
        assert_eq!(Class::<4>::most_likely(&[1.0, 3.0, 3.0, 2.0]).index(), 1);
        assert_eq!(Class::<3>::most_likely(&[f32::NAN, -1.0, f32::NAN]).index(), 1);
        assert_eq!(Class::<2>::most_likely(&[f32::NAN; 2]).index(), 0);
    }
}
