//! Which instructions this machine has, found out once.

use core::fmt;

use super::machine;

/// The instructions that the kernels use.
///
/// [`Portable`](Self::Portable) is plain Rust with one rounding after every operation, in an order that the
/// sizes alone decide, and with the elementary functions of `libm`: it gives the same bits on every machine.
/// The others sum in an order that suits their vectors, multiply and add with one rounding where the machine
/// can, and have elementary functions of their own: from one level to another results differ by rounding. On bare metal
/// there is the portable level alone.
///
/// # What is the same to the bit
/// - The same calls at the same level: from run to run, in debug and in release, whatever the number of threads.
///   ([Which level runs](level) may depend on the build.)
/// - The output of a sample, whatever samples are computed with it and in which place, if there are others: a longer slice
///   than the memory's `B` is computed in pieces of `B`, and what is alone in its piece, such as the last of 65 with
///   `B` = 64, has kernels of its own, whose sums run in another order. At the portable level it makes no difference.
/// - Not a gradient and what is trained with it: it depends on the order of the samples and on how `B` cuts them in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum Level {
    /// Plain Rust.
    Portable = 1,
    /// 128-bit vectors, which every x86-64 has.
    Sse2 = 2,
    /// 256-bit vectors of x86-64, with fused multiply-add.
    Avx2 = 3,
    /// 512-bit vectors of x86-64.
    Avx512 = 4,
    /// 128-bit vectors with fused multiply-add, which every aarch64 has; there are no kernels for big-endian ones.
    Neon = 5,
    /// 128-bit vectors of WebAssembly, if the program is compiled with the target feature `simd128`: a module says
    /// beforehand what it needs, and cannot ask what there is.
    Simd128 = 6,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Portable => "portable",
            Self::Sse2 => "SSE2",
            Self::Avx2 => "AVX2",
            Self::Avx512 => "AVX-512",
            Self::Neon => "NEON",
            Self::Simd128 => "SIMD128",
        })
    }
}

/// The level that the kernels run at: the best one the machine has, unless [`set_level`] chose another, the
/// feature `portable` is on, or this package is compiled without optimisation. Vectors need an optimiser:
/// without one their kernels are slower than the portable ones and take ten times the stack. In a debug build,
/// `[profile.dev.package.chainrule] opt-level = 3` brings them back.
pub fn level() -> Level {
    Available::current().level()
}

/// Makes all kernels of the program run at another level from now on; returns whether the machine has it. If
/// it has not, or if it is another than [`Level::Portable`] and the feature `portable` is on, nothing changes.
///
/// ```
/// use chainrule::kernels::{Level, level, set_level};
///
/// assert!(set_level(Level::Portable));
/// assert_eq!(level(), Level::Portable);
/// ```
pub fn set_level(level: Level) -> bool {
    if cfg!(feature = "portable") && level != Level::Portable {
        return false;
    }
    Available::new(level).map(choice::set).is_some()
}

/// A level that this machine has: the proof that its instructions may run.
#[derive(Clone, Copy, Debug)]
pub struct Available(Level);

impl Available {
    /// The level, if the machine has it.
    pub(super) fn new(level: Level) -> Option<Self> {
        (level == Level::Portable || machine::has(level)).then_some(Self(level))
    }

    /// The level that was chosen.
    #[inline]
    pub(crate) fn current() -> Self {
        choice::get()
    }

    #[inline]
    pub(super) fn level(self) -> Level {
        self.0
    }

    #[cfg(vectors)]
    fn best() -> Self {
        machine::LEVELS.into_iter().find_map(Self::new).unwrap_or(Self(Level::Portable))
    }

    /// Every level that the machine has.
    #[cfg(test)]
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Level::Portable].into_iter().chain(machine::LEVELS).filter_map(Self::new)
    }
}

#[cfg(vectors)]
mod choice {
    use core::sync::atomic::{AtomicU8, Ordering};

    use super::{Available, Level};

    /// The level as a number; 0 before the first question.
    static CHOICE: AtomicU8 = AtomicU8::new(0);

    pub(super) fn set(level: Available) {
        CHOICE.store(level.0 as u8, Ordering::Relaxed);
    }

    #[inline]
    pub(super) fn get() -> Available {
        // Only levels that the machine has are ever stored.
        match CHOICE.load(Ordering::Relaxed) {
            1 => Available(Level::Portable),
            2 => Available(Level::Sse2),
            3 => Available(Level::Avx2),
            4 => Available(Level::Avx512),
            5 => Available(Level::Neon),
            6 => Available(Level::Simd128),
            _ => first(),
        }
    }

    #[cold]
    fn first() -> Available {
        let portable = cfg!(any(feature = "portable", unoptimised));
        let level = if portable { Available(Level::Portable) } else { Available::best() };
        set(level);
        level
    }
}

/// Where there is nothing to choose from.
#[cfg(not(vectors))]
mod choice {
    use super::{Available, Level};

    pub(super) fn set(_: Available) {}

    #[inline]
    pub(super) fn get() -> Available {
        Available(Level::Portable)
    }
}
