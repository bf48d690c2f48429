//! Data as whole numbers, which become scalars.
#![allow(unsafe_op_in_unsafe_fn)]

use super::lanes::everywhere;
use super::level::Available;
use super::simd::{Simd, Task};
use crate::scalar::Scalar;

/// A kind of whole number that data comes in, such as the bytes of an image or what a converter measures: `u8`, `i8`,
/// `u16` or `i16`.
pub trait Raw: sealed::Sealed + Copy {
    /// Each number times `scale`, plus `shift`; as many as both slices have.
    #[doc(hidden)]
    fn scale<T: Scalar>(at: Available, from: &[Self], scale: (T, T), to: &mut [T]);
}

mod sealed {
    pub trait Sealed {}
}

/// Names the kinds, each with a kernel of its own.
macro_rules! for_all_kinds {
    ($then:ident!()) => {
        $then! {
            scale_u8: u8;
            scale_i8: i8;
            scale_u16: u16;
            scale_i16: i16;
        }
    };
}
pub(super) use for_all_kinds;

macro_rules! kinds {
    ($($scale:ident: $kind:ty;)*) => {$(
        impl sealed::Sealed for $kind {}

        impl Raw for $kind {
            #[inline]
            fn scale<T: Scalar>(at: Available, from: &[Self], scale: (T, T), to: &mut [T]) {
                T::$scale(at, from, scale, to);
            }
        }
    )*};
}

for_all_kinds!(kinds!());

/// The loop is plain Rust, which the compiler turns into vectors of the instruction set that it runs on: with the same
/// bits on all.
#[derive(Clone, Copy)]
struct Scale<R, T> {
    n: usize,
    from: *const R,
    scale: (T, T),
    to: *mut T,
}

impl<R: Copy, T: Scalar + From<R>> Task<T> for Scale<R, T> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        let Self { n, from, scale: (scale, shift), to } = self;
        for i in 0..n {
            *to.add(i) = T::from(*from.add(i)) * scale + shift;
        }
    }
}

#[inline(always)]
pub(super) fn scale<R: Copy, T: Scalar + From<R>>(at: Available, from: &[R], scale: (T, T), to: &mut [T]) {
    let n = from.len().min(to.len());
    // SAFETY: both slices have n numbers.
    unsafe { everywhere(at, Scale { n, from: from.as_ptr(), scale, to: to.as_mut_ptr() }) }
}
