//! Loops over all parameters of a network.

use crate::scalar::Scalar;

/// Whether no value is infinite or NaN.
pub fn all_finite<T: Scalar>(values: &[T]) -> bool {
    // x · 0 is 0 for every finite x and NaN for the others, and a sum of zeros needs no branch.
    let mut sums = [T::ZERO; 8];
    let mut eights = values.chunks_exact(8);
    for eight in eights.by_ref() {
        for (sum, &x) in sums.iter_mut().zip(eight) {
            *sum += x * T::ZERO;
        }
    }
    for &x in eights.remainder() {
        sums[0] += x * T::ZERO;
    }
    sums.iter().all(|&sum| sum == T::ZERO)
}

/// Σ xᵢ², in `f64`, so that the norm of a large gradient neither overflows nor loses its small terms.
pub fn sum_of_squares<T: Scalar>(values: &[T]) -> f64 {
    let mut sums = [0.0; 8];
    let mut eights = values.chunks_exact(8);
    for eight in eights.by_ref() {
        for (sum, x) in sums.iter_mut().zip(eight) {
            *sum += x.to_f64() * x.to_f64();
        }
    }
    for x in eights.remainder() {
        sums[0] += x.to_f64() * x.to_f64();
    }
    sums.iter().sum()
}
