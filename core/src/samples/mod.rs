//! What can be passed where inputs, targets and outputs go.
//!
//! A sample is `[T; N]` or `SVector<T, N>`, which are the same memory; a label is a [`Class`]. Many samples are a slice of
//! them, or an array, a `Vec`, a `Box` …, lent with `&`.
#![allow(unsafe_code)]

mod mistakes;
mod places;

use core::marker::PhantomData;
use core::slice;

use nalgebra::{ArrayStorage, Const, Matrix, SMatrix};

use crate::class::Class;
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector, Width};

pub use mistakes::Nothing;

/// A kind of samples, by which a network says what it [takes](crate::network::Takes) and a
/// [`Loss`](crate::loss::Loss) what it compares: [`Values`] or [`Class`].
pub trait Kind {
    /// One sample of this kind.
    type Sample: Sync;
}

/// The kind of `[T; N]` and `SVector<T, N>`: N values, in the compiler's messages easier to read than the vector itself.
/// (C is how many columns they stand in: one, unless somebody passes a matrix.)
#[derive(Clone, Copy, Debug)]
pub struct Values<T, const N: usize, const C: usize = 1>(PhantomData<T>);

impl<T: Sync, const N: usize, const C: usize> Kind for Values<T, N, C> {
    type Sample = SMatrix<T, N, C>;
}

impl<const N: usize> Kind for Class<N> {
    type Sample = Self;
}

/// One sample: `[T; N]` or `SVector<T, N>`, or as a target also `Class<N>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sample",
    label = "these are no samples",
    note = "a sample is an array `[T; N]` or an `SVector<T, N>`; a label is a `Class<N>`"
)]
pub trait Sample: Sized {
    /// What kind of sample it is.
    type Kind: Kind;

    /// Samples as what a network computes with, in the same memory.
    fn all(samples: &[Self]) -> &[<Self::Kind as Kind>::Sample];

    /// The same, to be written to.
    fn all_mut(samples: &mut [Self]) -> &mut [<Self::Kind as Kind>::Sample];
}

/// What arrays can be samples of. (That whole numbers are not those of a network is said where it does not take them.)
pub trait Number: Copy + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Number, const N: usize> Sample for [T; N] {
    type Kind = Values<T, N>;

    #[inline]
    fn all(samples: &[Self]) -> &[SMatrix<T, N, 1>] {
        // SAFETY: a vector is a `repr(C)` struct of a `repr(transparent)` array of N numbers and markers of no size, so it
        // has the size, the alignment and the values of the array.
        unsafe { slice::from_raw_parts(samples.as_ptr().cast(), samples.len()) }
    }

