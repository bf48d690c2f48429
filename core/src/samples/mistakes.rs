//! What is likely to be passed where samples are wanted, and is none: each kind of it has a message of its own.
//!
//! A type that has no kind at all is reported as it is spelt out, and a vector is spelt out in seven types of nalgebra. So
//! all that is likely has a kind, and those that are mistakes have one that no network takes and no loss compares, which is
//! said by a trait for each: [`KnownWidth`] is missing for [`RunTimeWidth`].

use core::ops::Range;

use nalgebra::{Const, Dim, Dyn, Matrix, SMatrix, ViewStorage, ViewStorageMut};

use super::{ChooseInto, FitInto, Kind, Number, OneSample, Place, PlaceMut, Sample, Samples};
use crate::class::Class;
use crate::loss::{Loss, Mistaken};
use crate::network::{InputOf, Network, Takes};
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector};

/// What stands for a sample where something is passed that is none.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

/// For each mistake its kind, what is missing for it to be an input or a place for outputs, and to be a target.
macro_rules! mistakes {
    ($($(#[doc = $doc:literal])* $mistake:ident: $input:ident, $target:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $mistake;

        impl Kind for $mistake {
            type Sample = Nothing;
        }

        impl<N: Network> Takes<$mistake> for N
        where
            $mistake: $input<N::Loss>,
        {
            fn inputs(_: &[Nothing]) -> &[InputOf<Self>] {
                &[]
            }
        }

        impl<T: Scalar, S: Shape> FitInto<T, $mistake> for S
        where
            $mistake: $input<S>,
        {
            fn outputs(_: &mut [Nothing]) -> &mut [Vector<T, Self>] {
                &mut []
            }
        }

        impl<S: Shape> ChooseInto<$mistake> for S
        where
            $mistake: $target<S>,
        {
            fn most_likely<T: Scalar>(_: &Vector<T, Self>) -> Nothing {
                Nothing
            }
        }

        impl<L, T: Scalar, S: Shape> Loss<T, S, $mistake> for L
        where
            $mistake: $target<L>,
        {
            fn value(&self, _: &Vector<T, S>, _: &Nothing) -> T {
                T::ZERO
            }

            fn backward(&self, _: &Vector<T, S>, _: &Nothing, _: T, _: &mut Vector<T, S>) -> T {
                T::ZERO
            }
        }
    )*};
}

mistakes! {
    /// Samples whose width only the running program knows.
    RunTimeWidth: KnownWidth, KnownWidth;
    /// Numbers in a row.
    PlainNumbers: ManySamples, Targets;
    /// One sample, or a matrix.
    OneForMany: Several, Several;
    /// A matrix whose size only the running program knows.
    RunTimeMatrix: KnownSize, KnownSize;
    /// A part of a matrix that is lent.
    MatrixView: Owned, Owned;
    /// Pairs of an input and a target.
    Pairs: TakenApart, TakenApart;
    /// References to samples.
    References: InOneMemory, InOneMemory;
    /// Slices of samples.
    MiniBatches: OneMiniBatch, OneMiniBatch;
    /// An iterator.
    Iterating: Collected, Collected;
    /// What may be there or not.
    Perhaps: Certain, Certain;
    /// What would be gone.
    Given: Lent, Lent;
    /// Many samples where one is wanted.
    ManyForOne: OnlyOne, OnlyOne;
    /// A number where a sample is wanted.
    NumberForOne: ASample, ASample;
    /// A tuple where a sample is wanted.
    TupleForOne: AnArray, AnArray;
}

/// A trait for each mistake that only what stands for a network in which `network!` has found another mistake has.
macro_rules! wanted {
    ($($mistake:ident: $wanted:ident { message: $message:literal, label: $label:literal $(, note: $note:literal)* })*) => {$(
        #[doc = concat!("Where it is missing: ", $message, ".")]
        #[diagnostic::on_unimplemented(message = $message, label = $label $(, note = $note)*)]
        pub trait $wanted<By> {}

        #[diagnostic::do_not_recommend]
        impl $wanted<Mistaken> for $mistake {}
    )*};
}

wanted! {
    RunTimeWidth: KnownWidth {
        message: "how many numbers each sample has is known only at run time",
        label: "each sample is to be an array or an `SVector`",
        note: "of a `Vec` or slice v with 784 numbers, `<[f32; 784]>::try_from(&v[..])?` is an array; of a `DVector`, `<[f32; 784]>::try_from(v.as_slice())?`"
    }
    PlainNumbers: ManySamples {
        message: "these are numbers, where a slice of samples is wanted",
        label: "a slice of samples is wanted here",
        note: "one sample is passed as a slice of one: `&[x]`",
        note: "samples of 784 numbers that lie one after the other are passed as `x.as_chunks::<784>().0`"
    }
    PlainNumbers: Targets {
        message: "these are plain numbers, where targets are wanted",
        label: "a slice of targets is wanted here",
        note: "the label 7 of one of 10 classes is `Class::<10>::new(7)?`",
        note: "a target of one value is an array of one: `[1.0]`; one target is passed as a slice of one: `&[d]`"
    }
    OneForMany: Several {
        message: "this is one sample, where a slice of samples is wanted",
        label: "a slice of samples is wanted here",
        note: "it is passed as a slice of one: `&[x]`; a matrix whose columns are samples as `&x.data.0`"
    }
    RunTimeMatrix: KnownSize {
        message: "this is a matrix or vector of a size known only at run time, where a slice of samples is wanted",
        label: "a slice of samples is wanted here",
        note: "a matrix whose columns are samples of 784 numbers is passed as `x.as_slice().as_chunks::<784>().0`"
    }
    MatrixView: Owned {
        message: "this is a view into a matrix, where samples of their own are wanted",
        label: "a view is no sample",
        note: "`x.into_owned()` is the vector that the view shows"
    }
    Pairs: TakenApart {
        message: "these are tuples, where inputs and targets are two slices",
        label: "a slice of samples is wanted here",
        note: "pairs are taken apart by `let (x, d): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();`; a tuple of numbers is written as an array, `[0.0, 1.0]`"
    }
    References: InOneMemory {
        message: "these are references to samples, where the samples themselves are wanted, one after the other",
        label: "a slice of samples is wanted here",
        note: "they are collected by `x.iter().map(|x| **x).collect::<Vec<_>>()`"
    }
    MiniBatches: OneMiniBatch {
        message: "these are several slices of samples, where one is wanted",
        label: "one slice of samples is wanted here",
        note: "slices x in a slice are one mini-batch each: `for x in &batches {{ … }}`; arrays in an array are one slice of all samples as `x.as_flattened()`"
    }
    Iterating: Collected {
        message: "this is an iterator, where a slice of samples is wanted",
        label: "a slice of samples is wanted here",
        note: "what it gives is collected by `x.collect::<Vec<_>>()`"
    }
    Perhaps: Certain {
        message: "this is an `Option` or a `Result`, where samples are wanted",
        label: "there may be no samples in it",
        note: "take them out with `?`, or with `let Some(x) = x else {{ … }};`"
    }
    Given: Lent {
        message: "samples are lent, not given away",
        label: "write `&` before it"
    }
    ManyForOne: OnlyOne {
        message: "these are many samples, where one is wanted",
        label: "one sample is wanted here",
        note: "one of them is `&x[0]`; for all of them there are `output_batch`, `logits_batch`, `probabilities_batch` and `classify_batch`"
    }
    NumberForOne: ASample {
        message: "this is a number, where a sample is wanted",
        label: "one sample is wanted here",
        note: "a sample of one number is an array of one: `&[x]`"
    }
    TupleForOne: AnArray {
        message: "this is a tuple, where a sample is wanted",
        label: "one sample is wanted here",
        note: "a sample is an array: `&[0.0, 1.0]`; the input of a pair is `&pair.0`"
    }
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

/// Types that are a mistake where many samples are wanted, by themselves or behind a reference.
macro_rules! no_place {
    ($([$($generics:tt)*] $type:ty => $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Place for $type {
            type Kind = $kind;

            fn samples(&self) -> &[Nothing] {
                &[]
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> PlaceMut for $type {
            type Kind = $kind;

            fn samples_mut(&mut self) -> &mut [Nothing] {
                &mut []
            }
        }

        not_passed! { [$($generics)*] $type => $kind; }
    )*};
}

/// Types that are a mistake where they are passed themselves.
macro_rules! not_passed {
    ($([$($generics:tt)*] $type:ty => $kind:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Samples for $type {
            type Kind = $kind;

            fn samples(&self) -> &[Nothing] {
                &[]
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
        no_place! { [] $number => PlainNumbers; }
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

no_place! {
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
        no_place! { [$($generics)*] $type => $many; }
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
no_place! {
    [T, const R: usize, const C: usize] SMatrix<T, R, C> => OneForMany;
}

/// Iterators that slices give, and what is made of them.
macro_rules! iterators {
    ($([$($generics:tt)*] $type:ty;)*) => {$(
        no_place! { [$($generics)*] $type => Iterating; }
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

    not_passed! {
        [T] Vec<T> => Given;
        [X: ?Sized] Box<X> => Given;
        [X: ?Sized] Rc<X> => Given;
        [X: ?Sized] Arc<X> => Given;
    }

    iterators! {
        [X] vec::IntoIter<X>;
    }
}
