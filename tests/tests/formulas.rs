//! The derivatives of `graph!` against central differences, in f64, over the random formulas that the build script
//! writes.

use chainrule::graph::Graph;
use chainrule::prelude::*;

type Formula = fn([f64; 3]) -> (f64, [f64; 3]);

/// The output; NaN if anything on the way has no value or derivative, as the root of 0, or is close to a pole, where every
/// step of a difference would be too long.
fn value<G: Graph<Scalar = f64>>(graph: &G, d: &G::Gradient) -> f64 {
    let (values, derivatives) = (graph.values(), G::derivatives(d));
    let tame = values.as_ref().iter().chain(derivatives.as_ref()).all(|value| value.abs() < 1e3);
    if tame { values.as_ref()[G::OUTPUTS[0]] } else { f64::NAN }
}

include!(concat!(env!("OUT_DIR"), "/formulas.rs"));

#[test]
fn derivatives_agree_with_central_differences() {
    let rng = &mut Rng::new(1);
    let (mut checked, mut all) = (0, 0);
    for _ in 0..if cfg!(debug_assertions) { 200 } else { 2000 } {
        let at = [(); 3].map(|()| 2.0 * rng.symmetric::<f64>());
        for &(formula, inputs, evaluate) in FORMULAS {
            let (value, derivatives) = evaluate(at);
            for (input, &derivative) in derivatives.iter().enumerate().take(inputs) {
                all += 1;
                if let Some(relative) = disagreement(at, input, value, derivative, evaluate) {
                    checked += 1;
                    assert!(
                        relative < 1e-6,
                        "{formula} at {at:?}: {derivative} by input {input} is off by {relative:e}"
                    );
                }
            }
        }
    }
    // Where a formula has no value there is nothing to check; that must be the exception.
    assert!(4 * checked > 3 * all, "{checked} of {all}");
}

/// The relative difference of a derivative from central differences; `None` if the formula has no value there.
fn disagreement(at: [f64; 3], input: usize, value: f64, derivative: f64, evaluate: Formula) -> Option<f64> {
    let mut best = None;
    // A step may reach across a kink, where a smaller one does not.
    for step in [1e-3, 1e-4, 1e-5, 1e-6, 1e-7] {
        let along = |steps: f64| {
            let mut there = at;
            there[input] += steps * step;
            (evaluate(there).0, there[input] - at[input])
        };
        let [(y1, h1), (y2, h2), (y3, h3), (y4, h4)] = [1.0, -1.0, 2.0, -2.0].map(along);
        let numerical = (4.0 * (y1 - y2) / (h1 - h2) - (y3 - y4) / (h3 - h4)) / 3.0;
        if !numerical.is_finite() || !value.is_finite() {
            continue;
        }
        // Below this, a difference is only rounding.
        let floor = (1e-3f64).max(1e-15 * value.abs() / step * 1e6);
        let relative = (numerical - derivative).abs() / numerical.abs().max(derivative.abs()).max(floor);
        let relative = if relative.is_nan() { f64::INFINITY } else { relative };
        best = Some(best.map_or(relative, |best: f64| best.min(relative)));
    }
    best
}
