//! The losses, one a file. A loss ends a chain; it has a value only where there are targets.
//!
//! All of them average over the samples of a mini-batch: the loss of a step is the mean of the samples'
//! losses, and the gradient is the gradient of that mean.

mod huber_loss;
mod invalid_target;
mod mistaken;
mod mse_loss;
mod sigmoid_loss;
mod softmax_loss;

pub use crate::samples::Values;
pub use huber_loss::HuberLoss;
pub use invalid_target::InvalidTarget;
#[doc(hidden)]
pub use mistaken::Mistaken;
pub use mse_loss::MseLoss;
pub use sigmoid_loss::SigmoidLoss;
pub use softmax_loss::SoftmaxLoss;

use core::marker::PhantomData;

use nalgebra::SVector;

use crate::layer::Layer;
use crate::samples::Kind;
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector};
use crate::widths::Message;

/// How wrong outputs y of shape `S` are, measured against targets of kind `K`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not compare outputs of `{S}` with targets of `{K}`",
    label = "these targets do not fit the network's loss",
    note = "SoftmaxLoss over N classes takes `Class<N>` or a distribution; it and the other losses take `[f32; N]` or `SVector<f32, N>`, which are `Values<f32, N>`"
)]
pub trait Loss<T: Scalar, S: Shape, K: Kind> {
    /// The loss of one sample; NaN if the target is not one that can be [compared with](Self::check).
    fn value(&self, y: &Vector<T, S>, target: &K::Sample) -> T;

    /// Whether outputs can be compared with this target. Asked only where the loss is not finite, so that it costs nothing:
    /// a loss that some targets make no sense for gives NaN for them.
    ///
    /// # Errors
    /// [`InvalidTarget`] says why not.
    fn check(&self, target: &K::Sample) -> Result<(), InvalidTarget> {
        let _ = target;
        Ok(())
    }

    /// The loss of one sample, and its gradient with respect to y, times `scale`, into dy.
    fn backward(&self, y: &Vector<T, S>, target: &K::Sample, scale: T, dy: &mut Vector<T, S>) -> T;

    /// The same for every sample of a mini-batch, the losses into `losses`: for a loss that is faster with all
    /// samples at once.
    fn backward_all(
        &self,
        y: &[Vector<T, S>],
        targets: &[K::Sample],
        scale: T,
        dy: &mut [Vector<T, S>],
        losses: &mut [T],
    ) {
        for (((y, target), dy), loss) in y.iter().zip(targets).zip(dy).zip(losses) {
            *loss = self.backward(y, target, scale, dy);
        }
    }
}

/// The losses whose outputs y mean what they say, so that a network's output is its prediction.
#[diagnostic::on_unimplemented(
    message = "the outputs of a network that ends in `{Self}` are logits",
    label = "call `logits`, `probabilities` or `classify` instead"
)]
pub trait Direct {}

/// The losses whose outputs y are logits, from which probabilities are computed.
#[diagnostic::on_unimplemented(
    message = "a network that ends in `{Self}` gives no probabilities",
    label = "call `output` instead; SoftmaxLoss and SigmoidLoss give probabilities",
    note = "`NoLoss` stands for a chain without a loss"
)]
pub trait Logits {
    /// Replaces the logits of one sample by probabilities.
    fn probabilities<T: Scalar>(logits: &mut [T]);
}

/// The losses that choose one class among several, so that the most likely class can be told.
#[diagnostic::on_unimplemented(
    message = "a network that ends in `{Self}` does not choose between classes",
    label = "this network gives no class; SoftmaxLoss does",
    note = "for outputs that are each a yes or a no, call `probabilities`; for values, call `output`",
    note = "`NoLoss` stands for a chain without a loss"
)]
pub trait OneClass {}

/// Keeps the compiler from inferring the kind of the targets from the loss: see [`samples`](crate::samples).
#[doc(hidden)]
#[macro_export]
macro_rules! __and_nothing {
    ($loss:ty) => {
        #[diagnostic::do_not_recommend]
        impl<T: $crate::Scalar, const N: usize> $crate::loss::Loss<T, $crate::shape::Width<N>, $crate::samples::Nothing>
            for $loss
        {
            fn value(&self, _: &$crate::nalgebra::SVector<T, N>, _: &$crate::samples::Nothing) -> T {
                T::ZERO
            }

            fn backward(
                &self,
                _: &$crate::nalgebra::SVector<T, N>,
                _: &$crate::samples::Nothing,
                _: T,
                _: &mut $crate::nalgebra::SVector<T, N>,
            ) -> T {
                T::ZERO
            }
        }
    };
}

