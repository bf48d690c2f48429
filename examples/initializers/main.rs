//! What five layers make of their inputs under different initial weights:
//! `cargo run --release --example initializers`.

use chainrule::init::{Init, Rng};
use chainrule::layer::InPlace;
use chainrule::layers::{Affine, Relu, Tanh};
use chainrule::nalgebra::SVector;
use chainrule_examples::picture::{self, Outcome, px};
use plotters::prelude::*;

const WIDTH: usize = 100;
const SAMPLES: usize = 500;
const LAYERS: usize = 5;
const BINS: usize = 40;
/// The share of the values in one bin that is as high as a histogram.
const HIGHEST: f64 = 0.23;

type Values = Vec<SVector<f32, WIDTH>>;

fn main() -> Outcome<()> {
    picture::prepare();
    let rows = rows();
    println!("standard deviation of the activations, from layer to layer:");
    for row in &rows {
        let deviations: Vec<_> = row.layers.iter().map(|values| format!("{:8.4}", deviation(values))).collect();
        println!("  {:<22} {}", row.name, deviations.join(""));
    }
    println!("(constant weights: all {WIDTH} units of a layer are the same, and stay so)");
    picture::save("initializers", &draw(&rows)?)?;
    Ok(())
}

/// One activation under one initialisation.
struct Row {
    name: &'static str,
    /// What can be seen in the histogram.
    range: (f32, f32),
    layers: Vec<Values>,
}

fn rows() -> Vec<Row> {
    let tanh = |name, init| Row { name, range: (-1.0, 1.0), layers: activations(&Tanh, init) };
    let relu = |name, init| Row { name, range: (0.0, 3.0), layers: activations(&Relu, init) };
    vec![
        tanh("Tanh, constant 0.01", Init::Constant(0.01)),
        tanh("Tanh, Xavier", Init::XavierNormal),
        tanh("Tanh, He", Init::HeNormal),
        relu("Relu, constant 0.01", Init::Constant(0.01)),
        relu("Relu, Xavier", Init::XavierNormal),
        relu("Relu, He", Init::HeNormal),
    ]
}

/// What comes out of each layer for inputs that are normally distributed.
fn activations(activation: &impl InPlace<f32>, init: Init<f32>) -> Vec<Values> {
    let rng = &mut Rng::new(1);
    let mut x: Values = (0..SAMPLES).map(|_| SVector::from_fn(|_, _| rng.normal())).collect();
    let mut layer = Affine::<f32, WIDTH, WIDTH>::new();
    let mut layers = Vec::new();
    for _ in 0..LAYERS {
        layer.init(init, rng);
        let mut y = vec![SVector::zeros(); SAMPLES];
        layer.forward(&x, &mut y);
        activation.forward(&mut y);
        layers.push(y.clone());
        x = y;
    }
    layers
}

fn deviation(values: &Values) -> f32 {
    let count = (SAMPLES * WIDTH) as f32;
    let mean = values.iter().map(SVector::sum).sum::<f32>() / count;
    (values.iter().map(|x| x.map(|x| (x - mean).powi(2)).sum()).sum::<f32>() / count).sqrt()
}

/// How large a share of the values is in each bin; what is outside counts as at the edge.
fn histogram(values: &Values, (low, high): (f32, f32)) -> [f64; BINS] {
    let mut shares = [0.0; BINS];
    for x in values.iter().flat_map(SVector::iter) {
        let bin = ((x - low) / (high - low) * BINS as f32) as usize;
        if let Some(share) = shares.get_mut(bin.min(BINS - 1)) {
            *share += 1.0 / (SAMPLES * WIDTH) as f64;
        }
    }
    shares
}

fn draw(rows: &[Row]) -> Outcome<String> {
    picture::canvas((1000, 150 * rows.len() as u32), |area| {
        let panels = area.split_evenly((rows.len(), LAYERS));
        let layers = rows.iter().enumerate().flat_map(|(index, row)| {
            row.layers.iter().enumerate().map(move |(layer, values)| (index, row, layer, values))
        });
        for (panel, (index, row, layer, values)) in panels.iter().zip(layers) {
            let (low, high) = (f64::from(row.range.0), f64::from(row.range.1));
            let mut chart =
                ChartBuilder::on(&picture::titled(panel, &format!("{}, layer {}", row.name, layer + 1), 13)?)
                    .margin(px(10))
                    .x_label_area_size(px(22))
                    .build_cartesian_2d(low..high, 0.0..HIGHEST)?;
            let mut mesh = chart.configure_mesh();
            picture::style(&mut mesh)
                .disable_mesh()
                .disable_y_axis()
                .x_labels(4)
                .x_label_formatter(&|x| picture::number(*x))
                .draw()?;
            // One outline: bars side by side show seams.
            let at = |edge: usize| low + (high - low) * edge as f64 / BINS as f64;
            let shares = histogram(values, row.range);
            let tops = shares.into_iter().map(|share| share.min(HIGHEST)).enumerate();
            let tops = tops.flat_map(|(bin, top)| [(at(bin), top), (at(bin + 1), top)]);
            let outline = tops.chain([(high, 0.0), (low, 0.0)]).collect::<Vec<_>>();
            chart.draw_series([Polygon::new(outline, picture::color(index % 3).filled())])?;
            let higher = shares.into_iter().enumerate().filter(|(_, share)| *share > HIGHEST);
            let number =
                |(bin, share)| Text::new(format!(" {:.0} %", 100.0 * share), (at(bin + 1), HIGHEST), picture::font(12));
            chart.draw_series(higher.map(number))?;
        }
        Ok(())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn constant_weights_make_all_units_the_same() {
        for values in activations(&Tanh, Init::Constant(0.01)) {
            assert!(values.iter().all(|x| x.max() - x.min() < 1e-6));
        }
    }

    #[test]
    fn the_deviations_are_those_that_are_printed() {
        let last = rows().iter().map(|row| deviation(row.layers.last().unwrap())).collect::<Vec<_>>();
        for (deviation, printed) in last.iter().zip([0.0940, 0.3171, 0.5682, 0.0605, 0.1278, 0.7229]) {
            assert!((deviation - printed).abs() < 1e-3, "{deviation} instead of {printed}");
        }
    }

    #[test]
    fn he_keeps_the_spread_behind_relu_where_xavier_loses_it() {
        let [xavier, he] = [Init::XavierNormal, Init::HeNormal].map(|init| {
            let layers = activations(&Relu, init);
            deviation(layers.last().unwrap()) / deviation(layers.first().unwrap())
        });
        assert!(he > 0.7 && he < 1.4 && xavier < 0.5, "{he} {xavier}");
    }

    #[test]
    fn the_histograms_hold_every_value_and_the_picture_is_well_formed() {
        let rows = rows();
        for row in &rows {
            for values in &row.layers {
                assert!((histogram(values, row.range).iter().sum::<f64>() - 1.0).abs() < 1e-9);
            }
        }
        roxmltree::Document::parse(&draw(&rows).unwrap()).unwrap();
    }
}
