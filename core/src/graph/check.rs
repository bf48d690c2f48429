//! Is the derivative of a formula right?

use core::fmt;

/// What a gradient check of a formula found: the point where the two derivatives differ most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// The input there.
    pub at: f64,
    /// The derivative by backpropagation.
    pub backpropagated: f64,
    /// By central differences.
    pub numerical: f64,
    /// |difference| / max(|backpropagated|, |numerical|, 10⁻³).
    pub relative: f64,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, backpropagated, numerical, relative } = self;
        write!(
            f,
            "worst at {at}: {backpropagated:e} by backpropagation, {numerical:e} by central differences, relative \
             difference {relative:.1e}"
        )
    }
}

/// Compares the derivative of a function with central differences at 200 points between −5 and 5.
///
/// As in [`gradcheck`](crate::gradcheck) smaller steps are tried where the first disagrees, since it may reach across
/// a kink; a right derivative agrees to 1e-7 or better. Where the function itself is not finite there is nothing to
/// compare.
pub fn check(value: impl Fn(f64) -> f64, derivative: impl Fn(f64) -> f64) -> Check {
    let mut worst = Check { at: 0.0, backpropagated: 0.0, numerical: 0.0, relative: 0.0 };
    for point in 0..200 {
        // Off the numbers where kinks usually are.
        let at = f64::from(point) * 0.05 - 4.98;
        if !value(at).is_finite() {
            continue;
        }
        let here = compare(at, &value, derivative(at));
        if here.relative > worst.relative {
            worst = here;
        }
    }
    worst
}

/// The same for a function of an output and its target, by the output, over all pairs with 40 targets.
pub fn check_pairs(value: impl Fn(f64, f64) -> f64, derivative: impl Fn(f64, f64) -> f64) -> Check {
    let mut worst = Check { at: 0.0, backpropagated: 0.0, numerical: 0.0, relative: 0.0 };
    for target in 0..40 {
        let d = f64::from(target) * 0.25 - 4.99;
        let here = check(|y| value(y, d), |y| derivative(y, d));
        if here.relative > worst.relative {
            worst = here;
        }
    }
    worst
}

fn compare(at: f64, value: &impl Fn(f64) -> f64, backpropagated: f64) -> Check {
    // A derivative that is not a number is as far off as can be.
    let mut best = Check { at, backpropagated, numerical: f64::NAN, relative: f64::INFINITY };
    for step in [1e-3, 1e-4, 1e-5] {
        let difference = |h: f64| (value(at + h) - value(at - h)) / (2.0 * h);
        let numerical = (4.0 * difference(step) - difference(2.0 * step)) / 3.0;
        let scale = backpropagated.abs().max(numerical.abs()).max(1e-3);
        let relative = (backpropagated - numerical).abs() / scale;
        if relative < best.relative {
            best = Check { numerical, relative, ..best };
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derivative_that_is_wrong_anywhere_is_found_and_its_place_named() {
        for (from, to) in [(-5.0, -4.9), (2.0, 2.1), (4.9, 5.0)] {
            let wrong = |x: f64| if (from..to).contains(&x) { 2.2 * x } else { 2.0 * x };
            let found = check(|x| x * x, wrong);
            assert!((from..to).contains(&found.at), "{found}");
            assert!((found.relative - 0.2 / 2.2).abs() < 1e-6, "{found}");
            assert!((found.backpropagated - 2.2 * found.at).abs() < 1e-6, "{found}");
            assert!((found.numerical - 2.0 * found.at).abs() < 1e-6, "{found}");
        }
        let right = check(|x| x * x, |x| 2.0 * x);
        assert!(right.relative < 1e-7, "{right}");
    }

    #[test]
    fn a_derivative_that_is_wrong_for_some_targets_is_found() {
        let value = |y: f64, d: f64| y * d;
        assert!(check_pairs(value, |_, d| if d > 4.5 { 1.5 * d } else { d }).relative > 0.3);
        assert!(check_pairs(value, |_, d| if d < -4.5 { 1.5 * d } else { d }).relative > 0.3);
        assert!(check_pairs(value, |_, d| d).relative < 1e-7);
    }

    #[test]
    fn a_derivative_that_is_no_number_is_as_wrong_as_can_be() {
        let found = check(|x| x, |x| if x > 4.9 { f64::NAN } else { 1.0 });
        assert!(found.relative > 1.0 && found.at > 4.9, "{found}");
    }
}
