// Here the README's links lead to the same files of the package: the first definition of a link counts.
//! [guide]: https://docs.rs/crate/chainrule/latest/source/docs/guide/README.md
//! [embedding]: https://docs.rs/crate/chainrule/latest/source/docs/embedding.md
//! [architecture]: https://docs.rs/crate/chainrule/latest/source/ARCHITECTURE.md
//! [benchmarks]: https://docs.rs/crate/chainrule/latest/source/BENCHMARKS.md
//! [contributing]: https://docs.rs/crate/chainrule/latest/source/CONTRIBUTING.md
//! [changelog]: https://docs.rs/crate/chainrule/latest/source/CHANGELOG.md
//! [apache]: https://docs.rs/crate/chainrule/latest/source/LICENSE-APACHE
//! [mit]: https://docs.rs/crate/chainrule/latest/source/LICENSE-MIT
#![doc = include_str!("../README.md")]
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic))]

#[cfg(feature = "alloc")]
extern crate alloc;
// So that the paths which the macros write are right in this crate's own tests, too.
#[allow(unused_extern_crates)]
extern crate self as chainrule;

mod batch;
pub mod budget;
mod class;
mod error;
mod gradcheck;
pub mod graph;
mod inference;
pub mod init;
pub mod kernels;
pub mod layer;
pub mod layers;
pub mod loss;
pub mod memory;
pub mod network;
mod online;
pub mod optim;
#[cfg(feature = "parallel")]
mod parallel;
pub mod params;
pub mod phases;
pub mod samples;
pub mod saved;
mod scalar;
pub mod shape;
#[doc(hidden)]
mod total;
mod training;
pub mod widths;
mod workspace;

pub use batch::{Batch, Order};
pub use chainrule_macros::{Params, activation, graph, loss, network};
pub use class::{Class, ClassOutOfRange, NonFiniteLogit};
pub use error::{LengthMismatch, StepError};
pub use gradcheck::{Difference, GradCheck, gradcheck};
pub use inference::Inference;
pub use nalgebra;
pub use online::Online;
#[cfg(feature = "parallel")]
pub use parallel::Threads;
pub use samples::Values;
pub use saved::BytesError;
pub use scalar::Scalar;
pub use training::Training;
pub use typenum;

/// All that declaring, training and using networks needs.
pub mod prelude {
    // From there, so that no module of the same name comes along.
    pub use chainrule_macros::{activation, graph, loss, network};
    pub use nalgebra::SVector;

    pub use crate::init::Rng;
    pub use crate::memory::Aligned;
    pub use crate::network::{GradientOf, LearnsOnline, Network, Trainable};
    pub use crate::optim::{
        AdaGrad, Adadelta, Adam, AdamW, Clip, Momentum, Nesterov, Optimizer, RmsProp, Schedule, Sgd, WeightDecay,
    };
    pub use crate::params::Params as _;
    pub use crate::{
        Batch, BytesError, Class, ClassOutOfRange, GradCheck, Inference, LengthMismatch, NonFiniteLogit, Online, Order,
        Scalar, StepError, Training, gradcheck, include_network,
    };
}

/// What one more layer needs beside the [`prelude`]: see [`Layer`](layer::Layer).
pub mod layer_prelude {
    pub use nalgebra::SMatrix;

    pub use crate::Params;
    pub use crate::init::Init;
    pub use crate::layer::{Accumulate, InPlace, Keeps, Layer};
    pub use crate::layers::Affine;
    pub use crate::memory::{Columns, Shared, View};
    pub use crate::no_gradient;
    pub use crate::params::{Params, flat, flat_mut};
    pub use crate::prelude::*;
    pub use crate::shape::{Vector, Width};
}
