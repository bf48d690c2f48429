//! Widths whose values only the compiler knows: it stops with both numbers where they differ.
// All of this runs while a user's crate is compiled, where a panic is the message.
#![allow(clippy::indexing_slicing, clippy::panic)]

/// Stops the compilation if the width that flows is not the one that is written.
#[track_caller]
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

/// For `network!`: stops the compilation if a constant is no width.
#[track_caller]
pub const fn assert_flows<const WIDTH: usize>(name: &str) {
    if WIDTH == 0 {
        panic!("{}", Message::new().text("a width of 0: no value would flow where ").text(name).text(" is").as_str());
    }
}

/// For `network!`: stops the compilation if a loss is to choose among fewer than two classes.
#[track_caller]
pub const fn assert_choice<const WIDTH: usize>(name: &str) {
    if WIDTH == 1 {
        let message = Message::new()
            .text("`SoftmaxLoss` chooses among classes, but ")
            .name(name, WIDTH)
            .text(" leaves one, whose probability is always 1: write `SigmoidLoss` for a yes or a no");
        panic!("{}", message.as_str());
    }
}

/// A text put together by the compiler.
pub(crate) struct Message {
    bytes: [u8; 256],
    len: usize,
}

impl Message {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; 256], len: 0 }
    }

    pub(crate) const fn text(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut i = 0;
        while i < text.len() && self.len < self.bytes.len() {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    pub(crate) const fn number(self, number: usize) -> Self {
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

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "two widths differ",
        }
    }
}
