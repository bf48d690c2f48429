//! What is printed. It needs neither colours nor a terminal.

use std::fmt;
use std::iter;

use chainrule_examples::mnist::{Digit, Image, SIDE};
use indicatif::style::TemplateError;
use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error, if that is a terminal.
pub fn progress(samples: usize) -> Result<ProgressBar, TemplateError> {
    let style = ProgressStyle::with_template("{wide_bar} {percent:>3} % {eta:>4} left")?;
    Ok(ProgressBar::new(samples as u64).with_style(style))
}

/// One line of the table of epochs.
#[derive(Debug)]
pub struct Epoch {
    pub number: usize,
    pub loss: f32,
    pub training_accuracy: f64,
    pub test_accuracy: f64,
    pub samples_per_second: f64,
}

impl Epoch {
    pub const HEADER: &str = "epoch     loss   training       test   samples/s";
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:5}   {:6.4}   {:6.2} %   {:6.2} %   {:9.0}",
            self.number,
            self.loss,
            100.0 * self.training_accuracy,
            100.0 * self.test_accuracy,
            self.samples_per_second
        )
    }
}

/// How often each digit was read as which.
pub struct Confusion(pub [[u32; 10]; 10]);

impl Confusion {
    pub fn count(labels: &[Digit], read: &[Digit]) -> Self {
        let mut counts = [[0; 10]; 10];
        for (label, read) in labels.iter().zip(read) {
            if let Some(count) = counts.get_mut(label.index()).and_then(|row| row.get_mut(read.index())) {
                *count += 1;
            }
        }
        Self(counts)
    }
}

impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "digit   read as 0     1     2     3     4     5     6     7     8     9     right")?;
        for (digit, row) in self.0.iter().enumerate() {
            write!(f, "{digit:5}      ")?;
            for &count in row {
                if count == 0 {
                    write!(f, "     .")?;
                } else {
                    write!(f, "{count:6}")?;
                }
            }
            let right = row.get(digit).copied().unwrap_or(0);
            match row.iter().sum::<u32>() {
                0 => writeln!(f, "         -")?,
                all => writeln!(f, "   {:5.1} %", 100.0 * f64::from(right) / f64::from(all))?,
            }
        }
        Ok(())
    }
}

/// An image that was not read as what it shows.
pub struct Misread<'d> {
    pub image: &'d Image,
    pub label: Digit,
    pub read: Digit,
    pub probability: f32,
}

/// The digits of MNIST were scaled to fit into a square of 20 pixels.
const DRAWN: usize = 20;

/// Three digits in a row, with their captions.
pub fn side_by_side(misread: &[Misread<'_>]) -> String {
    let mut text = String::new();
    for three in misread.chunks(3) {
        let captions = three.iter().map(Misread::caption).collect();
        let drawings = (0..DRAWN / 2).map(|line| three.iter().map(|digit| half_blocks(digit.image, line)).collect());
        for cells in iter::once(captions).chain(drawings) {
            push_line(&mut text, cells);
        }
        text.push('\n');
    }
    text
}

impl Misread<'_> {
    fn caption(&self) -> String {
        let Self { label, read, probability, .. } = self;
        format!("{label} read as {read}, {:.1} %", 100.0 * probability)
    }
}

fn push_line(text: &mut String, cells: Vec<String>) {
    let line: String = cells.iter().map(|cell| format!("{cell:26}")).collect();
    text.push_str(line.trim_end());
    text.push('\n');
}

/// Two rows of pixels in one line of characters.
fn half_blocks(image: &Image, line: usize) -> String {
    let ink = |row: usize, column: usize| image.get(row * SIDE + column).is_some_and(|&grey| grey > 0.4);
    let top = (0..SIDE).find(|&row| (0..SIDE).any(|column| ink(row, column))).unwrap_or(0);
    let left = (0..SIDE).find(|&column| (0..SIDE).any(|row| ink(row, column))).unwrap_or(0);
    let row = top + 2 * line;
    let character = |column| match (ink(row, column), ink(row + 1, column)) {
        (false, false) => ' ',
        (true, false) => '▀',
        (false, true) => '▄',
        (true, true) => '█',
    };
    (left..SIDE.min(left + DRAWN)).map(character).collect()
}
