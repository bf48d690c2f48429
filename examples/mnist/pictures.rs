//! What is drawn: how the network learnt, what it confuses, what it looks at.

use chainrule::nalgebra::SMatrix;
use chainrule_examples::bitmap::Bitmap;
use chainrule_examples::mnist::{PIXELS, SIDE};
use chainrule_examples::picture::{self, Axis, Curve, Outcome, font, px};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::report::{Confusion, Epoch};

const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xb2);
const ORANGE: RGBColor = RGBColor(0xd5, 0x5e, 0x00);
const GREY: RGBColor = RGBColor(0xcc, 0xcc, 0xcc);

/// Loss and accuracies, epoch by epoch.
pub fn curves(epochs: &[Epoch]) -> Outcome<String> {
    let curve = |name: &str, value: fn(&Epoch) -> f64| Curve {
        name: name.into(),
        points: epochs.iter().map(|epoch| (epoch.number as f64, value(epoch))).collect(),
    };
    let loss = curve("training", |epoch| epoch.loss.into());
    let training = curve("training", |epoch| 100.0 * epoch.training_accuracy);
    let test = curve("test", |epoch| 100.0 * epoch.test_accuracy);

    let highest = loss.points.iter().fold(0.0f64, |highest, (_, loss)| highest.max(*loss));
    let lowest = training.points.iter().chain(&test.points).fold(99.0f64, |lowest, (_, percent)| lowest.min(*percent));
    let losses = Axis::Linear(0.0, (10.0 * highest).ceil().max(1.0) / 10.0);
    let accuracies = Axis::Linear(lowest.floor(), 100.0);
    picture::canvas((1000, 380), |area| {
        let (left, right) = area.split_horizontally(px(500));
        picture::plot(&left, "Loss", ["epoch", "mean over the epoch"], &losses, &[loss])?;
        picture::plot(&right, "Accuracy", ["epoch", "%"], &accuracies, &[training, test])
    })
}

/// The confusion matrix: the mistakes in orange, measured against the most frequent one, and the rest pale.
pub fn confusion(Confusion(counts): &Confusion) -> Outcome<String> {
    const CELL: i32 = px(46) as i32;
    const LEFT: i32 = px(64) as i32;
    const TOP: i32 = px(96) as i32;
    let cells =
        || (0..).zip(counts).flat_map(|(row, line)| (0..).zip(line).map(move |(column, count)| (row, column, *count)));
    let most = cells().filter(|(row, column, _)| row != column).map(|(.., count)| count).max().unwrap_or(0).max(1);

    picture::canvas((620, 600), |area| {
        let middle = |row, column| (LEFT + CELL * column + CELL / 2, TOP + CELL * row + CELL / 2);
        let write = |what: &str, height, at| area.draw(&Text::new(what.to_owned(), at, centred(height, &BLACK)));
        write("Digits of the test set, and what they were read as", 18, (px(310) as i32, px(26) as i32))?;
        write("read as", 14, (LEFT + 5 * CELL, px(56) as i32))?;
        write("right", 14, (middle(0, 10).0 + px(16) as i32, px(80) as i32))?;
        for (digit, line) in (0..).zip(counts) {
            let (x, y) = middle(digit, digit);
            write(&digit.to_string(), 14, (x, px(80) as i32))?;
            write(&digit.to_string(), 14, (px(44) as i32, y))?;
            let (right, all) = (line.get(digit as usize).copied().unwrap_or(0), line.iter().sum::<u32>());
            let percent =
                if all == 0 { "–".into() } else { format!("{:.1} %", 100.0 * f64::from(right) / f64::from(all)) };
            write(&percent, 13, (middle(0, 10).0 + px(16) as i32, y))?;
        }
        area.draw(&Text::new(
            "digit",
            (px(18) as i32, TOP + 5 * CELL),
            centred(14, &BLACK).transform(FontTransform::Rotate270),
        ))?;
        for (row, column, count) in cells() {
            let share = f64::from(count) / f64::from(most);
            let (ground, ink) = match (row == column, count) {
                (true, _) => (blend(BLUE, 0.12), BLACK),
                (false, 0) => (blend(GREY, 0.2), BLACK),
                (false, _) => (blend(ORANGE, share), if share > 0.7 { WHITE } else { BLACK }),
            };
            let (x, y) = middle(row, column);
            let half = CELL / 2 - px(1) as i32;
            area.draw(&Rectangle::new([(x - half, y - half), (x + half, y + half)], ground.filled()))?;
            if count > 0 {
                area.draw(&Text::new(count.to_string(), (x, y), centred(14, &ink)))?;
            }
        }
        Ok(())
    })
}

