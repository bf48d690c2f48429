//! Writes the linker script of the board that is built for.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=riscv.x");
    let out = env::var("OUT_DIR").unwrap();
    let target = env::var("TARGET").unwrap();
    println!("cargo::rustc-link-search={out}");
    if target.starts_with("thumb") {
        let memory = match &*target {
            // MPS2 with the Cortex-M4 (AN386)
            "thumbv7em-none-eabihf" => "FLASH : ORIGIN = 0, LENGTH = 4096K  RAM : ORIGIN = 0x20000000, LENGTH = 4096K",
            // LM3S6965 evaluation board
            "thumbv7m-none-eabi" => "FLASH : ORIGIN = 0, LENGTH = 256K  RAM : ORIGIN = 0x20000000, LENGTH = 64K",
            // BBC micro:bit
            "thumbv6m-none-eabi" => "FLASH : ORIGIN = 0, LENGTH = 256K  RAM : ORIGIN = 0x20000000, LENGTH = 16K",
            target => panic!("no board is known for {target}"),
        };
        fs::write(Path::new(&out).join("memory.x"), format!("MEMORY {{ {memory} }}\n")).unwrap();
        println!("cargo::rustc-link-arg-bins=-Tlink.x");
        println!("cargo::rustc-link-arg-bins=--nmagic");
    } else if target.starts_with("riscv32") {
        fs::copy("riscv.x", Path::new(&out).join("riscv.x")).unwrap();
        println!("cargo::rustc-link-arg-bins=-Triscv.x");
    } else if target.starts_with("wasm32") {
        println!("cargo::rustc-link-arg-bins=--no-entry");
        for export in ["run", "output", "output_len"] {
            println!("cargo::rustc-link-arg-bins=--export={export}");
        }
    }
}
