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
    /// The bytes have fewer layers; those that they have are the same.
    FewerLayers {
        /// The first that is missing.
        layer: LayerPath,
        /// The layer of the network.
        expected: Excerpt,
    },
    /// The bytes have more layers; those of the network are the same.
    MoreLayers {
        /// The first that the network does not have.
        layer: LayerPath,
        /// The layer in the bytes.
        found: Excerpt,
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
            Self::FewerLayers { layer, expected } => {
                expected.tell(layer.tell(message.text("it ends before ")).text(", `")).text("`")
            }
            Self::MoreLayers { layer, found } => {
                found.tell(layer.tell(message).text(" is `")).text("`, the end is expected")
            }
            Self::FrozenLayer { layer, expected, .. } => layer.tell(message).text(if *expected {
                " is trained, and expected to be frozen"
            } else {
                " is frozen, and expected to be trained"
            }),
            Self::OptimizerName { expected, found } => found.is(message.text("the optimiser"), expected),
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

/// The chain that bytes are of, where it is not the one that is expected: as much of it as is needed to say what differs.
///
/// What differs is found out when somebody asks, so that a device that only wants to know whether it can go on has no code for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherChain {
    expected: &'static Chain,
    /// How many bytes of the two texts are the same, up to the word in which they differ.
    same: usize,
    /// The text from there on.
    found: Excerpt,
}

impl OtherChain {
    /// Compares the text of a chain with another.
    pub(super) const fn check(expected: &'static Chain, found: &[u8]) -> Result<(), Self> {
        let mut writer = Writer::comparing(found);
        writer.chain(expected);
        if writer.same == writer.len && writer.same == found.len() {
            return Ok(());
        }
        let (mut same, _) = split(found, writer.same);
        while let [before @ .., byte] = same {
            if *byte == b' ' {
                break;
            }
            same = before;
        }
        let (_, differs) = split(found, same.len());
        Err(Self { expected, same: same.len(), found: Excerpt::new(differs) })
    }

    /// The first difference.
    pub const fn difference(&self) -> ChainDifference {
        let found = self.found.bytes();
        let cut = found.len() < self.found.len;
        let mut text = Reader { same: self.same, rest: found, cut };
        match text.chain(self.expected) {
            Err(Some(difference)) => difference,
            Ok(()) | Err(None) => ChainDifference::Text { at: self.same - text.same + found.len() - text.rest.len() },
        }
    }
}

const fn split(bytes: &[u8], at: usize) -> (&[u8], &[u8]) {
    match bytes.split_at_checked(at) {
        Some(halves) => halves,
        None => (bytes, &[]),
    }
}

/// The text in the bytes, from where it is read on.
struct Reader<'t> {
    /// So many bytes are those that are expected and need not be looked at.
    same: usize,
    rest: &'t [u8],
    /// Whether there is more than the rest.
    cut: bool,
}

impl<'t> Reader<'t> {
    /// The difference, or none if the text cannot be read on.
    const fn chain(&mut self, expected: &Chain) -> Result<(), Option<ChainDifference>> {
        let scalar = Excerpt::scalar(expected.scalar);
        if !(self.take(scalar.bytes()) && self.take(b": ")) {
            let [found @ .., b':'] = self.word() else { return Err(None) };
            let found = Excerpt::new(found);
            return Err(Some(ChainDifference::ScalarType { expected: scalar, found }));
        }
        if let Err(found) = self.take_shape(expected.input) {
            return Err(match found {
                Some(found) => Some(ChainDifference::InputShape { expected: Excerpt::number(expected.input), found }),
                None => None,
            });
        }
        if !self.take(ARROW) {
            return Err(None);
        }
        if let Err(difference) = self.layers(expected.layers, expected.optimizer.is_some(), LayerPath::WHOLE) {
            return Err(difference);
        }
        if let Some(optimizer) = expected.optimizer {
            if !self.take(WITH) {
                return Err(None);
            }
            let found = self.excerpt(self.rest);
            if !(self.take(optimizer.as_bytes()) && self.rest.is_empty()) {
                let expected = Excerpt::new(optimizer.as_bytes());
                return Err(Some(ChainDifference::OptimizerName { expected, found }));
            }
        }
        Ok(())
    }

