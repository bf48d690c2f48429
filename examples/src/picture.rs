//! Pictures: where they are written, and how curves are drawn.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use chainrule::kernels::{Level, set_level};
use plotters::chart::MeshStyle;
use plotters::coord::Shift;
use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::prelude::*;
use plotters::style::{IntoTextStyle, TextStyle};

/// What drawing ends in.
pub type Outcome<X> = Result<X, Box<dyn Error + Send + Sync>>;

/// The folder of the pictures that a run draws, beside what else is built.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/pictures");

/// The folder of the pictures that the guide shows. They are drawn anew with `UPDATE_EXPECTED=1` in the environment.
pub const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pictures");

fn is_for_the_guide() -> bool {
    env::var_os("UPDATE_EXPECTED").is_some()
}

/// For the guide the portable kernels compute, so that every machine draws the same.
pub fn prepare() {
    if is_for_the_guide() {
        set_level(Level::Portable);
    }
}

/// Writes a picture, and says where.
///
/// # Errors
/// If the file cannot be written.
pub fn save(name: &str, svg: &str) -> io::Result<PathBuf> {
    let folder = if is_for_the_guide() { GUIDE } else { FOLDER };
    let path = Path::new(folder).join(name).with_extension("svg");
    fs::create_dir_all(folder)?;
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

impl Axis {
    fn high(&self) -> f64 {
        match *self {
            Self::Linear(_, high) | Self::Logarithmic(_, high) => high,
        }
    }

    fn middle(&self) -> f64 {
        match *self {
            Self::Linear(low, high) => (low + high) / 2.0,
            Self::Logarithmic(low, high) => (low * high).sqrt(),
        }
    }

    /// The points of a curve up to where it leaves the picture upwards.
    fn visible(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let high = self.high();
        let scale = match self {
            Self::Linear(..) => |y| y,
            Self::Logarithmic(..) => f64::ln,
        };
        let mut visible: Vec<(f64, f64)> = Vec::with_capacity(points.len());
        for &(x, y) in points.iter().filter(|(_, y)| y.is_finite()) {
            if y > high {
                let edge = |&(x0, y0): &(f64, f64)| {
                    let share = (scale(high) - scale(y0)) / (scale(y) - scale(y0));
                    (x0 + share * (x - x0), high)
                };
                visible.extend(visible.last().map(edge));
                break;
            }
            visible.push((x, y));
        }
        visible
    }
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

/// Units of a picture that make one pixel: plotters draws at whole units, which are too coarse for a curve.
const UNITS: u32 = 8;

/// So many points of a curve are each marked.
const FEW: usize = 20;

/// A length in pixels, in the units of a picture.
pub const fn px(pixels: u32) -> u32 {
    pixels * UNITS
}

/// Letters of a height in pixels.
pub fn font(pixels: u32) -> TextStyle<'static> {
    ("sans-serif", px(pixels)).into_text_style(&(0, 0))
}

/// What is drawn on.
pub type Area<'s> = DrawingArea<SVGBackend<'s>, Shift>;

/// A picture of so many pixels in width and height, as SVG.
///
/// # Errors
/// What `paint` ends in.
pub fn canvas((width, height): (u32, u32), paint: impl FnOnce(&Area<'_>) -> Outcome<()>) -> Outcome<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (px(width), px(height))).into_drawing_area();
        area.fill(&WHITE)?;
        paint(&area)?;
        area.present()?;
    }
    let size = |width, height| format!(r#"width="{width}" height="{height}""#);
    Ok(svg.replacen(&size(px(width), px(height)), &size(width, height), 1))
}

/// Writes a title in letters of a height in pixels; what is below it.
///
/// # Errors
/// If the picture cannot be drawn on.
pub fn titled<'s>(area: &Area<'s>, title: &str, height: u32) -> Outcome<Area<'s>> {
    Ok(area.margin(px(8), 0, 0, 0).titled(title, font(height))?)
}

/// Curves with a legend, as SVG.
///
/// # Errors
/// If the axes are empty.
pub fn curves(title: &str, labels: [&str; 2], axis: &Axis, curves: &[Curve]) -> Outcome<String> {
    canvas((720, 440), |area| plot(area, title, labels, axis, curves))
}

/// Curves with a legend, in a part of a picture.
///
/// # Errors
/// If the axes are empty.
pub fn plot(area: &Area<'_>, title: &str, labels: [&str; 2], axis: &Axis, curves: &[Curve]) -> Outcome<()> {
    match *axis {
        Axis::Linear(low, high) => plot_over(area, title, labels, (axis, low..high), curves),
        Axis::Logarithmic(low, high) => {
            // The ends get a line and a number only if they are inside.
            plot_over(area, title, labels, (axis, (0.999 * low..1.001 * high).log_scale()), curves)
        }
    }
}

