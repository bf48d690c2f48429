//! What a layer is.

use crate::init::Rng;
use crate::kernels::Elementary;
use crate::memory::{Buffers, Shared, View};
use crate::params::{Params, flat, flat_mut};
use crate::saved::LayerText;
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector};

/// One link of the chain: a function y = f(x) with its derivatives, of shape `I` to shape `O`.
///
/// A mini-batch is a slice of columns, one a sample; all slices of one call have the same length. The value
/// itself holds the parameters, so what is kept in a network is nothing but [`Params`]; a layer that is
/// written with arguments in the chain, `Power(3)`, is made anew from them for every call and holds none.
///
/// Backpropagation comes in two phases. Going back through the chain, every layer turns dy, the gradient of
/// the loss with respect to its output, into dx ([`backward_input`](Self::backward_input)). Then every layer
/// computes the gradient of its parameters from x and dy ([`backward_params`](Self::backward_params)).
///
/// # Example
/// A layer that multiplies every value by a factor of its own, y = g ∘ x:
/// ```
/// use chainrule::layer_prelude::*;
///
/// #[derive(Params)]
/// #[repr(C)]
/// pub struct Gain<const N: usize> {
///     pub factor: SVector<f32, N>,
/// }
///
/// impl<const N: usize> Layer<f32, Width<N>, Width<N>> for Gain<N> {
///     type Gradient = Self;
///     type Scratch = ();
///     type Tape = ();
///
///     fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
///         for (x, y) in x.iter().zip(y) {
///             *y = self.factor.component_mul(x);
///         }
///     }
///
///     fn forward(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, N>], _: ()) {
///         self.infer(x, y, ());
///     }
///
///     fn backward_input(
///         &self,
///         _x: &[SVector<f32, N>],
///         _y: &[SVector<f32, N>],
///         dy: &mut [SVector<f32, N>],
///         dx: &mut [SVector<f32, N>],
///         _: (),
///     ) {
///         self.infer(dy, dx, ());
///     }
///
///     fn backward_params(
///         &self,
///         x: &[SVector<f32, N>],
///         dy: &[SVector<f32, N>],
///         gradient: &mut Self,
///         accumulate: Accumulate,
///         _: (),
///     ) {
///         accumulate.start(gradient);
///         for (x, dy) in x.iter().zip(dy) {
///             gradient.factor += x.component_mul(dy);
///         }
///     }
///
///     fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [f32])) {
///         visit(self.as_mut_slice());
///     }
/// }
///
/// network! { Scaled: 3 => Gain<3> => 3 => Affine => MseLoss => 1 }
/// # let _ = Scaled::new();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no layer from `{I}` to `{O}` with values of `{T}`",
    label = "the chain needs such a layer here",
    note = "a layer of your own implements `Layer`; it keeps the width unless another is written after it: `{Self} => 50`",
    note = "a loss of your own is marked as one: `#[loss] {Self}`"
)]
pub trait Layer<T: Scalar, I: Shape, O: Shape> {
    /// The gradient of the trainable parameters; `()` if there are none, as [`no_gradient!`](crate::no_gradient) says. An
    /// optimiser's state has the same shape.
    type Gradient: Params<T>;
    /// Memory for inference beside x and y; `()` if none is needed.
    type Scratch: Buffers;
    /// Memory for training beside x, y, dy and dx: what forward leaves for backward; `()` if nothing.
    type Tape: Buffers;

    /// What the layer adds to [`Network::FLOPS`](crate::network::Network::FLOPS).
    const FORWARD_FLOPS: usize = 0;
    /// The layers that a network is made of, for [saved bytes](crate::saved). A layer of another kind is known there by its
    /// name and its widths.
    #[doc(hidden)]
    const CHAIN: &'static [LayerText] = &[];