    #[inline]
    fn all_mut(samples: &mut [Self]) -> &mut [SMatrix<T, N, 1>] {
        // SAFETY: as above.
        unsafe { slice::from_raw_parts_mut(samples.as_mut_ptr().cast(), samples.len()) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Sync, const N: usize, const C: usize> Sample for Matrix<T, Const<N>, Const<C>, ArrayStorage<T, N, C>> {
    type Kind = Values<T, N, C>;

    #[inline]
    fn all(samples: &[Self]) -> &[Self] {
        samples
    }

    #[inline]
    fn all_mut(samples: &mut [Self]) -> &mut [Self] {
        samples
    }
}

#[diagnostic::do_not_recommend]
impl<T: Number, const N: usize> OneSample for [T; N] {
    type Kind = Values<T, N>;

    #[inline]
    fn one(&self) -> &SMatrix<T, N, 1> {
        // SAFETY: as in `Sample::all`.
        unsafe { &*(&raw const *self).cast() }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Sync, const N: usize, const C: usize> OneSample for Matrix<T, Const<N>, Const<C>, ArrayStorage<T, N, C>> {
    type Kind = Values<T, N, C>;

    #[inline]
    fn one(&self) -> &Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Sample for Class<N> {
    type Kind = Self;

    #[inline]
    fn all(samples: &[Self]) -> &[Self] {
        samples
    }

    #[inline]
    fn all_mut(samples: &mut [Self]) -> &mut [Self] {
        samples
    }
}

/// One sample that is passed: `&x`, or x itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sample",
    label = "this is no sample",
    note = "a sample is an array `[T; N]` or an `SVector<T, N>`"
)]
pub trait OneSample {
    /// What kind of sample it is.
    type Kind: Kind;

    /// The sample as what a network computes with, in the same memory.
    fn one(&self) -> &<Self::Kind as Kind>::Sample;
}

/// Many samples that are passed: `&x`, where x is a [place](Place) with samples.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no slice of samples",
    label = "a slice of samples is wanted here",
    note = "samples are passed as `&x`, where x is an array, a `Vec` or a slice of arrays `[T; N]` or of `SVector<T, N>`; if x is lent by a guard or another type of yours, as `&x[..]`"
)]
pub trait Samples {
    /// What kind of samples they are.
    type Kind: Kind;

    /// The samples as what a network computes with, in the same memory.
    fn samples(&self) -> &[<Self::Kind as Kind>::Sample];
}

/// Where many samples lie: a slice, an array, a `Vec`, or what points to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no slice of samples",
    label = "a slice of samples is wanted here",
    note = "samples lie in an array, a `Vec` or a slice of arrays `[T; N]` or of `SVector<T, N>`; if x is lent by a guard or another type of yours, pass `&x[..]`"
)]
pub trait Place {
    /// What kind of samples they are.
    type Kind: Kind;

    /// The samples as what a network computes with, in the same memory.
    fn samples(&self) -> &[<Self::Kind as Kind>::Sample];
}

/// Where outputs go: a slice, an array, a `Vec` of samples, lent with `&mut`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no slice that outputs can go into",
    label = "a slice of samples is wanted here",
    note = "outputs go into `&mut y`, where y is an array, a `Vec` or a slice of arrays `[T; N]` or of `SVector<T, N>`"
)]
pub trait PlaceMut {
    /// What kind of samples they are.
    type Kind: Kind;

    /// The samples as what a network computes with, in the same memory.
    fn samples_mut(&mut self) -> &mut [<Self::Kind as Kind>::Sample];
}

/// A shape of outputs, values of `T`, that fit into samples of kind `K`.
#[diagnostic::on_unimplemented(
    message = "outputs of `{Self}` with values of `{T}` do not fit into `{K}`",
    label = "the network's outputs do not fit here",
    note = "the outputs of a network of `f32` with N outputs go into `[f32; N]` or `SVector<f32, N>`"
)]
pub trait FitInto<T: Scalar, K: Kind>: Shape {
    /// Samples as outputs, which they are.
    fn outputs(y: &mut [K::Sample]) -> &mut [Vector<T, Self>];
}

#[diagnostic::do_not_recommend]
impl<T: Scalar, const N: usize> FitInto<T, Values<T, N>> for Width<N> {
    #[inline]
    fn outputs(y: &mut [SMatrix<T, N, 1>]) -> &mut [SMatrix<T, N, 1>] {
        y
    }
}

/// A shape of logits whose classes are of kind `K`.
#[diagnostic::on_unimplemented(
    message = "the classes of `{Self}` do not fit into `{K}`",
    label = "the network's classes do not fit here",
    note = "the classes of a network with N outputs go into `Class<N>`: `[Class::default(); 100]`"
)]
pub trait ChooseInto<K: Kind>: Shape {
    /// The class of the largest score.
    fn most_likely<T: Scalar>(scores: &Vector<T, Self>) -> K::Sample;
}

#[diagnostic::do_not_recommend]
impl<const N: usize> ChooseInto<Class<N>> for Width<N> {
    #[inline]
    fn most_likely<T: Scalar>(scores: &SMatrix<T, N, 1>) -> Class<N> {
        Class::most_likely(scores.as_slice())
    }
}
