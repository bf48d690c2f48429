//! The vectors of a machine that there are no vector kernels for: none.

use super::level::Level;
use super::simd::Task;

pub(super) const LEVELS: [Level; 0] = [];

pub(super) fn has(_: Level) -> bool {
    false
}

#[inline(always)]
pub(super) unsafe fn run_f32<K: Task<f32>>(_: Level, _: K) -> bool {
    false
}

#[inline(always)]
pub(super) unsafe fn run_f64<K: Task<f64>>(_: Level, _: K) -> bool {
    false
}

/// There is no way to ask for a line of the cache.
#[inline(always)]
pub(super) fn prefetch_l1<X>(_: *const X) {}

/// The same.
#[inline(always)]
pub(super) fn prefetch_l2<X>(_: *const X) {}
