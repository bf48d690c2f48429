//! Text for people and for the check script, without the formatting of `core`, which would take more flash than the
//! networks.

use crate::board;

/// Prints numbers and texts one behind the other.
#[derive(Clone, Copy)]
pub struct Print;

impl Print {
    /// A text as it is.
    pub fn text(self, text: &str) -> Self {
        board::write(text.as_bytes());
        self
    }

    /// A number with at least so many digits.
    pub fn number(self, number: u32, digits: u32) -> Self {
        let mut rest = number;
        let mut text = [b'0'; 10];
        let mut used = 0;
        for digit in text.iter_mut().rev() {
            if rest == 0 && used >= digits.max(1) {
                break;
            }
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
            used += 1;
        }
        board::write(text.get(text.len() - used as usize..).unwrap_or_default());
        self
    }

    /// The bits of a number.
    pub fn bits(self, number: f32) -> Self {
        let mut rest = number.to_bits();
        let mut text = [0; 8];
        for digit in text.iter_mut().rev() {
            let value = (rest & 15) as u8;
            *digit = if value < 10 { b'0' + value } else { b'a' - 10 + value };
            rest >>= 4;
        }
        board::write(&text);
        self
    }

    /// A number with four digits after the point.
    pub fn decimal(self, number: f32) -> Self {
        let sign = if number < 0.0 { "-" } else { "" };
        let scaled = (if number < 0.0 { -number } else { number } * 1e4 + 0.5) as u32;
        self.text(sign).number(scaled / 10_000, 1).text(".").number(scaled % 10_000, 4)
    }

    /// The bits of many numbers, in hexadecimal.
    pub fn all_bits(self, numbers: &[f32]) -> Self {
        for number in numbers {
            self.text(" ").bits(*number);
        }
        self
    }
}
