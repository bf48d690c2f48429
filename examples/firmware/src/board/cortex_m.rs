//! Cortex-M under QEMU: output by semihosting, stack by painting, instructions by a timer.

use core::arch::asm;

use cortex_m_rt::entry;

pub use super::semihosting::write;

#[entry]
fn main() -> ! {
    let right = super::program();
    exit(right)
}

/// # Safety
/// The argument must be what the operation asks for.
pub(super) unsafe fn semihosting(operation: usize, argument: usize) {
    // SAFETY: the instruction that the specification of semihosting for Arm prescribes. It may read memory, so it is not
    // declared `nomem`.
    unsafe { asm!("bkpt #0xab", inout("r0") operation => _, in("r1") argument, options(nostack, preserves_flags)) };
}

/// Ends the emulator.
pub fn exit(right: bool) -> ! {
    let reason = if right { 0x20026 } else { 0x20023 };
    loop {
        // SAFETY: SYS_EXIT takes the reason itself.
        unsafe { semihosting(0x18, reason) };
    }
}

const PAINT: u32 = 0xc0de_cafe;
/// What is not painted below the stack pointer, since it is in use while painting.
const MARGIN: usize = 64;

unsafe extern "C" {
    /// The end of the statics, which cortex-m-rt knows.
    static mut __sheap: u32;
}

/// How many bytes of stack a piece of code takes.
#[inline(never)]
pub fn stack_of<R>(code: impl FnOnce() -> R) -> (R, u32) {
    let start = &raw mut __sheap;
    let end = cortex_m::register::msp::read() as usize;
    let words = end.saturating_sub(MARGIN).saturating_sub(start as usize) / 4;
    for word in 0..words {
        // SAFETY: nothing lives between the statics and the stack.
        unsafe { start.add(word).write_volatile(PAINT) };
    }
    let result = call(code);
    let mut untouched = 0;
    // SAFETY: as above.
    while untouched < words && unsafe { start.add(untouched).read_volatile() } == PAINT {
        untouched += 1;
    }
    (result, (end - (start as usize + 4 * untouched)) as u32)
}

/// How many bytes of stack the program takes, from its very beginning.
pub fn whole_stack_of(code: impl FnOnce() -> bool) -> (bool, u32) {
    unsafe extern "C" {
        static _stack_start: u32;
    }
    let here = cortex_m::register::msp::read() as usize;
    let above = (&raw const _stack_start) as usize - here;
    let (right, stack) = stack_of(code);
    (right, stack + above as u32)
}

/// So that what is measured has frames of its own.
#[inline(never)]
fn call<R>(code: impl FnOnce() -> R) -> R {
    code()
}

/// CMSDK timer 0 of the MPS2 boards.
const TIMER: *mut u32 = 0x4000_0000 as *mut u32;

/// How many instructions a piece of code takes under `-icount shift=10`: 1024 ns each, counted in 40 ns.
#[inline(never)]
pub fn instructions_of<R>(code: impl FnOnce() -> R) -> (R, u32) {
    // SAFETY: the registers of the timer: control, value, reload.
    unsafe {
        TIMER.write_volatile(0);
        TIMER.add(2).write_volatile(u32::MAX);
        TIMER.add(1).write_volatile(u32::MAX);
        TIMER.write_volatile(1);
    }
    let result = call(code);
    // SAFETY: as above.
    let ticks = u32::MAX - unsafe { TIMER.add(1).read_volatile() };
    (result, (u64::from(ticks) * 40 / 1024) as u32)
}
