//! Affine layers that follow each other, as lists: `(first, (second, ()))`.
//!
//! Where all layers of a list are small (up to 64×64 for one sample, 16×16 for several), it is computed as one: between two
//! of them a value is still where the next needs it, and which instructions there are is asked once. Else they are
//! computed one after the other, those that are small each by itself.
#![allow(unsafe_op_in_unsafe_fn)]

use core::marker::PhantomData;
#[cfg(debug_assertions)]
use core::slice;

use nalgebra::SVector;

use super::level::Available;
#[cfg(debug_assertions)]
use super::looped;
use super::simd::{Simd, Task};
use super::{affine_backward_input, affine_backward_params, affine_forward, small};
use crate::layer::{Accumulate, Identity, InPlace};
use crate::layers::Affine;
use crate::memory::{Scratch, Slots};
use crate::params::{Params, flat, flat_mut};
use crate::phases::GradientPart;
use crate::scalar::Scalar;
use crate::shape::Width;

mod sealed {
    /// What is a list in this module and nowhere else: the pointers that are made of it are trusted.
    pub trait List {}

    impl List for () {}
    impl<L, R> List for (L, R) {}
}

/// y = f(W x + b) for every sample; each layer is an `(affine, activation, y)`.
#[inline]
pub fn forward<T: Scalar, const IN: usize, L: Forward<T, IN>>(x: &[SVector<T, IN>], mut layers: L) {
    if !forward_as_one(Available::current(), x, &mut layers) {
        if const { L::AsOne::SAMPLES > 0 } {
            layers.one_by_one::<Shared>(x);
        } else {
            layers.one_by_one::<Alone>(x);
        }
    }
}

/// Returns false, having done nothing, if it cannot be.
#[inline]
pub(super) fn forward_as_one<T: Scalar, const IN: usize, L: Forward<T, IN>>(
    at: Available,
    x: &[SVector<T, IN>],
    layers: &mut L,
) -> bool {
    let n = x.len();
    if const { L::AsOne::SAMPLES == 0 } || !(1..=L::AsOne::SAMPLES).contains(&n) || !layers.hold(n) {
        return false;
    }
    // SAFETY: all slices hold n samples.
    unsafe { forward_task(at, ForwardTask { layers: layers.as_one(), x: flat(x).as_ptr(), n }) }
}

/// A list for [`forward`].
pub trait Forward<T: Scalar, const IN: usize>: sealed::List {
    /// Whether all slices hold so many samples.
    #[doc(hidden)]
    fn hold(&self, samples: usize) -> bool;

    /// Computes it layer by layer.
    #[doc(hidden)]
    fn one_by_one<H: How>(self, x: &[SVector<T, IN>]);

    #[doc(hidden)]
    type AsOne: AsOne<T>;

    /// All of it, with the addresses of the slices.
    #[doc(hidden)]
    fn as_one(&mut self) -> Self::AsOne;
}

/// What [`forward`] and [`infer`] have in common as one: each layer is an `(affine, activation, y)`.
#[doc(hidden)]
pub trait AsOne<T: Scalar> {
    /// The most samples that it is computed for.
    const SAMPLES: usize;

    /// # Safety
    /// x and every y are good for `n` samples.
    unsafe fn run<S: Simd<T = T>>(&self, x: *const T, n: usize);

    /// The same to the same bits, where the code of [`run`](Self::run) would not be optimised.
    ///
    /// # Safety
    /// As `run`; the level has code for small layers.
    #[cfg(debug_assertions)]
    unsafe fn looped(&self, at: Available, x: *const T, n: usize);
}

impl<T: Scalar> AsOne<T> for () {
    const SAMPLES: usize = usize::MAX;

    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(&self, _: *const T, _: usize) {}

    #[cfg(debug_assertions)]
    unsafe fn looped(&self, _: Available, _: *const T, _: usize) {}
}

impl<T, A, L, const IN: usize, const OUT: usize> AsOne<T> for ((&Affine<T, IN, OUT>, &A, *mut T), L)
where
    T: Scalar,
    A: InPlace<T>,
    L: AsOne<T>,
{
    const SAMPLES: usize = least(small::samples::<T, A>(IN, OUT), L::SAMPLES);

    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(&self, x: *const T, n: usize) {
        let ((affine, activation, y), rest) = self;
        small::forward::<S, A, IN, OUT>(*activation, parameters(affine), x, *y, n);
        rest.run::<S>(*y, n);
    }

    #[cfg(debug_assertions)]
    unsafe fn looped(&self, at: Available, x: *const T, n: usize) {
        let ((affine, activation, y), rest) = self;
        let (weight, bias) = parameters(affine);
        T::looped_forward(at, looped::Forward { size: (IN, OUT), weight, bias, x, y: *y, n });
        activation.forward(slice::from_raw_parts_mut(y.cast::<SVector<T, OUT>>(), n));
        rest.looped(at, *y, n);
    }
}

