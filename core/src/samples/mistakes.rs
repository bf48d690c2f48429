//! What is likely to be passed where samples are wanted, and is none: each kind of it has a message of its own.
//!
//! A type that has no kind at all is reported as it is spelt out, and a vector is spelt out in seven types of nalgebra. So
//! all that is likely has a kind, and those that are mistakes have one that no network takes and no loss compares, which is
//! said by a trait for each: [`KnownWidth`] is missing for [`RunTimeWidth`].

use core::ops::Range;

use nalgebra::{Const, Dim, Dyn, Matrix, SMatrix, ViewStorage, ViewStorageMut};

use super::{ChooseInto, FitInto, Gathers, Kind, Number, OneSample, Sample, Samples, SamplesMut, ScaledFrom, Values};
use crate::class::Class;
use crate::kernels::Available;
use crate::loss::Loss;
use crate::network::{InputOf, Network, Takes};
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector, Width};

/// What stands for a sample where something is passed that is none.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

/// That a kind without samples fits everywhere, or that it does where it does not lack a trait, which is what is then
/// reported.
macro_rules! fits {
    ($kind:ident $(, $as_input:ident, $as_target:ident)?) => {
        impl Kind for $kind {
            type Sample = Nothing;
        }

        impl<N: Network> Takes<$kind> for N
        $(where
            $kind: $as_input<Self>,)?
        {
            fn inputs(_: &[Nothing]) -> &[InputOf<Self>] {
                &[]
            }
        }

        impl<T: Scalar, S: Shape> FitInto<T, $kind> for S
        $(where
            $kind: $as_input<Self>,)?
        {
            fn outputs(_: &mut [Nothing]) -> &mut [Vector<T, Self>] {
                &mut []
            }
        }

        impl<X, const B: usize> Gathers<X, $kind> for Width<B>
        $(where
            $kind: $as_input<Self>,)?
        {
            fn copy(_: &X) -> Option<X> {
                None
            }
        }

        impl<T: Scalar, const N: usize> ScaledFrom<$kind> for Values<T, N>
        $(where
            $kind: $as_input<Self>,)?
        {
            type Scalar = T;

            fn scale(_: Available, _: &Nothing, _: (T, T), _: &mut SMatrix<T, N, 1>) {}
        }
    };
}

// With one kind alone that fits, the compiler would infer that what is passed is of that kind, before it has seen it, and
// report two types that differ. (The losses say for themselves that they take this one: if everything were a loss, everything
// would have their methods.)
fits!(Nothing);

impl<S: Shape> ChooseInto<Nothing> for S {
    fn most_likely<T: Scalar>(_: &Vector<T, Self>) -> Nothing {
        Nothing
    }
}

/// For each mistake what is missing for it to be an input or a place for outputs, and to be a target.
macro_rules! mistakes {
    ($($mistake:ident: $as_input:ident, $as_target:ident;)*) => {$(
        fits!($mistake, $as_input, $as_target);

        impl<L, T: Scalar, S: Shape> Loss<T, S, $mistake> for L
        where
            $mistake: $as_target<Self>,
        {
            fn value(&self, _: &Vector<T, S>, _: &Nothing) -> T {
                T::ZERO
            }

            fn backward(&self, _: &Vector<T, S>, _: &Nothing, _: T, _: &mut Vector<T, S>) -> T {
                T::ZERO
            }
        }

        // Without any, the compiler would propose to write one.
        #[diagnostic::do_not_recommend]
        impl $as_input<()> for Nothing {}

        #[diagnostic::do_not_recommend]
        impl Sample for $mistake {
            type Kind = Self;

            fn all(_: &[Self]) -> &[Nothing] {
                &[]
            }

            fn all_mut(_: &mut [Self]) -> &mut [Nothing] {
                &mut []
            }
        }
    )*};
}

/// Samples whose width only the running program knows.
#[derive(Clone, Copy, Debug)]
pub struct RunTimeWidth;

/// What [`RunTimeWidth`] lacks.
#[diagnostic::on_unimplemented(
    message = "how many numbers each sample has is known only at run time",
    label = "each sample is to be an array or an `SVector`",
    note = "of a `Vec` or slice v with 784 numbers, `<[f32; 784]>::try_from(&v[..])?` is an array; of a `DVector`, `<[f32; 784]>::try_from(v.as_slice())?`"
)]
pub trait KnownWidth<By> {}

/// Numbers in a row.
#[derive(Clone, Copy, Debug)]
pub struct PlainNumbers;

/// What [`PlainNumbers`] lacks.
#[diagnostic::on_unimplemented(
    message = "these are numbers, where a slice of samples is wanted",
    label = "a slice of samples is wanted here",
    note = "one sample is passed as a slice of one: `&[x]`",
    note = "samples of 784 numbers that lie one after the other are passed as `x.as_chunks::<784>().0`"
)]
pub trait ManySamples<By> {}