fn plot_over<Y>(
    area: &Area<'_>,
    title: &str,
    [x, y]: [&str; 2],
    (axis, range): (&Axis, Y),
    curves: &[Curve],
) -> Outcome<()>
where
    Y: AsRangedCoord<Value = f64>,
    Y::CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let last = curves.iter().flat_map(|curve| &curve.points).fold(0.0f64, |last, (x, _)| last.max(*x));
    let mut chart = ChartBuilder::on(&titled(area, title, 20)?)
        .margin(px(12))
        .margin_right(px(28))
        .x_label_area_size(px(42))
        .y_label_area_size(px(64))
        .build_cartesian_2d(0.0..last, range)?;
    let mut mesh = chart.configure_mesh();
    style(&mut mesh)
        .x_desc(x)
        .y_desc(y)
        .x_label_formatter(&|x| number(*x))
        .y_label_formatter(&|y| number(*y))
        .draw()?;
    for (index, curve) in curves.iter().enumerate() {
        let line = color(index).stroke_width(px(2));
        let points = axis.visible(&curve.points);
        let leaves = points.last().filter(|(_, y)| *y == axis.high()).copied();
        chart.draw_series(leaves.map(|edge| TriangleMarker::new(edge, px(6), color(index).filled())))?;
        if points.len() <= FEW {
            chart.draw_series(points.iter().map(|&point| Circle::new(point, px(3), color(index).filled())))?;
        }
        chart
            .draw_series(LineSeries::new(points, line))?
            // Spaces, for letters that are wider than plotters guesses.
            .label(format!("{}    ", curve.name))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + px(18) as i32, y)], line));
    }
    // Where the curves do not end.
    let last = curves.iter().filter_map(|curve| curve.points.last());
    let position = match last.map(|(_, y)| y - axis.middle()).sum::<f64>() > 0.0 {
        true => SeriesLabelPosition::LowerRight,
        false => SeriesLabelPosition::UpperRight,
    };
    chart
        .configure_series_labels()
        .position(position)
        .margin(px(10))
        .legend_area_size(px(28))
        .label_font(font(13))
        .background_style(WHITE.mix(0.85))
        .draw()?;
    Ok(())
}

/// Axes, lines and numbers as all pictures have them.
pub fn style<'a, 'b, 's, X: Ranged, Y: Ranged>(
    mesh: &'a mut MeshStyle<'b, 'a, X, Y, SVGBackend<'s>>,
) -> &'a mut MeshStyle<'b, 'a, X, Y, SVGBackend<'s>> {
    mesh.axis_style(BLACK.stroke_width(px(1)))
        .bold_line_style(RGBColor(0xdd, 0xdd, 0xdd).stroke_width(px(1)))
        .max_light_lines(1)
        .set_all_tick_mark_size(px(5))
        .label_style(font(12))
        .axis_desc_style(font(14))
}

/// A number at an axis, with no more digits than it needs.
pub fn number(x: f64) -> String {
    let text = format!("{x:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.replace('-', "−") }
}

/// The mean of every so many values, so that a line can be followed.
pub fn smooth(values: &[f64], window: usize) -> Vec<f64> {
    values.chunks(window.max(1)).map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_ends_where_it_leaves_the_picture_upwards() {
        let points = [(0.0, 0.1), (1.0, f64::NAN), (2.0, 10.0), (3.0, 0.1)];
        assert_eq!(Axis::Linear(0.0, 1.0).visible(&points[..1]), [(0.0, 0.1)]);
        // From 0.1 to 10, 1 is half of the way in logarithms.
        let visible = Axis::Logarithmic(0.01, 1.0).visible(&points);
        let [(0.0, 0.1), (x, 1.0)] = *visible else { return assert_eq!(visible, []) };
        assert!((x - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_a_run_draws_is_none_of_the_files_of_the_project() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
        assert!(ignored.lines().any(|line| line == "/target"));
        assert!(FOLDER.ends_with("/../target/pictures"));
    }

    #[test]
    fn the_size_of_a_picture_is_in_pixels() {
        let svg = canvas((30, 20), |_| Ok(())).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let attribute = |name| document.root_element().attribute(name).unwrap().to_owned();
        assert_eq!([attribute("width"), attribute("height")], ["30", "20"]);
        assert_eq!(attribute("viewBox"), format!("0 0 {} {}", px(30), px(20)));
    }

    #[test]
    fn numbers_at_axes_have_no_more_digits_than_they_need() {
        let numbers = [0.001, 0.010000000000000002, 1.0, 100.0, -5.0, -0.0].map(number);
        assert_eq!(numbers, ["0.001", "0.01", "1", "100", "−5", "0"]);
    }
}
