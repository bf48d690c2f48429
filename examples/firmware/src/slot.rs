//! Large values in statics, taken once.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, Ordering};

/// A static that one part of the program takes for itself.
///
/// `load` and `store` are all the atomics that the smallest cores have; the programs here have one thread and take each
/// static before they allow any interrupt.
pub struct Slot<X> {
    taken: AtomicBool,
    value: UnsafeCell<X>,
}

// SAFETY: the value is handed out once.
unsafe impl<X: Send> Sync for Slot<X> {}

impl<X> Slot<X> {
    /// A value that is not taken yet.
    pub const fn new(value: X) -> Self {
        Self { taken: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    /// The value, the first time.
    pub fn take(&'static self) -> Option<&'static mut X> {
        if self.taken.load(Ordering::Relaxed) {
            return None;
        }
        self.taken.store(true, Ordering::Relaxed);
        // SAFETY: nobody else has been given it, or will be.
        Some(unsafe { &mut *self.value.get() })
    }
}
