//! What optimisers remember.
#![allow(unsafe_code)]

use core::ops::Range;

use crate::kernels::{self, Available};
use crate::optim::{Optimizer, Step};
use crate::params::{Params, Zeroable};
use crate::scalar::Scalar;

mod sealed {
    pub trait Sealed {}
    impl<T, const K: usize> Sealed for [T; K] {}
}

/// As many numbers as an optimiser remembers of each parameter: `[T; K]`, for any K.
#[diagnostic::on_unimplemented(
    message = "an optimiser cannot remember `{Self}` of each parameter",
    note = "it remembers an array of the network's scalar: `[{T}; 2]`, or `[{T}; 0]` for nothing"
)]
pub trait Memory<T: Scalar>: sealed::Sealed {
    /// As many of something else.
    type Each<V>;
    /// The memories of all parameters, one shaped like the parameters after the other.
    type Memories<P: Params<T>>: Params<T>;
    /// The memories of some parameters.
    #[doc(hidden)]
    type Slices<'s>: Send;

    /// The memories of some of the parameters.
    #[doc(hidden)]
    fn slices<P: Params<T>>(memories: &mut Self::Memories<P>, of: Range<usize>) -> Self::Slices<'_>;

    /// Those of the first `at` parameters, and those of the others.
    #[doc(hidden)]
    fn split_at(memories: Self::Slices<'_>, at: usize) -> (Self::Slices<'_>, Self::Slices<'_>);

    /// The kernel, which needs to know K.
    #[doc(hidden)]
    fn run<O: Optimizer<T, Memory = Self>>(
        at: Available,
        optimizer: O,
        step: Step<T>,
        w: &mut [T],
        gradient: &[T],
        memory: Self::Slices<'_>,
    );

    /// The first parameter that would not be finite after a step, or of which something remembered would not be.
    #[doc(hidden)]
    fn overflow<O: Optimizer<T, Memory = Self>>(
        at: Available,
        optimizer: O,
        step: Step<T>,
        w: &[T],
        gradient: &[T],
        memory: Self::Slices<'_>,
    ) -> Option<usize>;
}

/// How many parameters an update is tried for at a time.
const TRIED: usize = 64;

/// What stands for each of the numbers of a [`Memory`].
pub type Each<M, T, V> = <M as Memory<T>>::Each<V>;

impl<T: Scalar, const K: usize> Memory<T> for [T; K] {
    type Each<V> = [V; K];
    type Memories<P: Params<T>> = [P; K];
    type Slices<'s> = [&'s mut [T]; K];

    #[inline]
    fn slices<P: Params<T>>(memories: &mut [P; K], of: Range<usize>) -> [&mut [T]; K] {
        memories.each_mut().map(|memory| memory.as_mut_slice().get_mut(of.clone()).unwrap_or_default())
    }

    #[inline]
    fn split_at(mut memories: Self::Slices<'_>, at: usize) -> (Self::Slices<'_>, Self::Slices<'_>) {
        let first = memories.each_mut().map(|memory| {
            let (first, rest) = core::mem::take(memory).split_at_mut_checked(at).unwrap_or_default();
            *memory = rest;
            first
        });
        (first, memories)
    }

    #[inline]
    fn run<O: Optimizer<T, Memory = Self>>(
        at: Available,
        optimizer: O,
        step: Step<T>,
        w: &mut [T],
        gradient: &[T],
        memory: Self::Slices<'_>,
    ) {
        kernels::update(at, optimizer, step, w, gradient, memory);
    }

    fn overflow<O: Optimizer<T, Memory = Self>>(
        at: Available,
        optimizer: O,
        step: Step<T>,
        w: &[T],
        gradient: &[T],
        memory: Self::Slices<'_>,
    ) -> Option<usize> {
        let copy = |from: &[T]| {
            let mut copy = [T::ZERO; TRIED];
            copy.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            copy
        };
        for (block, (w, gradient)) in w.chunks(TRIED).zip(gradient.chunks(TRIED)).enumerate() {
            let begin = block * TRIED;
            let mut after = copy(w);
            let mut remembered = memory.each_ref().map(|m| copy(m.get(begin..).unwrap_or_default()));
            let memory = remembered.each_mut().map(<[T; TRIED]>::as_mut_slice);
            // Of the same kernel, so that nothing is rounded in another way.
            optimizer.run(at, step, after.get_mut(..w.len()).unwrap_or_default(), gradient, memory);
            let finite = |i: usize| {
                let is_finite = |values: &[T; TRIED]| values.get(i).is_none_or(|x| x.is_finite());
                is_finite(&after) && remembered.iter().all(is_finite)
            };
            if let Some(i) = (0..w.len()).find(|&i| !finite(i)) {
                return Some(begin + i);
            }
        }
        None
    }
}

/// All that an optimiser remembers from step to step.
#[derive(Debug)]
#[repr(C)]
pub struct State<M, C> {
    /// What it remembers of each parameter.
    pub memories: M,
    /// What it remembers once.
    pub common: C,
}

/// What an optimiser remembers of some parameters.
#[doc(hidden)]
pub type Slices<'s, O, T> = <<O as Optimizer<T>>::Memory as Memory<T>>::Slices<'s>;

/// The state of an optimiser for parameters of shape `P`.
pub type StateOf<O, T, P> = State<<<O as Optimizer<T>>::Memory as Memory<T>>::Memories<P>, <O as Optimizer<T>>::Common>;

// SAFETY: both fields are.
#[diagnostic::do_not_recommend]
unsafe impl<M: Zeroable, C: Zeroable> Zeroable for State<M, C> {}
// SAFETY: `repr(C)`, and both fields are `Params<T>`.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, M: Params<T>, C: Params<T>> Params<T> for State<M, C> {}
