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
