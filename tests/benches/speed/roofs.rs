//! What the machine can do at most: how fast it multiplies and adds, and how fast it reads its caches.

use chainrule::kernels::{Level, set_level};
use chainrule::memory::Aligned;
use chainrule::params::zeroed_box;

use crate::harness::Contender;

/// What no computation can be faster than, with the vectors of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roof {
    /// Multiply-adds in registers, in FLOP: one fused instruction where the level has it, else two.
    Fma(Level),
    /// Reading the same few KiB again and again, in bytes.
    L1Read(Level),
    /// Reading the same KiB again and again, more than the first cache holds, in bytes.
    L2Read(Level),
    /// Reading and writing as many again and again, in bytes that are each read and written.
    L2Update(Level),
}

impl Roof {
    /// The level of its vectors.
    fn level(self) -> Level {
        let (Self::Fma(level) | Self::L1Read(level) | Self::L2Read(level) | Self::L2Update(level)) = self;
        level
    }

    /// The roof to be measured and how much work (FLOP or bytes) one call does; `None` if the machine has no such
    /// vectors, or if nobody has written its loops for them yet.
    pub fn contender(self) -> Option<(Contender<'static>, f64)> {
        let Loops { fma, read, update, scalars } = loops(self.level())?;
        let mut memory = zeroed_box::<Aligned<[f32; L2]>>();
        let (call, work): (Box<dyn FnMut() -> f32>, usize) = match self {
            Self::Fma(_) => (Box::new(move || fma(FMA_STEPS)), 2 * FMA_STEPS * scalars),
            Self::L1Read(_) => (Box::new(move || read(&memory[..L1])), size_of::<[f32; L1]>()),
            Self::L2Read(_) => (Box::new(move || read(&memory[..])), size_of::<[f32; L2]>()),
            Self::L2Update(_) => (Box::new(move || update(&mut memory[..])), size_of::<[f32; L2]>()),
        };
        Some((Contender::new(|| (), call), work as f64))
    }
}

/// How many scalars are read from the first cache: 16 KiB.
const L1: usize = 4 << 10;
/// How many are read from the second cache: 160 KiB, about the weights of 784-50-10.
const L2: usize = 40 << 10;
/// How many multiply-adds follow each other in one call.
const FMA_STEPS: usize = 1000;

/// The loops for the vectors of one level.
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64")), allow(dead_code))]
struct Loops {
    fma: fn(usize) -> f32,
    read: fn(&[f32]) -> f32,
    update: fn(&mut [f32]) -> f32,
    /// How many scalars are multiplied and added in a step.
    scalars: usize,
}

fn loops(level: Level) -> Option<Loops> {
    if !set_level(level) {
        return None;
    }
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => Some(avx512::LOOPS),
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => Some(avx2::LOOPS),
        // What the compiler makes of plain Rust has these vectors, too.
        #[cfg(target_arch = "x86_64")]
        Level::Sse2 | Level::Portable => Some(sse2::LOOPS),
        #[cfg(target_arch = "aarch64")]
        Level::Neon | Level::Portable => Some(neon::LOOPS),
        _ => None,
    }
}

/// The loops for one width of vectors. There are so many independent chains that the latency of an instruction is
/// hidden, and no more than fit in registers; constants and memory go through `black_box`, so that nothing can be
/// computed beforehand.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! loops {
    (
        $module:ident, $arch:ident, $features:literal, $vector:ident: $lanes:literal, $chains:literal,
        $splat:ident, $load:ident, $store:ident, $add:ident, $mul:ident, $fma:expr
    ) => {
        mod $module {
            use std::arch::$arch::*;
            use std::hint::black_box;

            // SAFETY: `loops` gives these for a level that the machine has.
            pub const LOOPS: super::Loops = super::Loops {
                fma: |steps| unsafe { fma(steps) },
                read: |memory| unsafe { read(memory) },
                update: |memory| unsafe { update(memory) },
                scalars: $chains * $lanes,
            };

            #[target_feature(enable = $features)]
            fn fma(steps: usize) -> f32 {
                let (a, b) = ($splat(black_box(0.999)), $splat(black_box(0.001)));
                let mut chains = [$splat(black_box(0.5)); $chains];
                for _ in 0..steps {
                    for chain in &mut chains {
                        *chain = $fma(*chain, a, b);
                    }
                }
                sum(chains)
            }

            #[target_feature(enable = $features)]
            fn read(memory: &[f32]) -> f32 {
                let mut sums = [$splat(0.0); 8];
                for block in black_box(memory).as_chunks::<{ 8 * $lanes }>().0 {
                    for (sum, piece) in sums.iter_mut().zip(block.as_chunks::<$lanes>().0) {
                        // SAFETY: a piece is as long as a vector.
                        *sum = $add(*sum, unsafe { $load(piece.as_ptr()) });
                    }
                }
                sum(sums)
            }

            #[target_feature(enable = $features)]
            fn update(memory: &mut [f32]) -> f32 {
                let one = $splat(black_box(1.0));
                for block in black_box(memory).as_chunks_mut::<{ 8 * $lanes }>().0 {
                    for piece in block.as_chunks_mut::<$lanes>().0 {
                        // SAFETY: a piece is as long as a vector.
                        unsafe { $store(piece.as_mut_ptr(), $mul(one, $load(piece.as_ptr()))) };
                    }
                }
                0.0
            }

            #[target_feature(enable = $features)]
            fn sum<const N: usize>(vectors: [$vector; N]) -> f32 {
                let mut scalars = [0.0; $lanes];
                // SAFETY: the array is as long as a vector.
                unsafe { $store(scalars.as_mut_ptr(), vectors.into_iter().fold($splat(0.0), |a, b| $add(a, b))) };
                scalars.iter().sum()
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
loops!(
    avx512,
    x86_64,
    "avx512f",
    __m512: 16,
    24,
    _mm512_set1_ps,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_add_ps,
    _mm512_mul_ps,
    |x, a, b| _mm512_fmadd_ps(x, a, b)
);
#[cfg(target_arch = "x86_64")]
loops!(
    avx2,
    x86_64,
    "avx2,fma",
    __m256: 8,
    12,
    _mm256_set1_ps,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_add_ps,
    _mm256_mul_ps,
    |x, a, b| _mm256_fmadd_ps(x, a, b)
);
#[cfg(target_arch = "x86_64")]
loops!(
    sse2,
    x86_64,
    "sse2",
    __m128: 4,
    14,
    _mm_set1_ps,
    _mm_loadu_ps,
    _mm_storeu_ps,
    _mm_add_ps,
    _mm_mul_ps,
    |x, a, b| _mm_add_ps(_mm_mul_ps(x, a), b)
);
#[cfg(target_arch = "aarch64")]
loops!(
    neon,
    aarch64,
    "neon",
    float32x4_t: 4,
    24,
    vdupq_n_f32,
    vld1q_f32,
    vst1q_f32,
    vaddq_f32,
    vmulq_f32,
    |x, a, b| vfmaq_f32(b, x, a)
);
