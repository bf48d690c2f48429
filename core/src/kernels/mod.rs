//! The hot loops, as functions over slices with sizes that are known when they run.
//!
//! All matrices are column-major: W is `outputs`×`inputs`, a mini-batch of n columns is one flat slice.
//! Every function works on as many samples as both of its batch slices hold, and every sum runs in an order
//! that depends on the sizes alone, so the same input gives the same bits on every machine.

mod affine;
mod update;

pub use affine::{affine_backward_input, affine_backward_params, affine_forward};
pub use update::{all_finite, sum_of_squares};