impl<T: Scalar, const IN: usize> Forward<T, IN> for () {
    type AsOne = ();

    #[inline(always)]
    fn hold(&self, _: usize) -> bool {
        true
    }

    #[inline(always)]
    fn one_by_one<H: How>(self, _: &[SVector<T, IN>]) {}

    #[inline(always)]
    fn as_one(&mut self) {}
}

impl<'l, T, A, L, const IN: usize, const OUT: usize> Forward<T, IN>
    for ((&'l Affine<T, IN, OUT>, &'l A, &mut [SVector<T, OUT>]), L)
where
    T: Scalar,
    A: InPlace<T>,
    L: Forward<T, OUT>,
{
    type AsOne = ((&'l Affine<T, IN, OUT>, &'l A, *mut T), L::AsOne);

    #[inline(always)]
    fn hold(&self, samples: usize) -> bool {
        self.0.2.len() == samples && self.1.hold(samples)
    }

    #[inline(always)]
    fn one_by_one<H: How>(self, x: &[SVector<T, IN>]) {
        let ((affine, activation, y), rest) = self;
        one_forward::<H, T, A, IN, OUT>(affine, activation, x, y);
        rest.one_by_one::<H>(y);
    }

    #[inline(always)]
    fn as_one(&mut self) -> Self::AsOne {
        let ((affine, activation, y), rest) = self;
        ((affine, activation, flat_mut(y).as_mut_ptr()), rest.as_one())
    }
}

/// One layer of several.
#[inline(always)]
fn one_forward<H: How, T: Scalar, A: InPlace<T>, const IN: usize, const OUT: usize>(
    affine: &Affine<T, IN, OUT>,
    activation: &A,
    x: &[SVector<T, IN>],
    y: &mut [SVector<T, OUT>],
) {
    if const { H::ALONE && small::samples::<T, A>(IN, OUT) > 0 } {
        return forward(x, ((affine, activation, y), ()));
    }
    affine_forward(IN, OUT, affine.weight.as_slice(), affine.bias.as_slice(), flat(x), flat_mut(y));
    activation.forward(y);
}

#[inline(always)]
fn parameters<T: Scalar, const IN: usize, const OUT: usize>(affine: &Affine<T, IN, OUT>) -> (*const T, *const T) {
    (affine.weight.as_slice().as_ptr(), affine.bias.as_slice().as_ptr())
}

/// # Safety
/// As [`small::run`].
#[inline(always)]
unsafe fn forward_task<T: Scalar, L: AsOne<T>>(at: Available, task: ForwardTask<T, L>) -> bool {
    #[cfg(debug_assertions)]
    if small::has(at) {
        task.layers.looped(at, task.x, task.n);
    }
    #[cfg(debug_assertions)]
    return small::has(at);
    #[cfg(not(debug_assertions))]
    small::run(at, task)
}

struct ForwardTask<T, L> {
    layers: L,
    x: *const T,
    n: usize,
}

impl<T: Scalar, L: AsOne<T>> Task<T> for ForwardTask<T, L> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if const { L::SAMPLES == 1 } || self.n == 1 {
            self.layers.run::<S>(self.x, 1);
        } else {
            self.layers.run::<S>(self.x, self.n);
        }
    }
}

/// How the layers of a list are computed one after the other.
#[doc(hidden)]
pub trait How {
    /// Whether one that is small has code of its own: not if it has been part of what was computed as one.
    const ALONE: bool;
}

enum Alone {}
enum Shared {}

impl How for Alone {
    const ALONE: bool = true;
}

impl How for Shared {
    const ALONE: bool = false;
}

const fn least(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

/// y = f(W x + b) for every sample; each layer is an `(affine, activation)`, and what lies between two of them is in one
/// of two slots by turns.
#[inline]
pub fn infer<'w, T, L, const IN: usize, const OUT: usize>(
    x: &[SVector<T, IN>],
    layers: L,
    y: &mut [SVector<T, OUT>],
    slots: impl Slots<'w, T>,
) where
    T: Scalar,
    L: Infer<T, IN, OUT>,
{
    let (mut a, mut b) = slots.two();
    if !infer_as_one(Available::current(), x, &layers, y, [&mut a, &mut b]) {
        if const { L::AsOne::SAMPLES > 0 } {
            layers.one_by_one::<Shared>(Some(x), y, a, b);
        } else {
            layers.one_by_one::<Alone>(Some(x), y, a, b);
        }
    }
}

