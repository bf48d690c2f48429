//! Writes the linker script of the board that is built for, which `BOARD` chooses.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=BOARD");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=riscv.x");
    let out = env::var("OUT_DIR").unwrap();
    let target = env::var("TARGET").unwrap();
    println!("cargo::rustc-link-search={out}");
    if target.starts_with("thumb") {
        let board = env::var("BOARD").unwrap_or_else(|_| "mps2-an386".to_owned());
        let memory = match &*board {
            "mps2-an386" => "FLASH : ORIGIN = 0, LENGTH = 4096K  RAM : ORIGIN = 0x20000000, LENGTH = 4096K",
            // The same machine with less RAM, as a board on which a network of 155 KB is trained has it.
            "mps2-an386-320k" => "FLASH : ORIGIN = 0, LENGTH = 4096K  RAM : ORIGIN = 0x20000000, LENGTH = 320K",
            "mps2-an386-2k" => "FLASH : ORIGIN = 0, LENGTH = 8K  RAM : ORIGIN = 0x20000000, LENGTH = 2K",
            "lm3s6965evb" => "FLASH : ORIGIN = 0, LENGTH = 256K  RAM : ORIGIN = 0x20000000, LENGTH = 64K",
            "microbit" => "FLASH : ORIGIN = 0, LENGTH = 256K  RAM : ORIGIN = 0x20000000, LENGTH = 16K",
            board => panic!("no memory is known of the board {board}"),
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