/// What [`PlainNumbers`] lacks.
#[diagnostic::on_unimplemented(
    message = "these are plain numbers, where targets are wanted",
    label = "a slice of targets is wanted here",
    note = "the label 7 of one of 10 classes is `Class::<10>::new(7)?`",
    note = "a target of one value is an array of one: `[1.0]`; one target is passed as a slice of one: `&[d]`"
)]
pub trait Targets<By> {}

/// One sample, or a matrix.
#[derive(Clone, Copy, Debug)]
pub struct OneForMany;

/// What [`OneForMany`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is one sample, where a slice of samples is wanted",
    label = "a slice of samples is wanted here",
    note = "it is passed as a slice of one: `&[x]`; a matrix whose columns are samples as `&x.data.0`"
)]
pub trait Several<By> {}

/// A matrix whose size only the running program knows.
#[derive(Clone, Copy, Debug)]
pub struct RunTimeMatrix;

/// What [`RunTimeMatrix`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is a matrix or vector of a size known only at run time, where a slice of samples is wanted",
    label = "a slice of samples is wanted here",
    note = "a matrix whose columns are samples of 784 numbers is passed as `x.as_slice().as_chunks::<784>().0`"
)]
pub trait KnownSize<By> {}

/// A part of a matrix that is lent.
#[derive(Clone, Copy, Debug)]
pub struct MatrixView;

/// What [`MatrixView`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is a view into a matrix, where samples of their own are wanted",
    label = "a view is no sample",
    note = "`x.into_owned()` is the vector that the view shows"
)]
pub trait Owned<By> {}

/// Pairs of an input and a target.
#[derive(Clone, Copy, Debug)]
pub struct Pairs;

/// What [`Pairs`] lacks.
#[diagnostic::on_unimplemented(
    message = "these are tuples, where inputs and targets are two slices",
    label = "a slice of samples is wanted here",
    note = "pairs are taken apart by `let (x, d): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();`; a tuple of numbers is written as an array, `[0.0, 1.0]`"
)]
pub trait TakenApart<By> {}

/// References to samples.
#[derive(Clone, Copy, Debug)]
pub struct References;

/// What [`References`] lacks.
#[diagnostic::on_unimplemented(
    message = "these are references to samples, where the samples themselves are wanted, one after the other",
    label = "a slice of samples is wanted here",
    note = "they are collected by `x.iter().map(|x| **x).collect::<Vec<_>>()`"
)]
pub trait InOneMemory<By> {}

/// Slices of samples.
#[derive(Clone, Copy, Debug)]
pub struct MiniBatches;

/// What [`MiniBatches`] lacks.
#[diagnostic::on_unimplemented(
    message = "these are several slices of samples, where one is wanted",
    label = "one slice of samples is wanted here",
    note = "slices x in a slice are one mini-batch each: `for x in &batches {{ … }}`; arrays in an array are one slice of all samples as `x.as_flattened()`"
)]
pub trait OneMiniBatch<By> {}

/// An iterator.
#[derive(Clone, Copy, Debug)]
pub struct Iterating;

/// What [`Iterating`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is an iterator, where a slice of samples is wanted",
    label = "a slice of samples is wanted here",
    note = "what it gives is collected by `x.collect::<Vec<_>>()`"
)]
pub trait Collected<By> {}

/// What may be there or not.
#[derive(Clone, Copy, Debug)]
pub struct Perhaps;

/// What [`Perhaps`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is an `Option` or a `Result`, where samples are wanted",
    label = "there may be no samples in it",
    note = "take them out with `?`, or with `let Some(x) = x else {{ … }};`"
)]
pub trait Certain<By> {}

/// Many samples where one is wanted.
#[derive(Clone, Copy, Debug)]
pub struct ManyForOne;

/// What [`ManyForOne`] lacks.
#[diagnostic::on_unimplemented(
    message = "these are many samples, where one is wanted",
    label = "one sample is wanted here",
    note = "one of them is `&x[0]`; for all of them there are `output_batch`, `logits_batch`, `probabilities_batch` and `classify_batch`"
)]
pub trait OnlyOne<By> {}

/// A number where a sample is wanted.
#[derive(Clone, Copy, Debug)]
pub struct NumberForOne;

/// What [`NumberForOne`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is a number, where a sample is wanted",
    label = "one sample is wanted here",
    note = "a sample of one number is an array of one: `&[x]`"
)]
pub trait ASample<By> {}

/// A tuple where a sample is wanted.
#[derive(Clone, Copy, Debug)]
pub struct TupleForOne;

