//! The MNIST data set of handwritten digits.

use std::path::Path;

use chainrule::Class;
use chainrule::nalgebra::SVector;

use crate::error::{Problem, ReadError};
use crate::idx::Idx;

/// The height and the width of an image in pixels.
pub const SIDE: usize = 28;
/// How many pixels an image has.
pub const PIXELS: usize = SIDE * SIDE;

/// The folder of the files that come with the examples.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/mnist");

/// An image, row by row: 0 is paper, 1 is ink.
pub type Image = SVector<f32, PIXELS>;
/// Which digit it shows.
pub type Digit = Class<10>;

/// The two sets, written by different people.
#[derive(Debug)]
pub struct Mnist {
    /// 60,000 digits to learn from.
    pub training: Digits,
    /// 10,000 digits to be judged by.
    pub test: Digits,
}

/// Images and as many labels.
#[derive(Debug)]
pub struct Digits {
    /// The images.
    pub images: Vec<Image>,
    /// What they show.
    pub labels: Vec<Digit>,
}

impl Mnist {
    /// Reads the four files in `folder`, under the names they have on their website.
    ///
    /// # Errors
    /// [`ReadError`] if a file is missing or is not what it should be.
    pub fn read(folder: &Path) -> Result<Self, ReadError> {
        Ok(Self { training: Digits::training(folder)?, test: Digits::test(folder)? })
    }
}

impl Digits {
    /// Reads the digits to learn from.
    ///
    /// # Errors
    /// [`ReadError`] if a file is missing or is not what it should be.
    pub fn training(folder: &Path) -> Result<Self, ReadError> {
        Self::named(folder, "train")
    }

    /// Reads the digits to be judged by.
    ///
    /// # Errors
    /// [`ReadError`] if a file is missing or is not what it should be.
    pub fn test(folder: &Path) -> Result<Self, ReadError> {
        Self::named(folder, "t10k")
    }

    fn named(folder: &Path, name: &str) -> Result<Self, ReadError> {
        let images = folder.join(format!("{name}-images-idx3-ubyte.gz"));
        let labels = folder.join(format!("{name}-labels-idx1-ubyte.gz"));
        Self::read(&images, &labels)
    }

    /// Reads a file of images and the file of their labels.
    ///
    /// # Errors
    /// [`ReadError`] if a file is missing or is not what it should be, or if they do not belong together.
    pub fn read(images: &Path, labels: &Path) -> Result<Self, ReadError> {
        let digits = Self { images: read_images(images)?, labels: read_labels(labels)? };
        if digits.images.len() != digits.labels.len() {
            let of = images.to_owned();
            let problem = Problem::Count { images: digits.images.len(), of, labels: digits.labels.len() };
            return Err(ReadError { path: labels.to_owned(), problem });
        }
        Ok(digits)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.images.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.images.is_empty()
    }
}

fn read_images(path: &Path) -> Result<Vec<Image>, ReadError> {
    let Idx { dimensions: [_, rows, columns], bytes } = Idx::read(path)?;
    if [rows, columns] != [SIDE, SIDE] {
        let problem = Problem::ImageSize { expected: [SIDE, SIDE], found: [rows, columns] };
        return Err(ReadError { path: path.to_owned(), problem });
    }
    let (images, _) = bytes.as_chunks::<PIXELS>();
    Ok(images.iter().map(|pixels| Image::from_iterator(pixels.iter().map(|&grey| f32::from(grey) / 255.0))).collect())
}

fn read_labels(path: &Path) -> Result<Vec<Digit>, ReadError> {
    let Idx { bytes, .. } = Idx::<1>::read(path)?;
    let class = |(position, label): (usize, u8)| {
        let outside = |label| ReadError { path: path.to_owned(), problem: Problem::Label { position, label } };
        Class::new(label.into()).map_err(outside)
    };
    bytes.into_iter().enumerate().map(class).collect()
}

#[cfg(test)]
mod tests;
