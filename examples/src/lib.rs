//! What the examples share: the reader of the data, and the plotter.

pub mod bitmap;
pub mod error;
pub mod idx;
pub mod mnist;
pub mod picture;
