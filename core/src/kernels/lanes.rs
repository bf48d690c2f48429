//! Vectors with operators, so that a formula is written once, for one scalar as for sixteen.

use core::marker::PhantomData;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::level::Available;
use super::simd::{MAX_LANES, Simd, Task};
use crate::scalar::Scalar;

mod sealed {
    pub trait Sealed {}
}

/// One number or several side by side, so that a formula is written once and runs on the vectors of the machine.
///
/// In the portable kernels it is one number, and every operation rounds once.
pub trait Lanes<T: Scalar>:
    sealed::Sealed
    + Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// The same number in every lane.
    fn splat(x: T) -> Self;
    /// √x.
    fn sqrt(self) -> Self;
    /// self > other ? yes : no.
    fn if_greater(self, other: Self, yes: Self, no: Self) -> Self;
    /// self > other ? self : other, so that a NaN in `other` stays.
    fn max(self, other: Self) -> Self;

    /// |x|.
    fn abs(self) -> Self;

    /// The number itself, or 0 in place of a denormal; NaN stays NaN.
    ///
    /// A moving average of zeros would decay through the denormal numbers, on which most processors compute ten
    /// to a hundred times slower, and never be of use again.
    #[inline(always)]
    fn flushed(self) -> Self {
        Self::splat(T::MIN_POSITIVE).if_greater(self.abs(), Self::splat(T::ZERO), self)
    }
}

/// The functions of activations.
pub trait Elementary<T: Scalar>: Lanes<T> {
    /// eˣ.
    fn exp(self) -> Self;
    /// eˣ − 1, accurate near 0.
    fn exp_m1(self) -> Self;
    /// ln(1 + x) for x from 0 to 1, accurate near 0.
    fn ln_1p_of_unit(self) -> Self;
    /// 1 / (1 + e⁻ˣ).
    fn sigmoid(self) -> Self;
    /// x / (1 + e⁻ˣ).
    fn silu(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// x Φ(x) with the normal distribution Φ, and its derivative.
    fn gelu(self) -> (Self, Self);
}

/// A vector of some instruction set. It exists only in functions that run where the machine has it.
#[derive(Clone, Copy)]
pub(crate) struct Vector<S: Simd>(pub(super) S::V);

macro_rules! operator {
    ($trait:ident, $name:ident) => {
        impl<S: Simd> $trait for Vector<S> {
            type Output = Self;

            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                // SAFETY: there is a vector, so the machine has the instructions.
                Self(unsafe { S::$name(self.0, other.0) })
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl<S: Simd> Neg for Vector<S> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        // SAFETY: there is a vector, so the machine has the instructions.
        Self(unsafe { S::sub(S::splat(S::MINUS_ZERO), self.0) })
    }
}

macro_rules! elementary {
    ($($function:ident)*) => {$(
        #[inline(always)]
        fn $function(self) -> Self {
            // SAFETY: there is a vector, so the machine has the instructions.
            Self(unsafe { S::$function(self.0) })
        }
    )*};
}

impl<S: Simd> sealed::Sealed for Vector<S> {}

impl<S: Simd<T: Scalar>> Lanes<S::T> for Vector<S> {
    #[inline(always)]
    fn splat(x: S::T) -> Self {
        // SAFETY: formulas are applied to vectors, and only where the machine has them.
        Self(unsafe { S::splat(x) })
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: there is a vector, so the machine has the instructions.
        Self(unsafe { S::sqrt(self.0) })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: there is a vector, so the machine has the instructions.
        Self(unsafe { S::abs(self.0) })
    }

    #[inline(always)]
    fn if_greater(self, other: Self, yes: Self, no: Self) -> Self {
        // SAFETY: there is a vector, so the machine has the instructions.
        Self(unsafe { S::if_greater(self.0, other.0, yes.0, no.0) })
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: there is a vector, so the machine has the instructions.
        Self(unsafe { S::max(self.0, other.0) })
    }
}

impl<S: Simd<T: Scalar>> Elementary<S::T> for Vector<S> {
    #[inline(always)]
    fn gelu(self) -> (Self, Self) {
        // SAFETY: there is a vector, so the machine has the instructions.
        let (value, derivative) = unsafe { S::gelu(self.0) };
        (Self(value), Self(derivative))
    }

    elementary!(exp exp_m1 ln_1p_of_unit sigmoid silu tanh);
}

/// Two vectors, for functions that take less time for both at once.
#[derive(Clone, Copy)]
pub(super) struct Two<S: Simd>(pub(super) S::V, pub(super) S::V);

impl<S: Simd<T: Scalar>> Two<S> {
    /// Does the same to both.
    #[inline(always)]
    fn each(self, formula: impl Fn(Vector<S>) -> Vector<S>) -> Self {
        Self(formula(Vector(self.0)).0, formula(Vector(self.1)).0)
    }

    #[inline(always)]
    fn with(self, other: Self, formula: impl Fn(Vector<S>, Vector<S>) -> Vector<S>) -> Self {
        Self(formula(Vector(self.0), Vector(other.0)).0, formula(Vector(self.1), Vector(other.1)).0)
    }
}

macro_rules! operator_of_two {
    ($trait:ident, $name:ident) => {
        impl<S: Simd<T: Scalar>> $trait for Two<S> {
            type Output = Self;

            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                self.with(other, Vector::$name)
            }
        }
    };
}

operator_of_two!(Add, add);
operator_of_two!(Sub, sub);
operator_of_two!(Mul, mul);
operator_of_two!(Div, div);

impl<S: Simd<T: Scalar>> Neg for Two<S> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        self.each(Vector::neg)
    }
}

