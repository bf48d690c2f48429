//! Bitmaps (PNG) in SVG, for what would be tens of thousands of rectangles.

use std::io::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::picture::{Outcome, px};

/// A bitmap of up to 16 colours.
pub struct Bitmap<'p> {
    /// Red, green and blue of each colour.
    pub palette: &'p [(u8, u8, u8)],
    /// How many pixels make a row.
    pub width: usize,
    /// Numbers of colours, row by row.
    pub pixels: &'p [u8],
}

impl Bitmap<'_> {
    /// Puts the bitmap into a picture, its upper left corner at a place in pixels, each of its pixels `scale` wide.
    ///
    /// # Errors
    /// If it is too large for a PNG file.
    pub fn put_into(&self, svg: &str, (x, y): (u32, u32), scale: u32) -> Outcome<String> {
        let height = self.pixels.len() / self.width.max(1);
        let image = format!(
            r#"<image x="{}" y="{}" width="{}" height="{}" image-rendering="pixelated" href="data:image/png;base64,{}"/>"#,
            px(x),
            px(y),
            px(scale * u32::try_from(self.width)?),
            px(scale * u32::try_from(height)?),
            BASE64_STANDARD.encode(self.png(height)?)
        );
        Ok(svg.replace("</svg>", &format!("{image}\n</svg>")))
    }

    /// A PNG file: four bits a pixel, every row begun with 0 for "not filtered".
    fn png(&self, height: usize) -> Outcome<Vec<u8>> {
        let mut header = Vec::new();
        for side in [self.width, height] {
            header.extend(u32::try_from(side)?.to_be_bytes());
        }
        // Bits, indexed colours, and the only values there are for compression and filters; not interlaced.
        header.extend([4, 3, 0, 0, 0]);
        let palette: Vec<u8> = self.palette.iter().flat_map(|&(red, green, blue)| [red, green, blue]).collect();
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        for row in self.pixels.chunks(self.width.max(1)) {
            packed.write_all(&[0])?;
            packed.write_all(&row.chunks(2).map(two_in_a_byte).collect::<Vec<_>>())?;
        }

        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, content) in
            [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", packed.finish()?), (b"IEND", Vec::new())]
        {
            let mut crc = Crc::new();
            crc.update(name);
            crc.update(&content);
            png.extend(u32::try_from(content.len())?.to_be_bytes());
            png.extend(name);
            png.extend(content);
            png.extend(crc.sum().to_be_bytes());
        }
        Ok(png)
    }
}

/// The left pixel in the high bits.
fn two_in_a_byte(pixels: &[u8]) -> u8 {
    pixels.iter().zip([4, 0]).fold(0, |byte, (&pixel, shift)| byte | (pixel & 0x0f) << shift)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn the_pixels_are_found_again_in_the_file() {
        let palette = [(255, 255, 255), (0, 0, 0), (200, 0, 0)];
        let bitmap = Bitmap { palette: &palette, width: 3, pixels: &[0, 1, 2, 2, 1, 0] };
        let svg = bitmap.put_into("<svg></svg>", (1, 2), 4).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let image = document.descendants().find(|node| node.has_tag_name("image")).unwrap();
        assert_eq!(image.attribute("width"), Some(&*px(12).to_string()));
        assert_eq!(image.attribute("height"), Some(&*px(8).to_string()));

        let url = image.attribute("href").unwrap();
        let png = BASE64_STANDARD.decode(url.strip_prefix("data:image/png;base64,").unwrap()).unwrap();
        let at = |name: &[u8]| png.windows(4).position(|four| four == name).unwrap();
        assert_eq!(png[at(b"IHDR") + 4..][..13], [0, 0, 0, 3, 0, 0, 0, 2, 4, 3, 0, 0, 0]);
        assert_eq!(png[at(b"PLTE") + 4..][..9], [255, 255, 255, 0, 0, 0, 200, 0, 0]);
        let mut rows = Vec::new();
        ZlibDecoder::new(&png[at(b"IDAT") + 4..]).read_to_end(&mut rows).unwrap();
        assert_eq!(rows, [0, 0x01, 0x20, 0, 0x21, 0x00]);
        // The end of every PNG file, with the CRC that its specification names.
        assert_eq!(png[at(b"IEND") + 4..], [0xae, 0x42, 0x60, 0x82]);
    }
}
