//! What can be wrong with a data file.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use chainrule::ClassOutOfRange;

/// A data file that cannot be used.
#[derive(Debug)]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a data file: what was expected, and what was found.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// It cannot be opened.
    Open(io::Error),
    /// It is not gzip, is damaged or ends too early.
    Unpack(io::Error),
    /// It is unpacked, but ends within the header.
    Header {
        /// The length of the header in bytes.
        expected: usize,
        /// The length of the file in bytes.
        found: usize,
    },
    /// It does not begin as an IDX file of bytes with so many dimensions does.
    Magic {
        /// The number it should begin with.
        expected: u32,
        /// The number it begins with.
        found: u32,
    },
    /// Its images are not of the right size.
    ImageSize {
        /// Rows and columns that are wanted.
        expected: [usize; 2],
        /// Rows and columns that the header announces.
        found: [usize; 2],
    },
    /// There are not as many bytes after the header as it announces.
    Length {
        /// How many it announces.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// A label is the label of no class.
    Label {
        /// Where in the file, counted from 0.
        position: usize,
        /// The label.
        label: ClassOutOfRange,
    },
    /// There are not as many labels as images.
    Count {
        /// How many images there are.
        images: usize,
        /// The file of the images.
        of: PathBuf,
        /// How many labels there are.
        labels: usize,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(_) => f.write_str("expected a gzipped IDX file here, but it cannot be opened"),
            Self::Unpack(_) => f.write_str("expected a complete gzip file, but it cannot be unpacked"),
            Self::Header { expected, found } => {
                write!(f, "expected an IDX header of {expected} bytes, found {found} bytes in all")
            }
            Self::Magic { expected, found } => {
                write!(f, "expected the IDX magic number {expected:#010x}, found {found:#010x}")
            }
            Self::ImageSize { expected: [rows, columns], found: [found_rows, found_columns] } => {
                write!(f, "expected images of {rows}x{columns} pixels, found {found_rows}x{found_columns}")
            }
            Self::Length { expected, found } => {
                write!(f, "expected {expected} bytes after the header, as it announces, found {found}")
            }
            Self::Label { position, label } => {
                write!(
                    f,
                    "expected labels from 0 to {}, found {} at position {position}",
                    label.classes - 1,
                    label.index
                )
            }
            Self::Count { images, of, labels } => {
                write!(f, "expected {images} labels, one for each image in {}, found {labels}", of.display())
            }
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Open(error) | Problem::Unpack(error) => Some(error),
            _ => None,
        }
    }
}
