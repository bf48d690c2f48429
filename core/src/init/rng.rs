//! Randomness that repeats.

use rand_pcg::Pcg32;
use rand_pcg::rand_core::{Rng as _, SeedableRng};

use crate::scalar::Scalar;

/// A seeded random number generator (PCG-XSH-RR 64/32): the same seed gives the same numbers on every
/// machine, now and in later versions. Not for secrets.
///
/// # Source
/// O'Neill, *PCG: a family of simple fast space-efficient statistically good algorithms for random number
/// generation* (2014).
#[derive(Clone, Debug)]
pub struct Rng(Pcg32);

impl Rng {
    /// A generator for this seed.
    pub fn new(seed: u64) -> Self {
        Self(Pcg32::seed_from_u64(seed))
    }

    /// A number uniform in [0, 1).
    #[inline]
    pub fn uniform<T: Scalar>(&mut self) -> T {
        // 24 bits, so that the number is exact in either type and never rounds up to 1.
        T::from_usize((self.0.next_u32() >> 8) as usize) * T::from_f64(1.0 / f64::from(1u32 << 24))
    }

    /// A number uniform in (−1, 1), symmetric around 0.
    #[inline]
    pub fn symmetric<T: Scalar>(&mut self) -> T {
        let odd = T::from_usize((self.0.next_u32() >> 9) as usize * 2 + 1);
        odd * T::from_f64(1.0 / f64::from(1u32 << 23)) - T::ONE
    }

    /// A number from the normal distribution with mean 0 and standard deviation 1.
    ///
    /// # Source
    /// Marsaglia and Bray, *A convenient method for generating normal variables*, SIAM Review 6 (1964); the
    /// second number of each pair is dropped.
    pub fn normal<T: Scalar>(&mut self) -> T {
        loop {
            let (u, v): (T, T) = (self.symmetric(), self.symmetric());
            let s = u * u + v * v;
            if s < T::ONE && s > T::ZERO {
                return u * (T::from_f64(-2.0) * s.ln() / s).sqrt();
            }
        }
    }

    /// A whole number below `bound`, every one equally likely; 0 if the bound is 0.
    ///
    /// # Source
    /// Lemire, *Fast random integer generation in an interval*, ACM TOMACS 29 (2019).
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        let mut product = u64::from(self.0.next_u32()) * u64::from(bound);
        if (product as u32) < bound {
            let threshold = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
            while (product as u32) < threshold {
                product = u64::from(self.0.next_u32()) * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }

    /// Puts a slice in random order: each order equally likely.
    pub fn shuffle<X>(&mut self, slice: &mut [X]) {
        for end in (1..slice.len().min(u32::MAX as usize)).rev() {
            let other = self.below(end as u32 + 1) as usize;
            if other < end {
                slice.swap(other, end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::init::tests::assert_orders_are_equally_likely;

    #[test]
    fn numbers_below_a_bound_are_equally_likely() {
        let mut rng = Rng::new(3);
        let mut counts = [0u32; 7];
        for _ in 0..70_000 {
            counts[rng.below(7) as usize] += 1;
        }
        assert!(counts.iter().all(|&n| n.abs_diff(10_000) < 400), "{counts:?}");
        assert_eq!(rng.below(1), 0);
        assert_eq!(rng.below(0), 0);
    }

    /// Of the 2³² numbers that are drawn from, each result then has one or two.
    #[test]
    fn numbers_below_a_large_bound_are_equally_likely() {
        let mut rng = Rng::new(3);
        let mut counts = [0u32; 3];
        for _ in 0..30_000 {
            counts[rng.below(3 << 30) as usize % 3] += 1;
        }
        assert!(counts.iter().all(|&n| n.abs_diff(10_000) < 400), "{counts:?}");
    }

    #[test]
    fn uniform_and_symmetric_numbers_fill_their_intervals_evenly() {
        let mut rng = Rng::new(4);
        let mut counts = [[0u32; 8]; 2];
        for _ in 0..8000 {
            let (uniform, symmetric): (f64, f64) = (rng.uniform(), rng.symmetric());
            assert!((0.0..1.0).contains(&uniform) && -1.0 < symmetric && symmetric < 1.0);
            counts[0][(8.0 * uniform) as usize] += 1;
            counts[1][(4.0 + 4.0 * symmetric) as usize] += 1;
        }
        // 1000 expected, standard deviation 30
        assert!(counts.iter().flatten().all(|&n| n.abs_diff(1000) < 150), "{counts:?}");
    }

    #[test]
    fn shuffling_keeps_every_element_and_changes_the_order() {
        let mut order: [u32; 100] = core::array::from_fn(|i| i as u32);
        Rng::new(1).shuffle(&mut order);
        assert!(order.iter().zip(0..).any(|(&a, b)| a != b));
        order.sort_unstable();
        assert!(order.iter().zip(0..).all(|(&a, b)| a == b));
    }

    #[test]
    fn every_order_of_a_small_set_comes_up_equally_often() {
        let mut rng = Rng::new(1);
        assert_orders_are_equally_likely(|| {
            let mut order = [0, 1, 2, 3];
            rng.shuffle(&mut order);
            order
        });
    }

    #[test]
    fn the_first_numbers_of_a_seed_never_change() {
        let mut rng = Rng::new(42);
        let numbers: [u32; 4] = core::array::from_fn(|_| rng.below(1000));
        assert_eq!(numbers, [791, 779, 119, 983]);
        let floats: [f32; 6] =
            [rng.uniform(), rng.uniform(), rng.symmetric(), rng.symmetric(), rng.normal(), rng.normal()];
        assert_eq!(floats, [0.362_319_9, 0.646_604_24, 0.690_894, -0.348_221_66, 0.276_346_8, -1.190_723_4]);
    }
}
