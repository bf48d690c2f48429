//! The text of a chain, as saved bytes have it.
//!
//! It is nowhere in memory: it is written, and compared with what is read, layer by layer out of a list that the macro
//! makes, in which the compiler has worked out constants and networks in networks.

use core::mem;

use crate::optim::Optimizer;
use crate::saved::hash::Fingerprint;
use crate::saved::number::{Arguments, Number};
use crate::scalar::Scalar;
use crate::shape::Shape;

pub(super) const ARROW: &[u8] = b" => ";
pub(super) const FROZEN: &[u8] = b"#[frozen] ";
pub(super) const OPEN: &[u8] = b"{ ";
pub(super) const CLOSE: &[u8] = b" }";
pub(super) const WITH: &[u8] = b" with ";

/// One layer of a chain, for its text. Made by `network!`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerText {
    pub(super) name: &'static str,
    pub(super) arguments: Option<&'static Arguments>,
    /// Those of a network; else none.
    pub(super) layers: &'static [Self],
    /// How many values it gives; 0 where that is not written, for an activation.
    pub(super) output: usize,
    pub(super) frozen: bool,
}

impl LayerText {
    /// An activation of the catalog.
    pub const fn activation(name: &'static str) -> Self {
        Self { name, arguments: None, layers: &[], output: 0, frozen: false }
    }

    /// The layer with arguments.
    pub const fn with(self, arguments: &'static Arguments) -> Self {
        Self { arguments: Some(arguments), ..self }
    }

    /// Any other layer; a network is its layers, without its name.
    pub const fn layer<O: Shape>(name: &'static str, layers: &'static [Self]) -> Self {
        let name = if layers.is_empty() { name } else { "" };
        Self { name, arguments: None, layers, output: O::LEN, frozen: false }
    }

    pub(super) const fn numbers(&self) -> &'static [Number] {
        match self.arguments {
            Some(arguments) => arguments.numbers,
            None => &[],
        }
    }

    /// The layer with its parameters kept as they are.
    pub const fn frozen(self) -> Self {
        Self { frozen: true, ..self }
    }
}

/// A chain and, for the state of training, the optimiser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// How many bytes a scalar has.
    pub(super) scalar: usize,
    pub(super) input: usize,
    pub(super) layers: &'static [LayerText],
    pub(super) optimizer: Option<&'static str>,
}

impl Chain {
    pub(super) const fn new<T: Scalar, I: Shape>(layers: &'static [LayerText]) -> Self {
        Self { scalar: mem::size_of::<T>(), input: I::LEN, layers, optimizer: None }
    }

    pub(super) const fn trained_by<T: Scalar, O: Optimizer<T>>(self) -> Self {
        Self { optimizer: Some(O::NAME), ..self }
    }

    /// Whether it is that of a network with a mistake in it.
    pub(super) const fn is_empty(&self) -> bool {
        self.layers.is_empty()
    }

    /// How many bytes the text has.
    pub(super) const fn len(&self) -> usize {
        let mut writer = Writer::new(&mut []);
        writer.chain(self);
        writer.len
    }

    pub(super) const fn write(&self, bytes: &mut [u8]) {
        Writer::new(bytes).chain(self);
    }

    /// What version 1 of the format has instead of the text.
    pub(super) const fn hash(&self) -> Fingerprint {
        let mut hash = Fingerprint::new().number(self.scalar);
        let (mut layers, mut input) = (self.layers, self.input);
        while let [layer, rest @ ..] = layers {
            let output = if layer.output == 0 { input } else { layer.output };
            hash = if layer.layers.is_empty() {
                hash.text(match layer.arguments {
                    Some(arguments) => arguments.hashed,
                    None => layer.name,
                })
            } else {
                let network = Self { input, layers: layer.layers, optimizer: None, ..*self };
                hash.hash(network.hash().finish())
            };
            hash = hash.number(input).number(output);
            (layers, input) = (rest, output);
        }
        hash
    }
}

/// Writes text into bytes, or compares it with some; what they have no room for is only counted.
pub(super) struct Writer<'b> {
    room: &'b mut [u8],
    found: &'b [u8],
    pub(super) len: usize,
    /// How many bytes are those that are found.
    pub(super) same: usize,
}

impl<'b> Writer<'b> {
    pub(super) const fn new(room: &'b mut [u8]) -> Self {
        Self { room, found: &[], len: 0, same: 0 }
    }

    pub(super) const fn comparing(found: &'b [u8]) -> Self {
        Self { room: &mut [], found, len: 0, same: 0 }
    }

    pub(super) const fn chain(&mut self, chain: &Chain) {
        self.scalar(chain.scalar);
        self.text(b": ");
        self.number(chain.input);
        self.text(ARROW);
        // Nothing is learned about a network by what was frozen while it was trained.
        self.layers(chain.layers, chain.optimizer.is_some());
        if let Some(optimizer) = chain.optimizer {
            self.text(WITH);
            self.text(optimizer.as_bytes());
        }
    }

    /// `f32`
    pub(super) const fn scalar(&mut self, bytes: usize) {
        self.text(b"f");
        self.number(8 * bytes);
    }

    const fn layers(&mut self, mut layers: &[LayerText], marks: bool) {
        while let [layer, rest @ ..] = layers {
            if marks && layer.frozen {
                self.text(FROZEN);
            }
            self.layer(layer, marks);
            if layer.output != 0 {
                self.text(ARROW);
                self.number(layer.output);
            }
            if !rest.is_empty() {
                self.text(ARROW);
            }
            layers = rest;
        }
    }

    /// Without mark and shape.
    pub(super) const fn layer(&mut self, layer: &LayerText, marks: bool) {
        self.text(layer.name.as_bytes());
        if let [first, others @ ..] = layer.numbers() {
            self.text(b"(");
            self.text(first.text());
            let mut others = others;
            while let [number, rest @ ..] = others {
                self.text(b",");
                self.text(number.text());
                others = rest;
            }
            self.text(b")");
        }
        if !layer.layers.is_empty() {
            self.text(OPEN);
            // Nothing in a frozen network is trained, whatever is marked in it.
            self.layers(layer.layers, marks && !layer.frozen);
            self.text(CLOSE);
        }
    }

    pub(super) const fn number(&mut self, number: usize) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.text(&[b'0' + (number % 10) as u8]);
    }

    // Its loop once, not at every word.
    #[inline(never)]
    pub(super) const fn text(&mut self, mut text: &[u8]) {
        while let [byte, rest @ ..] = text {
            // `take` is no `const fn`.
            #[allow(clippy::mem_replace_with_default)]
            if let Some((first, room)) = mem::replace(&mut self.room, &mut []).split_first_mut() {
                *first = *byte;
                self.room = room;
            }
            match self.found {
                [found, behind @ ..] if *found == *byte => {
                    self.found = behind;
                    self.same += 1;
                }
                _ => self.found = &[],
            }
            self.len += 1;
            text = rest;
        }
    }
}
