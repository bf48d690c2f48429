//! What flows between layers.

use nalgebra::SVector;

use crate::params::Params;
use crate::scalar::Scalar;

/// The shape of the values at one point of a chain.
pub trait Shape {
    /// How many scalars flow.
    const LEN: usize;
    /// One sample's values.
    type Vector<T: Scalar>: Params<T> + 'static;
}

/// `N` values in a row.
#[derive(Clone, Copy, Debug)]
pub struct Width<const N: usize>;

impl<const N: usize> Shape for Width<N> {
    const LEN: usize = N;
    type Vector<T: Scalar> = SVector<T, N>;
}

/// One sample's values of shape `S`.
pub type Vector<T, S> = <S as Shape>::Vector<T>;

/// For `network!`: stops the compilation with both numbers if two widths differ.
#[doc(hidden)]
pub const fn assert_same(flows_name: &str, flows: usize, written_name: &str, written: usize) {
    if flows == written {
        return;
    }
    let message = Message::new()
        .name(flows_name, flows)
        .text(" values flow here, not ")
        .name(written_name, written)
        .text(": a layer between them would have to change the width");
    panic!("{}", message.as_str());
}

/// A text put together by the compiler.
struct Message {
    bytes: [u8; 256],
    len: usize,
}

impl Message {
    const fn new() -> Self {
        Self { bytes: [0; 256], len: 0 }
    }

    const fn text(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.len < self.bytes.len() {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    const fn number(self, number: usize) -> Self {
        let message = if number >= 10 { self.number(number / 10) } else { self };
        let digit = [b'0' + (number % 10) as u8];
        match core::str::from_utf8(&digit) {
            Ok(digit) => message.text(digit),
            Err(_) => message,
        }
    }

    /// `HIDDEN (50)`, or the number alone if that is what is written.
    const fn name(self, name: &str, value: usize) -> Self {
        match name.as_bytes() {
            [b'0'..=b'9', ..] => self.number(value),
            _ => self.text(name).text(" (").number(value).text(")"),
        }
    }

    const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "two widths differ",
        }
    }
}
