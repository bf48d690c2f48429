//! What flows between layers.

use nalgebra::SVector;

use crate::params::Params;
use crate::scalar::Scalar;

/// The shape of the values at one point of a chain.
pub trait Shape {
    /// How many scalars flow.
    const LEN: usize;
    /// One sample's values.
    type Vector<T: Scalar>: Params<T> + Send + Sync + 'static;
}

/// `N` values in a row.
#[derive(Clone, Copy, Debug)]
pub struct Width<const N: usize>;

impl<const N: usize> Shape for Width<N> {
    const LEN: usize = N;
    type Vector<T: Scalar> = SVector<T, N>;
}

/// One sample's values of shape `S`.
pub type Vector<T, S> = <S as Shape>::Vector<T>;
