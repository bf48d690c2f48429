//! What differs between the machines: where a program begins, how it prints, how it ends.

#[cfg(aarch64_board)]
#[path = "aarch64.rs"]
mod machine;
#[cfg(target_arch = "arm")]
#[path = "cortex_m.rs"]
mod machine;
#[cfg(target_arch = "riscv32")]
#[path = "riscv.rs"]
mod machine;
#[cfg(target_arch = "wasm32")]
#[path = "wasm.rs"]
mod machine;
#[cfg(not(any(aarch64_board, target_arch = "arm", target_arch = "riscv32", target_arch = "wasm32")))]
#[path = "host.rs"]
mod machine;

#[cfg(any(aarch64_board, target_arch = "arm", target_arch = "riscv32"))]
mod semihosting;

pub use machine::*;

/// Makes a function the program.
#[macro_export]
macro_rules! program {
    ($run:path) => {
        #[unsafe(no_mangle)]
        extern "C" fn program() -> bool {
            $run()
        }
    };
}

unsafe extern "C" {
    /// What `program!` names; whether all was as it should be.
    safe fn program() -> bool;
}

#[cfg(not(feature = "prove"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    write(b"panic\n");
    exit(false)
}

#[cfg(feature = "prove")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        safe fn a_panic_is_reachable() -> !;
    }
    a_panic_is_reachable()
}
