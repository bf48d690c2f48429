//! Sums of many numbers.

use crate::scalar::Scalar;

/// A sum that does not get worse with the number of its terms: what rounding took from it is added with the next term.
///
/// In one running `f32`, a million equal terms come to 1 % too much or too little, and in the end it stands still.
/// Twice the precision instead would be software on many processors.
///
/// # Source
/// Kahan, *Further remarks on reducing truncation errors*, Communications of the ACM 8 (1965): the error is at most
/// 2ε + O(n ε²) of the sum of all sizes.
#[derive(Clone, Copy)]
pub(crate) struct Total<T> {
    sum: T,
    excess: T,
}

impl<T: Scalar> Total<T> {
    pub(crate) const ZERO: Self = Self { sum: T::ZERO, excess: T::ZERO };

    #[inline]
    pub(crate) fn add(&mut self, term: T) {
        let term = term - self.excess;
        let sum = self.sum + term;
        // Infinity is to stay, and ∞ − ∞ is NaN.
        self.excess = if sum.is_finite() { (sum - self.sum) - term } else { T::ZERO };
        self.sum = sum;
    }

    #[inline]
    pub(crate) fn get(self) -> T {
        self.sum
    }
}

/// The sum of at most `N` numbers. Of a few, which are the rule, a running sum is good enough.
#[inline]
pub(crate) fn sum<T: Scalar, const N: usize>(terms: &[T]) -> T {
    const FEW: usize = 64;
    let (few, rest) = terms.split_at(terms.len().min(FEW));
    let first = few.iter().copied().sum();
    if const { N <= FEW } || rest.is_empty() {
        return first;
    }
    let mut total = Total { sum: first, excess: T::ZERO };
    rest.iter().for_each(|&term| total.add(term));
    total.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_equal_terms_add_up_to_their_number_times_one() {
        let mut total = Total::<f32>::ZERO;
        let n = 3_000_000;
        (0..n).for_each(|_| total.add(0.1));
        let exact = f64::from(0.1f32) * f64::from(n);
        assert!((f64::from(total.get()) / exact - 1.0).abs() < 1e-7, "{}, not {exact}", total.get());
    }

    #[test]
    fn terms_of_all_sizes_add_up_whatever_their_order() {
        let sizes: Vec<f32> = (0..100_000).map(|i| 1.5f32.powi(i % 40 - 20)).collect();
        let exact: f64 = sizes.iter().map(|&x| f64::from(x)).sum();
        let mut backwards = sizes.clone();
        backwards.sort_by(|a, b| b.total_cmp(a));
        for terms in [&sizes, &backwards] {
            let mut total = Total::ZERO;
            terms.iter().for_each(|&term| total.add(term));
            assert!((f64::from(total.get()) / exact - 1.0).abs() < 1.2e-7, "{}, not {exact}", total.get());
        }
    }

    #[test]
    fn one_infinite_term_makes_the_sum_infinite() {
        let mut total = Total::ZERO;
        [1.0f32, f32::INFINITY, 1.0].into_iter().for_each(|term| total.add(term));
        assert_eq!(total.get(), f32::INFINITY);
        total.add(f32::NAN);
        assert!(total.get().is_nan());
    }

    #[test]
    fn a_long_slice_adds_up_as_its_terms_one_by_one_would_exactly() {
        for n in [0, 1, 63, 64, 65, 200_000] {
            let exact = f64::from(0.1f32) * n as f64;
            let found = f64::from(sum::<_, 200_000>(&vec![0.1f32; n]));
            assert!((found - exact).abs() <= 2e-6 * exact, "{n}: {found}, not {exact}");
        }
    }
}
