//! Parameters and training states as bytes, for flash, EEPROM, a file or a serial line.
//!
//! [`Network::write_bytes`] and [`Network::read_bytes`] save the parameters,
//! [`Training::write_bytes`](crate::Training::write_bytes) and [`read_bytes`](crate::Training::read_bytes) what the optimiser remembers; together they bring training back after the power was off.
//! [`include_network!`](crate::include_network) makes a static of a saved network while the program compiles.
//!
//! All numbers are little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `CHRL` |
//! | 2 | the version of this format, 2 |
//! | 2 | 1: the parameters of a network; 2: the state of training |
//! | 4 | how many steps of training have been made; 0 for a network |
//! | 4 | how many scalars there are |
//! | 4 | how many bytes the text of the chain has |
//! | that many | the text of the chain, in UTF-8 |
//! | 4 or 8 each | the scalars: `f32` or `f64` |
//! | 4 | CRC-32 (ISO-HDLC, as in Ethernet and zip) of all bytes before |
//!
//! The text is the scalar and the chain as one would write it, `f32: 2 => Affine => 8 => Tanh => Affine => 1`:
//!
//! ```text
//! text   = scalar ": " shape " => " layers [ " with " optimiser ]
//! layers = layer { " => " layer }
//! layer  = [ "#[frozen] " ] ( name | [ name " " ] "{ " layers " }" ) [ " => " shape ]
//! shape  = number { "x" number }
//! ```
//!
//! Behind every layer but an activation, which keeps it, stands the shape that it gives. A name has no space in it. It is that
//! of the catalog, with the arguments that are numbers in the fewest digits, `LeakyRelu(0.01)`, or what is written in the
//! chain for a layer from elsewhere, without spaces, `my::Gain<3>`. A network in the chain is its layers in braces.
//!
//! Names of networks, the loss and what is frozen have no part in it: a network that is trained as a whole on a workstation
//! is loaded by one on the device that freezes its first layers. For the state of training the optimiser and the frozen
//! layers count, too, and are written: `f32: 2 => #[frozen] Affine => 8 => Tanh => Affine => 1 with Adam`.
//!
//! Version 1 is read, too. Instead of the text and its length it has a hash of 8 bytes, before the number of steps.
#![allow(unsafe_code)]

mod chain;
mod difference;
mod hash;
mod number;

use core::{fmt, mem};

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

use crate::layer::Layer;
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, StateOf};
use crate::params::{Params, zeroed};
use crate::scalar::Scalar;
use crate::widths::Message;
use chain::Chain;
pub use chain::LayerText;
use difference::hex;
pub use difference::{ChainDifference, Excerpt, LayerPath, OtherChain};
pub use number::{Arguments, Number};

const MAGIC: [u8; 4] = *b"CHRL";
const VERSION: u16 = 2;
/// Before the text; in version 1, before the scalars.
const HEADER: usize = 20;
const HEADER_1: usize = 24;
const CHECKSUM: usize = 4;
/// Bit by bit: a table would take more flash than the rest of the format.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// Why bytes could not be written or read. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BytesError {
    /// There are not as many bytes as there must be.
    Length {
        /// How many there must be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The bytes do not begin with `CHRL`: they are something else.
    Magic {
        /// What they begin with.
        found: [u8; 4],
    },
    /// The bytes are of a later version of the format.
    Version {
        /// The latest version that can be read.
        expected: u16,
        /// The version of the bytes.
        found: u16,
    },
    /// The bytes are a network where the state of training is expected, or the other way round.
    Kind {
        /// 1 for the parameters of a network, 2 for the state of training.
        expected: u16,
        /// The kind of the bytes.
        found: u16,
    },
    /// The bytes are of another chain of layers; for the state of training, perhaps of another optimiser or with other
    /// layers frozen.
    Chain(OtherChain),
    /// The bytes are of another chain, and of version 1, which has no more than a hash of it.
    Hash {
        /// The hash of what is expected.
        expected: u64,
        /// The hash in the bytes.
        found: u64,
    },
    /// The bytes are damaged.
    Checksum {
        /// What the bytes add up to.
        expected: u32,
        /// The checksum in the bytes.
        found: u32,
    },
}

impl BytesError {
    const fn message(self) -> Message {
        let message = Message::new();
        match self {
            Self::Length { expected, found } => {
                message.number(expected).text(" bytes are expected, found ").number(found)
            }
            Self::Magic { found: [a, b, c, d] } => {
                let bytes = u32::from_be_bytes([a, b, c, d]);
                hex(message.text("these are no saved bytes: they begin with "), bytes as u64, 8)
                    .text(", not with `CHRL`")
            }
            Self::Version { expected, found } => message
                .text("version ")
                .number(expected as usize)
                .text(" at the latest is expected, found ")
                .number(found as usize),
            Self::Kind { expected, found } => {
                message.text(kind(expected)).text(" is expected, found ").text(kind(found))
            }
            Self::Chain(other) => other.difference().tell(message),
            Self::Hash { expected, found } => {
                let message = message.text("the bytes are of another chain: the hash is ");
                hex(hex(message, found, 16).text(", not "), expected, 16)
            }
            Self::Checksum { expected, found } => {
                let message = message.text("the bytes are damaged: their checksum is ");
                hex(hex(message, expected as u64, 8).text(", but "), found as u64, 8).text(" is written")
            }
        }
    }
}

