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
//! | 2 | the version of this format, 1 |
//! | 2 | 1: the parameters of a network; 2: the state of training |
//! | 8 | the hash of the chain |
//! | 4 | how many steps of training have been made; 0 for a network |
//! | 4 | how many scalars follow |
//! | 4 or 8 each | the scalars: `f32` or `f64` |
//! | 4 | CRC-32 (ISO-HDLC, as in Ethernet and zip) of all bytes before |
//!
//! The hash is that of the scalar, the layers with their arguments, and the widths. It is not that of names the user
//! gives, of the loss, or of what is frozen: a network that is trained as a whole on a workstation is loaded by one on
//! the device that freezes its first layers. For the state of training the optimiser and the frozen layers count, too.
#![allow(unsafe_code)]

use core::{fmt, mem};

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

use crate::layer::Layer;
use crate::network::{GradientOf, Network};
use crate::optim::{Optimizer, StateOf};
use crate::params::{Params, zeroed};
use crate::scalar::Scalar;
use crate::widths::Message;

const MAGIC: [u8; 4] = *b"CHRL";
const VERSION: u16 = 1;
const HEADER: usize = 24;
const CHECKSUM: usize = 4;
/// Bit by bit: a table would take more flash than the rest of the format.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// How many bytes as many scalars are saved in.
pub(crate) const fn len<T: Scalar>(scalars: usize) -> usize {
    HEADER + scalars * mem::size_of::<T>() + CHECKSUM
}

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
    /// The bytes are of another version of the format.
    Version {
        /// The version that can be read.
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
    Chain {
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

impl fmt::Display for BytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Length { expected, found } => write!(f, "{expected} bytes are expected, found {found}"),
            Self::Magic { found } => write!(f, "the bytes begin with {found:02x?}, not with `CHRL`"),
            Self::Version { expected, found } => write!(f, "version {expected} is expected, found {found}"),
            Self::Kind { expected, found } => write!(f, "{} is expected, found {}", kind(expected), kind(found)),
            Self::Chain { expected, found } => {
                write!(f, "the bytes are of another chain: its hash is {found:016x}, not {expected:016x}")
            }
            Self::Checksum { expected, found } => {
                write!(f, "the bytes are damaged: their checksum is {expected:08x}, but {found:08x} is written")
            }
        }
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
    chain: u64,
    steps: u32,
}

pub(crate) const fn network_header<N: Network>() -> Header {
    Header { kind: 1, chain: chain::<N>(), steps: 0 }
}

pub(crate) const fn training_header<N: Network, O: Optimizer<N::Scalar>>() -> Header {
    const {
        let mut hash =
            Fingerprint(chain::<N>()).text(O::NAME).number(<StateOf<O, N::Scalar, GradientOf<N>> as Params<_>>::LEN);
        let mut layers = N::LAYERS;
        while let [layer, rest @ ..] = layers {
            hash = hash.number(layer.trainable);
            layers = rest;
        }
        Header { kind: 2, chain: hash.0, steps: 0 }
    }
}

const fn chain<N: Network>() -> u64 {
    <N as Layer<N::Scalar, N::Input, N::Output>>::FINGERPRINT
}

impl Header {
    /// With the number of steps.
    pub(crate) const fn after(self, steps: u32) -> Self {
        Self { steps, ..self }
    }

    fn bytes(&self, scalars: usize) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        let fields: [&[u8]; 6] = [
            &MAGIC,
            &VERSION.to_le_bytes(),
            &self.kind.to_le_bytes(),
            &self.chain.to_le_bytes(),
            &self.steps.to_le_bytes(),
            &(scalars as u32).to_le_bytes(),
        ];
        for (byte, field) in bytes.iter_mut().zip(fields.into_iter().flatten()) {
            *byte = *field;
        }
        bytes
    }

    /// The steps and the scalars' bytes, once everything is as it must be.
    const fn check<'b>(&self, bytes: &'b [u8], expected: usize) -> Result<(u32, &'b [u8]), BytesError> {
        let found = bytes.len();
        let length = BytesError::Length { expected, found };
        let Some((magic, rest)) = bytes.split_first_chunk() else { return Err(length) };
        if u32::from_le_bytes(*magic) != u32::from_le_bytes(MAGIC) {
            return Err(BytesError::Magic { found: *magic });
        }
        let Some((version, rest)) = rest.split_first_chunk() else { return Err(length) };
        let version = u16::from_le_bytes(*version);
        if version != VERSION {
            return Err(BytesError::Version { expected: VERSION, found: version });
        }
        let Some((kind, rest)) = rest.split_first_chunk() else { return Err(length) };
        let kind = u16::from_le_bytes(*kind);
        if kind != self.kind {
            return Err(BytesError::Kind { expected: self.kind, found: kind });
        }
        let Some((chain, rest)) = rest.split_first_chunk() else { return Err(length) };
        let chain = u64::from_le_bytes(*chain);
        if chain != self.chain {
            return Err(BytesError::Chain { expected: self.chain, found: chain });
        }
        if found != expected {
            return Err(length);
        }
        let Some((steps, rest)) = rest.split_first_chunk() else { return Err(length) };
        // The number of scalars follows from the chain; it is there for other readers.
        let Some((_, rest)) = rest.split_first_chunk::<4>() else { return Err(length) };
        let Some((scalars, checksum)) = rest.split_last_chunk() else { return Err(length) };
        let Some((checked, _)) = bytes.split_last_chunk::<CHECKSUM>() else { return Err(length) };
        let (expected, found) = (CRC.checksum(checked), u32::from_le_bytes(*checksum));
        if expected != found {
            return Err(BytesError::Checksum { expected, found });
        }
        Ok((u32::from_le_bytes(*steps), scalars))
    }
}

