//! The IDX format of the MNIST files, gzipped.
//!
//! A magic number, `00 00 08` for unsigned bytes and then the number of dimensions; the length of each
//! dimension as a big-endian `u32`; then the bytes, the last dimension running fastest.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::error::{Problem, ReadError};

/// An array of bytes with `D` dimensions.
#[derive(Debug, PartialEq, Eq)]
pub struct Idx<const D: usize> {
    /// How long each dimension is.
    pub dimensions: [usize; D],
    /// As many bytes as the product of the dimensions.
    pub bytes: Vec<u8>,
}

impl<const D: usize> Idx<D> {
    /// Reads a gzipped IDX file.
    ///
    /// # Errors
    /// [`ReadError`] if the file is missing, is no gzip, has another number of dimensions, or is shorter or
    /// longer than it says.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        Self::unpack(path).map_err(|problem| ReadError { path: path.to_owned(), problem })
    }

    fn unpack(path: &Path) -> Result<Self, Problem> {
        let file = File::open(path).map_err(Problem::Open)?;
        let mut content = Vec::new();
        GzDecoder::new(file).read_to_end(&mut content).map_err(Problem::Unpack)?;
        Self::parse(content)
    }

    fn parse(mut content: Vec<u8>) -> Result<Self, Problem> {
        let header = 4 * (1 + D);
        let short = Problem::Header { expected: header, found: content.len() };
        let (words, _) = content.as_chunks::<4>();
        let Some((magic, lengths)) = words.split_first() else { return Err(short) };

        let expected = 0x0800 + D as u32;
        let found = u32::from_be_bytes(*magic);
        if found != expected {
            return Err(Problem::Magic { expected, found });
        }
        let Some(lengths) = lengths.first_chunk::<D>() else { return Err(short) };
        let lengths = lengths.map(u32::from_be_bytes);

        let expected = lengths.iter().fold(1u64, |product, &length| product.saturating_mul(length.into()));
        let found = (content.len() - header) as u64;
        if found != expected {
            return Err(Problem::Length { expected, found });
        }
        content.drain(..header);
        Ok(Self { dimensions: lengths.map(|length| length as usize), bytes: content })
    }
}
