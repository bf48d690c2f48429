//! The hash of a chain, which version 1 of the format has instead of its text.

/// FNV-1a of 64 bits, computed by the compiler.
///
/// # Source
/// Fowler, Noll, Vo and Eastlake, *The FNV non-cryptographic hash algorithm*, RFC 9923 (2025).
#[derive(Clone, Copy, Debug)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    pub(super) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(super) const fn finish(self) -> u64 {
        self.0
    }

    pub(super) const fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes()).byte(0)
    }

    pub(super) const fn number(self, number: usize) -> Self {
        self.hash(number as u64)
    }

    pub(super) const fn hash(self, hash: u64) -> Self {
        self.bytes(&hash.to_le_bytes())
    }

    const fn bytes(mut self, mut bytes: &[u8]) -> Self {
        while let [byte, rest @ ..] = bytes {
            self = self.byte(*byte);
            bytes = rest;
        }
        self
    }

    const fn byte(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3))
    }
}