__and_nothing!(HuberLoss<T>);
__and_nothing!(MseLoss);
__and_nothing!(SigmoidLoss);

/// What stands for the loss in a network without one.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLoss;

impl Direct for NoLoss {}

/// For `network!`: what is marked as a loss, of which the compiler is asked whether it is a layer.
#[doc(hidden)]
pub struct Marked<L, T, S>(PhantomData<(L, T, S)>);

#[doc(hidden)]
#[allow(missing_docs)]
impl<L: Layer<T, S, S>, T: Scalar, S: Shape> Marked<L, T, S> {
    pub const IS_LAYER: bool = true;
}

/// For `network!`: what holds where [`Marked`] itself says nothing.
#[doc(hidden)]
#[allow(missing_docs)]
pub trait Unmarked {
    const IS_LAYER: bool = false;
}

impl<L, T, S> Unmarked for Marked<L, T, S> {}

/// For `network!`: stops the compilation if what is marked as a loss is a layer.
#[doc(hidden)]
#[track_caller]
#[allow(clippy::panic)]
pub const fn assert_loss(name: &str, is_layer: bool) {
    if is_layer {
        panic!("{}", Message::new().text("`").text(name).text("` is a layer, not a loss: remove `#[loss]`").as_str());
    }
}

/// Makes a [`Loss`](crate::loss::Loss) of a type and a function that gives the loss of one output y and its target d, and
/// the derivative by y: the loss of a sample is the sum over its outputs.
#[macro_export]
macro_rules! sums_over_outputs {
    ($loss:ty, $each:path) => {
        impl $crate::loss::Direct for $loss {}

        impl<T: $crate::Scalar, const N: usize>
            $crate::loss::Loss<T, $crate::shape::Width<{ N }>, $crate::loss::Values<T, { N }>> for $loss
        {
            fn value(
                &self,
                __y: &$crate::nalgebra::SVector<T, { N }>,
                __target: &$crate::nalgebra::SVector<T, { N }>,
            ) -> T {
                $crate::loss::sum(__y, __target, $each)
            }

            fn backward(
                &self,
                __y: &$crate::nalgebra::SVector<T, { N }>,
                __target: &$crate::nalgebra::SVector<T, { N }>,
                __scale: T,
                __dy: &mut $crate::nalgebra::SVector<T, { N }>,
            ) -> T {
                $crate::loss::sum_and_gradient(__y, __target, __scale, __dy, $each)
            }

            fn check(&self, __target: &$crate::nalgebra::SVector<T, { N }>) -> Result<(), $crate::loss::InvalidTarget> {
                $crate::loss::InvalidTarget::unless_finite(__target.as_slice())
            }
        }

        $crate::__and_nothing!($loss);
    };
}

/// Σᵢ lossᵢ over the pairs (yᵢ, dᵢ) of one sample; `each` gives a pair's loss and ∂loss/∂y.
#[inline]
pub fn sum<T: Scalar, const N: usize>(y: &SVector<T, N>, target: &SVector<T, N>, each: impl Fn(T, T) -> (T, T)) -> T {
    y.iter().zip(target).map(|(&y, &d)| each(y, d).0).sum()
}

/// The same, and scale · ∂loss/∂y into dy.
#[inline]
pub fn sum_and_gradient<T: Scalar, const N: usize>(
    y: &SVector<T, N>,
    target: &SVector<T, N>,
    scale: T,
    dy: &mut SVector<T, N>,
    each: impl Fn(T, T) -> (T, T),
) -> T {
    let mut sum = T::ZERO;
    for ((&y, &d), dy) in y.iter().zip(target).zip(dy.iter_mut()) {
        let (loss, gradient) = each(y, d);
        sum += loss;
        *dy = scale * gradient;
    }
    sum
}
