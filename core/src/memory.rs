//! The memory between layers: which buffers a network needs for up to `B` samples.
//!
//! A network's plan is one type, written out by `network!` as a list: `(Columns<f32, Width<50>>, ())`.
//! The plan says what is [owned](Buffers::Owned) for a capacity of `B` samples, and what a step
//! [sees](Buffers::View) of it: slices of as many columns as the mini-batch has samples.
#![allow(unsafe_code)]

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::{mem, slice};

use crate::params::{Params, Zeroable, assert_plain};
use crate::scalar::Scalar;
use crate::shape::Shape;

/// A value at an address where vector instructions are fastest: a multiple of 64 bytes on machines with
/// vector units, the value's own alignment on the others.
#[cfg_attr(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "wasm32"), repr(C, align(64)))]
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "wasm32")), repr(transparent))]
#[derive(Debug)]
pub struct Aligned<P>(pub P);

// SAFETY: padding is valid whatever its bytes are.
#[diagnostic::do_not_recommend]
unsafe impl<Z: Zeroable> Zeroable for Aligned<Z> {}

impl<P> Deref for Aligned<P> {
    type Target = P;

    #[inline]
    fn deref(&self) -> &P {
        &self.0
    }
}

impl<P> DerefMut for Aligned<P> {
    #[inline]
    fn deref_mut(&mut self) -> &mut P {
        &mut self.0
    }
}

/// A plan of buffers.
pub trait Buffers {
    /// The memory for up to `B` samples.
    type Owned<const B: usize>: Zeroable;
    /// The same memory as one call sees it.
    type View<'w>: Send;
    /// The same memory for calls that only read it.
    type Shared<'w>: Copy + Send + Sync;

    /// The view for the first `samples` samples (at most `B`).
    fn view<const B: usize>(owned: &mut Self::Owned<B>, samples: usize) -> Self::View<'_>;

    /// The same for calls that only read it.
    fn shared<const B: usize>(owned: &Self::Owned<B>, samples: usize) -> Self::Shared<'_>;

    /// The view again, for one of several calls.
    fn reborrow<'v>(view: &'v mut Self::View<'_>) -> Self::View<'v>;

    /// Splits a view into that of the first `samples` samples and that of the others.
    fn split_at<'w>(view: Self::View<'w>, samples: usize) -> (Self::View<'w>, Self::View<'w>);
}

/// The view of a plan.
pub type View<'w, P> = <P as Buffers>::View<'w>;
/// The view of a plan for calls that only read it.
pub type Shared<'w, P> = <P as Buffers>::Shared<'w>;

/// No buffer.
impl Buffers for () {
    type Owned<const B: usize> = ();
    type View<'w> = ();
    type Shared<'w> = ();

    #[inline]
    fn view<const B: usize>((): &mut (), _: usize) {}

    #[inline]
    fn shared<const B: usize>((): &(), _: usize) {}

    #[inline]
    fn reborrow<'v>((): &'v mut Self::View<'_>) -> Self::View<'v> {}

    #[inline]
    fn split_at<'w>((): Self::View<'w>, _: usize) -> (Self::View<'w>, Self::View<'w>) {
        ((), ())
    }
}

/// One vector of shape `S` for every sample.
pub struct Columns<T, S>(PhantomData<(T, S)>);

impl<T: Scalar, S: Shape> Buffers for Columns<T, S> {
    type Owned<const B: usize> = Aligned<[S::Vector<T>; B]>;
    type View<'w> = &'w mut [S::Vector<T>];
    type Shared<'w> = &'w [S::Vector<T>];

    #[inline]
    fn view<const B: usize>(owned: &mut Self::Owned<B>, samples: usize) -> Self::View<'_> {
        first(&mut owned.0, samples)
    }

    #[inline]
    fn shared<const B: usize>(owned: &Self::Owned<B>, samples: usize) -> Self::Shared<'_> {
        owned.0.get(..samples).unwrap_or(&owned.0)
    }

    #[inline]
    fn reborrow<'v>(view: &'v mut Self::View<'_>) -> Self::View<'v> {
        view
    }

    #[inline]
    fn split_at<'w>(view: Self::View<'w>, samples: usize) -> (Self::View<'w>, Self::View<'w>) {
        view.split_at_mut(samples.min(view.len()))
    }
}

/// Memory for which nothing is to be done when it goes.
///
/// So the compiler need not know what lies in it to know that. Of a network with a layer that does not fit it does not,
/// and would say so again for every variable that holds such memory.
#[repr(transparent)]
pub(crate) struct Undropped<Z> {
    memory: ManuallyDrop<Z>,
}

