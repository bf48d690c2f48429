//! Where the text of a chain differs from the one that is expected.

use core::{fmt, str};

use crate::saved::chain::{ARROW, CLOSE, Chain, FROZEN, LayerText, OPEN, WITH, Writer};
use crate::widths::Message;

// No variant has the name of a trait: the compiler would tell them apart in its messages by whole paths.
/// The first difference between the chain that bytes are of and the one that is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainDifference {
    /// The scalar: `f32` or `f64`.
    ScalarType {
        /// The scalar of the network.
        expected: Excerpt,
        /// The scalar in the bytes.
        found: Excerpt,
    },
    /// How many values go in.
    InputShape {
        /// The input of the network.
        expected: Excerpt,
        /// The input in the bytes.
        found: Excerpt,
    },
    /// A layer is another one, or has other arguments.
    LayerName {
        /// Which one.
        layer: LayerPath,
        /// The layer of the network.
        expected: Excerpt,
        /// The layer in the bytes.
        found: Excerpt,
    },
    /// A layer gives another number of values.
    OutputShape {
        /// Which one.
        layer: LayerPath,
        /// How many values it gives in the network.
        expected: Excerpt,
        /// How many values it gives in the bytes.
        found: Excerpt,
    },
    /// There are more or fewer layers; those that both have are the same.
    LayerCount {
        /// The network within the chain whose layers these are, or the whole chain.
        within: LayerPath,
        /// How many layers the network has.
        expected: usize,
        /// How many layers there are in the bytes.
        found: usize,
    },
    /// For the state of training: a layer is frozen in one and trained in the other.
    FrozenLayer {
        /// Which one.
        layer: LayerPath,
        /// Whether it is frozen in the network.
        expected: bool,
        /// Whether it is frozen in the bytes.
        found: bool,
    },
    /// For the state of training: the optimiser.
    OptimizerName {
        /// The optimiser of the training.
        expected: Excerpt,
        /// The optimiser in the bytes.
        found: Excerpt,
    },
    /// Bytes of version 1 have a hash, which says no more than that something is different.
    Hash {
        /// The hash of what is expected.
        expected: u64,
        /// The hash in the bytes.
        found: u64,
    },
    /// The text is not written as [`saved`](crate::saved) says.
    Text {
        /// How many bytes of it are as they must be.
        at: usize,
    },
}

impl ChainDifference {
    /// Added to a message.
    pub(super) const fn tell(&self, message: Message) -> Message {
        let message = message.text(match self {
            Self::FrozenLayer { .. } | Self::OptimizerName { .. } => "the bytes are of another training: ",
            _ => "the bytes are of another chain: ",
        });
        match self {
            Self::ScalarType { expected, found } => found.is(message.text("the scalar"), expected),
            Self::InputShape { expected, found } => {
                found.count(message, [" value goes in, ", " values go in, "], expected)
            }
            Self::LayerName { layer, expected, found } => found.is(layer.tell(message), expected),
            Self::OutputShape { layer, expected, found } => {
                found.count(layer.tell(message).text(" gives "), [" value, ", " values, "], expected)
            }
            Self::LayerCount { within, expected, found } => {
                let message = if within.is_whole() {
                    message.text(if *found == 1 { "there is " } else { "there are " })
                } else {
                    within.tell(message).text(" has ")
                };
                Excerpt::number(*found).count(message, [" layer, ", " layers, "], &Excerpt::number(*expected))
            }
            Self::FrozenLayer { layer, expected, .. } => layer.tell(message).text(if *expected {
                " is trained, and expected to be frozen"
            } else {
                " is frozen, and expected to be trained"
            }),
            Self::OptimizerName { expected, found } => found.is(message.text("the optimiser"), expected),
            Self::Hash { expected, found } => {
                hex(hex(message.text("the hash is "), *found, 16).text(", not "), *expected, 16)
            }
            Self::Text { at } => message.text("its text is no chain from byte ").number(*at).text(" on"),
        }
    }
}

