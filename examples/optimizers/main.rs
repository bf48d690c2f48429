//! Every optimiser's path down x²/20 + y², and its loss on handwritten digits:
//! `cargo run --release --example optimizers`.

mod bowl;

use std::path::Path;

use chainrule::optim::Optimizer;
use chainrule::prelude::*;
use chainrule_examples::mnist::{self, Digits, Mnist};
use chainrule_examples::picture::{self, Axis, Curve, Outcome};
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
const BATCH: usize = 100;
/// So many mini-batches are one point of a curve.
const WINDOW: usize = 20;

fn main() -> Outcome<()> {
    let runs = runs(&Mnist::read(Path::new(mnist::FOLDER))?.training)?;
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

/// Every optimiser, with a learning rate for the bowl and one for the digits.
#[rustfmt::skip]
fn runs(digits: &Digits) -> Result<Vec<Run>, StepError> {
    Ok(vec![
        run("Sgd",      Sgd::new(0.95),           Sgd::new(0.1),           digits)?,
        run("Momentum", Momentum::new(0.1, 0.9),  Momentum::new(0.01, 0.9), digits)?,
        run("Nesterov", Nesterov::new(0.1, 0.9),  Nesterov::new(0.01, 0.9), digits)?,
        run("AdaGrad",  AdaGrad::new(1.5),        AdaGrad::new(0.01),      digits)?,
        run("RmsProp",  RmsProp::new(0.1),        RmsProp::new(0.001),     digits)?,
        run("Adadelta", Adadelta { epsilon: 0.01, ..Adadelta::new() }, Adadelta::new(),         digits)?,
        run("Adam",     Adam::new(0.3),           Adam::new(0.001),        digits)?,
        run("AdamW",    AdamW::new(Adam::new(0.3), 0.01), AdamW::new(Adam::new(0.001), 0.01), digits)?,
    ])
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
        training.step(&mut bowl, &[SVector::from([0.0])], &[SVector::from([0.0, 0.0])])?;
        path.push(bowl.point1.at.into());
    }
    Ok(path)
}

fn learn<O: Optimizer<f32>>(optimizer: O, digits: &Digits) -> Result<Vec<f64>, StepError> {
    let mut network = Reader::boxed();
    network.init(1);
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
    picture::curves("784-50-10 on handwritten digits", ["mini-batch of 100", "loss"], &Axis::Linear(0.0, 1.5), &curves)
}

fn draw_paths(runs: &[Run]) -> Outcome<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (1000, 520)).into_drawing_area();
        area.fill(&WHITE)?;
        for ((index, run), panel) in runs.iter().enumerate().zip(area.split_evenly((2, 4))) {
            let mut chart = ChartBuilder::on(&panel)
                .caption(run.name, ("sans-serif", 16))
                .margin(10)
                .x_label_area_size(22)
                .y_label_area_size(28)
                .build_cartesian_2d(-10.0f32..10.0, -5.0f32..5.0)?;
            chart.configure_mesh().disable_mesh().x_labels(5).y_labels(5).draw()?;
            for level in [0.25f32, 1.0, 2.0, 4.0, 7.0, 11.0, 16.0] {
                let ellipse = (0..=72).map(|step| {
                    let (sin, cos) = (step as f32 * std::f32::consts::TAU / 72.0).sin_cos();
                    ((20.0 * level).sqrt() * cos, level.sqrt() * sin)
                });
                let inside = ellipse.map(|(x, y)| (x.clamp(-10.0, 10.0), y.clamp(-5.0, 5.0)));
                chart.draw_series(LineSeries::new(inside, RGBColor(0xcc, 0xcc, 0xcc)))?;
            }
            let path = run.path.iter().map(|[x, y]| (*x, *y));
            let color = picture::color(index);
            chart.draw_series(LineSeries::new(path.clone(), color.stroke_width(2)))?;
            chart.draw_series(path.map(|point| Circle::new(point, 2, color.filled())))?;
        }
        area.present()?;
    }
    Ok(svg)
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
    #[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
    fn every_optimiser_goes_down_in_the_bowl_and_on_digits() {
        let runs = runs(&Mnist::read(Path::new(mnist::FOLDER)).unwrap().training).unwrap();
        for run in &runs {
            assert!(height(*run.path.last().unwrap()) < height(START), "{}", run.name);
            assert!(run.losses.last().unwrap() < run.losses.first().unwrap(), "{}", run.name);
        }
        let last = |name| *runs.iter().find(|run| run.name == name).unwrap().losses.last().unwrap();
        assert!(["Sgd", "Momentum", "Nesterov", "AdaGrad", "Adam"].iter().all(|name| last(*name) < 0.6));
        for svg in [draw_paths(&runs).unwrap(), draw_losses(&runs).unwrap()] {
            roxmltree::Document::parse(&svg).unwrap();
        }
    }
}
