//! What `network!` makes.

use crate::class::{Class, NonFiniteLogit};
use crate::error::LengthMismatch;
use crate::inference::Inference;
use crate::init::Rng;
use crate::layer::Layer;
use crate::loss::{Direct, Logits, OneClass};
use crate::memory::{Shared, View};
use crate::params::Params;
use crate::phases::GradientPart;
use crate::samples::{ChooseInto, FitInto, Kind, OneSample, Samples, SamplesMut};
use crate::saved::{self, BytesError};
use crate::scalar::Scalar;
use crate::shape::{Shape, Vector, Width};

/// A network, declared by [`network!`](crate::network!): a struct of its parameters and nothing else.
///
/// Seen from another chain it is a layer: its outputs are those before the loss.
pub trait Network: Params<Self::Scalar> + Layer<Self::Scalar, Self::Input, Self::Output> {
    /// The scalar of parameters and values.
    type Scalar: Scalar;
    /// The shape of the input.
    type Input: Shape;
    /// The shape of the output: the logits of a classifier.
    type Output: Shape;
    /// The loss at the end of the chain, [`NoLoss`](crate::loss::NoLoss) if there is none.
    type Loss;
    /// Whether all of its layers [descend](Layer::DESCENDS), where that is known.
    #[doc(hidden)]
    type Descends;

    /// The layers that hold parameters, in the order of the flat slice of the parameters.
    const LAYERS: &'static [LayerInfo];

    /// The second phase of backpropagation for a part of the gradient: see [`Layer::backward_params`].
    fn backward_part(
        &self,
        x: &[Vector<Self::Scalar, Self::Input>],
        dy: &[Vector<Self::Scalar, Self::Output>],
        tape: Shared<'_, Self::Tape>,
        part: &mut GradientPart<'_, Self::Scalar>,
    );

    /// [`Layer::descend`] for one sample, and then [`Layer::forward`] for the next one, which goes through the weights of
    /// the first layer once. Returns false, having done nothing, if that would be of no use.
    #[doc(hidden)]
    fn descend_then_forward(
        &mut self,
        x: &[Vector<Self::Scalar, Self::Input>],
        dy: &[Vector<Self::Scalar, Self::Output>],
        next: &[Vector<Self::Scalar, Self::Input>],
        y: &mut [Vector<Self::Scalar, Self::Output>],
        tape: View<'_, Self::Tape>,
    ) -> bool {
        let _ = (x, dy, next, y, tape);
        false
    }

    /// How many values go in.
    const INPUT: usize = <Self::Input as Shape>::LEN;
    /// How many values come out.
    const OUTPUT: usize = <Self::Output as Shape>::LEN;
    /// How many parameters there are, frozen ones included.
    const PARAMS: usize = <Self as Params<Self::Scalar>>::LEN;
    /// How many floating-point operations the forward pass of one sample takes: two for every multiply-add of
    /// the affine layers, those of networks in the network included. Biases, activations and layers from elsewhere
    /// that do not say (see [`Layer::FORWARD_FLOPS`]) count as nothing.
    const FLOPS: usize = <Self as Layer<Self::Scalar, Self::Input, Self::Output>>::FORWARD_FLOPS;
    /// How many bytes the parameters take: of flash if the network is a `static` that never changes, of RAM if
    /// it is trained.
    const BYTES: usize = size_of::<Self>();
    /// How many bytes the network is [`saved`] in.
    const SAVED_BYTES: usize = saved::network_header::<Self>().saved_bytes::<Self::Scalar>(Self::PARAMS);

    /// A network with all parameters zero, made in place on the heap.
    #[cfg(feature = "alloc")]
    fn boxed() -> alloc::boxed::Box<crate::memory::Aligned<Self>> {
        crate::params::zeroed_box()
    }

    /// A network whose parameters are drawn from a seed, as [`init`](Self::init) draws them, made in place on the heap.
    #[cfg(feature = "alloc")]
    fn boxed_seeded(seed: u64) -> alloc::boxed::Box<crate::memory::Aligned<Self>> {
        let mut network = Self::boxed();
        network.init(seed);
        network
    }

    /// Draws first values for all parameters, the same for the same seed: for every Affine as its `init`
    /// argument says or else as the activation that follows wants, biases zero.
    fn init(&mut self, seed: u64) {
        self.init_params(&mut Rng::new(seed));
    }

