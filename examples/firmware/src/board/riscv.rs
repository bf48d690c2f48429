//! QEMU's RISC-V board `virt`, without firmware: output by semihosting.

use core::arch::{asm, global_asm};

pub use super::semihosting::write;

global_asm!(
    ".section .text._start",
    ".globl _start",
    "_start:",
    "la sp, _stack_start",
    "call start",
);

#[unsafe(no_mangle)]
extern "C" fn start() -> ! {
    let right = super::program();
    exit(right)
}

/// # Safety
/// The argument must be what the operation asks for.
pub(super) unsafe fn semihosting(operation: usize, argument: usize) {
    // SAFETY: the sequence that the specification of semihosting for RISC-V prescribes.
    unsafe {
        asm!(
            ".option push",
            ".option norvc",
            ".balign 16",
            "slli x0, x0, 0x1f",
            "ebreak",
            "srai x0, x0, 7",
            ".option pop",
            inout("a0") operation => _,
            in("a1") argument,
        );
    }
}

/// Ends the emulator.
pub fn exit(right: bool) -> ! {
    let reason = if right { 0x20026 } else { 0x20023 };
    loop {
        // SAFETY: SYS_EXIT takes the reason itself.
        unsafe { semihosting(0x18, reason) };
    }
}