/// As [`forward_as_one`].
#[inline]
fn infer_as_one<T: Scalar, const IN: usize, const OUT: usize, L: Infer<T, IN, OUT>>(
    at: Available,
    x: &[SVector<T, IN>],
    layers: &L,
    y: &mut [SVector<T, OUT>],
    [a, b]: [&mut Scratch<'_, T>; 2],
) -> bool {
    let n = x.len();
    let fits = y.len() == n && layers.fits(n, a, b);
    if const { L::AsOne::SAMPLES == 0 } || !(1..=L::AsOne::SAMPLES).contains(&n) || !fits {
        return false;
    }
    let layers = layers.as_one(flat_mut(y).as_mut_ptr(), [a.as_mut_ptr(), b.as_mut_ptr()]);
    // SAFETY: x, y and the slots hold n samples.
    unsafe { forward_task(at, ForwardTask { layers, x: flat(x).as_ptr(), n }) }
}

/// A list for [`infer`].
pub trait Infer<T: Scalar, const IN: usize, const OUT: usize>: sealed::List {
    /// Whether two slots, the first of which is written first, hold so many samples.
    #[doc(hidden)]
    fn fits(&self, samples: usize, first: &mut Scratch<'_, T>, second: &mut Scratch<'_, T>) -> bool;

    /// As of [`Forward`]; without x, it is in the second slot.
    #[doc(hidden)]
    fn one_by_one<H: How>(
        self,
        x: Option<&[SVector<T, IN>]>,
        y: &mut [SVector<T, OUT>],
        first: Scratch<'_, T>,
        second: Scratch<'_, T>,
    );

    /// As of [`Forward`].
    #[doc(hidden)]
    type AsOne: AsOne<T>;

    /// As of [`Forward`].
    #[doc(hidden)]
    fn as_one(&self, y: *mut T, slots: [*mut T; 2]) -> Self::AsOne;
}

/// The last layer.
impl<'l, T, A, const IN: usize, const OUT: usize> Infer<T, IN, OUT> for ((&'l Affine<T, IN, OUT>, &'l A), ())
where
    T: Scalar,
    A: InPlace<T>,
{
    type AsOne = ((&'l Affine<T, IN, OUT>, &'l A, *mut T), ());

    #[inline(always)]
    fn fits(&self, _: usize, _: &mut Scratch<'_, T>, _: &mut Scratch<'_, T>) -> bool {
        true
    }

    #[inline(always)]
    fn one_by_one<H: How>(
        self,
        x: Option<&[SVector<T, IN>]>,
        y: &mut [SVector<T, OUT>],
        _: Scratch<'_, T>,
        mut second: Scratch<'_, T>,
    ) {
        let ((affine, activation), ()) = self;
        let x = x.unwrap_or_else(|| second.columns::<Width<IN>>());
        one_forward::<H, T, A, IN, OUT>(affine, activation, x, y);
    }

    #[inline(always)]
    fn as_one(&self, y: *mut T, _: [*mut T; 2]) -> Self::AsOne {
        let ((affine, activation), ()) = self;
        ((affine, activation, y), ())
    }
}

/// A layer with others behind it.
impl<'l, T, A, N, L, const IN: usize, const M: usize, const OUT: usize> Infer<T, IN, OUT>
    for ((&'l Affine<T, IN, M>, &'l A), (N, L))
where
    T: Scalar,
    A: InPlace<T>,
    (N, L): Infer<T, M, OUT>,
{
    type AsOne = ((&'l Affine<T, IN, M>, &'l A, *mut T), <(N, L) as Infer<T, M, OUT>>::AsOne);

    #[inline(always)]
    fn fits(&self, samples: usize, first: &mut Scratch<'_, T>, second: &mut Scratch<'_, T>) -> bool {
        first.columns::<Width<M>>().len() == samples && self.1.fits(samples, second, first)
    }

    #[inline(always)]
    fn one_by_one<H: How>(
        self,
        x: Option<&[SVector<T, IN>]>,
        y: &mut [SVector<T, OUT>],
        mut first: Scratch<'_, T>,
        mut second: Scratch<'_, T>,
    ) {
        let ((affine, activation), rest) = self;
        let x = x.unwrap_or_else(|| second.columns::<Width<IN>>());
        one_forward::<H, T, A, IN, M>(affine, activation, x, first.columns::<Width<M>>());
        rest.one_by_one::<H>(None, y, second, first);
    }

    #[inline(always)]
    fn as_one(&self, y: *mut T, [first, second]: [*mut T; 2]) -> Self::AsOne {
        let ((affine, activation), rest) = self;
        ((affine, activation, first), rest.as_one(y, [second, first]))
    }
}

/// dx = Wᵀ dy ∘ f′ for every sample, from the last layer to the first; each is an `(affine, activation, kept, dx)`, with the
/// activation in front of the affine layer and what it has [kept](InPlace::KEEPS).
#[inline]
pub fn backward<T: Scalar, const OUT: usize, L: Backward<T, OUT>>(dy: &[SVector<T, OUT>], mut layers: L) {
    if !backward_as_one(Available::current(), dy, &mut layers) {
        if const { L::SAMPLES > 0 } {
            layers.one_by_one::<Shared>(dy);
        } else {
            layers.one_by_one::<Alone>(dy);
        }
    }
}

/// As [`forward_as_one`].
#[inline]
pub(super) fn backward_as_one<T: Scalar, const OUT: usize, L: Backward<T, OUT>>(
    at: Available,
    dy: &[SVector<T, OUT>],
    layers: &mut L,
) -> bool {
    let n = dy.len();
    if const { L::SAMPLES == 0 } || !(1..=L::SAMPLES).contains(&n) || !layers.hold(n) {
        return false;
    }
    // SAFETY: all slices hold n samples.
    unsafe { backward_task(at, BackwardTask { layers, dy: flat(dy).as_ptr(), n }) }
}

/// A list for [`backward`].
pub trait Backward<T: Scalar, const OUT: usize>: sealed::List {
    /// As of [`AsOne`].
    #[doc(hidden)]
    const SAMPLES: usize;

    /// As of [`Forward`].
    #[doc(hidden)]
    fn hold(&self, samples: usize) -> bool;

    /// As of [`Forward`].
    #[doc(hidden)]
    fn one_by_one<H: How>(self, dy: &[SVector<T, OUT>]);

    /// # Safety
    /// All slices hold `n` samples, and so does dy.
    #[doc(hidden)]
    unsafe fn as_one<S: Simd<T = T>>(&mut self, dy: *const T, n: usize);

    /// As of [`AsOne`].
    ///
    /// # Safety
    /// As [`as_one`](Self::as_one).
    #[cfg(debug_assertions)]
    #[doc(hidden)]
    unsafe fn looped(&mut self, at: Available, dy: *const T, n: usize);
}

impl<T: Scalar, const OUT: usize> Backward<T, OUT> for () {
    const SAMPLES: usize = usize::MAX;

    #[inline(always)]
    fn hold(&self, _: usize) -> bool {
        true
    }

    #[inline(always)]
    fn one_by_one<H: How>(self, _: &[SVector<T, OUT>]) {}

    #[inline(always)]
    unsafe fn as_one<S: Simd<T = T>>(&mut self, _: *const T, _: usize) {}

    #[cfg(debug_assertions)]
    unsafe fn looped(&mut self, _: Available, _: *const T, _: usize) {}
}

impl<T, A, L, const IN: usize, const OUT: usize> Backward<T, OUT>
    for ((&Affine<T, IN, OUT>, &A, &[SVector<T, IN>], &mut [SVector<T, IN>]), L)
where
    T: Scalar,
    A: InPlace<T>,
    L: Backward<T, IN>,
{
    const SAMPLES: usize = least(small::samples::<T, A>(IN, OUT), L::SAMPLES);

    #[inline(always)]
    fn hold(&self, samples: usize) -> bool {
        self.0.2.len() == samples && self.0.3.len() == samples && self.1.hold(samples)
    }

    #[inline(always)]
    fn one_by_one<H: How>(self, dy: &[SVector<T, OUT>]) {
        let ((affine, activation, kept, dx), rest) = self;
        if const { H::ALONE && small::samples::<T, A>(IN, OUT) > 0 } {
            backward(dy, ((affine, activation, kept, &mut *dx), ()));
        } else {
            affine_backward_input(IN, OUT, affine.weight.as_slice(), flat(dy), flat_mut(dx));
            activation.backward(kept, dx);
        }
        rest.one_by_one::<H>(dx);
    }

    #[inline(always)]
    unsafe fn as_one<S: Simd<T = T>>(&mut self, dy: *const T, n: usize) {
        let ((affine, activation, kept, dx), rest) = self;
        let dx = flat_mut(dx).as_mut_ptr();
        small::backward::<S, A, IN, OUT>(*activation, parameters(affine).0, flat(kept).as_ptr(), dy, dx, n);
        rest.as_one::<S>(dx, n);
    }

    #[cfg(debug_assertions)]
    unsafe fn looped(&mut self, at: Available, dy: *const T, n: usize) {
        let ((affine, activation, kept, dx), rest) = self;
        let (weight, _) = parameters(affine);
        T::looped_backward(at, looped::Backward { size: (IN, OUT), weight, dy, dx: flat_mut(dx).as_mut_ptr(), n });
        activation.backward(kept, dx);
        rest.looped(at, flat(dx).as_ptr(), n);
    }
}

/// # Safety
/// As [`small::run`].
#[inline(always)]
unsafe fn backward_task<T: Scalar, L: Backward<T, OUT>, const OUT: usize>(
    at: Available,
    task: BackwardTask<'_, T, L, OUT>,
) -> bool {
    #[cfg(debug_assertions)]
    if small::has(at) {
        task.layers.looped(at, task.dy, task.n);
    }
    #[cfg(debug_assertions)]
    return small::has(at);
    #[cfg(not(debug_assertions))]
    small::run(at, task)
}

struct BackwardTask<'l, T, L, const OUT: usize> {
    layers: &'l mut L,
    dy: *const T,
    n: usize,
}