    /// Writes the parameters to the front of `bytes`, and returns the [`SAVED_BYTES`](Self::SAVED_BYTES) bytes
    /// that were written: see [`saved`].
    ///
    /// # Errors
    /// [`BytesError::Length`] if `bytes` is too short; nothing is then written.
    fn write_bytes<'b>(&self, bytes: &'b mut [u8]) -> Result<&'b [u8], BytesError> {
        saved::write(saved::network_header::<Self>(), self.as_slice(), bytes)
    }

    /// Takes the parameters from what [`write_bytes`](Self::write_bytes) wrote, perhaps on another machine.
    ///
    /// # Errors
    /// [`BytesError`] if the bytes are truncated, damaged, or of another chain, with what differs. The network is then as it
    /// was.
    fn read_bytes(&mut self, bytes: &[u8]) -> Result<(), BytesError> {
        saved::read(saved::network_header::<Self>(), bytes, self.as_mut_slice()).map(drop)
    }

    /// The output for one sample.
    fn output<'m, X: OneSample + ?Sized, const B: usize>(
        &self,
        x: &X,
        memory: &'m mut Inference<Self, B>,
    ) -> &'m Vector<Self::Scalar, Self::Output>
    where
        Self: Takes<X::Kind>,
        Self::Loss: Direct,
    {
        memory.run_one(self, x)
    }

    /// The outputs for many samples.
    ///
    /// # Errors
    /// [`LengthMismatch`] if `x` and `y` are not of the same length; `y` is then untouched.
    fn output_batch<X: Samples + ?Sized, Y: SamplesMut + ?Sized, const B: usize>(
        &self,
        x: &X,
        y: &mut Y,
        memory: &mut Inference<Self, B>,
    ) -> Result<(), LengthMismatch>
    where
        Self: Takes<X::Kind>,
        Self::Loss: Direct,
        Self::Output: FitInto<Self::Scalar, Y::Kind>,
    {
        memory.run(self, x, y).map(drop)
    }

    /// The logits for one sample: the outputs before softmax or sigmoid.
    fn logits<'m, X: OneSample + ?Sized, const B: usize>(
        &self,
        x: &X,
        memory: &'m mut Inference<Self, B>,
    ) -> &'m Vector<Self::Scalar, Self::Output>
    where
        Self: Takes<X::Kind>,
        Self::Loss: Logits,
    {
        memory.run_one(self, x)
    }

    /// The logits for many samples.
    ///
    /// # Errors
    /// [`LengthMismatch`] if `x` and `y` are not of the same length; `y` is then untouched.
    fn logits_batch<X: Samples + ?Sized, Y: SamplesMut + ?Sized, const B: usize>(
        &self,
        x: &X,
        y: &mut Y,
        memory: &mut Inference<Self, B>,
    ) -> Result<(), LengthMismatch>
    where
        Self: Takes<X::Kind>,
        Self::Loss: Logits,
        Self::Output: FitInto<Self::Scalar, Y::Kind>,
    {
        memory.run(self, x, y).map(drop)
    }

    /// The probabilities for one sample: softmax or sigmoid of the logits.
    fn probabilities<'m, X: OneSample + ?Sized, const B: usize>(
        &self,
        x: &X,
        memory: &'m mut Inference<Self, B>,
    ) -> &'m Vector<Self::Scalar, Self::Output>
    where
        Self: Takes<X::Kind>,
        Self::Loss: Logits,
    {
        let y = memory.run_one(self, x);
        Self::Loss::probabilities(y.as_mut_slice());
        y
    }

    /// The probabilities for many samples.
    ///
    /// # Errors
    /// [`LengthMismatch`] if `x` and `y` are not of the same length; `y` is then untouched.
    fn probabilities_batch<X: Samples + ?Sized, Y: SamplesMut + ?Sized, const B: usize>(
        &self,
        x: &X,
        y: &mut Y,
        memory: &mut Inference<Self, B>,
    ) -> Result<(), LengthMismatch>
    where
        Self: Takes<X::Kind>,
        Self::Loss: Logits,
        Self::Output: FitInto<Self::Scalar, Y::Kind>,
    {
        for y in memory.run(self, x, y)? {
            Self::Loss::probabilities(y.as_mut_slice());
        }
        Ok(())
    }

    /// The most likely class for one sample: that of the largest logit, the first of them if several are equal. A logit that
    /// is NaN is not the largest, and with all of them NaN the class is 0, so a sensor that is broken is not noticed:
    /// [`classify_checked`](Self::classify_checked) tells.
    fn classify<X: OneSample + ?Sized, const N: usize, const B: usize>(
        &self,
        x: &X,
        memory: &mut Inference<Self, B>,
    ) -> Class<N>
    where
        Self: Takes<X::Kind> + Network<Output = Width<N>>,
        Self::Loss: OneClass,
    {
        Class::most_likely(memory.run_one(self, x).as_slice())
    }

    /// The most likely class for one sample, if all logits are numbers, which takes one comparison a logit more than
    /// [`classify`](Self::classify). A value of the input that is infinite or NaN is found so unless an activation hides it:
    /// tanh of infinity is 1.
    ///
    /// # Errors
    /// [`NonFiniteLogit`] if a logit is infinite or NaN.
    fn classify_checked<X: OneSample + ?Sized, const N: usize, const B: usize>(
        &self,
        x: &X,
        memory: &mut Inference<Self, B>,
    ) -> Result<Class<N>, NonFiniteLogit>
    where
        Self: Takes<X::Kind> + Network<Output = Width<N>>,
        Self::Loss: OneClass,
    {
        let logits = memory.run_one(self, x).as_slice();
        match logits.iter().position(|logit| !logit.is_finite()) {
            None => Ok(Class::most_likely(logits)),
            Some(class) => Err(NonFiniteLogit { class }),
        }
    }

    /// The most likely class for many samples.
    ///
    /// # Errors
    /// [`LengthMismatch`] if `x` and `classes` are not of the same length; `classes` is then untouched.
    fn classify_batch<X: Samples + ?Sized, C: SamplesMut + ?Sized, const B: usize>(
        &self,
        x: &X,
        classes: &mut C,
        memory: &mut Inference<Self, B>,
    ) -> Result<(), LengthMismatch>
    where
        Self: Takes<X::Kind>,
        Self::Loss: OneClass,
        Self::Output: ChooseInto<C::Kind>,
    {
        let (x, classes) = (Self::inputs(x.samples()), classes.samples_mut());
        LengthMismatch::check(x.len(), classes.len(), "classes")?;
        let pieces = x.chunks(B.max(1)).zip(classes.chunks_mut(B.max(1)));
        for (x, classes) in pieces {
            for (class, y) in classes.iter_mut().zip(memory.run_piece(self, x)) {
                *class = Self::Output::most_likely(y);
            }
        }
        Ok(())
    }
}

