//! Arguments of layers as text.

use core::mem;

use crate::saved::chain::Writer;
use crate::scalar::Scalar;

/// The numbers in a layer's brackets. Made by `network!`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arguments {
    /// Their values.
    pub numbers: &'static [Number],
    /// The whole layer as the hash of version 1 has it.
    pub hashed: &'static str,
}

/// A number in the fewest digits that tell it from all others of its scalar: `0.01`. Made by `network!`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    text: [u8; 24],
    len: usize,
}

impl Number {
    /// The text of a number that is rounded to the scalar `T`.
    pub const fn new<T: Scalar>(value: f64) -> Self {
        let single = mem::size_of::<T>() == 4;
        let value = if single { value as f32 as f64 } else { value };
        let mut text = [0; 24];
        let mut writer = Writer::new(&mut text);
        if value < 0.0 {
            writer.text(b"-");
        }
        match Digits::of(value.abs(), single) {
            Some(digits) => digits.write(&mut writer),
            // It takes more arithmetic than that of `f64` to tell it in decimals.
            None => writer.bits(value.to_bits()),
        }
        let len = writer.len;
        Self { text, len }
    }

    pub(super) const fn text(&self) -> &[u8] {
        match self.text.split_at_checked(self.len) {
            Some((text, _)) => text,
            None => &self.text,
        }
    }
}

/// digits · 10^exponent
struct Digits {
    digits: u64,
    exponent: i32,
}

impl Digits {
    /// The fewest digits from which the same number is computed.
    const fn of(value: f64, single: bool) -> Option<Self> {
        if value == 0.0 {
            return Some(Self { digits: 0, exponent: 0 });
        }
        if !value.is_finite() {
            return None;
        }
        // The exponent of the first digit.
        let mut first = 0;
        while first < 400 && times_power_of_ten(1.0, first + 1) <= value {
            first += 1;
        }
        while first > -400 && times_power_of_ten(1.0, first) > value {
            first -= 1;
        }
        let mut exponent = first;
        while exponent > first - 17 {
            let digits = (times_power_of_ten(value, -exponent) + 0.5) as u64;
            // Digits and power are then exact in `f64`, so that equal decimals are equal numbers.
            if digits < 1 << f64::MANTISSA_DIGITS && exponent.unsigned_abs() <= 22 {
                let again = times_power_of_ten(digits as f64, exponent);
                if again == value || single && again as f32 == value as f32 {
                    return Some(Self { digits, exponent });
                }
            }
            exponent -= 1;
        }
        None
    }

    /// `0.01`, `12.5`; `1e-7` where that would have many zeros.
    const fn write(mut self, writer: &mut Writer<'_>) {
        while self.digits >= 10 && self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.exponent += 1;
        }
        let mut count = 1;
        while count < 20 && self.digits >= 10u64.pow(count) {
            count += 1;
        }
        let count = count as i32;
        let point = count + self.exponent;
        if point < -4 || point > 16 {
            self.places(0, 1, count, count, writer);
            writer.text(if point < 1 { b"e-" } else { b"e" });
            writer.number((point - 1).unsigned_abs() as usize);
        } else {
            let first = if point < 1 { point - 1 } else { 0 };
            let end = if point < count { count } else { point + 1 };
            self.places(first, point, end, count, writer);
        }
    }

    /// The digits at some places, counted from the first that is not zero, with the point before one of them.
    const fn places(&self, mut place: i32, point: i32, end: i32, count: i32, writer: &mut Writer<'_>) {
        while place < end {
            if place == point {
                writer.text(b".");
            }
            let written = place >= 0 && place < count;
            let digit = if written { self.digits / 10u64.pow((count - 1 - place) as u32) % 10 } else { 0 };
            writer.number(digit as usize);
            place += 1;
        }
    }
}

/// x · 10^exponent, rounded once while the power is exact.
const fn times_power_of_ten(x: f64, exponent: i32) -> f64 {
    let mut power = 1.0;
    let mut left = exponent.unsigned_abs();
    while left > 0 {
        power *= 10.0;
        left -= 1;
    }
    if exponent < 0 { x / power } else { x * power }
}

impl Writer<'_> {
    const fn bits(&mut self, bits: u64) {
        self.text(b"0x");
        let mut left = 64;
        while left > 0 {
            left -= 4;
            let digit = (bits >> left & 15) as u8;
            self.text(&[if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text<T: Scalar>(value: f64) -> String {
        String::from_utf8(Number::new::<T>(value).text().to_vec()).unwrap()
    }

    #[test]
    fn a_number_has_the_digits_that_one_would_write() {
        for value in [0.0, 1.0, 0.01, 0.1, 0.2, 0.3, 0.125, 12.5, 100.0, 1234.5, 0.00012, 123_456.0, 1e15, -0.25] {
            assert_eq!([text::<f32>(value), text::<f64>(value)], [0; 2].map(|_| format!("{value:?}")));
        }
        assert_eq!([1e-7, 2.5e-9, 3e20].map(text::<f64>), ["1e-7", "2.5e-9", "3e20"]);
        assert_eq!([1e-7, 2.5e-9, 3e20].map(text::<f32>), ["1e-7", "2.5e-9", "3e20"]);
        // More digits than `f32` has are not told apart, and in `f64` they are.
        assert_eq!(text::<f32>(0.123_456_789_012), "0.12345679");
        assert_eq!(text::<f64>(0.123_456_789_012), "0.123456789012");
        assert_eq!(
            [text::<f64>(f64::MIN_POSITIVE), text::<f32>(f64::INFINITY)],
            ["0x0010000000000000", "0x7ff0000000000000"]
        );
    }

    #[test]
    fn different_numbers_have_different_texts_and_all_fit() {
        let mut rng = crate::init::Rng::new(1);
        for _ in 0..1000 {
            let bits = rng.below(u32::MAX);
            let (a, b) = (f32::from_bits(bits), f32::from_bits(bits ^ 1));
            if a.is_finite() && b.is_finite() {
                assert_ne!(text::<f32>(a.into()), text::<f32>(b.into()), "{a:e}");
                assert!(Number::new::<f32>(a.into()).len <= 24, "{a:e}");
            }
            let bits = u64::from(bits) << 32 | u64::from(rng.below(u32::MAX));
            let (a, b) = (f64::from_bits(bits), f64::from_bits(bits ^ 1));
            if a.is_finite() && b.is_finite() {
                assert_ne!(text::<f64>(a), text::<f64>(b), "{a:e}");
                assert!(Number::new::<f64>(a).len <= 24, "{a:e}");
            }
        }
    }
}
