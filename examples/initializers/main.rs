//! What five layers make of their inputs under different initial weights:
//! `cargo run --release --example initializers`.

use chainrule::init::{Init, Rng};
use chainrule::layer::InPlace;
use chainrule::layers::{Affine, Relu, Tanh};
use chainrule::nalgebra::SVector;
use chainrule_examples::picture::{self, Outcome};
use plotters::prelude::*;

const WIDTH: usize = 100;
const SAMPLES: usize = 500;
const LAYERS: usize = 5;
const BINS: usize = 40;

type Values = Vec<SVector<f32, WIDTH>>;

fn main() -> Outcome<()> {
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
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (1000, 170 * rows.len() as u32)).into_drawing_area();
        area.fill(&WHITE)?;
        let panels = area.split_evenly((rows.len(), LAYERS));
        let layers = rows.iter().enumerate().flat_map(|(index, row)| {
            row.layers.iter().enumerate().map(move |(layer, values)| (index, row, layer, values))
        });
        for (panel, (index, row, layer, values)) in panels.iter().zip(layers) {
            let (low, high) = (f64::from(row.range.0), f64::from(row.range.1));
            let mut chart = ChartBuilder::on(panel)
                .caption(format!("{}, layer {}", row.name, layer + 1), ("sans-serif", 12))
                .margin(14)
                .x_label_area_size(22)
                .build_cartesian_2d(low..high, 0.0..0.15)?;
            chart.configure_mesh().disable_mesh().disable_y_axis().x_labels(3).draw()?;
            let bar = |(bin, share): (usize, f64)| {
                let at = |edge: usize| low + (high - low) * edge as f64 / BINS as f64;
                Rectangle::new([(at(bin), 0.0), (at(bin + 1), share.min(0.15))], picture::color(index % 3).filled())
            };
            let shares = histogram(values, row.range).into_iter().enumerate();
            chart.draw_series(shares.filter(|(_, share)| *share > 0.0).map(bar))?;
        }
        area.present()?;
    }
    Ok(svg)
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