/// How many images of weights stand in a row.
const ACROSS: usize = 10;
/// How many pixels wide a weight is drawn.
const SCALE: u32 = 3;
/// How many shades there are to either side of white.
const SHADES: i32 = 7;

/// The first layer's weights, an image for each unit: orange where ink speaks for it, blue where it speaks against it.
pub fn weights<const UNITS: usize>(weight: &SMatrix<f32, UNITS, PIXELS>) -> Outcome<String> {
    let limit = usual_limit(weight);
    let mut palette: Vec<_> = (-SHADES..=SHADES).map(shade).map(|RGBColor(r, g, b)| (r, g, b)).collect();
    let line = palette.len() as u8;
    palette.push((GREY.0, GREY.1, GREY.2));

    // The images in a grid with lines between them.
    let (width, height) = (ACROSS * (SIDE + 1) - 1, UNITS.div_ceil(ACROSS) * (SIDE + 1) - 1);
    let pixel = |x: usize, y: usize| {
        let unit = x / (SIDE + 1) + ACROSS * (y / (SIDE + 1));
        let (column, row) = (x % (SIDE + 1), y % (SIDE + 1));
        let weight = if column < SIDE && row < SIDE { weight.get((unit, SIDE * row + column)) } else { None };
        let number = |weight: &f32| ((weight / limit).clamp(-1.0, 1.0) * SHADES as f32).round() as i32 + SHADES;
        weight.map_or(line, |weight| number(weight) as u8)
    };
    let pixels: Vec<_> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();

    let (left, top) = (20, 48);
    let size = (SCALE * width as u32 + 2 * left, top + SCALE * height as u32 + 56);
    let svg = picture::canvas(size, |area| {
        picture::titled(area, "First layer: the weights of each unit, over the image", 18)?;
        let (bar, y) = (px(24) as i32, px(size.1 - 36) as i32);
        let x = |shade: i32| px(size.0) as i32 / 2 + bar * shade - bar / 2;
        for number in -SHADES..=SHADES {
            let cell = [(x(number), y), (x(number + 1), y + px(12) as i32)];
            area.draw(&Rectangle::new(cell, shade(number).filled()))?;
        }
        for (share, at) in [(-1.0, -SHADES), (0.0, 0), (1.0, SHADES)] {
            let text = picture::number((f64::from(share * limit) * 100.0).round() / 100.0);
            area.draw(&Text::new(text, (x(at) + bar / 2, y + px(23) as i32), centred(13, &BLACK)))?;
        }
        Ok(())
    })?;
    Bitmap { palette: &palette, width, pixels: &pixels }.put_into(&svg, (left, top), SCALE)
}

/// What only one weight in a hundred exceeds: a few large ones would make all others white.
fn usual_limit<const UNITS: usize>(weight: &SMatrix<f32, UNITS, PIXELS>) -> f32 {
    let mut sizes: Vec<_> = weight.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() * 99 / 100).copied().unwrap_or(0.0).max(f32::MIN_POSITIVE)
}

/// From blue over white to orange.
fn shade(number: i32) -> RGBColor {
    blend(if number < 0 { BLUE } else { ORANGE }, f64::from(number.abs()) / f64::from(SHADES))
}

/// So much of a colour on white.
fn blend(RGBColor(r, g, b): RGBColor, share: f64) -> RGBColor {
    let on_white = |part: u8| (255.0 - share * (255.0 - f64::from(part))).round() as u8;
    RGBColor(on_white(r), on_white(g), on_white(b))
}

/// Letters around the middle of a place.
fn centred<'c>(height: u32, color: &'c RGBColor) -> TextStyle<'c> {
    font(height).color(color).pos(Pos::new(HPos::Center, VPos::Center))
}