/// Added to a message: so many hexadecimal digits of a number.
pub(super) const fn hex(mut message: Message, number: u64, digits: u32) -> Message {
    let mut left = 4 * digits;
    while left > 0 {
        left -= 4;
        let digit = (number >> left & 15) as usize;
        message = if digit < 10 {
            message.number(digit)
        } else {
            message.text(match digit {
                10 => "a",
                11 => "b",
                12 => "c",
                13 => "d",
                14 => "e",
                _ => "f",
            })
        };
    }
    message
}

/// The text in the bytes, from where it is read on.
struct Reader<'t> {
    rest: &'t [u8],
}

impl Chain {
    /// Compares the text of the chain with another.
    pub(super) const fn compare(&self, found: &[u8]) -> Result<(), ChainDifference> {
        let mut text = Reader { rest: found };
        match self.compare_all(&mut text) {
            Ok(()) if text.rest.is_empty() => Ok(()),
            Err(Some(difference)) => Err(difference),
            Ok(()) | Err(None) => Err(ChainDifference::Text { at: found.len() - text.rest.len() }),
        }
    }

    /// The difference, or none if the text cannot be read on.
    const fn compare_all(&self, text: &mut Reader<'_>) -> Result<(), Option<ChainDifference>> {
        let expected = Excerpt::scalar(self.scalar);
        if !(text.take(expected.as_str().as_bytes()) && text.take(b": ")) {
            let [found @ .., b':'] = text.word() else { return Err(None) };
            return Err(Some(ChainDifference::ScalarType { expected, found: Excerpt::new(found) }));
        }
        if let Err(found) = text.take_shape(self.input) {
            return Err(match found {
                Some(found) => Some(ChainDifference::InputShape { expected: Excerpt::number(self.input), found }),
                None => None,
            });
        }
        if !text.take(ARROW) {
            return Err(None);
        }
        if let Err(difference) = text.layers(self.layers, self.optimizer.is_some(), LayerPath::WHOLE) {
            return Err(difference);
        }
        if let Some(optimizer) = self.optimizer {
            if !text.take(WITH) {
                return Err(None);
            }
            let found = text.rest;
            if !(text.take(optimizer.as_bytes()) && text.rest.is_empty()) {
                let (expected, found) = (Excerpt::new(optimizer.as_bytes()), Excerpt::new(found));
                return Err(Some(ChainDifference::OptimizerName { expected, found }));
            }
        }
        Ok(())
    }
}

impl<'t> Reader<'t> {
    /// Goes past what is expected, if it is there.
    const fn take(&mut self, mut expected: &[u8]) -> bool {
        let mut rest = self.rest;
        while let [byte, others @ ..] = expected {
            match rest {
                [found, behind @ ..] if *found == *byte => rest = behind,
                _ => return false,
            }
            expected = others;
        }
        self.rest = rest;
        true
    }