impl<T: Scalar, L: Backward<T, OUT>, const OUT: usize> Task<T> for BackwardTask<'_, T, L, OUT> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if const { L::SAMPLES == 1 } || self.n == 1 {
            self.layers.as_one::<S>(self.dy, 1);
        } else {
            self.layers.as_one::<S>(self.dy, self.n);
        }
    }
}

/// dW = dy xᵀ and db = dy, summed over the samples, into or onto affine layers; each is an `(affine, x, dy)`.
#[inline]
pub fn gradient<T: Scalar, L: Gradient<T>>(mut layers: L, accumulate: Accumulate) {
    if !gradient_as_one(Available::current(), &mut layers, accumulate) {
        if const { L::SAMPLES > 0 } {
            layers.one_by_one::<Shared>(accumulate);
        } else {
            layers.one_by_one::<Alone>(accumulate);
        }
    }
}

/// As [`forward_as_one`].
#[inline]
pub(super) fn gradient_as_one<T: Scalar, L: Gradient<T>>(
    at: Available,
    layers: &mut L,
    accumulate: Accumulate,
) -> bool {
    let (n, add) = (layers.samples(), accumulate == Accumulate::Add);
    if const { L::SAMPLES == 0 } || !(1..=L::SAMPLES).contains(&n) || !layers.hold(n) {
        return false;
    }
    // The shared kernels give the same bits, and are optimised.
    if cfg!(debug_assertions) {
        return false;
    }
    // SAFETY: all slices hold n samples.
    unsafe { small::run(at, GradientTask { layers, n, add, scalar: PhantomData }) }
}