/// What [`TupleForOne`] lacks.
#[diagnostic::on_unimplemented(
    message = "this is a tuple, where a sample is wanted",
    label = "one sample is wanted here",
    note = "a sample is an array: `&[0.0, 1.0]`; the input of a pair is `&pair.0`"
)]
pub trait AnArray<By> {}

#[diagnostic::do_not_recommend]
impl Targets<()> for Nothing {}

mistakes! {
    RunTimeWidth: KnownWidth, KnownWidth;
    PlainNumbers: ManySamples, Targets;
    OneForMany: Several, Several;
    RunTimeMatrix: KnownSize, KnownSize;
    MatrixView: Owned, Owned;
    Pairs: TakenApart, TakenApart;
    References: InOneMemory, InOneMemory;
    MiniBatches: OneMiniBatch, OneMiniBatch;
    Iterating: Collected, Collected;
    Perhaps: Certain, Certain;
    ManyForOne: OnlyOne, OnlyOne;
    NumberForOne: ASample, ASample;
    TupleForOne: AnArray, AnArray;
}

/// What stands alone or in a row, as a [`Vec`] or slice of it is taken.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sample",
    label = "these are no samples",
    note = "a sample is an array `[T; N]` or an `SVector<T, N>`; a label is a `Class<N>`"
)]
pub trait InRow {
    /// What a row of it is where one of many samples is wanted.
    type AmongMany: Kind<Sample = Nothing>;
    /// What a row of it is where one sample is wanted.
    type AsOne: Kind<Sample = Nothing>;
}

/// What references point to where samples are wanted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no sample",
    label = "these are no samples",
    note = "a sample is an array `[T; N]` or an `SVector<T, N>`; a label is a `Class<N>`"
)]
pub trait Behind {
    /// What the reference is.
    type Kind: Kind<Sample = Nothing>;
}

macro_rules! in_row {
    ($([$($generics:tt)*] $type:ty => $many:ty, $one:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> InRow for $type {
            type AmongMany = $many;
            type AsOne = $one;
        }
    )*};
}

macro_rules! behind {
    ($([$($generics:tt)*] $type:ty => $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Behind for $type {
            type Kind = $kind;
        }
    )*};
}

/// Types that are a mistake where a sample of many is wanted.
macro_rules! no_sample {
    ($([$($generics:tt)*] $type:ty => $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Sample for $type {
            type Kind = $kind;

            fn all(_: &[Self]) -> &[Nothing] {
                &[]
            }

            fn all_mut(_: &mut [Self]) -> &mut [Nothing] {
                &mut []
            }
        }
    )*};
}

