//! Plain memory: types that are nothing but scalars, and what follows from that.
#![allow(unsafe_code)]

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::{mem, slice};

use nalgebra::SMatrix;

use crate::scalar::Scalar;

/// Types of which all-zero bytes are a value.
///
/// # Safety
/// A value whose bytes are all zero must be valid.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not plain memory",
    label = "parameters must be nothing but scalars",
    note = "parameters are vectors, matrices and arrays of known size, such as `SVector<f32, 3>`, or structs of them with `#[derive(Params)]`"
)]
pub unsafe trait Zeroable: Sized {}

/// The value whose bytes are all zero, as a constant for statics.
pub const fn zeroed<Z: Zeroable>() -> Z {
    // SAFETY: `Zeroable` promises that all-zero bytes are a value.
    unsafe { MaybeUninit::zeroed().assume_init() }
}

/// Parameters from an array of as many scalars, as a constant: what `from_array` of a network is.
#[doc(hidden)]
#[allow(clippy::large_types_passed_by_value)]
pub const fn from_array<T: Scalar, P: Params<T>, const N: usize>(scalars: [T; N]) -> P {
    const { assert_plain::<T, P>() };
    const { assert!(N == mem::size_of::<P>() / mem::size_of::<T>()) };
    // SAFETY: `Params` promises that the value is as many scalars as the array holds, and nothing else.
    unsafe { (&raw const scalars).cast::<P>().read() }
}

/// Parameters: memory that is nothing but scalars, and so one flat slice.
///
/// A network, a layer's weights, a gradient and an optimiser's moments all are. `#[derive(Params)]` on a
/// `#[repr(C)]` struct of matrices, vectors and arrays makes one of your own.
///
/// # Safety
/// The type must be `repr(C)` or `repr(transparent)`, and every field must be `Params<T>` itself: no
/// padding, no other field, and the alignment of `T` unless there is none. What the trait provides must stay as it is
/// provided.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not plain memory of `{T}`",
    label = "a layer kept in a network must be nothing but its parameters",
    note = "put `#[derive(Params)]` and `#[repr(C)]` on `{Self}`, with vectors and matrices of `{T}` as its fields"
)]
pub unsafe trait Params<T: Scalar>: Zeroable {
    /// How many scalars there are.
    const LEN: usize = mem::size_of::<Self>() / mem::size_of::<T>();

    /// All scalars, field by field, matrices column by column.
    #[inline]
    fn as_slice(&self) -> &[T] {
        flat(slice::from_ref(self))
    }

    /// All scalars, to be changed.
    #[inline]
    fn as_mut_slice(&mut self) -> &mut [T] {
        flat_mut(slice::from_mut(self))
    }

    /// The parameters that a flat slice is.
    #[doc(hidden)]
    #[inline]
    fn from_mut_slice(slice: &mut [T]) -> Option<&mut Self> {
        const { assert_plain::<T, Self>() };
        // SAFETY: `Params` promises that these are `LEN` scalars of any value and nothing else; the length is
        // checked and the alignment is that of a scalar.
        (slice.len() == Self::LEN).then(|| unsafe { &mut *slice.as_mut_ptr().cast() })
    }

    /// Sets every scalar to zero.
    #[inline]
    fn set_zero(&mut self) {
        self.as_mut_slice().fill(T::ZERO);
    }

    /// Adds another set of the same shape, scalar by scalar: how the gradients of two parts of a
    /// mini-batch become one.
    fn add(&mut self, other: &Self) {
        for (a, b) in self.as_mut_slice().iter_mut().zip(other.as_slice()) {
            *a += *b;
        }
    }

    /// Multiplies every scalar by `factor`.
    fn scale(&mut self, factor: T) {
        for a in self.as_mut_slice() {
            *a *= factor;
        }
    }
}

/// For `network!`: how many scalars a field is, which asserts that it is nothing else.
#[doc(hidden)]
pub const fn len<T: Scalar, P: Params<T>>() -> usize {
    P::LEN
}

pub(crate) const fn assert_plain<T, P>() {
    let (size, alignment) = (mem::size_of::<P>(), mem::align_of::<P>());
    assert!(size.is_multiple_of(mem::size_of::<T>()));
    assert!(alignment == mem::align_of::<T>() || size == 0 && alignment < mem::align_of::<T>());
}

/// For `network!` and `#[derive(Params)]`: stands for a field, of whatever type, in code that is compiled and never runs. So
/// an `unsafe impl` is held to the fields that its struct has once all attributes have had their way.
#[doc(hidden)]
pub fn field<T: Scalar, P: Params<T>>() -> P {
    #[allow(clippy::empty_loop)]
    loop {}
}