/// A list for [`gradient`].
pub trait Gradient<T: Scalar>: sealed::List {
    /// As of [`AsOne`].
    #[doc(hidden)]
    const SAMPLES: usize;

    /// How many samples the first layer has.
    #[doc(hidden)]
    fn samples(&self) -> usize;

    /// As of [`Forward`].
    #[doc(hidden)]
    fn hold(&self, samples: usize) -> bool;

    /// As of [`Forward`].
    #[doc(hidden)]
    fn one_by_one<H: How>(self, accumulate: Accumulate);

    /// # Safety
    /// All slices hold `n` samples.
    #[doc(hidden)]
    unsafe fn as_one<S: Simd<T = T>>(&mut self, n: usize, add: bool);
}

impl<T: Scalar> Gradient<T> for () {
    const SAMPLES: usize = usize::MAX;

    #[inline(always)]
    fn samples(&self) -> usize {
        0
    }

    #[inline(always)]
    fn hold(&self, _: usize) -> bool {
        true
    }

    #[inline(always)]
    fn one_by_one<H: How>(self, _: Accumulate) {}

    #[inline(always)]
    unsafe fn as_one<S: Simd<T = T>>(&mut self, _: usize, _: bool) {}
}

impl<T, L, const IN: usize, const OUT: usize> Gradient<T>
    for ((&mut Affine<T, IN, OUT>, &[SVector<T, IN>], &[SVector<T, OUT>]), L)
