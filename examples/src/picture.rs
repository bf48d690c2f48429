//! Pictures: where they are written, and how curves are drawn.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;

/// What drawing ends in.
pub type Outcome<X> = Result<X, Box<dyn Error + Send + Sync>>;

/// The folder of the pictures that the examples write.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pictures");

/// Writes a picture, and says where.
///
/// # Errors
/// If the file cannot be written.
pub fn save(name: &str, svg: &str) -> io::Result<PathBuf> {
    let path = Path::new(FOLDER).join(name).with_extension("svg");
    fs::create_dir_all(FOLDER)?;
    fs::write(&path, svg)?;
    println!("wrote {}", path.display());
    Ok(path)
}

/// A named line through points.
pub struct Curve {
    /// What the legend calls it.
    pub name: String,
    /// Its points; what is not finite is left out.
    pub points: Vec<(f64, f64)>,
}

impl Curve {
    /// A line through values at 0, 1, 2 and so on.
    pub fn of(name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        Self { name: name.into(), points: values.into_iter().enumerate().map(|(x, y)| (x as f64, y)).collect() }
    }
}

/// The range of the y axis.
pub enum Axis {
    /// As it is.
    Linear(f64, f64),
    /// Every step multiplies.
    Logarithmic(f64, f64),
}

/// Colours that can be told apart, also without red or green.
pub fn color(index: usize) -> RGBColor {
    const COLORS: [(u8, u8, u8); 8] = [
        (0x00, 0x72, 0xb2),
        (0xd5, 0x5e, 0x00),
        (0x00, 0x9e, 0x73),
        (0xcc, 0x79, 0xa7),
        (0xe6, 0x9f, 0x00),
        (0x56, 0xb4, 0xe9),
        (0x00, 0x00, 0x00),
        (0x99, 0x99, 0x99),
    ];
    let (r, g, b) = COLORS.get(index % COLORS.len()).copied().unwrap_or_default();
    RGBColor(r, g, b)
}

/// Curves with a legend, as SVG.
///
/// # Errors
/// If the axes are empty.
pub fn curves(title: &str, [x, y]: [&str; 2], axis: &Axis, curves: &[Curve]) -> Outcome<String> {
    let last = curves.iter().flat_map(|curve| &curve.points).fold(0.0f64, |last, (x, _)| last.max(*x));
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (720, 440)).into_drawing_area();
        area.fill(&WHITE)?;
        match *axis {
            Axis::Linear(low, high) => plot(&area, title, [x, y], last, low..high, curves)?,
            Axis::Logarithmic(low, high) => plot(&area, title, [x, y], last, (low..high).log_scale(), curves)?,
        }
        area.present()?;
    }
    Ok(svg)
}

type Area<'s> = DrawingArea<SVGBackend<'s>, plotters::coord::Shift>;

fn plot<Y>(area: &Area<'_>, title: &str, [x, y]: [&str; 2], last: f64, range: Y, curves: &[Curve]) -> Outcome<()>
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 20))
        .margin(12)
        .margin_right(28)
        .x_label_area_size(42)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..last, range)?;
    chart
        .configure_mesh()
        .x_desc(x)
        .y_desc(y)
        .x_label_formatter(&|x| format!("{x:.0}"))
        .light_line_style(WHITE)
        .draw()?;
    for (index, curve) in curves.iter().enumerate() {
        let color = color(index);
        let points = curve.points.iter().copied().filter(|(_, y)| y.is_finite());
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(&curve.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE.mix(0.85))
        .border_style(RGBColor(0xcc, 0xcc, 0xcc))
        .draw()?;
    Ok(())
}

/// The mean of every so many values, so that a line can be followed.
pub fn smooth(values: &[f64], window: usize) -> Vec<f64> {
    values.chunks(window.max(1)).map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64).collect()
}