// SAFETY: the memory is.
#[diagnostic::do_not_recommend]
unsafe impl<Z: Zeroable> Zeroable for Undropped<Z> {}

impl<Z> Undropped<Z> {
    /// What dereferencing gives, for functions that are `const`.
    #[inline]
    pub(crate) const fn get(&self) -> &Z {
        // SAFETY: both types are `repr(transparent)`.
        unsafe { &*(&raw const *self).cast() }
    }

    /// The same, to be changed.
    #[inline]
    pub(crate) const fn get_mut(&mut self) -> &mut Z {
        // SAFETY: as above.
        unsafe { &mut *(&raw mut *self).cast() }
    }
}

impl<Z> Deref for Undropped<Z> {
    type Target = Z;

    #[inline]
    fn deref(&self) -> &Z {
        self.get()
    }
}

impl<Z> DerefMut for Undropped<Z> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Z {
        self.get_mut()
    }
}

/// How many samples a memory holds.
#[derive(Clone, Copy, Debug)]
pub struct Capacity<const B: usize>;

/// A capacity of at least one sample. (`X` follows from B.)
///
/// Every capacity has this once, and 0 twice, so that the compiler does not know which to take and says so where the 0 is
/// written. With an assertion alone `cargo check` would find nothing.
pub trait AtLeastOneSample<X> {}

/// What a capacity of 0 is to the compiler.
#[derive(Clone, Copy, Debug)]
pub struct NoSampleFits;

impl<const B: usize> AtLeastOneSample<()> for Capacity<B> {}
impl AtLeastOneSample<NoSampleFits> for Capacity<0> {}

pub(crate) const fn assert_capacity(samples: usize) {
    assert!(samples > 0, "the capacity of a memory must be at least 1 sample");
}

/// The first `n` elements, or all of them if there are fewer.
#[inline]
pub(crate) fn first<X>(slice: &mut [X], n: usize) -> &mut [X] {
    let n = n.min(slice.len());
    slice.get_mut(..n).unwrap_or_default()
}

/// The first element of an array that is not empty.
#[inline]
pub(crate) fn head<X, const B: usize>(array: &mut [X; B]) -> &mut X {
    const { assert_capacity(B) };
    // SAFETY: the array has a first element.
    unsafe { &mut *array.as_mut_ptr() }
}

/// The memory of two plans, one behind the other.
#[repr(C)]
#[derive(Debug)]
pub struct Pair<A, C>(A, C);

// SAFETY: both fields are.
#[diagnostic::do_not_recommend]
unsafe impl<A: Zeroable, C: Zeroable> Zeroable for Pair<A, C> {}

impl<P: Buffers, Q: Buffers> Buffers for (P, Q) {
    type Owned<const B: usize> = Pair<P::Owned<B>, Q::Owned<B>>;
    type View<'w> = (P::View<'w>, Q::View<'w>);
    type Shared<'w> = (P::Shared<'w>, Q::Shared<'w>);

    #[inline]
    fn view<const B: usize>(owned: &mut Self::Owned<B>, samples: usize) -> Self::View<'_> {
        (P::view(&mut owned.0, samples), Q::view(&mut owned.1, samples))
    }

    #[inline]
    fn shared<const B: usize>(owned: &Self::Owned<B>, samples: usize) -> Self::Shared<'_> {
        (P::shared(&owned.0, samples), Q::shared(&owned.1, samples))
    }

    #[inline]
    fn reborrow<'v>((p, q): &'v mut Self::View<'_>) -> Self::View<'v> {
        (P::reborrow(p), Q::reborrow(q))
    }

    #[inline]
    fn split_at<'w>((p, q): Self::View<'w>, samples: usize) -> (Self::View<'w>, Self::View<'w>) {
        let ((p1, p2), (q1, q2)) = (P::split_at(p, samples), Q::split_at(q, samples));
        ((p1, q1), (p2, q2))
    }
}

/// One piece of memory for values of several shapes that never live at the same time, as large as the
/// largest of them. `L` is a list of shapes: `(Width<50>, (Width<10>, ()))`.
pub struct Slot<T, L>(PhantomData<(T, L)>);

impl<T: Scalar, L: Shapes> Buffers for Slot<T, L> {
    type Owned<const B: usize> = Aligned<L::Overlay<T, B>>;
    type View<'w> = Scratch<'w, T>;
    // A slot holds nothing of meaning from one call to the next.
    type Shared<'w> = ();