    /// What comes up to the next space.
    const fn word(&self) -> &'t [u8] {
        let mut len = 0;
        let mut rest = self.rest;
        while let [byte, behind @ ..] = rest {
            if *byte == b' ' {
                break;
            }
            rest = behind;
            len += 1;
        }
        match self.rest.split_at_checked(len) {
            Some((word, _)) => word,
            None => self.rest,
        }
    }

    const fn is_at_end_of_word(&self) -> bool {
        matches!(self.rest, [] | [b' ', ..])
    }

    /// Goes past a shape; the one that is there if it is another.
    const fn take_shape(&mut self, expected: usize) -> Result<(), Option<Excerpt>> {
        let before = self.rest;
        let expected = Excerpt::number(expected);
        if self.take(expected.as_str().as_bytes()) && self.is_at_end_of_word() {
            return Ok(());
        }
        self.rest = before;
        match self.word() {
            word @ [b'0'..=b'9', ..] => Err(Some(Excerpt::new(word))),
            _ => Err(None),
        }
    }

    /// Goes past a layer without mark and shape, of a network only past the brace.
    const fn take_layer(&mut self, expected: &LayerText) -> bool {
        let before = self.rest;
        let mut same = self.take(expected.name.as_bytes());
        let (mut numbers, mut sign) = (expected.numbers(), b"(");
        while let [number, rest @ ..] = numbers {
            same = same && self.take(sign) && self.take(number.text());
            (numbers, sign) = (rest, b",");
        }
        same = same && (expected.numbers().is_empty() || self.take(b")"));
        same = same && if expected.layers.is_empty() { self.is_at_end_of_word() } else { self.take(OPEN) };
        if !same {
            self.rest = before;
        }
        same
    }

    const fn layers(
        &mut self,
        expected: &[LayerText],
        marks: bool,
        within: LayerPath,
    ) -> Result<(), Option<ChainDifference>> {
        let mut layers = expected;
        let mut number = 1;
        while let [expected, rest @ ..] = layers {
            if let Err(difference) = self.layer(expected, marks, within.layer(number)) {
                return Err(difference);
            }
            let more = self.goes_on();
            if rest.is_empty() == more {
                let (expected, found) = (number + rest.len(), number + self.more_layers());
                let difference = ChainDifference::LayerCount { within, expected, found };
                return Err(if expected == found { None } else { Some(difference) });
            }
            if more && !self.take(ARROW) {
                return Err(None);
            }
            layers = rest;
            number += 1;
        }
        Ok(())
    }

    const fn layer(
        &mut self,
        expected: &LayerText,
        marks: bool,
        path: LayerPath,
    ) -> Result<(), Option<ChainDifference>> {
        let frozen = self.take(FROZEN);
        if frozen && !marks {
            return Err(None);
        }
        if !self.take_layer(expected) {
            return match self.word() {
                [] | [b'0'..=b'9', ..] => Err(None),
                _ => {
                    let (expected, found) = (Excerpt::layer(expected, false), Excerpt::new(self.layer_text()));
                    Err(Some(ChainDifference::LayerName { layer: path, expected, found }))
                }
            };
        }
        if marks && frozen != expected.frozen {
            return Err(Some(ChainDifference::FrozenLayer { layer: path, expected: expected.frozen, found: frozen }));
        }
        if !expected.layers.is_empty() {
            if let Err(difference) = self.layers(expected.layers, marks && !expected.frozen, path) {
                return Err(difference);
            }
            if !self.take(CLOSE) {
                return Err(None);
            }
        }
        if expected.output != 0 {
            if !self.take(ARROW) {
                return Err(None);
            }
            if let Err(found) = self.take_shape(expected.output) {
                return Err(match found {
                    Some(found) => {
                        let expected = Excerpt::number(expected.output);
                        Some(ChainDifference::OutputShape { layer: path, expected, found })
                    }
                    None => None,
                });
            }
        }
        Ok(())
    }

    /// Whether something other than the end of a chain follows a layer.
    const fn goes_on(&self) -> bool {
        let mut ahead = Reader { rest: self.rest };
        !ahead.rest.is_empty() && !ahead.take(CLOSE) && !ahead.take(WITH)
    }

    const fn skip_word(&mut self) {
        let word = self.word();
        self.take(word);
        self.take(b" ");
    }

    /// The layer that comes: a word, or all that is in braces.
    const fn layer_text(&self) -> &'t [u8] {
        let mut text = Reader { rest: self.rest };
        if !text.take(OPEN) {
            return self.word();
        }
        let mut depth = 1;
        while depth > 0 && !text.rest.is_empty() {
            match text.word() {
                b"{" => depth += 1,
                b"}" => depth -= 1,
                _ => {}
            }
            if depth > 0 {
                text.skip_word();
            }
        }
        match self.rest.split_at_checked(self.rest.len() - text.rest.len() + 1) {
            Some((layer, _)) => layer,
            None => self.rest,
        }
    }

    /// How many layers follow behind one, up to the end of the network that they are in.
    const fn more_layers(&self) -> usize {
        let mut text = Reader { rest: self.rest };
        let (mut layers, mut depth) = (0, 0usize);
        text.take(b" ");
        while !text.rest.is_empty() {
            match text.word() {
                b"{" => depth += 1,
                b"}" if depth == 0 => break,
                b"}" => depth -= 1,
                b"=>" if depth == 0 => {
                    text.skip_word();
                    if !matches!(text.word(), [] | [b'0'..=b'9', ..]) {
                        layers += 1;
                    }
                    continue;
                }
                _ => {}
            }
            text.skip_word();
        }
        layers
    }
}

