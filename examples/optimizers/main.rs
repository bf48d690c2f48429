//! Every optimiser's path down x²/20 + y², and its loss on handwritten digits:
//! `cargo run --release --example optimizers`.

mod bowl;

use std::path::Path;
use std::thread;

use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule_examples::mnist::{self, Digits};
use chainrule_examples::picture::{self, Axis, Curve, Outcome, px};
use plotters::prelude::*;

use crate::bowl::{Bowl, START};

network! {
    /// Handwritten digits.
    Reader: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10
}

/// Steps down the bowl.
const STEPS: usize = 30;
/// Mini-batches of digits, and how large they are.
const BATCHES: usize = 600;
const BATCH: usize = 50;
/// So many mini-batches are one point of a curve.
const WINDOW: usize = 20;

fn main() -> Outcome<()> {
    picture::prepare();
    let runs = runs(&Digits::training(Path::new(mnist::FOLDER))?)?;
    println!("{:<10} {:>22} {:>14}", "", "bowl, after 30 steps", "digits, loss");
    for Run { name, path, losses } in &runs {
        let [x, y] = path.last().copied().unwrap_or(START);
        println!("{name:<10} {:>22} {:>14.4}", format!("({x:.3}, {y:.3})"), losses.last().copied().unwrap_or(f64::NAN));
    }
    picture::save("optimizers_paths", &draw_paths(&runs)?)?;
    picture::save("optimizers_digits", &draw_losses(&runs)?)?;
    Ok(())
}

/// What one optimiser did.
struct Run {
    name: &'static str,
    /// Where it was in the bowl, step by step.
    path: Vec<[f32; 2]>,
    /// Its loss on the digits.
    losses: Vec<f64>,
}

/// Every optimiser, with a learning rate for the bowl and one for the digits, all at the same time.
#[rustfmt::skip]
fn runs(digits: &Digits) -> Outcome<Vec<Run>> {
    thread::scope(|scope| {
        let runs = [
            scope.spawn(|| run("Sgd",      Sgd::new(0.95),          Sgd::new(0.1),            digits)),
            scope.spawn(|| run("Momentum", Momentum::new(0.1, 0.9), Momentum::new(0.01, 0.9), digits)),
            scope.spawn(|| run("Nesterov", Nesterov::new(0.1, 0.9), Nesterov::new(0.01, 0.9), digits)),
            scope.spawn(|| run("AdaGrad",  AdaGrad::new(1.5),       AdaGrad::new(0.01),       digits)),
            scope.spawn(|| run("RmsProp",  RmsProp::new(0.1),       RmsProp::new(0.001),      digits)),
            scope.spawn(|| run("Adadelta", Adadelta { epsilon: 0.01, ..Adadelta::new() }, Adadelta::new(), digits)),
            scope.spawn(|| run("Adam",     Adam::new(0.3),          Adam::new(0.001),         digits)),
            scope.spawn(|| run("AdamW",    AdamW::new(Adam::new(0.3), 0.01), AdamW::new(Adam::new(0.001), 0.01), digits)),
        ];
        runs.into_iter().map(|run| Ok(run.join().map_err(|_| "an optimiser's thread panicked")??)).collect()
    })
}

fn run<O: Optimizer<f32>>(name: &'static str, in_bowl: O, on_digits: O, digits: &Digits) -> Result<Run, StepError> {
    Ok(Run { name, path: descend(in_bowl)?, losses: learn(on_digits, digits)? })
}

fn descend<O: Optimizer<f32>>(optimizer: O) -> Result<Vec<[f32; 2]>, StepError> {
    let mut bowl = Bowl::new();
    bowl.point1.at = SVector::from(START);
    let mut training = Training::<Bowl, O, 1>::new(optimizer);
    let mut path = vec![START];
    for _ in 0..STEPS {
        training.step(&mut bowl, &[[0.0]], &[[0.0, 0.0]])?;
        path.push(bowl.point1.at.into());
    }
    Ok(path)
}

fn learn<O: Optimizer<f32>>(optimizer: O, digits: &Digits) -> Result<Vec<f64>, StepError> {
    let mut network = Reader::boxed_seeded(1);
    let mut training = Training::<Reader, O, BATCH>::boxed(optimizer);
    let batches = digits.images.chunks(BATCH).zip(digits.labels.chunks(BATCH)).take(BATCHES);
    let mut losses = Vec::with_capacity(BATCHES);
    for (images, labels) in batches {
        losses.push(training.step(&mut network, images, labels)?.into());
    }
    Ok(picture::smooth(&losses, WINDOW))
}

fn draw_losses(runs: &[Run]) -> Outcome<String> {
    let points = |losses: &[f64]| losses.iter().enumerate().map(|(x, y)| (((x + 1) * WINDOW) as f64, *y)).collect();
    let curves: Vec<_> = runs.iter().map(|run| Curve { name: run.name.into(), points: points(&run.losses) }).collect();
    picture::curves("784-50-10 on handwritten digits", ["mini-batch of 50", "loss"], &Axis::Linear(0.0, 2.0), &curves)
}