impl fmt::Display for BytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().as_str())
    }
}

impl core::error::Error for BytesError {}

const fn kind(kind: u16) -> &'static str {
    match kind {
        1 => "a network",
        2 => "the state of training",
        _ => "something unknown",
    }
}

/// What stands before the scalars.
#[derive(Clone, Copy)]
pub(crate) struct Header {
    kind: u16,
    chain: &'static Chain,
    /// How many bytes the text of the chain has.
    text: usize,
    /// What version 1 has instead.
    hash: u64,
    steps: u32,
}

pub(crate) const fn network_header<N: Network>() -> Header {
    const {
        let chain = &const { chain::<N>() };
        Header { kind: 1, chain, text: chain.len(), hash: chain.hash().finish(), steps: 0 }
    }
}

pub(crate) const fn training_header<N: Network, O: Optimizer<N::Scalar>>() -> Header {
    const {
        let state = <StateOf<O, N::Scalar, GradientOf<N>> as Params<N::Scalar>>::LEN;
        let mut hash = chain::<N>().hash().text(O::NAME).number(state);
        let mut layers = N::LAYERS;
        while let [layer, rest @ ..] = layers {
            hash = hash.number(layer.trainable);
            layers = rest;
        }
        let chain = &const { chain::<N>().trained_by::<N::Scalar, O>() };
        Header { kind: 2, chain, text: chain.len(), hash: hash.finish(), steps: 0 }
    }
}

const fn chain<N: Network>() -> Chain {
    Chain::new::<N::Scalar, N::Input>(<N as Layer<N::Scalar, N::Input, N::Output>>::CHAIN)
}

impl Header {
    /// With the number of steps.
    pub(crate) const fn after(self, steps: u32) -> Self {
        Self { steps, ..self }
    }

    /// How many bytes as many scalars are saved in.
    pub(crate) const fn saved_bytes<T: Scalar>(&self, scalars: usize) -> usize {
        HEADER + self.text + scalars * mem::size_of::<T>() + CHECKSUM
    }

    fn bytes(&self, scalars: usize) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        let fields: [&[u8]; 6] = [
            &MAGIC,
            &VERSION.to_le_bytes(),
            &self.kind.to_le_bytes(),
            &self.steps.to_le_bytes(),
            &(scalars as u32).to_le_bytes(),
            &(self.text as u32).to_le_bytes(),
        ];
        for (byte, field) in bytes.iter_mut().zip(fields.into_iter().flatten()) {
            *byte = *field;
        }
        bytes
    }

    /// The steps and the scalars' bytes, `size` of them, once everything is as it must be.
    const fn check<'b>(&self, bytes: &'b [u8], size: usize) -> Result<(u32, &'b [u8]), BytesError> {
        let (expected, found) = (HEADER + self.text + size + CHECKSUM, bytes.len());
        let length = BytesError::Length { expected, found };
        let Some((magic, rest)) = bytes.split_first_chunk() else { return Err(length) };
        if u32::from_le_bytes(*magic) != u32::from_le_bytes(MAGIC) {
            return Err(BytesError::Magic { found: *magic });
        }
        let Some((version, rest)) = rest.split_first_chunk() else { return Err(length) };
        let version = u16::from_le_bytes(*version);
        if version == 0 || version > VERSION {
            return Err(BytesError::Version { expected: VERSION, found: version });
        }
        let Some((kind, rest)) = rest.split_first_chunk() else { return Err(length) };
        let kind = u16::from_le_bytes(*kind);
        if kind != self.kind {
            return Err(BytesError::Kind { expected: self.kind, found: kind });
        }
        let expected = if version == VERSION { expected } else { HEADER_1 + size + CHECKSUM };
        let length = BytesError::Length { expected, found };
        // Before the chain: damage to its text is no other chain.
        let Some((checked, checksum)) = bytes.split_last_chunk() else { return Err(length) };
        let (sum, written) = (CRC.checksum(checked), u32::from_le_bytes(*checksum));
        if sum != written {
            let damaged = BytesError::Checksum { expected: sum, found: written };
            return Err(if found == expected { damaged } else { length });
        }
        let Some((rest, _)) = rest.split_last_chunk::<CHECKSUM>() else { return Err(length) };
        let (steps, scalars) = if version == VERSION {
            let Some((steps, rest)) = rest.split_first_chunk() else { return Err(length) };
            // The number of scalars follows from the chain; it is there for other readers.
            let Some((_, rest)) = rest.split_first_chunk::<4>() else { return Err(length) };
            let Some((text, rest)) = rest.split_first_chunk() else { return Err(length) };
            let Some((text, rest)) = rest.split_at_checked(u32::from_le_bytes(*text) as usize) else {
                return Err(length);
            };
            if let Err(other) = OtherChain::check(self.chain, text) {
                return Err(BytesError::Chain(other));
            }
            (*steps, rest)
        } else {
            let Some((hash, rest)) = rest.split_first_chunk() else { return Err(length) };
            let (expected, found) = (self.hash, u64::from_le_bytes(*hash));
            if expected != found {
                return Err(BytesError::Hash { expected, found });
            }
            let Some((steps, rest)) = rest.split_first_chunk() else { return Err(length) };
            let Some((_, rest)) = rest.split_first_chunk::<4>() else { return Err(length) };
            (*steps, rest)
        };
        if scalars.len() != size {
            return Err(length);
        }
        Ok((u32::from_le_bytes(steps), scalars))
    }
}