/// A network that ends in a loss, so that it can be trained.
#[diagnostic::on_unimplemented(
    message = "`{Self}` ends without a loss, so there is nothing to train it on",
    label = "this network has no loss",
    note = "end its chain with a loss and the width of the output: `=> SoftmaxLoss => 10`"
)]
pub trait Trainable: Network + Send + Sync {
    /// The loss at the end of the chain.
    type Objective;

    /// The loss with its arguments.
    fn objective() -> Self::Objective;
}

/// The gradient of a network: a struct with the fields of the network, but for frozen layers.
pub type GradientOf<N> = <N as Layer<<N as Network>::Scalar, <N as Network>::Input, <N as Network>::Output>>::Gradient;

/// The input of a network, the output, the buffers of inference, and what training keeps for the way back.
pub(crate) type InputOf<N> = Vector<<N as Network>::Scalar, <N as Network>::Input>;
pub(crate) type OutputOf<N> = Vector<<N as Network>::Scalar, <N as Network>::Output>;
pub(crate) type ScratchOf<N> =
    <N as Layer<<N as Network>::Scalar, <N as Network>::Input, <N as Network>::Output>>::Scratch;
pub(crate) type TapeOf<N> = <N as Layer<<N as Network>::Scalar, <N as Network>::Input, <N as Network>::Output>>::Tape;

/// A network that takes inputs of kind `K`: of a width and a scalar, [`Values<f32, 784>`](crate::samples::Values).
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take inputs of `{K}`",
    label = "these samples do not fit the network's input",
    note = "`Values<T, N>` are the samples `[T; N]` and `SVector<T, N>`; numbers of `f32` are written with a point, `1.0`, or made by `x as f32`"
)]
pub trait Takes<K: Kind>: Network {
    /// Samples of this kind as the network's inputs, which they are.
    fn inputs(x: &[K::Sample]) -> &[Vector<Self::Scalar, Self::Input>];
}

/// An answer that is a type.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Answer<const YES: bool>;

/// The answer yes.
#[diagnostic::on_unimplemented(
    message = "a layer of this network has parameters and no `descend`",
    label = "this network cannot be trained by `Online`",
    note = "it can be trained by `Training`; a layer of your own that says `const DESCENDS: bool = true` adds to its parameters in `descend` what `backward_params` adds to the gradient"
)]
#[doc(hidden)]
pub trait Yes {}

#[diagnostic::do_not_recommend]
impl Yes for Answer<true> {}

/// A network all of whose layers can be trained without a stored gradient, by [`Online`](crate::Online): each that has
/// parameters [descends](Layer::DESCENDS).
pub trait LearnsOnline: Network {}

impl<N: Network> LearnsOnline for N where N::Descends: Yes {}

/// A layer of a network that holds parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerInfo {
    /// The name of the field.
    pub name: &'static str,
    /// How many parameters it holds.
    pub params: usize,
    /// How many of them are trained: none if the layer is frozen.
    pub trainable: usize,
    /// The smallest number of neighbouring parameters whose gradient can be computed apart from the others: a
    /// column of an Affine, all of another layer.
    pub column: usize,
}