fn draw_paths(runs: &[Run]) -> Outcome<String> {
    picture::canvas((1000, 520), |area| {
        for ((index, run), panel) in runs.iter().enumerate().zip(area.split_evenly((2, 4))) {
            let mut chart = ChartBuilder::on(&picture::titled(&panel, run.name, 16)?)
                .margin(px(10))
                .x_label_area_size(px(22))
                .y_label_area_size(px(28))
                .build_cartesian_2d(-10.0f32..10.0, -5.0f32..5.0)?;
            let number = |at: &f32| picture::number(f64::from(*at));
            let mut mesh = chart.configure_mesh();
            picture::style(&mut mesh)
                .disable_mesh()
                .x_labels(5)
                .y_labels(5)
                .x_label_formatter(&number)
                .y_label_formatter(&number)
                .draw()?;
            for half in LEVELS.iter().flat_map(|&level| level_line(level)) {
                chart.draw_series(LineSeries::new(half, RGBColor(0xcc, 0xcc, 0xcc).stroke_width(px(1))))?;
            }
            let path = run.path.iter().map(|[x, y]| (*x, *y));
            let color = picture::color(index);
            chart.draw_series(LineSeries::new(path.clone(), color.stroke_width(px(2))))?;
            chart.draw_series(path.map(|point| Circle::new(point, px(2), color.filled())))?;
        }
        Ok(())
    })
}

/// The heights whose lines are drawn.
const LEVELS: [f32; 7] = [0.25, 1.0, 2.0, 4.0, 7.0, 11.0, 16.0];

/// The upper and the lower half of the line where x²/20 + y² is `level`, as far as it is in the picture.
fn level_line(level: f32) -> [Vec<(f32, f32)>; 2] {
    let end = (20.0 * level).sqrt().min(10.0);
    [1.0, -1.0].map(|side| {
        // Denser towards the ends, where the line is steep.
        let x = (0..=24).map(|step| -end * (step as f32 * std::f32::consts::PI / 24.0).cos());
        x.map(|x| (x, side * (level - x * x / 20.0).max(0.0).sqrt())).collect()
    })
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)]
mod tests {
    use super::*;

    fn height([x, y]: [f32; 2]) -> f32 {
        x * x / 20.0 + y * y
    }

    #[test]
    fn the_bowl_has_the_gradient_of_its_formula() {
        let path = descend(Sgd::new(0.95)).unwrap();
        let [x, y] = START;
        assert!((path[1][0] - (x - 0.95 * x / 10.0)).abs() < 1e-5);
        assert!((path[1][1] - (y - 0.95 * 2.0 * y)).abs() < 1e-5);
    }

    #[test]
    fn the_paths_end_where_it_is_printed() {
        let ends: [(Vec<[f32; 2]>, _); 8] = [
            (descend(Sgd::new(0.95)).unwrap(), [-0.350, 0.085]),
            (descend(Momentum::new(0.1, 0.9)).unwrap(), [0.896, 0.088]),
            (descend(Nesterov::new(0.1, 0.9)).unwrap(), [0.690, -0.001]),
            (descend(AdaGrad::new(1.5)).unwrap(), [-0.120, 0.000]),
            (descend(RmsProp::new(0.1)).unwrap(), [-0.697, 0.000]),
            (descend(Adadelta { epsilon: 0.01, ..Adadelta::new() }).unwrap(), [-0.990, 0.000]),
            (descend(Adam::new(0.3)).unwrap(), [0.1356, 0.3178]),
            (descend(AdamW::new(Adam::new(0.3), 0.01)).unwrap(), [0.263, 0.305]),
        ];
        for (path, [x, y]) in ends {
            let [at_x, at_y] = *path.last().unwrap();
            assert!((at_x - x).abs() < 2e-3 && (at_y - y).abs() < 2e-3, "({at_x}, {at_y}) instead of ({x}, {y})");
        }
    }

    #[test]
    #[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
    fn every_optimiser_goes_down_in_the_bowl_and_on_digits() {
        let runs = runs(&Digits::training(Path::new(mnist::FOLDER)).unwrap()).unwrap();
        for run in &runs {
            assert!(height(*run.path.last().unwrap()) < height(START), "{}", run.name);
            assert!(run.losses.last().unwrap() < run.losses.first().unwrap(), "{}", run.name);
        }
        let printed = [0.3402, 0.3446, 0.3418, 0.3228, 0.2849, 0.2415, 0.3144, 0.3154];
        for (run, printed) in runs.iter().zip(printed) {
            let loss = run.losses.last().unwrap();
            assert!((loss - printed).abs() < 0.02, "{}: {loss} instead of {printed}", run.name);
        }
        for svg in [draw_paths(&runs).unwrap(), draw_losses(&runs).unwrap()] {
            roxmltree::Document::parse(&svg).unwrap();
        }
    }
}
