//! The layers, one a file: formula, shapes, forward, backward, tests.

mod affine;
mod elementwise;
mod elu;
mod gelu;
mod hard_swish;
mod leaky_relu;
mod mish;
mod relu;
mod sigmoid;
mod silu;
mod softmax;
mod softplus;
mod tanh;
#[cfg(test)]
mod tests;

pub use affine::Affine;
pub use elu::Elu;
pub use gelu::Gelu;
pub(crate) use gelu::gelu;
pub use hard_swish::HardSwish;
pub use leaky_relu::LeakyRelu;
pub use mish::Mish;
pub use relu::Relu;
pub use sigmoid::Sigmoid;
pub(crate) use sigmoid::{exp, sigmoid};
pub use silu::Silu;
pub(crate) use silu::silu;
pub use softmax::Softmax;
pub(crate) use softmax::{exp_flushed, softmax};
pub use softplus::Softplus;
pub(crate) use softplus::softplus;
pub use tanh::Tanh;
