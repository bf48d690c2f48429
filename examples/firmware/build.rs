//! Writes the linker script of the board that is built for.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=virt.x");
    println!("cargo::rustc-check-cfg=cfg(aarch64_board)");
    let out = env::var("OUT_DIR").unwrap();
    let (host, target) = (env::var("HOST").unwrap(), env::var("TARGET").unwrap());
    println!("cargo::rustc-link-search={out}");
    let out = Path::new(&out);
    let memory = |memory: &str| fs::write(out.join("memory.x"), format!("MEMORY {{ {memory} }}\n")).unwrap();
    let virt = |memory_of_board| {
        memory(memory_of_board);
        fs::copy("virt.x", out.join("virt.x")).unwrap();
        println!("cargo::rustc-link-arg-bins=-Tvirt.x");
    };
    if target.starts_with("thumb") {
        memory(match &*target {
            // MPS2 with the Cortex-M4 (AN386)
            "thumbv7em-none-eabihf" => "FLASH : ORIGIN = 0, LENGTH = 4096K  RAM : ORIGIN = 0x20000000, LENGTH = 4096K",
            // LM3S6965 evaluation board
            "thumbv7m-none-eabi" => "FLASH : ORIGIN = 0, LENGTH = 256K  RAM : ORIGIN = 0x20000000, LENGTH = 64K",
            // BBC micro:bit
            "thumbv6m-none-eabi" => "FLASH : ORIGIN = 0, LENGTH = 256K  RAM : ORIGIN = 0x20000000, LENGTH = 16K",
            target => panic!("no board is known for {target}"),
        });
        println!("cargo::rustc-link-arg-bins=-Tlink.x");
        println!("cargo::rustc-link-arg-bins=--nmagic");
    } else if target.starts_with("riscv32") {
        virt("RAM : ORIGIN = 0x80000000, LENGTH = 4096K");
    } else if target.starts_with("aarch64") && target != host {
        // Built as for Linux, since only then the kernels use vectors, but run without it, where instructions can be counted.
        println!("cargo::rustc-cfg=aarch64_board");
        virt("RAM : ORIGIN = 0x40200000, LENGTH = 4096K");
    } else if target.starts_with("wasm32") {
        println!("cargo::rustc-link-arg-bins=--no-entry");
        for export in ["run", "output", "output_len"] {
            println!("cargo::rustc-link-arg-bins=--export={export}");
        }
    }
}