/// Types that are a mistake where many samples are wanted.
macro_rules! no_samples {
    ($([$($generics:tt)*] $type:ty => $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Samples for $type {
            type Kind = $kind;
            type Item = $kind;

            fn items(&self) -> &[$kind] {
                &[]
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> SamplesMut for $type {
            type Kind = $kind;

            fn samples_mut(&mut self) -> &mut [Nothing] {
                &mut []
            }
        }
    )*};
}

/// Types that are a mistake where one sample is wanted.
macro_rules! not_one {
    ($([$($generics:tt)*] $type:ty => $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> OneSample for $type {
            type Kind = $kind;

            fn one(&self) -> &Nothing {
                &Nothing
            }
        }
    )*};
}

macro_rules! numbers {
    ($($number:ident)*) => {$(
        impl Number for $number {}

        in_row! { [] $number => RunTimeWidth, RunTimeWidth; }
        behind! { [] $number => PlainNumbers; }
        no_sample! { [] $number => PlainNumbers; }
        no_samples! { [] $number => PlainNumbers; }
        not_one! { [] $number => NumberForOne; }
    )*};
}
numbers!(f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool);

in_row! {
    [T, const N: usize] [T; N] => MiniBatches, ManyForOne;
    [T, R, C, S] Matrix<T, R, C, S> => MiniBatches, ManyForOne;
    [const N: usize] Class<N> => MiniBatches, ManyForOne;
    ['x, X: ?Sized] &'x X => MiniBatches, ManyForOne;
    [A, B] (A, B) => MiniBatches, ManyForOne;
}

behind! {
    [T: InRow] [T] => T::AmongMany;
    [T, const N: usize] [T; N] => References;
    [T, R, C, S] Matrix<T, R, C, S> => References;
    [const N: usize] Class<N> => References;
    ['x, X: ?Sized] &'x X => References;
    [A, B] (A, B) => Pairs;
}

no_sample! {
    ['x, X: Behind + ?Sized] &'x X => X::Kind;
    ['x, X: Behind + ?Sized] &'x mut X => X::Kind;
    [T, const N: usize, const K: usize] [[T; N]; K] => MiniBatches;
    [T, R, C, S, const K: usize] [Matrix<T, R, C, S>; K] => MiniBatches;
    [const N: usize, const K: usize] [Class<N>; K] => MiniBatches;
    [A, B] (A, B) => Pairs;
    [A, B, C] (A, B, C) => Pairs;
    [A, B, C, D] (A, B, C, D) => Pairs;
    [X] Option<X> => Perhaps;
    [X, E] Result<X, E> => Perhaps;
}

no_samples! {
    [A, B] (A, B) => Pairs;
    [A, B, C] (A, B, C) => Pairs;
    [A, B, C, D] (A, B, C, D) => Pairs;
    [X] Option<X> => Perhaps;
    [X, E] Result<X, E> => Perhaps;
    [const N: usize] Class<N> => OneForMany;
}

not_one! {
    [T: InRow] [T] => T::AsOne;
    [T, const N: usize, const K: usize] [[T; N]; K] => ManyForOne;
    [T, R, C, S, const K: usize] [Matrix<T, R, C, S>; K] => ManyForOne;
    ['x, T, const N: usize, const K: usize] [&'x [T; N]; K] => ManyForOne;
    ['x, T, R, C, S, const K: usize] [&'x Matrix<T, R, C, S>; K] => ManyForOne;
    [A, B] (A, B) => TupleForOne;
    [A, B, C] (A, B, C) => TupleForOne;
    [A, B, C, D] (A, B, C, D) => TupleForOne;
    [X] Option<X> => Perhaps;
    [X, E] Result<X, E> => Perhaps;
}

/// Matrices other than those of known size in an array of their own.
macro_rules! matrices {
    ($([$($generics:tt)*] $type:ty => $one:ty, $many:ty;)*) => {$(
        no_sample! { [$($generics)*] $type => $one; }
        not_one! { [$($generics)*] $type => $one; }
        no_samples! { [$($generics)*] $type => $many; }
    )*};
}
matrices! {
    [T, C, S] Matrix<T, Dyn, C, S> => RunTimeWidth, RunTimeMatrix;
    [T, S, const R: usize] Matrix<T, Const<R>, Dyn, S> => RunTimeWidth, RunTimeMatrix;
    ['v, T, A: Dim, B: Dim, const R: usize, const C: usize] Matrix<T, Const<R>, Const<C>, ViewStorage<'v, T, Const<R>, Const<C>, A, B>>
        => MatrixView, MatrixView;
    ['v, T, A: Dim, B: Dim, const R: usize, const C: usize] Matrix<T, Const<R>, Const<C>, ViewStorageMut<'v, T, Const<R>, Const<C>, A, B>>
        => MatrixView, MatrixView;
}
no_samples! {
    [T, const R: usize, const C: usize] SMatrix<T, R, C> => OneForMany;
}

/// Iterators that slices give, and what is made of them.
macro_rules! iterators {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        no_samples! { [$($generics)*] $type => Iterating; }
        no_sample! { [$($generics)*] $type => Iterating; }
        not_one! { [$($generics)*] $type => Iterating; }
    )*};
}
iterators! {
    ['x, X] core::slice::Iter<'x, X>;
    ['x, X] core::slice::Chunks<'x, X>;
    ['x, X] core::slice::ChunksExact<'x, X>;
    ['x, X] core::slice::Windows<'x, X>;
    [X, const N: usize] core::array::IntoIter<X, N>;
    [I, F] core::iter::Map<I, F>;
    [I, F] core::iter::Filter<I, F>;
    [A, B] core::iter::Zip<A, B>;
    [A, B] core::iter::Chain<A, B>;
    [I] core::iter::Enumerate<I>;
    [I] core::iter::Take<I>;
    [I] core::iter::Skip<I>;
    [I] core::iter::Copied<I>;
    [I] core::iter::Cloned<I>;
    [I] core::iter::Rev<I>;
    [X] Range<X>;
}

#[cfg(feature = "alloc")]
mod on_the_heap {
    use alloc::boxed::Box;
    use alloc::rc::Rc;
    use alloc::sync::Arc;
    use alloc::vec::{self, Vec};

    use super::*;

    in_row! {
        [T] Vec<T> => MiniBatches, ManyForOne;
        [X: ?Sized] Box<X> => MiniBatches, ManyForOne;
    }

    behind! {
        [T: InRow] Vec<T> => T::AmongMany;
        [X: Behind + ?Sized] Box<X> => X::Kind;
    }

    no_sample! {
        [T: InRow] Vec<T> => T::AmongMany;
        [X: Behind + ?Sized] Box<X> => X::Kind;
        [X: Behind + ?Sized] Rc<X> => X::Kind;
        [X: Behind + ?Sized] Arc<X> => X::Kind;
    }

    not_one! {
        [T: InRow] Vec<T> => T::AsOne;
        [T, const K: usize] [Vec<T>; K] => ManyForOne;
    }

    iterators! {
        [X] vec::IntoIter<X>;
    }
}
