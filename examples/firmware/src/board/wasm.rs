//! WebAssembly without imports: what is printed is kept in memory, for `run.mjs` to read.

use core::cell::UnsafeCell;

struct Output(UnsafeCell<([u8; 4096], usize)>);

// SAFETY: there is one thread.
unsafe impl Sync for Output {}

static OUTPUT: Output = Output(UnsafeCell::new(([0; 4096], 0)));

/// Prints.
pub fn write(text: &[u8]) {
    // SAFETY: there is one thread, and nobody holds a reference between two calls.
    let (bytes, len) = unsafe { &mut *OUTPUT.0.get() };
    for (to, from) in bytes.iter_mut().skip(*len).zip(text) {
        *to = *from;
        *len += 1;
    }
}

/// Stops.
pub fn exit(_: bool) -> ! {
    core::arch::wasm32::unreachable()
}

/// Runs the program.
#[unsafe(no_mangle)]
pub extern "C" fn run() -> bool {
    super::program()
}

/// Where the output is.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.0.get().cast()
}

/// How long it is.
#[unsafe(no_mangle)]
pub extern "C" fn output_len() -> usize {
    // SAFETY: as above.
    unsafe { (*OUTPUT.0.get()).1 }
}