where
    T: Scalar,
    L: Gradient<T>,
{
    const SAMPLES: usize = least(small::samples::<T, Identity>(IN, OUT), L::SAMPLES);

    #[inline(always)]
    fn samples(&self) -> usize {
        self.0.1.len()
    }

    #[inline(always)]
    fn hold(&self, samples: usize) -> bool {
        self.0.1.len() == samples && self.0.2.len() == samples && self.1.hold(samples)
    }

    #[inline(always)]
    fn one_by_one<H: How>(self, accumulate: Accumulate) {
        let ((affine, x, dy), rest) = self;
        if const { H::ALONE && small::samples::<T, Identity>(IN, OUT) > 0 } {
            gradient(((&mut *affine, x, dy), ()), accumulate);
        } else {
            let (weight, bias) = (affine.weight.as_mut_slice(), affine.bias.as_mut_slice());
            affine_backward_params(IN, OUT, flat(x), flat(dy), weight, bias, accumulate);
        }
        rest.one_by_one::<H>(accumulate);
    }

    #[inline(always)]
    unsafe fn as_one<S: Simd<T = T>>(&mut self, n: usize, add: bool) {
        let ((affine, x, dy), rest) = self;
        let to = affine.as_mut_slice().as_mut_ptr();
        small::gradient::<S, IN, OUT>(flat(x).as_ptr(), flat(dy).as_ptr(), to, n, add);
        rest.as_one::<S>(n, add);
    }
}

/// Whether a layer has code of its own for one sample: then nothing is gained by descent and forward together.
#[inline]
pub const fn is_small<T: Scalar, const IN: usize, const OUT: usize>(_: &Affine<T, IN, OUT>) -> bool {
    small::samples::<T, Identity>(IN, OUT) > 0
}

struct GradientTask<'l, T, L> {
    layers: &'l mut L,
    n: usize,
    add: bool,
    scalar: PhantomData<T>,
}

impl<T: Scalar, L: Gradient<T>> Task<T> for GradientTask<'_, T, L> {
    #[inline(always)]
    unsafe fn run<S: Simd<T = T>>(self) {
        if const { L::SAMPLES == 1 } || self.n == 1 {
            self.layers.as_one::<S>(1, self.add);
        } else {
            self.layers.as_one::<S>(self.n, self.add);
        }
    }
}

/// The x and dy of affine layers, `((x, dy), …)`, that follow each other in a gradient.
pub trait Pairs<T: Scalar> {
    /// How many parameters the layers have.
    #[doc(hidden)]
    const LEN: usize;
    /// The list for [`gradient`].
    #[doc(hidden)]
    type Layers<'g>: Gradient<T>;

    /// The list for a gradient of `LEN` parameters.
    #[doc(hidden)]
    fn layers(self, gradient: &mut [T]) -> Option<Self::Layers<'_>>;

    /// Computes layer by layer what lies in a part of a gradient.
    #[doc(hidden)]
    fn in_part(self, part: &mut GradientPart<'_, T>);
}

impl<T: Scalar> Pairs<T> for () {
    const LEN: usize = 0;
    type Layers<'g> = ();

    #[inline(always)]
    fn layers(self, _: &mut [T]) -> Option<()> {
        Some(())
    }

    #[inline(always)]
    fn in_part(self, _: &mut GradientPart<'_, T>) {}
}

impl<'s, T, L, const IN: usize, const OUT: usize> Pairs<T> for ((&'s [SVector<T, IN>], &'s [SVector<T, OUT>]), L)
where
    T: Scalar,
    L: Pairs<T>,
{
    const LEN: usize = IN * OUT + OUT + L::LEN;
    type Layers<'g> = ((&'g mut Affine<T, IN, OUT>, &'s [SVector<T, IN>], &'s [SVector<T, OUT>]), L::Layers<'g>);

    #[inline(always)]
    fn layers(self, gradient: &mut [T]) -> Option<Self::Layers<'_>> {
        let ((x, dy), rest) = self;
        let (first, others) = gradient.split_at_mut_checked(IN * OUT + OUT)?;
        Some(((Affine::from_mut_slice(first)?, x, dy), rest.layers(others)?))
    }

    #[inline(always)]
    fn in_part(self, part: &mut GradientPart<'_, T>) {
        let ((x, dy), rest) = self;
        part.affine((IN, OUT), flat(x), flat(dy));
        rest.in_part(part);
    }
}
