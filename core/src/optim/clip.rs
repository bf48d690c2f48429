//! Gradients that are too large.

use crate::kernels::sum_of_squares;
use crate::optim::{InvalidSetting, Setting};
use crate::params::Params;
use crate::scalar::Scalar;

/// What is done to a gradient before the optimiser sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Clip<T> {
    /// Nothing.
    #[default]
    None,
    /// Every component is brought into ±limit.
    Value(
        /// The limit.
        T,
    ),
    /// A gradient whose Euclidean norm over all parameters is above the limit is scaled down to it:
    /// g ← g · min(1, limit / ‖g‖).
    ///
    /// Source: Pascanu, Mikolov and Bengio, *On the difficulty of training recurrent neural networks*, ICML
    /// 2013, algorithm 1.
    Norm(
        /// The limit.
        T,
    ),
}

impl<T: Scalar> Clip<T> {
    /// Whether the limit can be meant: above 0.
    ///
    /// # Errors
    /// [`InvalidSetting`] if it cannot.
    #[inline]
    pub fn check(self) -> Result<(), InvalidSetting> {
        let (setting, limit) = match self {
            Self::None => return Ok(()),
            Self::Value(limit) => ("Clip::Value", limit),
            Self::Norm(limit) => ("Clip::Norm", limit),
        };
        Setting(setting, limit).limit()
    }

    /// Clips a gradient.
    #[inline]
    pub fn apply<G: Params<T>>(self, gradient: &mut G) {
        if !matches!(self, Self::None) {
            self.apply_to(gradient.as_mut_slice());
        }
    }

    /// A function of its own, the same for all networks.
    #[inline(never)]
    fn apply_to(self, gradient: &mut [T]) {
        match self {
            Self::None => {}
            Self::Value(limit) => {
                for g in gradient {
                    *g = g.min(limit).max(-limit);
                }
            }
            Self::Norm(limit) => {
                let (largest, times) = norm(gradient);
                let norm = largest * times;
                if !norm.is_finite() {
                    // More than any number, but not if it is divided by the largest component.
                    let factor = limit / times;
                    for g in gradient {
                        *g = *g / largest * factor;
                    }
                } else if norm > limit {
                    let factor = limit / norm;
                    for g in gradient {
                        *g *= factor;
                    }
                }
            }
        }
    }
}

/// ‖g‖ as the size of the largest component and how many times that it is, so that no square overflows or is lost.
fn norm<T: Scalar>(gradient: &[T]) -> (T, T) {
    let largest = gradient.iter().fold(T::ZERO, |a, g| a.max(g.abs()));
    let four = T::from_f64(4.0);
    // Below, 4 / largest would overflow.
    if largest < four * T::MIN_POSITIVE {
        return (largest, T::ONE);
    }
    // 1 / largest may be a denormal.
    (largest, sum_of_squares(gradient, four / largest).sqrt() / four)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_by_norm_keeps_the_direction_and_short_gradients() {
        let mut gradient = [3.0f32, 0.0, -4.0];
        Clip::Norm(10.0).apply(&mut gradient);
        assert_eq!(gradient, [3.0, 0.0, -4.0]);
        Clip::Norm(1.0).apply(&mut gradient);
        assert_eq!(gradient, [0.6, 0.0, -0.8]);
    }

    #[test]
    fn the_norm_of_huge_components_does_not_overflow() {
        let mut gradient = [3e30f32, 4e30];
        Clip::Norm(1.0).apply(&mut gradient);
        assert!((gradient[0] - 0.6).abs() < 1e-7 && (gradient[1] - 0.8).abs() < 1e-7, "{gradient:?}");
    }

    #[test]
    fn a_norm_beyond_the_largest_number_is_clipped_to_the_limit() {
        let mut gradient = [f32::MAX, -f32::MAX, 0.0, f32::MAX, f32::MAX];
        Clip::Norm(1.0).apply(&mut gradient);
        assert_eq!(gradient, [0.5, -0.5, 0.0, 0.5, 0.5]);
        let mut gradient = [f32::MAX; 4];
        Clip::Norm(f32::MAX).apply(&mut gradient);
        assert_eq!(gradient, [f32::MAX / 2.0; 4]);
    }

    #[test]
    fn a_gradient_that_is_not_finite_is_not_clipped_to_something_finite() {
        let mut gradient = [1.0f32, f32::INFINITY];
        Clip::Norm(1.0).apply(&mut gradient);
        assert!(!gradient[1].is_finite(), "{gradient:?}");
    }

    #[test]
    fn clipping_by_value_limits_every_component_alone() {
        let mut gradient = [3.0f64, 0.1, -4.0];
        Clip::Value(0.5).apply(&mut gradient);
        assert_eq!(gradient, [0.5, 0.1, -0.5]);
    }
}
