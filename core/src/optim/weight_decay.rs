//! w ← (1 − η λ) w before any optimiser's step.

use crate::kernels::{Available, Lanes};
use crate::optim::{Adam, Each, InvalidSetting, Optimizer, Setting, Slices, Step};
use crate::scalar::Scalar;

/// Decoupled weight decay: w ← (1 − η λ) w, then the optimiser's own step. Unlike an L2 penalty it does not
/// pass through the gradient, so an adaptive optimiser does not rescale it. Biases decay as weights do. A weight that has
/// decayed below 1e-31 (1e-292 in `f64`) becomes 0: it would end in the denormals, on which most processors compute ten to
/// a hundred times slower.
///
/// # Source
/// Loshchilov and Hutter, *Decoupled weight decay regularization*, ICLR 2019.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightDecay<O, T> {
    /// The optimiser.
    pub optimizer: O,
    /// λ, the share that decays with a learning rate of 1.
    pub weight_decay: T,
}

impl<O, T> WeightDecay<O, T> {
    /// This optimiser with decay.
    pub const fn new(optimizer: O, weight_decay: T) -> Self {
        Self { optimizer, weight_decay }
    }
}

/// [`Adam`] with decoupled weight decay: `AdamW::new(Adam::new(1e-3), 1e-2)`.
pub type AdamW<T> = WeightDecay<Adam<T>, T>;

impl<T: Scalar, O: Optimizer<T>> Optimizer<T> for WeightDecay<O, T> {
    type Memory = O::Memory;
    type Common = O::Common;

    const NAME: &'static str = O::NAME;

    fn learning_rate(&self) -> T {
        self.optimizer.learning_rate()
    }

    fn weight_decay(&self) -> T {
        self.weight_decay + self.optimizer.weight_decay()
    }

    #[inline]
    fn check(&self) -> Result<(), InvalidSetting> {
        self.optimizer.check()?;
        Setting("weight_decay", self.weight_decay).not_negative()?;
        // More would be more than the whole of a parameter.
        Setting("learning_rate · weight_decay", self.learning_rate() * self.weight_decay()).up_to_one()
    }

    #[inline]
    fn begin(&self, step: Step<T>, common: &mut O::Common) -> (Self, Step<T>) {
        let (optimizer, step) = self.optimizer.begin(step, common);
        (Self { optimizer, ..*self }, step)
    }

    #[inline(always)]
    fn direction<V: Lanes<T>>(&self, gradient: V, memory: Each<O::Memory, T, V>) -> (V, Each<O::Memory, T, V>) {
        self.optimizer.direction(gradient, memory)
    }

    #[inline]
    fn run(self, at: Available, step: Step<T>, w: &mut [T], gradient: &[T], memory: Slices<'_, Self, T>) {
        self.optimizer.run(at, step, w, gradient, memory);
    }
}