/// Writes header, text, scalars and checksum.
pub(crate) fn write<'b, T: Scalar>(header: Header, scalars: &[T], bytes: &'b mut [u8]) -> Result<&'b [u8], BytesError> {
    let expected = header.saved_bytes::<T>(scalars.len());
    let error = BytesError::Length { expected, found: bytes.len() };
    let Some(bytes) = bytes.get_mut(..expected) else { return Err(error) };
    let Some((rest, checksum)) = bytes.split_last_chunk_mut() else { return Err(error) };
    let Some((head, body)) = rest.split_first_chunk_mut() else { return Err(error) };
    let Some((text, body)) = body.split_at_mut_checked(header.text) else { return Err(error) };
    *head = header.bytes(scalars.len());
    header.chain.write(text);
    for (bytes, scalar) in body.chunks_exact_mut(mem::size_of::<T>()).zip(scalars) {
        scalar.write_le_bytes(bytes);
    }
    *checksum = CRC.checksum(rest).to_le_bytes();
    Ok(bytes)
}

/// Reads what was written under the same header; returns the steps. The scalars change only if all is right.
pub(crate) fn read<T: Scalar>(header: Header, bytes: &[u8], scalars: &mut [T]) -> Result<u32, BytesError> {
    let (steps, body) = header.check(bytes, mem::size_of_val(scalars))?;
    for (scalar, bytes) in scalars.iter_mut().zip(body.chunks_exact(mem::size_of::<T>())) {
        *scalar = T::read_le_bytes(bytes);
    }
    Ok(steps)
}

/// A static of a [saved](crate::saved) network: `include_network!(Mnist, "mnist.bin")`.
///
/// The path is that of [`include_bytes!`]: from the source file in which it is written. The compiler checks everything that
/// [`read_bytes`](crate::network::Network::read_bytes) checks and stops if the file is damaged or of another chain, and says
/// what differs. The network must have no parameters of its own.
///
/// ```
/// use chainrule::prelude::*;
///
/// network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
///
/// static XOR: Xor = include_network!(Xor, "saved/xor.bin");
/// ```
#[macro_export]
macro_rules! include_network {
    ($network:ty, $path:expr $(,)?) => {{
        #[allow(long_running_const_eval)]
        const NETWORK: $network = $crate::saved::included(include_bytes!($path));
        NETWORK
    }};
}

/// For [`include_network!`](crate::include_network): stops the compilation where the bytes cannot be read.
#[doc(hidden)]
#[track_caller]
#[allow(clippy::panic)]
pub const fn included<N: Network>(bytes: &[u8]) -> N {
    let header = network_header::<N>();
    // A network with a mistake in its chain has no layers, and its mistake is error enough.
    if header.chain.is_empty() {
        return zeroed();
    }
    match header.check(bytes, mem::size_of::<N>()) {
        Ok((_, scalars)) => from_le_bytes::<N::Scalar, N>(scalars),
        Err(error) => panic!("{}", error.message().as_str()),
    }
}

/// Parameters from as many little-endian bytes as they take.
const fn from_le_bytes<T: Scalar, P: Params<T>>(bytes: &[u8]) -> P {
    let (size, scalar) = (mem::size_of::<P>(), mem::size_of::<T>());
    assert!(bytes.len() == size);
    let mut params = mem::MaybeUninit::<P>::uninit();
    let to = params.as_mut_ptr().cast::<u8>();
    // SAFETY: `Params` promises nothing but scalars, for which any bytes are a value; `to` is valid for `size` writes,
    // `bytes` for as many reads, and every index is below that.
    unsafe {
        if cfg!(target_endian = "little") {
            to.copy_from_nonoverlapping(bytes.as_ptr(), size);
        } else {
            let mut i = 0;
            while i < size {
                to.add(i).write(bytes.as_ptr().add(i - i % scalar + (scalar - 1 - i % scalar)).read());
                i += 1;
            }
        }
        params.assume_init()
    }
}
