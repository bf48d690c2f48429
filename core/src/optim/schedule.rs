//! Learning rates that change with the steps.

use crate::optim::setting::Expected;
use crate::optim::{InvalidSetting, Setting};
use crate::scalar::Scalar;

/// The factor on the learning rate in step t, counted from 0.
///
/// ```
/// use chainrule::prelude::*;
///
/// let schedule = Schedule::cosine(1000, 0.0f64).warm_up(10);
/// assert_eq!(schedule.factor(0), 0.1);
/// assert_eq!(schedule.factor(10), 1.0);
/// assert_eq!(schedule.factor(510), 0.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule<T> {
    warm_up: u32,
    then: Then<T>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Then<T> {
    Constant,
    Step { every: u32, factor: T },
    Exponential { factor: T },
    Cosine { steps: u32, minimum: T },
}

impl<T> Schedule<T> {
    /// Always 1.
    pub const fn constant() -> Self {
        Self { warm_up: 0, then: Then::Constant }
    }

    /// `factor` to the power of ⌊t / every⌋: a step down every so many steps.
    pub const fn step(every: u32, factor: T) -> Self
    where
        T: Copy,
    {
        Self { warm_up: 0, then: Then::Step { every, factor } }
    }

    /// `factor` to the power of t.
    pub const fn exponential(factor: T) -> Self
    where
        T: Copy,
    {
        Self { warm_up: 0, then: Then::Exponential { factor } }
    }

    /// From 1 to `minimum` along half a cosine: minimum + (1 − minimum) (1 + cos(π t / steps)) / 2, then
    /// `minimum`.
    ///
    /// # Source
    /// Loshchilov and Hutter, *SGDR: stochastic gradient descent with warm restarts*, ICLR 2017, equation (5).
    pub const fn cosine(steps: u32, minimum: T) -> Self
    where
        T: Copy,
    {
        Self { warm_up: 0, then: Then::Cosine { steps, minimum } }
    }

    /// This schedule after a linear rise over `steps` steps, (t + 1) / steps; t then counts from the end of
    /// the rise.
    ///
    /// # Source
    /// Goyal et al., *Accurate, large minibatch SGD*, arXiv:1706.02677 (2017), section 2.2.
    pub const fn warm_up(self, steps: u32) -> Self
    where
        T: Copy,
    {
        Self { warm_up: steps, then: self.then }
    }
}

impl<T: Scalar> Schedule<T> {
    /// Whether the settings can be meant: factors that are finite and not negative, over 1 step or more.
    ///
    /// # Errors
    /// [`InvalidSetting`] names the first that cannot.
    #[inline]
    pub fn check(&self) -> Result<(), InvalidSetting> {
        let (steps, factor) = match self.then {
            Then::Constant => return Ok(()),
            Then::Step { every, factor } => (every, factor),
            Then::Exponential { factor } => (1, factor),
            Then::Cosine { steps, minimum } => (steps, minimum),
        };
        // One comparison of what is nearly always right.
        let right = steps > 0 && factor >= T::ZERO && factor <= T::MAX;
        if right { Ok(()) } else { Err(self.invalid(steps, factor)) }
    }

    #[cold]
    fn invalid(&self, steps: u32, factor: T) -> InvalidSetting {
        let [of_steps, of_factor] = match self.then {
            Then::Step { .. } => ["Schedule::step(every)", "Schedule::step(factor)"],
            Then::Cosine { .. } => ["Schedule::cosine(steps)", "Schedule::cosine(minimum)"],
            Then::Constant | Then::Exponential { .. } => ["", "Schedule::exponential(factor)"],
        };
        if steps == 0 {
            Setting(of_steps, T::ZERO).invalid(Expected::Positive)
        } else {
            Setting(of_factor, factor).invalid(Expected::NotNegative)
        }
    }

    /// The factor in step t.
    pub fn factor(&self, t: u32) -> T {
        if t < self.warm_up {
            return T::from_usize(t as usize + 1) / T::from_usize(self.warm_up as usize);
        }
        let t = t.saturating_sub(self.warm_up);
        match self.then {
            Then::Constant => T::ONE,
            Then::Step { every, factor } => power(factor, t.checked_div(every).unwrap_or(0)),
            Then::Exponential { factor } => power(factor, t),
            Then::Cosine { steps, minimum } if t >= steps => minimum,
            Then::Cosine { steps, minimum } => {
                let share = T::from_usize(t as usize) / T::from_usize(steps as usize);
                minimum + (T::ONE - minimum) * (T::ONE + cos_pi(share)) * T::from_f64(0.5)
            }
        }
    }
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self::constant()
    }
}

/// xⁿ by squaring.
fn power<T: Scalar>(x: T, mut n: u32) -> T {
    let (mut result, mut square) = (T::ONE, x);
    while n > 0 {
        if n % 2 == 1 {
            result *= square;
        }
        square *= square;
        n /= 2;
    }
    result
}

/// cos(π x) for x from 0 to 1, as −sin(π (x − ½)) by its power series. libm's cos would bring the reduction
/// of huge angles with it.
fn cos_pi<T: Scalar>(x: T) -> T {
    let half = T::from_f64(0.5);
    let angle = T::from_f64(core::f64::consts::PI) * (x - half);
    let (mut term, mut sum) = (angle, angle);
    for k in 1..13 {
        term *= -angle * angle / T::from_usize(2 * k * (2 * k + 1));
        sum += term;
    }
    -sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cosine_is_right_to_the_last_digits() {
        for i in 0..=1000 {
            let x: f64 = f64::from(i) / 1000.0;
            assert!((cos_pi(x) - libm::cos(core::f64::consts::PI * x)).abs() < 1e-15, "{x}");
        }
    }

    #[test]
    fn degenerate_settings_are_harmless() {
        assert_eq!(Schedule::step(0, 0.5f32).factor(9), 1.0);
        assert_eq!(Schedule::cosine(0, 0.5f32).factor(0), 0.5);
        assert_eq!(Schedule::cosine(7, 0.0f64).factor(7), 0.0, "not a little below");
        assert_eq!(Schedule::<f32>::constant().warm_up(4).factor(u32::MAX), 1.0);
    }
}
