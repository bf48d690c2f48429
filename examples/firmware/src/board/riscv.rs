//! QEMU's RISC-V board `virt`, without firmware: output by semihosting.

use core::arch::{asm, global_asm};

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
unsafe fn semihosting(operation: usize, argument: usize) {
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

/// Prints.
pub fn write(text: &[u8]) {
    for piece in text.chunks(15) {
        let mut line = [0u8; 16];
        for (to, from) in line.iter_mut().zip(piece) {
            *to = *from;
        }
        // SAFETY: the text is there and ends with 0.
        unsafe { semihosting(0x04, (&raw const line).expose_provenance()) };
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