    /// Goes past what is expected, if it is there.
    const fn take(&mut self, mut expected: &[u8]) -> bool {
        let (mut same, mut rest) = (self.same, self.rest);
        while let [byte, others @ ..] = expected {
            match rest {
                _ if same > 0 => same -= 1,
                [found, behind @ ..] if *found == *byte => rest = behind,
                _ => return false,
            }
            expected = others;
        }
        (self.same, self.rest) = (same, rest);
        true
    }

    /// What is found, with a mark if there is more of it.
    const fn excerpt(&self, found: &[u8]) -> Excerpt {
        let mut excerpt = Excerpt::new(found);
        if self.cut && found.len() >= self.rest.len() {
            excerpt.len += 1;
        }
        excerpt
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
        split(self.rest, len).0
    }

    const fn is_at_end_of_word(&self) -> bool {
        self.same > 0 || matches!(self.rest, [] | [b' ', ..])
    }

    /// Goes past a shape; the one that is there if it is another.
    const fn take_shape(&mut self, expected: usize) -> Result<(), Option<Excerpt>> {
        let before = self.rest;
        let expected = Excerpt::number(expected);
        if self.take(expected.bytes()) && self.is_at_end_of_word() {
            return Ok(());
        }
        self.rest = before;
        match self.word() {
            word @ [b'0'..=b'9', ..] => Err(Some(self.excerpt(word))),
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
            let layer = within.layer(number);
            if let Err(difference) = self.layer(expected, marks, layer) {
                return Err(difference);
            }
            number += 1;
            let layer = within.layer(number);
            match rest {
                [] if self.take_arrow() => {
                    return match self.word() {
                        [] | [b'0'..=b'9', ..] => Err(None),
                        _ => Err(Some(ChainDifference::MoreLayers { layer, found: self.excerpt(self.layer_text()) })),
                    };
                }
                [next, ..] if self.ends() => {
                    let expected = Excerpt::layer(next, false);
                    return Err(Some(ChainDifference::FewerLayers { layer, expected }));
                }
                [_, ..] if !self.take(ARROW) => return Err(None),
                _ => {}
            }
            layers = rest;
        }
        Ok(())
    }

    /// Goes past an arrow where none is expected.
    const fn take_arrow(&mut self) -> bool {
        self.same <= 1 && self.take(ARROW)
    }

    /// Whether a chain is over where it is expected to go on.
    const fn ends(&self) -> bool {
        let mut ahead = Reader { ..*self };
        self.same == 0 && self.rest.is_empty() || self.same <= 1 && (ahead.take(CLOSE) || ahead.take(WITH))
    }

    const fn layer(
        &mut self,
        expected: &LayerText,
        marks: bool,
        path: LayerPath,
    ) -> Result<(), Option<ChainDifference>> {
        // What is the same is what is expected.
        let frozen = if self.same > 0 { marks && expected.frozen } else { true } && self.take(FROZEN);
        if frozen && !marks {
            return Err(None);
        }
        if !self.take_layer(expected) {
            return match self.word() {
                [] | [b'0'..=b'9', ..] => Err(None),
                _ => {
                    let (expected, found) = (Excerpt::layer(expected, false), self.excerpt(self.layer_text()));
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

    const fn skip_word(&mut self) {
        let word = self.word();
        self.take(word);
        self.take(b" ");
    }

    /// The layer that comes: a word, or all that is in braces.
    const fn layer_text(&self) -> &'t [u8] {
        let mut text = Reader { ..*self };
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
        split(self.rest, self.rest.len() - text.rest.len() + 1).0
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

    const fn bytes(&self) -> &[u8] {
        split(&self.bytes, self.len).0
    }

    /// The text, up to where it is cut off or is no UTF-8.
    pub const fn as_str(&self) -> &str {
        let bytes = self.bytes();
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