macro_rules! scalar_is_plain {
    ($($type:ident)*) => {$(
        // SAFETY: +0.0 is all zero bytes.
        #[diagnostic::do_not_recommend]
        unsafe impl Zeroable for $type {}
        // SAFETY: a scalar is one scalar.
        #[diagnostic::do_not_recommend]
        unsafe impl Params<$type> for $type {}
    )*};
}
scalar_is_plain!(f32 f64);

// SAFETY: no bytes.
#[diagnostic::do_not_recommend]
unsafe impl Zeroable for () {}
// SAFETY: no bytes, alignment 1.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar> Params<T> for () {}

// SAFETY: no bytes.
#[diagnostic::do_not_recommend]
unsafe impl<T> Zeroable for PhantomData<T> {}

// SAFETY: an array is its elements, without padding between them.
#[diagnostic::do_not_recommend]
unsafe impl<Z: Zeroable, const N: usize> Zeroable for [Z; N] {}
// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, P: Params<T>, const N: usize> Params<T> for [P; N] {}

// SAFETY: a `repr(C)` struct around a `repr(transparent)` array, and markers of no size.
#[diagnostic::do_not_recommend]
unsafe impl<Z: Zeroable, const R: usize, const C: usize> Zeroable for SMatrix<Z, R, C> {}
// SAFETY: as above.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, const R: usize, const C: usize> Params<T> for SMatrix<T, R, C> {}

/// A zeroed value in a box, made in place: it never lies on the stack.
#[cfg(feature = "alloc")]
pub fn zeroed_box<Z: Zeroable>() -> Box<Z> {
    // SAFETY: `Zeroable` promises that all-zero bytes are a value.
    unsafe { zeroed_memory::<Z>().assume_init() }
}

/// Memory of zeros for a value that is completed in place. (`Box::new_zeroed` came with Rust 1.92.)
#[cfg(feature = "alloc")]
pub(crate) fn zeroed_memory<X>() -> Box<MaybeUninit<X>> {
    use alloc::alloc::{Layout, alloc_zeroed, handle_alloc_error};
    use core::ptr::NonNull;

    let layout = Layout::new::<X>();
    let place = if layout.size() == 0 {
        NonNull::<X>::dangling().as_ptr().cast()
    } else {
        // SAFETY: the size is not 0.
        unsafe { alloc_zeroed(layout) }
    };
    if place.is_null() {
        handle_alloc_error(layout);
    }
    // SAFETY: the global allocator gave the memory for this layout, or there is none to give; any bytes are a
    // `MaybeUninit`.
    unsafe { Box::from_raw(place.cast()) }
}

/// Columns as one flat slice of scalars.
#[inline]
pub fn flat<T: Scalar, P: Params<T>>(columns: &[P]) -> &[T] {
    const { assert_plain::<T, P>() };
    // What has no scalars may lie at any address, a slice of scalars not.
    if const { mem::size_of::<P>() == 0 } {
        return &[];
    }
    // SAFETY: `Params` promises that each column is `LEN` initialised scalars and nothing else, aligned as they are; a
    // slice has no padding between its elements.
    unsafe { slice::from_raw_parts(columns.as_ptr().cast(), mem::size_of_val(columns) / mem::size_of::<T>()) }
}

/// Columns as one flat slice of scalars, to be changed.
#[inline]
pub fn flat_mut<T: Scalar, P: Params<T>>(columns: &mut [P]) -> &mut [T] {
    const { assert_plain::<T, P>() };
    if const { mem::size_of::<P>() == 0 } {
        return &mut [];
    }
    let len = mem::size_of_val(columns) / mem::size_of::<T>();
    // SAFETY: as above; every value of a scalar is valid in every place.
    unsafe { slice::from_raw_parts_mut(columns.as_mut_ptr().cast(), len) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_scalars_is_an_empty_slice_wherever_it_lies() {
        #[repr(C)]
        struct Odd(u8, [(); 3], ());
        let mut odd = Odd(0, [(); 3], ());
        assert!(Params::<f64>::as_slice(&odd.1).is_empty() && Params::<f64>::as_mut_slice(&mut odd.2).is_empty());
        assert!(flat::<f32, _>(&odd.1).is_empty() && flat_mut::<f32, _>(&mut odd.1).is_empty());
        assert_eq!(odd.0, 0);
    }
}