    #[inline]
    fn view<const B: usize>(owned: &mut Self::Owned<B>, samples: usize) -> Self::View<'_> {
        let len = mem::size_of::<L::Overlay<T, B>>() / mem::size_of::<T>();
        if len == 0 {
            // It may lie at any address.
            return Scratch { scalars: &mut [], samples };
        }
        // SAFETY: the overlay is a union of arrays of scalars that all start at its first byte, zeroed when it
        // was made and written through slices of scalars ever since, so all of its scalars are initialised.
        let scalars = unsafe { slice::from_raw_parts_mut((&raw mut owned.0).cast::<T>(), len) };
        Scratch { scalars, samples }
    }

    #[inline]
    fn shared<const B: usize>(_: &Self::Owned<B>, _: usize) {}

    #[inline]
    fn reborrow<'v>(view: &'v mut Self::View<'_>) -> Self::View<'v> {
        Scratch { scalars: view.scalars, samples: view.samples }
    }

    #[inline]
    fn split_at<'w>(view: Self::View<'w>, samples: usize) -> (Self::View<'w>, Self::View<'w>) {
        let of_each = view.scalars.len().checked_div(view.samples).unwrap_or(0);
        let samples = samples.min(view.samples);
        let (first, rest) = view.scalars.split_at_mut(of_each * samples);
        (Scratch { scalars: first, samples }, Scratch { scalars: rest, samples: view.samples - samples })
    }
}

mod sealed {
    pub trait Shapes {}
    impl Shapes for () {}
    impl<S, L> Shapes for (S, L) {}
}

/// A list of shapes that share one [`Slot`], which trusts it that their overlay is nothing but scalars.
pub trait Shapes: sealed::Shapes {
    /// As much memory as `B` samples of the largest shape need.
    type Overlay<T: Scalar, const B: usize>: Zeroable;
}

impl Shapes for () {
    type Overlay<T: Scalar, const B: usize> = ();
}

impl<S: Shape, L: Shapes> Shapes for (S, L) {
    type Overlay<T: Scalar, const B: usize> = Overlay<[S::Vector<T>; B], L::Overlay<T, B>>;
}

/// Two values in the same memory.
#[repr(C)]
pub union Overlay<A, C> {
    a: ManuallyDrop<A>,
    c: ManuallyDrop<C>,
}

// SAFETY: all-zero bytes are a value of either.
#[diagnostic::do_not_recommend]
unsafe impl<A: Zeroable, C: Zeroable> Zeroable for Overlay<A, C> {}

/// A [`Slot`] as one call sees it: scalars to be read as columns of one shape at a time.
pub struct Scratch<'w, T> {
    scalars: &'w mut [T],
    samples: usize,
}

impl<T> Scratch<'_, T> {
    const fn none() -> Self {
        Self { scalars: &mut [], samples: 0 }
    }
}

impl<T: Scalar> Scratch<'_, T> {
    /// Where the memory is.
    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.scalars.as_mut_ptr()
    }

    /// The memory as one vector of shape `S` for every sample. What it held before is of no meaning.
    #[inline]
    pub fn columns<S: Shape>(&mut self) -> &mut [S::Vector<T>] {
        const { assert_plain::<T, S::Vector<T>>() };
        let Some(fit) = self.scalars.len().checked_div(<S::Vector<T> as Params<T>>::LEN) else {
            return &mut [];
        };
        let columns = self.samples.min(fit);
        // SAFETY: `Params` promises that a column is `LEN` scalars, of which `columns` fit; the memory is
        // borrowed for as long as the result lives.
        unsafe { slice::from_raw_parts_mut(self.scalars.as_mut_ptr().cast(), columns) }
    }
}

/// The view of up to two [slots](Slot): all that inference through a chain of layers takes.
pub trait Slots<'w, T> {
    /// Both; of no memory, where there are fewer.
    #[doc(hidden)]
    fn two(self) -> (Scratch<'w, T>, Scratch<'w, T>);
}

impl<'w, T> Slots<'w, T> for () {
    #[inline]
    fn two(self) -> (Scratch<'w, T>, Scratch<'w, T>) {
        (Scratch::none(), Scratch::none())
    }
}

impl<'w, T> Slots<'w, T> for (Scratch<'w, T>, ()) {
    #[inline]
    fn two(self) -> (Scratch<'w, T>, Scratch<'w, T>) {
        (self.0, Scratch::none())
    }
}

impl<'w, T> Slots<'w, T> for (Scratch<'w, T>, (Scratch<'w, T>, ())) {
    #[inline]
    fn two(self) -> (Scratch<'w, T>, Scratch<'w, T>) {
        (self.0, self.1.0)
    }
}