    /// y = f(x), for inference.
    fn infer(&self, x: &[Vector<T, I>], y: &mut [Vector<T, O>], scratch: View<'_, Self::Scratch>);

    /// y = f(x), for training; often the same as [`infer`](Self::infer).
    fn forward(&self, x: &[Vector<T, I>], y: &mut [Vector<T, O>], tape: View<'_, Self::Tape>);

    /// dx = (∂y/∂x)ᵀ dy. May change `dy`, into what [`backward_params`](Self::backward_params) is to find
    /// there.
    fn backward_input(
        &self,
        x: &[Vector<T, I>],
        y: &[Vector<T, O>],
        dy: &mut [Vector<T, O>],
        dx: &mut [Vector<T, I>],
        tape: View<'_, Self::Tape>,
    );

    /// All that [`backward_input`](Self::backward_input) does but dx, for the first layer of a chain, whose
    /// dx nobody needs. Nothing, for most layers; one that is made of layers or changes `dy` does that here too.
    fn backward_inner(
        &self,
        x: &[Vector<T, I>],
        y: &[Vector<T, O>],
        dy: &mut [Vector<T, O>],
        tape: View<'_, Self::Tape>,
    ) {
        let _ = (x, y, dy, tape);
    }

    /// Adds the gradient of the parameters, (∂y/∂parameters)ᵀ dy summed over the samples, to `gradient`, once
    /// [`Accumulate::start`] has been called on it.
    fn backward_params(
        &self,
        x: &[Vector<T, I>],
        dy: &[Vector<T, O>],
        gradient: &mut Self::Gradient,
        accumulate: Accumulate,
        tape: Shared<'_, Self::Tape>,
    );

    /// Shows `visit` the trainable parameters, in the order of [`Gradient`](Self::Gradient).
    fn trainable_mut(&mut self, visit: &mut impl FnMut(&mut [T]));

    /// Whether [`descend`](Self::descend) does something about the parameters: only then can the layer be trained
    /// [without a stored gradient](crate::Online).
    const DESCENDS: bool = <Self::Gradient as Params<T>>::LEN == 0;

    /// Adds what [`backward_params`](Self::backward_params) would add to a gradient to the trainable parameters
    /// themselves. dy comes multiplied by minus the learning rate.
    fn descend(&mut self, x: &[Vector<T, I>], dy: &[Vector<T, O>], tape: Shared<'_, Self::Tape>) {
        let _ = (x, dy, tape);
    }

    /// Gives the parameters their first values.
    fn init_params(&mut self, rng: &mut Rng) {
        let _ = rng;
    }
}

/// How a network uses a layer from elsewhere: [`Layer`], with the layer as an argument. Written by `network!`,
/// which says there why.
#[doc(hidden)]
#[allow(missing_docs)]
pub trait Link<T: Scalar, I: Shape, O: Shape> {
    type Layer;
    type Gradient: Params<T>;
    type Scratch: Buffers;
    type Tape: Buffers;

    const FORWARD_FLOPS: usize;
    const CHAIN: &'static [LayerText];
    const DESCENDS: bool;

    fn infer(layer: &Self::Layer, x: &[Vector<T, I>], y: &mut [Vector<T, O>], scratch: View<'_, Self::Scratch>);
    fn forward(layer: &Self::Layer, x: &[Vector<T, I>], y: &mut [Vector<T, O>], tape: View<'_, Self::Tape>);
    fn backward_input(
        layer: &Self::Layer,
        x: &[Vector<T, I>],
        y: &[Vector<T, O>],
        dy: &mut [Vector<T, O>],
        dx: &mut [Vector<T, I>],
        tape: View<'_, Self::Tape>,
    );
    fn backward_inner(
        layer: &Self::Layer,
        x: &[Vector<T, I>],
        y: &[Vector<T, O>],
        dy: &mut [Vector<T, O>],
        tape: View<'_, Self::Tape>,
    );
    fn backward_params(
        layer: &Self::Layer,
        x: &[Vector<T, I>],
        dy: &[Vector<T, O>],
        gradient: &mut Self::Gradient,
        accumulate: Accumulate,
        tape: Shared<'_, Self::Tape>,
    );
    fn trainable_mut(layer: &mut Self::Layer, visit: &mut impl FnMut(&mut [T]));
    fn descend(layer: &mut Self::Layer, x: &[Vector<T, I>], dy: &[Vector<T, O>], tape: Shared<'_, Self::Tape>);
    fn init_params(layer: &mut Self::Layer, rng: &mut Rng);
}

/// Whether a gradient replaces what its memory holds or is added to it.
///
/// A mini-batch that is longer than the workspace's capacity runs in pieces: the first replaces, the others
/// add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accumulate {
    /// The memory holds nothing of meaning.
    Replace,
    /// The memory holds the gradient of the pieces before.
    Add,
}

impl Accumulate {
    /// Sets the gradient to zero if it is to be replaced, so that adding to it is right in either case.
    #[inline]
    pub fn start<T: Scalar, G: Params<T>>(self, gradient: &mut G) {
        if self == Self::Replace {
            gradient.set_zero();
        }
    }
}

/// Which values a layer computes its derivative from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// From its input x.
    Input,
    /// From its output y, so x may be overwritten by it.
    Output,
}

/// A layer that keeps the width, has no parameters, and works in the memory of its input.
pub trait InPlace<T: Scalar> {
    /// What [`backward`](Self::backward) is computed from.
    const KEEPS: Keeps;

    /// Replaces x by y.
    fn forward<V: Params<T>>(&self, xy: &mut [V]);

    /// Replaces dy by dx. `kept` is x or y, as [`KEEPS`](Self::KEEPS) says.
    fn backward<V: Params<T>>(&self, kept: &[V], d: &mut [V]);

    /// Whether the two functions below are what it does, so that a kernel can do it on the way.
    #[doc(hidden)]
    const IN_REGISTERS: bool = false;

    /// y of x.
    #[doc(hidden)]
    #[inline(always)]
    fn value<V: Elementary<T>>(&self, x: V) -> V {
        x
    }

    /// ∂y/∂x of what is [kept](Self::KEEPS).
    #[doc(hidden)]
    #[inline(always)]
    fn derivative<V: Elementary<T>>(&self, kept: V) -> V {
        kept
    }
}

/// f(x) = x: what stands for the activation beside an affine layer without one.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Identity;

impl<T: Scalar> InPlace<T> for Identity {
    const KEEPS: Keeps = Keeps::Output;
    const IN_REGISTERS: bool = true;

    #[inline(always)]
    fn forward<V: Params<T>>(&self, _: &mut [V]) {}

    #[inline(always)]
    fn backward<V: Params<T>>(&self, _: &[V], _: &mut [V]) {}

    #[inline(always)]
    fn derivative<V: Elementary<T>>(&self, _: V) -> V {
        V::splat(T::ONE)
    }
}

/// Replaces every x by f(x): how an activation goes [forward](InPlace::forward).
#[inline]
pub fn map<T: Scalar, V: Params<T>>(xy: &mut [V], f: impl Fn(T) -> T) {
    for value in flat_mut(xy) {
        *value = f(*value);
    }
}

/// Multiplies every dy by the derivative, computed from what was kept: how an activation goes
/// [backward](InPlace::backward).
#[inline]
pub fn multiply<T: Scalar, V: Params<T>>(kept: &[V], d: &mut [V], derivative: impl Fn(T) -> T) {
    for (d, &kept) in flat_mut(d).iter_mut().zip(flat(kept)) {
        *d *= derivative(kept);
    }
}

/// Copies columns, for a layer that works in place but must leave its input alone.
#[inline]
pub fn copy<T: Scalar, V: Params<T>>(from: &[V], to: &mut [V]) {
    for (to, from) in flat_mut(to).iter_mut().zip(flat(from)) {
        *to = *from;
    }
}

/// In an `impl` of [`Layer`](crate::layer::Layer) in which nothing is trained, what it says of that: there is no gradient, and
/// nothing to be done for it.
///
/// ```
/// use chainrule::layer_prelude::*;
///
/// /// y = x₁ + x₂ + …, one value of many.
/// #[derive(Params)]
/// pub struct Sum;
///
/// impl<const N: usize> Layer<f32, Width<N>, Width<1>> for Sum {
///     no_gradient!(f32, Width<N>, Width<1>);
///
///     type Scratch = ();
///     type Tape = ();
///
///     fn infer(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, 1>], _: ()) {
///         for (x, y) in x.iter().zip(y) {
///             y[0] = x.sum();
///         }
///     }
///
///     fn forward(&self, x: &[SVector<f32, N>], y: &mut [SVector<f32, 1>], _: ()) {
///         self.infer(x, y, ());
///     }
///
///     fn backward_input(
///         &self,
///         _x: &[SVector<f32, N>],
///         _y: &[SVector<f32, 1>],
///         dy: &mut [SVector<f32, 1>],
///         dx: &mut [SVector<f32, N>],
///         _: (),
///     ) {
///         for (dy, dx) in dy.iter().zip(dx) {
///             dx.fill(dy[0]);
///         }
///     }
/// }
///
/// network! { Total: 3 => Affine => 4 => Sum => 1 }
/// # let _ = Total::new();
/// ```
#[macro_export]
macro_rules! no_gradient {
    ($scalar:ty, $input:ty, $output:ty) => {
        type Gradient = ();

        #[inline]
        fn backward_params(
            &self,
            _: &[$crate::shape::Vector<$scalar, $input>],
            _: &[$crate::shape::Vector<$scalar, $output>],
            (): &mut (),
            _: $crate::layer::Accumulate,
            _: $crate::memory::Shared<'_, Self::Tape>,
        ) {
        }

        #[inline]
        fn trainable_mut(&mut self, _: &mut impl ::core::ops::FnMut(&mut [$scalar])) {}
    };
}

/// Makes a [`Layer`](crate::layer::Layer) of a type that works [in place](crate::layer::InPlace).
#[macro_export]
macro_rules! keeps_width {
    ($layer:ty) => {
        #[diagnostic::do_not_recommend]
        impl<T: $crate::Scalar, const N: usize>
            $crate::layer::Layer<T, $crate::shape::Width<{ N }>, $crate::shape::Width<{ N }>> for $layer
        {
            $crate::no_gradient!(T, $crate::shape::Width<{ N }>, $crate::shape::Width<{ N }>);

            type Scratch = ();
            type Tape = ();

            #[inline]
            fn infer(
                &self,
                __x: &[$crate::nalgebra::SVector<T, { N }>],
                __y: &mut [$crate::nalgebra::SVector<T, { N }>],
                (): (),
            ) {
                $crate::layer::copy(__x, __y);
                $crate::layer::InPlace::<T>::forward(self, __y);
            }

            #[inline]
            fn forward(
                &self,
                __x: &[$crate::nalgebra::SVector<T, { N }>],
                __y: &mut [$crate::nalgebra::SVector<T, { N }>],
                (): (),
            ) {
                $crate::layer::Layer::infer(self, __x, __y, ());
            }

            #[inline]
            fn backward_input(
                &self,
                __x: &[$crate::nalgebra::SVector<T, { N }>],
                __y: &[$crate::nalgebra::SVector<T, { N }>],
                __dy: &mut [$crate::nalgebra::SVector<T, { N }>],
                __dx: &mut [$crate::nalgebra::SVector<T, { N }>],
                (): (),
            ) {
                $crate::layer::copy(__dy, __dx);
                let __keeps = <Self as $crate::layer::InPlace<T>>::KEEPS;
                let __kept = if ::core::matches!(__keeps, $crate::layer::Keeps::Input) { __x } else { __y };
                $crate::layer::InPlace::<T>::backward(self, __kept, __dx);
            }
        }
    };
}
pub(crate) use keeps_width;
