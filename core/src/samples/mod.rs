//! What can be passed where inputs, targets and outputs go.
//!
//! A sample is `[T; N]` or `SVector<T, N>`, which are the same memory; a label is a [`Class`]. Many samples are a slice of
//! them, or an array, a `Vec`, a `Box` ….
//!
//! Nothing that is `unsafe` relies on an implementation of these traits: a type of your own, a `#[repr(transparent)]` pixel,
//! can be a [`Sample`].
#![allow(unsafe_code)]

pub mod mistakes;
mod places;

use core::marker::PhantomData;
use core::slice;

use nalgebra::{ArrayStorage, Const, Matrix, SMatrix};

use crate::class::Class;
use crate::kernels::{Available, Raw};
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector, Width};

pub use mistakes::Nothing;

/// A kind of samples, by which a network says what it [takes](crate::network::Takes) and a
/// [`Loss`](crate::loss::Loss) what it compares: [`Values`] or [`Class`].
pub trait Kind {
    /// One sample of this kind.
    type Sample: Copy + Sync;
}

/// The kind of `[T; N]` and `SVector<T, N>`: N values, in the compiler's messages easier to read than the vector itself.
/// (C is how many columns they stand in: one, unless somebody passes a matrix.)
#[derive(Clone, Copy, Debug)]
pub struct Values<T, const N: usize, const C: usize = 1>(PhantomData<T>);

impl<T: Number, const N: usize, const C: usize> Kind for Values<T, N, C> {
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

/// What samples can consist of. (That whole numbers are not those of a network is said where it does not take them.)
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
impl<T: Number, const N: usize, const C: usize> Sample for Matrix<T, Const<N>, Const<C>, ArrayStorage<T, N, C>> {
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
impl<T: Number, const N: usize, const C: usize> OneSample for Matrix<T, Const<N>, Const<C>, ArrayStorage<T, N, C>> {
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

/// One sample, or what points to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sample",
    label = "one sample is wanted here",
    note = "a sample is an array `[T; N]` or an `SVector<T, N>`"
)]
pub trait OneSample {
    /// What kind of sample it is.
    type Kind: Kind;

    /// The sample as what a network computes with, in the same memory.
    fn one(&self) -> &<Self::Kind as Kind>::Sample;
}

/// Many samples: a slice, an array, a `Vec`, or what points to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no slice of samples",
    label = "a slice of samples is wanted here",
    note = "samples lie in an array, a `Vec` or a slice of arrays `[T; N]` or of `SVector<T, N>`; what a guard or a type of your own lends is passed as `&x[..]`"
)]
pub trait Samples {
    /// What kind of samples they are.
    type Kind: Kind;
    /// What each of them is.
    type Item: Sample<Kind = Self::Kind>;

    /// The samples.
    fn items(&self) -> &[Self::Item];

    /// The samples as what a network computes with, in the same memory.
    #[inline]
    fn samples(&self) -> &[<Self::Kind as Kind>::Sample] {
        Self::Item::all(self.items())
    }
}

/// Where outputs go: a slice, an array, a `Vec` of samples, lent with `&mut`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no slice that outputs can go into",
    label = "a slice of samples is wanted here",
    note = "outputs go into `&mut y`, where y is an array, a `Vec` or a slice of arrays `[T; N]` or of `SVector<T, N>`"
)]
pub trait SamplesMut {
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

/// A capacity, as a width, of a mini-batch into which samples of kind `K` are gathered.
#[diagnostic::on_unimplemented(message = "a mini-batch cannot hold `{K}`", label = "these are no samples")]
pub trait Gathers<X, K: Kind> {
    /// A copy of a sample, if it is one.
    fn copy(sample: &X) -> Option<X>;
}

#[diagnostic::do_not_recommend]
impl<X: Copy, T: Number, const N: usize, const C: usize, const B: usize> Gathers<X, Values<T, N, C>> for Width<B> {
    #[inline]
    fn copy(sample: &X) -> Option<X> {
        Some(*sample)
    }
}

#[diagnostic::do_not_recommend]
impl<X: Copy, const N: usize, const B: usize> Gathers<X, Class<N>> for Width<B> {
    #[inline]
    fn copy(sample: &X) -> Option<X> {
        Some(*sample)
    }
}

/// A kind of samples that are computed from samples of kind `K`, whole numbers q, as scale · q + shift.
#[diagnostic::on_unimplemented(
    message = "a mini-batch of `{Self}` is not computed from `{K}`",
    label = "these samples do not fit the mini-batch",
    note = "it is computed from as many whole numbers, such as `[u8; 784]`; `Values<T, N>` are the samples `[T; N]` and `SVector<T, N>`"
)]
pub trait ScaledFrom<K: Kind>: Kind {
    /// What both are multiplied by and moved by.
    type Scalar: Scalar;

    /// One sample.
    fn scale(
        at: Available,
        from: &K::Sample,
        scale_and_shift: (Self::Scalar, Self::Scalar),
        to: &mut <Self as Kind>::Sample,
    );
}

#[diagnostic::do_not_recommend]
impl<T: Scalar, Q: Raw + Number, const N: usize> ScaledFrom<Values<Q, N>> for Values<T, N> {
    type Scalar = T;

    #[inline]
    fn scale(at: Available, from: &SMatrix<Q, N, 1>, scale_and_shift: (T, T), to: &mut SMatrix<T, N, 1>) {
        Q::scale(at, from.as_slice(), scale_and_shift, to.as_mut_slice());
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::SVector;

    use super::*;

    #[test]
    fn arrays_are_vectors_in_the_same_place() {
        let mut arrays = [[1.0f32, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let place = arrays.as_ptr().cast();
        let lent = &arrays;
        let vectors = Samples::samples(&lent);
        assert_eq!(
            (vectors.as_ptr(), vectors),
            (place, &[SVector::from([1.0, 2.0, 3.0]), SVector::from([4.0, 5.0, 6.0])][..])
        );
        assert_eq!((&raw const *OneSample::one(&arrays[1])).cast(), &raw const arrays[1]);
        let outputs = SamplesMut::samples_mut(&mut arrays);
        outputs[1][2] = 7.0;
        assert_eq!(outputs.as_ptr(), place);
        assert_eq!(arrays[1], [4.0, 5.0, 7.0]);
    }

    #[test]
    fn arrays_of_no_number_and_slices_of_no_sample_are_what_they_were() {
        assert_eq!(<[f32; 0]>::all(&[[], [], []]).len(), 3);
        assert!(<[f64; 3]>::all(&[]).is_empty());
    }
}