impl<S: Simd> sealed::Sealed for Two<S> {}

impl<S: Simd<T: Scalar>> Lanes<S::T> for Two<S> {
    #[inline(always)]
    fn splat(x: S::T) -> Self {
        let Vector(x) = Vector::<S>::splat(x);
        Self(x, x)
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        self.each(Vector::sqrt)
    }

    #[inline(always)]
    fn abs(self) -> Self {
        self.each(Vector::abs)
    }

    #[inline(always)]
    fn if_greater(self, other: Self, yes: Self, no: Self) -> Self {
        let first = Vector::<S>(self.0).if_greater(Vector(other.0), Vector(yes.0), Vector(no.0));
        let second = Vector::<S>(self.1).if_greater(Vector(other.1), Vector(yes.1), Vector(no.1));
        Self(first.0, second.0)
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.with(other, Vector::max)
    }
}

macro_rules! elementary_of_two {
    ($($function:ident)*) => {$(
        #[inline(always)]
        fn $function(self) -> Self {
            self.each(Vector::$function)
        }
    )*};
}

impl<S: Simd<T: Scalar>> Elementary<S::T> for Two<S> {
    #[inline(always)]
    fn tanh(self) -> Self {
        // SAFETY: there is a vector, so the machine has the instructions.
        let (first, second) = unsafe { S::tanh_of_two(self.0, self.1) };
        Self(first, second)
    }

    #[inline(always)]
    fn gelu(self) -> (Self, Self) {
        let (a, b) = (Vector::<S>(self.0).gelu(), Vector::<S>(self.1).gelu());
        (Self(a.0.0, b.0.0), Self(a.1.0, b.1.0))
    }

    elementary_of_two!(exp exp_m1 ln_1p_of_unit sigmoid silu);
}

/// Applies a formula to one scalar, in plain Rust.
#[inline(always)]
pub(crate) fn one<T: Scalar>(x: T, formula: impl Fn(Vector<Plain<T>>) -> Vector<Plain<T>>) -> T {
    formula(Vector(x)).0
}

/// Runs a task with the vectors of the level, or else in plain Rust.
///
/// # Safety
/// As [`vectorised`](super::Kernels::vectorised).
#[inline(always)]
pub(super) unsafe fn everywhere<T: Scalar>(at: Available, task: impl Task<T> + Copy) {
    // SAFETY: the pointers are the caller's; plain Rust runs everywhere.
    unsafe {
        if !T::vectorised(at, task) {
            Plain::<T>::call(task);
        }
    }
}

