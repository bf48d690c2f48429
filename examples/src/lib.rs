//! What the examples share: the reader of the data.

pub mod error;
pub mod idx;
pub mod mnist;