/// Which layer: 3 is the third of the chain, 3.1 the first of the network that this is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LayerPath {
    numbers: [u32; Self::DEPTH],
    depth: usize,
}

impl LayerPath {
    /// In deeper networks the layer around is named.
    const DEPTH: usize = 4;
    const WHOLE: Self = Self { numbers: [0; Self::DEPTH], depth: 0 };

    /// The number of the layer of the chain, then that of the layer in it, and so on, counted from 1.
    pub const fn numbers(&self) -> &[u32] {
        match self.numbers.split_at_checked(self.depth) {
            Some((numbers, _)) => numbers,
            None => &self.numbers,
        }
    }

    const fn layer(mut self, number: usize) -> Self {
        if let Some((_, [next, ..])) = self.numbers.split_at_mut_checked(self.depth) {
            *next = number as u32;
            self.depth += 1;
        }
        self
    }

    const fn is_whole(&self) -> bool {
        self.depth == 0
    }

    /// Added to a message: `layer 3.1`.
    const fn tell(&self, message: Message) -> Message {
        self.dotted(message.text("layer "))
    }

    const fn dotted(&self, mut message: Message) -> Message {
        let mut numbers = self.numbers();
        while let [number, rest @ ..] = numbers {
            message = message.number(*number as usize);
            if !rest.is_empty() {
                message = message.text(".");
            }
            numbers = rest;
        }
        message
    }
}

impl fmt::Display for LayerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.dotted(Message::new()).as_str())
    }
}

impl fmt::Debug for LayerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A piece of the text of a chain, or the first 32 bytes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Excerpt {
    bytes: [u8; 32],
    /// Of the whole piece.
    len: usize,
}

impl Excerpt {
    const fn new(text: &[u8]) -> Self {
        let mut bytes = [0; 32];
        Writer::new(&mut bytes).text(text);
        Self { bytes, len: text.len() }
    }

    const fn scalar(size: usize) -> Self {
        let mut bytes = [0; 32];
        let mut writer = Writer::new(&mut bytes);
        writer.scalar(size);
        let len = writer.len;
        Self { bytes, len }
    }

    const fn number(number: usize) -> Self {
        let mut bytes = [0; 32];
        let mut writer = Writer::new(&mut bytes);
        writer.number(number);
        let len = writer.len;
        Self { bytes, len }
    }

    const fn layer(layer: &LayerText, marks: bool) -> Self {
        let mut bytes = [0; 32];
        let mut writer = Writer::new(&mut bytes);
        writer.layer(layer, marks);
        let len = writer.len;
        Self { bytes, len }
    }

    /// The text, up to where it is cut off or is no UTF-8.
    pub const fn as_str(&self) -> &str {
        let bytes = match self.bytes.split_at_checked(self.len) {
            Some((bytes, _)) => bytes,
            None => &self.bytes,
        };
        match str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => match bytes.split_at_checked(error.valid_up_to()) {
                Some((text, _)) => match str::from_utf8(text) {
                    Ok(text) => text,
                    Err(_) => "",
                },
                None => "",
            },
        }
    }

    const fn is_one(&self) -> bool {
        matches!(self.as_str().as_bytes(), b"1")
    }

    /// Added to a message.
    const fn tell(&self, message: Message) -> Message {
        let text = self.as_str();
        let message = message.text(text);
        if text.len() < self.len { message.text("…") } else { message }
    }

    /// Added to a message: what is found, and what is expected.
    const fn is(&self, message: Message, expected: &Self) -> Message {
        expected.tell(self.tell(message.text(" is `")).text("`, `")).text("` is expected")
    }

    /// Added to a message: how many are found, and how many are expected.
    const fn count(&self, message: Message, [one, many]: [&str; 2], expected: &Self) -> Message {
        let message = self.tell(message).text(if self.is_one() { one } else { many });
        expected.tell(message).text(if expected.is_one() { " is expected" } else { " are expected" })
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tell(Message::new()).as_str())
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
