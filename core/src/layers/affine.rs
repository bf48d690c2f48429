//! y = W x + b.

#![allow(unsafe_code)]

use nalgebra::{ArrayStorage, SMatrix, SVector};

use crate::init::{Init, Rng};
use crate::kernels::{affine_backward_input, affine_descend_then_forward, chain};
use crate::layer::{Accumulate, Identity, InPlace, Layer};
use crate::params::{Params, Zeroable, flat, flat_mut, zeroed};
use crate::scalar::Scalar;
use crate::shape::Width;

/// The affine layer: y = W x + b. Other names: fully connected, dense, linear.
///
/// # Shapes
/// x: `IN`, y: `OUT`, W: `OUT`×`IN`, b: `OUT`. As a flat slice: W column by column, then b.
///
/// # Gradients
/// Summed over the samples of a mini-batch: dW = dy xᵀ, db = dy; and for each sample dx = Wᵀ dy.
///
/// # Source
/// Rumelhart, Hinton and Williams, *Learning representations by back-propagating errors*, Nature 323 (1986).
#[doc(alias = "Dense")]
#[doc(alias = "Linear")]
#[repr(C)]
#[derive(Debug, PartialEq)]
pub struct Affine<T, const IN: usize, const OUT: usize> {
    /// W.
    pub weight: SMatrix<T, OUT, IN>,
    /// b.
    pub bias: SVector<T, OUT>,
}

impl<T: Scalar, const IN: usize, const OUT: usize> Affine<T, IN, OUT> {
    /// Weights and biases of zero, as a constant for statics.
    pub const fn new() -> Self {
        zeroed()
    }

    /// These weights, column by column (all weights of the first input, then those of the second), and biases:
    /// for constants and statics.
    ///
    /// ```
    /// use chainrule::layers::Affine;
    /// use chainrule::prelude::*;
    ///
    /// static MEAN_AND_DIFFERENCE: Affine<f32, 2, 2> = Affine::from_columns([[0.5, 1.0], [0.5, -1.0]], [0.0; 2]);
    /// assert_eq!((MEAN_AND_DIFFERENCE.weight * SVector::from([3.0, 1.0])).as_slice(), [2.0, 2.0]);
    /// ```
    // Run by the compiler, where there is no stack to overflow.
    #[allow(clippy::large_types_passed_by_value)]
    pub const fn from_columns(columns: [[T; OUT]; IN], bias: [T; OUT]) -> Self {
        Self {
            weight: SMatrix::from_array_storage(ArrayStorage(columns)),
            bias: SVector::from_array_storage(ArrayStorage([bias])),
        }
    }

    /// Draws the weights as `init` says and sets the biases to zero.
    pub fn init(&mut self, init: Init<T>, rng: &mut Rng) {
        init.fill(self.weight.as_mut_slice(), IN, OUT, rng);
        self.bias.fill(T::ZERO);
    }

    /// y = W x + b for every sample.
    #[inline]
    pub fn forward(&self, x: &[SVector<T, IN>], y: &mut [SVector<T, OUT>]) {
        self.forward_into(&Identity, x, y);
    }

    /// y = f(W x + b) for every sample: the affine layer and the activation f behind it.
    #[inline]
    pub fn forward_into(&self, activation: &impl InPlace<T>, x: &[SVector<T, IN>], y: &mut [SVector<T, OUT>]) {
        chain::forward(x, ((self, activation, y), ()));
    }

    /// dx = Wᵀ dy for every sample.
    #[inline]
    pub fn backward_input(&self, dy: &[SVector<T, OUT>], dx: &mut [SVector<T, IN>]) {
        affine_backward_input(IN, OUT, self.weight.as_slice(), flat(dy), flat_mut(dx));
    }

    /// dx = Wᵀ dy ∘ f′ for every sample: the affine layer and the activation f in front of it, which has
    /// [`kept`](InPlace::KEEPS) something.
    #[inline]
    pub fn backward_input_into(
        &self,
        activation: &impl InPlace<T>,
        kept: &[SVector<T, IN>],
        dy: &[SVector<T, OUT>],
        dx: &mut [SVector<T, IN>],
    ) {
        chain::backward(dy, ((self, activation, kept, dx), ()));
    }

    /// dW = dy xᵀ and db = dy, summed over the samples, into the parameters of `self`, which is a gradient.
    #[inline]
    pub fn accumulate(&mut self, x: &[SVector<T, IN>], dy: &[SVector<T, OUT>], accumulate: Accumulate) {
        chain::gradient(((self, x, dy), ()), accumulate);
    }

    /// Adds dW = dy xᵀ and db = dy of one sample to the parameters, and computes y = f(W x′ + b) for the next one, x′.
    #[inline]
    pub fn descend_then_forward(
        &mut self,
        activation: &impl InPlace<T>,
        (x, dy): (&[SVector<T, IN>], &[SVector<T, OUT>]),
        next: &[SVector<T, IN>],
        y: &mut [SVector<T, OUT>],
    ) {
        let parameters = (self.weight.as_mut_slice(), self.bias.as_mut_slice());
        affine_descend_then_forward(IN, OUT, parameters, (flat(x), flat(dy)), flat(next), flat_mut(y));
        activation.forward(y);
    }
}

impl<T: Scalar, const IN: usize, const OUT: usize> Default for Affine<T, IN, OUT> {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: both fields are.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, const IN: usize, const OUT: usize> Zeroable for Affine<T, IN, OUT> {}
// SAFETY: `repr(C)`, and both fields are `Params<T>`.
#[diagnostic::do_not_recommend]
unsafe impl<T: Scalar, const IN: usize, const OUT: usize> Params<T> for Affine<T, IN, OUT> {}

#[diagnostic::do_not_recommend]
impl<T: Scalar, const IN: usize, const OUT: usize> Layer<T, Width<IN>, Width<OUT>> for Affine<T, IN, OUT> {
    type Gradient = Self;
    type Scratch = ();
    type Tape = ();

    const FORWARD_FLOPS: usize = 2 * IN * OUT;

    #[inline]
    fn infer(&self, x: &[SVector<T, IN>], y: &mut [SVector<T, OUT>], (): ()) {
        Affine::forward(self, x, y);
    }

    #[inline]
    fn forward(&self, x: &[SVector<T, IN>], y: &mut [SVector<T, OUT>], (): ()) {
        Affine::forward(self, x, y);
    }

    #[inline]
    fn backward_input(
        &self,
        _x: &[SVector<T, IN>],
        _y: &[SVector<T, OUT>],
        dy: &mut [SVector<T, OUT>],
        dx: &mut [SVector<T, IN>],
        (): (),
    ) {
        Affine::backward_input(self, dy, dx);
    }

    #[inline]
    fn backward_params(
        &self,
        x: &[SVector<T, IN>],
        dy: &[SVector<T, OUT>],
        gradient: &mut Self,
        accumulate: Accumulate,
        (): (),
    ) {
        gradient.accumulate(x, dy, accumulate);
    }

    #[inline]
    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [T])) {
        visit(self.as_mut_slice());
    }

    const DESCENDS: bool = true;

    #[inline]
    fn descend(&mut self, x: &[SVector<T, IN>], dy: &[SVector<T, OUT>], (): ()) {
        self.accumulate(x, dy, Accumulate::Add);
    }

    /// Draws the weights as Glorot and Bengio do, having no layer after it to know of.
    fn init_params(&mut self, rng: &mut Rng) {
        self.init(Init::XavierUniform, rng);
    }
}
