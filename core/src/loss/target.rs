//! What the outputs of a network are compared with.

use core::marker::PhantomData;

use nalgebra::SVector;

use crate::class::Class;
use crate::network::Nothing;

/// What the outputs for one sample are compared with: a class label, or a vector of values.
#[diagnostic::on_unimplemented(
    message = "a target is a class label or a vector, not `{Self}`",
    label = "these are no targets",
    note = "SoftmaxLoss over N classes takes `Class<N>` or a distribution, `SVector<_, N>`; the other losses take `SVector<_, N>`"
)]
pub trait Target: Sized + Sync {
    /// What kind of target it is.
    type Kind: TargetKind<Target = Self>;
}

/// A kind of target, by which a [`Loss`](super::Loss) says what it takes; in the compiler's messages `Values<f32, 10>`
/// is easier to read than the vector itself.
pub trait TargetKind {
    /// The target.
    type Target;
}

/// The kind of `SVector<T, N>`.
pub struct Values<T, const N: usize>(PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<T: Sync, const N: usize> Target for SVector<T, N> {
    type Kind = Values<T, N>;
}

impl<T, const N: usize> TargetKind for Values<T, N> {
    type Target = SVector<T, N>;
}

impl<const N: usize> Target for Class<N> {
    type Kind = Self;
}

impl<const N: usize> TargetKind for Class<N> {
    type Target = Self;
}

impl TargetKind for Nothing {
    type Target = Self;
}
