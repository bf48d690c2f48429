//! Tells the kernels for what this package is compiled: whether the target has vectors that there are kernels for,
//! and whether it is compiled without optimisation.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(vectors, unoptimised)");
    if has_vectors() {
        println!("cargo::rustc-cfg=vectors");
    }
    if var("OPT_LEVEL").is_ok_and(|level| level == "0") {
        println!("cargo::rustc-cfg=unoptimised");
    }
}

fn has_vectors() -> bool {
    let target = |what: &str| var(format!("CARGO_CFG_{what}")).unwrap_or_default();
    let features = target("TARGET_FEATURE");
    let has = |feature| features.split(',').any(|f| f == feature);
    // Miri interprets the portable kernels.
    if var("CARGO_CFG_MIRI").is_ok() {
        return false;
    }
    match &*target("TARGET_ARCH") {
        "x86_64" => has("sse2"),
        // On bare metal memory may be such that vectors must be aligned; the compiler then loads them byte by byte.
        "aarch64" => has("neon") && target("TARGET_ENDIAN") == "little" && target("TARGET_OS") != "none",
        "wasm32" => has("simd128"),
        _ => false,
    }
}