/// Writes header, scalars and checksum.
pub(crate) fn write<'b, T: Scalar>(header: Header, scalars: &[T], bytes: &'b mut [u8]) -> Result<&'b [u8], BytesError> {
    let expected = len::<T>(scalars.len());
    let error = BytesError::Length { expected, found: bytes.len() };
    let Some(bytes) = bytes.get_mut(..expected) else { return Err(error) };
    let Some((rest, checksum)) = bytes.split_last_chunk_mut() else { return Err(error) };
    let Some((head, body)) = rest.split_first_chunk_mut() else { return Err(error) };
    *head = header.bytes(scalars.len());
    for (bytes, scalar) in body.chunks_exact_mut(mem::size_of::<T>()).zip(scalars) {
        scalar.write_le_bytes(bytes);
    }
    *checksum = CRC.checksum(rest).to_le_bytes();
    Ok(bytes)
}

/// Reads what was written under the same header; returns the steps. The scalars change only if all is right.
pub(crate) fn read<T: Scalar>(header: Header, bytes: &[u8], scalars: &mut [T]) -> Result<u32, BytesError> {
    let (steps, body) = header.check(bytes, len::<T>(scalars.len()))?;
    for (scalar, bytes) in scalars.iter_mut().zip(body.chunks_exact(mem::size_of::<T>())) {
        *scalar = T::read_le_bytes(bytes);
    }
    Ok(steps)
}

/// A static of a [saved](crate::saved) network: `include_network!(Mnist, "mnist.bin")`.
///
/// The path is that of [`include_bytes!`]. The compiler checks everything that
/// [`read_bytes`](crate::network::Network::read_bytes) checks and stops if the file is damaged or of another chain. The
/// network must have no parameters of its own.
///
/// ```
/// use chainrule::prelude::*;
///
/// network! { Xor: 2 => Affine => Tanh => 8 => Affine => SigmoidLoss => 1 }
/// # macro_rules! include_network { ($network:ty, $_:expr) => {
/// #     chainrule::include_network!($network, concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/saved/xor.bin"))
/// # } }
///
/// static XOR: Xor = include_network!(Xor, "xor.bin");
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
    // A network with a mistake in its chain has no hash, and its mistake is error enough.
    if header.chain == 0 {
        return zeroed();
    }
    match header.check(bytes, N::SAVED_BYTES) {
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

impl BytesError {
    /// The error as the compiler tells it.
    const fn message(self) -> Message {
        let message = Message::new();
        match self {
            Self::Length { expected, found } => {
                message.number(expected).text(" bytes are expected, found ").number(found)
            }
            Self::Magic { .. } => message.text("the file is no saved network: it does not begin with `CHRL`"),
            Self::Version { expected, found } => {
                message.text("version ").number(expected as usize).text(" is expected, found ").number(found as usize)
            }
            Self::Kind { expected, found } => {
                message.text(kind(expected)).text(" is expected, found ").text(kind(found))
            }
            Self::Chain { .. } => message.text("the file is of another chain of layers"),
            Self::Checksum { .. } => message.text("the file is damaged: its checksum does not fit"),
        }
    }
}

/// A hash that is computed by the compiler: FNV-1a of 64 bits.
///
/// # Source
/// Fowler, Noll, Vo and Eastlake, *The FNV non-cryptographic hash algorithm*, RFC 9923 (2025).
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// That of no layer yet.
    pub const fn new<T: Scalar>() -> Self {
        Self(0xcbf2_9ce4_8422_2325).number(mem::size_of::<T>())
    }

    /// With a layer.
    pub const fn layer(self, name: &str, input: usize, output: usize) -> Self {
        self.text(name).number(input).number(output)
    }

    /// With a layer from elsewhere: a network has a hash of its own, in which its name has no part.
    pub const fn other(self, name: &str, hash: u64, input: usize, output: usize) -> Self {
        let named = if hash == 0 { self.text(name) } else { self.hash(hash) };
        named.number(input).number(output)
    }

    /// The hash.
    pub const fn finish(self) -> u64 {
        self.0
    }

    const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3))
    }

    const fn hash(mut self, number: u64) -> Self {
        let bytes = number.to_le_bytes();
        let mut bytes = bytes.as_slice();
        while let [byte, rest @ ..] = bytes {
            self = self.byte(*byte);
            bytes = rest;
        }
        self
    }

    const fn number(self, number: usize) -> Self {
        self.hash(number as u64)
    }

    const fn text(mut self, text: &str) -> Self {
        let mut bytes = text.as_bytes();
        while let [byte, rest @ ..] = bytes {
            self = self.byte(*byte);
            bytes = rest;
        }
        self.byte(0)
    }
}
