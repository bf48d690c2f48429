//! First values for parameters.

mod rng;

pub use rng::Rng;

use crate::scalar::Scalar;

/// How the weights of a layer are drawn. n_in and n_out are the layer's widths.
#[doc(alias = "Kaiming")]
#[doc(alias = "Glorot")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init<T> {
    /// Normal with standard deviation √(2 / n_in). For layers that Relu or its like follows.
    ///
    /// Source: He, Zhang, Ren and Sun, *Delving deep into rectifiers*, ICCV 2015, equation (10).
    HeNormal,
    /// Uniform in ±√(6 / n_in), which has the variance of [`HeNormal`](Self::HeNormal).
    HeUniform,
    /// Normal with standard deviation √(2 / (n_in + n_out)). For layers that Sigmoid, Tanh or a loss
    /// follows.
    ///
    /// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
    /// AISTATS 2010, equation (12).
    XavierNormal,
    /// Uniform in ±√(6 / (n_in + n_out)).
    ///
    /// Source: Glorot and Bengio, equation (16).
    XavierUniform,
    /// Normal with this standard deviation.
    Normal(
        /// The standard deviation.
        T,
    ),
    /// Every weight the same: useful to see why it does not work.
    Constant(
        /// The weight.
        T,
    ),
}

impl<T: Scalar> Init<T> {
    /// Fills `weights` for a layer of `inputs` to `outputs`.
    pub fn fill(self, weights: &mut [T], inputs: usize, outputs: usize, rng: &mut Rng) {
        let scale = |numerator: f64, n: usize| (T::from_f64(numerator) / T::from_usize(n.max(1))).sqrt();
        let both = inputs.saturating_add(outputs);
        match self {
            Self::HeNormal => normal(weights, scale(2.0, inputs), rng),
            Self::HeUniform => uniform(weights, scale(6.0, inputs), rng),
            Self::XavierNormal => normal(weights, scale(2.0, both), rng),
            Self::XavierUniform => uniform(weights, scale(6.0, both), rng),
            Self::Normal(deviation) => normal(weights, deviation, rng),
            Self::Constant(weight) => weights.fill(weight),
        }
    }
}

fn normal<T: Scalar>(weights: &mut [T], deviation: T, rng: &mut Rng) {
    for weight in weights {
        *weight = deviation * rng.normal::<T>();
    }
}

fn uniform<T: Scalar>(weights: &mut [T], limit: T, rng: &mut Rng) {
    for weight in weights {
        *weight = limit * rng.symmetric::<T>();
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const WIDTHS: (usize, usize) = (400, 250);

    fn draw(init: Init<f64>) -> (Vec<f64>, f64, f64) {
        let mut weights = vec![0.0; 100_000];
        init.fill(&mut weights, WIDTHS.0, WIDTHS.1, &mut Rng::new(7));
        let mean = weights.iter().sum::<f64>() / 1e5;
        let variance = weights.iter().map(|w| (w - mean) * (w - mean)).sum::<f64>() / 1e5;
        (weights, mean, variance)
    }

    #[test]
    fn every_initialisation_has_the_variance_of_its_paper() {
        for (init, variance) in [
            (Init::HeNormal, 2.0 / 400.0),
            (Init::HeUniform, 2.0 / 400.0),
            (Init::XavierNormal, 2.0 / 650.0),
            (Init::XavierUniform, 2.0 / 650.0),
            (Init::Normal(0.3), 0.09),
        ] {
            let (_, mean, found) = draw(init);
            assert!((found / variance - 1.0).abs() < 0.02, "{init:?}: {found} instead of {variance}");
            assert!(mean.abs() < 0.02 * variance.sqrt(), "{init:?}: mean {mean}");
        }
    }

    #[test]
    fn uniform_weights_stay_in_their_interval_and_fill_it() {
        for (init, limit) in [(Init::HeUniform, 6.0f64 / 400.0), (Init::XavierUniform, 6.0 / 650.0)] {
            let (weights, ..) = draw(init);
            let largest = weights.iter().fold(0.0f64, |a, w| a.max(w.abs()));
            assert!(largest <= limit.sqrt() && largest > 0.999 * limit.sqrt());
        }
    }

    #[test]
    fn normal_weights_have_the_tails_of_the_normal_distribution() {
        let (weights, ..) = draw(Init::Normal(1.0));
        let beyond = |z: f64| weights.iter().filter(|w| w.abs() > z).count() as f64 / 1e5;
        for (z, share) in [(1.0, 0.3173), (2.0, 0.0455), (3.0, 0.0027)] {
            assert!((beyond(z) - share).abs() < 4.0 * (share / 1e5f64).sqrt(), "beyond {z}: {}", beyond(z));
        }
    }

    /// Counts the orders of four.
    pub(crate) fn assert_orders_are_equally_likely(mut order: impl FnMut() -> [usize; 4]) {
        let mut counts = [0u32; 256];
        for _ in 0..24_000 {
            counts[order().into_iter().fold(0, |number, next| 4 * number + next)] += 1;
        }
        let orders = counts.iter().filter(|&&n| n > 0);
        assert_eq!(orders.clone().count(), 24);
        // 1000 expected, standard deviation 31
        assert!(orders.clone().all(|&n| n.abs_diff(1000) < 150), "{:?}", orders.collect::<Vec<_>>());
    }

    #[test]
    fn the_same_seed_draws_the_same_weights() {
        assert_eq!(draw(Init::HeNormal).0, draw(Init::HeNormal).0);
    }
}