/// Vectors of one lane, in plain Rust.
#[derive(Clone, Copy)]
pub(crate) struct Plain<T>(PhantomData<T>);

impl<T: Scalar> Simd for Plain<T> {
    type T = T;
    type V = T;
    type Narrow = Self;
    const COLUMNS: usize = 1;
    const HEIGHT: usize = 1;
    const ZERO: T = T::ZERO;
    const MINUS_ZERO: T = T::MINUS_ZERO;
    const MAGIC: T = T::ZERO;

    #[inline(always)]
    unsafe fn call<K: Task<T>>(task: K) {
        // SAFETY: the caller vouches for the pointers, and plain Rust runs everywhere.
        unsafe { task.run::<Self>() }
    }
    #[inline(always)]
    unsafe fn splat(x: T) -> T {
        x
    }
    #[inline(always)]
    unsafe fn load(from: *const T) -> T {
        // SAFETY: the caller vouches for the pointer.
        unsafe { *from }
    }
    #[inline(always)]
    unsafe fn store(to: *mut T, v: T) {
        // SAFETY: the caller vouches for the pointer.
        unsafe { *to = v }
    }
    #[inline(always)]
    unsafe fn load_part(_: *const T, _: usize) -> T {
        T::ZERO
    }
    #[inline(always)]
    unsafe fn store_part(_: *mut T, _: T, _: usize) {}
    #[inline(always)]
    unsafe fn add(a: T, b: T) -> T {
        a + b
    }
    #[inline(always)]
    unsafe fn sub(a: T, b: T) -> T {
        a - b
    }
    #[inline(always)]
    unsafe fn mul(a: T, b: T) -> T {
        a * b
    }
    #[inline(always)]
    unsafe fn div(a: T, b: T) -> T {
        a / b
    }
    #[inline(always)]
    unsafe fn mul_add(a: T, b: T, c: T) -> T {
        a * b + c
    }
    #[inline(always)]
    unsafe fn sqrt(v: T) -> T {
        v.sqrt()
    }
    #[inline(always)]
    unsafe fn abs(v: T) -> T {
        v.abs()
    }
    #[inline(always)]
    unsafe fn if_greater(a: T, b: T, yes: T, no: T) -> T {
        if a > b { yes } else { no }
    }
    #[inline(always)]
    unsafe fn power_of_2(n: T) -> T {
        n
    }
    #[inline(always)]
    unsafe fn exp(v: T) -> T {
        crate::layers::exp(v)
    }
    #[inline(always)]
    unsafe fn exp_flushed(v: T) -> T {
        crate::layers::exp_flushed(v)
    }
    #[inline(always)]
    unsafe fn exp_m1(v: T) -> T {
        v.exp_m1()
    }
    #[inline(always)]
    unsafe fn ln(v: T) -> T {
        v.ln()
    }
    #[inline(always)]
    unsafe fn ln_1p_of_unit(v: T) -> T {
        v.ln_1p()
    }
    #[inline(always)]
    unsafe fn sigmoid(v: T) -> T {
        crate::layers::sigmoid(v)
    }
    #[inline(always)]
    unsafe fn silu(v: T) -> T {
        crate::layers::silu(v)
    }
    #[inline(always)]
    unsafe fn tanh(v: T) -> T {
        v.tanh()
    }
    #[inline(always)]
    unsafe fn gelu(v: T) -> (T, T) {
        crate::layers::gelu(v)
    }
    #[inline(always)]
    fn plus(a: T, b: T) -> T {
        a + b
    }
    #[inline(always)]
    unsafe fn largest(v: T) -> T {
        v
    }
    #[inline(always)]
    unsafe fn sum(v: T) -> T {
        v
    }
    #[inline(always)]
    unsafe fn sums(v: &[T; MAX_LANES]) -> T {
        v[0]
    }
}
