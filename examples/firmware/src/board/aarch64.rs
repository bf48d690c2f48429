//! QEMU's aarch64 board `virt`, without firmware: output by semihosting.

use core::arch::{asm, global_asm};

pub use super::semihosting::write;

// Vector instructions are allowed, and the RAM is mapped to itself, as one block of a GiB: only what is mapped as ordinary
// memory takes loads that are not aligned.
global_asm!(
    ".section .text._start, \"ax\"",
    ".globl _start",
    "_start:",
    "adrp x0, _stack_start",
    "add x0, x0, :lo12:_stack_start",
    "mov sp, x0",
    "mov x0, #(3 << 20)", // no trap
    "msr cpacr_el1, x0",
    "mov x0, #0xff", // ordinary memory, with caches
    "msr mair_el1, x0",
    "movz x0, #0x3520", // 32 bits of address, walks of the table with caches
    "movk x0, #0x80, lsl #16",
    "msr tcr_el1, x0",
    "adrp x0, translation",
    "add x0, x0, :lo12:translation",
    "msr ttbr0_el1, x0",
    "isb",
    "mrs x0, sctlr_el1",
    "mov x1, #0x1005", // translation and caches
    "orr x0, x0, x1",
    "msr sctlr_el1, x0",
    "isb",
    "bl start",
    ".section .rodata.translation, \"a\"",
    ".balign 64",
    "translation:",
    ".quad 0, 0x40000701, 0, 0",
);

#[unsafe(no_mangle)]
extern "C" fn start() -> ! {
    let right = super::program();
    exit(right)
}

/// # Safety
/// The argument must be what the operation asks for.
pub(super) unsafe fn semihosting(operation: usize, argument: usize) {
    // SAFETY: the instruction that the specification of semihosting for Arm prescribes.
    unsafe { asm!("hlt #0xf000", inout("x0") operation => _, in("x1") argument, options(nostack, preserves_flags)) };
}

/// Ends the emulator.
pub fn exit(right: bool) -> ! {
    let reason = [0x20026, usize::from(!right)];
    loop {
        // SAFETY: SYS_EXIT takes the reason and a status.
        unsafe { semihosting(0x18, (&raw const reason).expose_provenance()) };
    }
}

/// How many instructions a piece of code takes under `-icount shift=0`, to about 16: a nanosecond each.
#[inline(never)]
pub fn instructions_of<R>(code: impl FnOnce() -> R) -> (R, u32) {
    let start = ticks();
    let result = code();
    (result, ((ticks() - start) * 16) as u32)
}

/// The counter of the processor: 62.5 MHz.
fn ticks() -> u64 {
    let ticks;
    // SAFETY: this register can always be read.
    unsafe { asm!("isb", "mrs {}, cntvct_el0", out(reg) ticks) };
    ticks
}
