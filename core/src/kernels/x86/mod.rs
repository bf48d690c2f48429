//! The vectors of x86-64.
//!
//! One module for each instruction set, since the compiler turns modules into machine code side by side.
//!
//! [`Simd::call`] has no instruction set enabled itself, but calls a function that has: on one with an instruction set
//! of its own the compiler forgets `#[inline(never)]`, and most kernels would be there several times.
#![allow(unsafe_op_in_unsafe_fn)]

mod avx2;
mod avx512;
mod sse2;
mod tables;

use core::arch::x86_64::{_MM_HINT_T0, _MM_HINT_T1, _mm_prefetch};

use super::level::Level;
use super::simd::{Simd, Task};
use avx2::{Avx2F32, Avx2F64};
use avx512::{Avx512F32, Avx512F64};
use sse2::{Sse2F32, Sse2F64};

/// The levels that there are kernels for, the best one first.
pub(super) const LEVELS: [Level; 3] = [Level::Avx512, Level::Avx2, Level::Sse2];

cpufeatures::new!(has_avx2, "avx2", "fma");
cpufeatures::new!(has_avx512, "avx512f", "avx512vl", "avx512bw", "avx512dq", "avx2", "fma");

/// Whether the machine has a level.
pub(super) fn has(level: Level) -> bool {
    match level {
        Level::Sse2 => true,
        Level::Avx2 => has_avx2::get(),
        Level::Avx512 => has_avx512::get(),
        _ => false,
    }
}

/// Runs a task with the vectors of a level that the machine has; returns false, having done nothing, if it has none.
#[inline(always)]
pub(super) unsafe fn run_f32<K: Task<f32>>(level: Level, task: K) -> bool {
    match level {
        Level::Sse2 => Sse2F32::call(task),
        Level::Avx2 => Avx2F32::call(task),
        Level::Avx512 => Avx512F32::call(task),
        _ => return false,
    }
    true
}

/// The same for `f64`.
#[inline(always)]
pub(super) unsafe fn run_f64<K: Task<f64>>(level: Level, task: K) -> bool {
    match level {
        Level::Sse2 => Sse2F64::call(task),
        Level::Avx2 => Avx2F64::call(task),
        Level::Avx512 => Avx512F64::call(task),
        _ => return false,
    }
    true
}

/// Asks for what is at an address, which may be any, to be brought into the first cache.
#[inline(always)]
pub(super) fn prefetch_l1<X>(at: *const X) {
    // SAFETY: all x86-64 with vectors has the instruction, and it reads nothing.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(at.cast()) }
}

/// The same for the second cache.
#[inline(always)]
pub(super) fn prefetch_l2<X>(at: *const X) {
    // SAFETY: as above.
    unsafe { _mm_prefetch::<_MM_HINT_T1>(at.cast()) }
}
