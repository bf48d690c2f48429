#!/usr/bin/env bash
# Makes a Rust cross toolchain (rustc, core and alloc; no std) for programs without an operating system in a folder of its
# own, out of Debian's packages, unpacked there. Nothing is installed, and rustup's toolchains stay as they are.
#
#   scripts/cross-toolchain.sh DIR TARGET...
#   . DIR/env; cargo build --release --target TARGET
#
# A second call with the same folder and targets does nothing. JOBS: as for cargo -j.
set -euo pipefail

fail() { echo "cross-toolchain: $*" >&2; exit 1; }

[ $# -ge 1 ] || fail "usage: cross-toolchain.sh DIR TARGET..."
mkdir -p "$1" || fail "$1 cannot be made"
DIR=$(cd "$1" && pwd); shift
H=$DIR/usr
HOST=x86_64-unknown-linux-gnu
[ "$(id -u)" = 0 ] && SUDO= || SUDO=sudo
get() { apt-get -o APT::Sandbox::User=root -qq download "$@" || fail "$* could not be downloaded"; }

if [ ! -e "$DIR/.unpacked" ]; then
  for tool in apt-get apt-cache dpkg dpkg-deb tar cargo rustc; do
    command -v "$tool" >/dev/null || fail "$tool is missing; the toolchain is made of Debian's packages for x86-64"
  done
  [ "$(uname -m)" = x86_64 ] || fail "the packages are for x86-64, and this is $(uname -m)"
  rm -rf "$DIR/debs" "$H"; mkdir -p "$DIR/debs" "$DIR/bin"; cd "$DIR/debs"
  $SUDO apt-get update -qq || fail "apt-get update failed"
  V=$(apt-cache policy rustc-web | awk '/Candidate:/{print $2}')
  [ -n "$V" ] && [ "$V" != "(none)" ] || fail "Debian's package rustc-web is not to be had here"
  MM=$(cut -d. -f1,2 <<<"$V")
  LLVM=$(apt-cache show "libstd-rust-web-$MM=$V" | sed -n 's/^Depends:.*\(libllvm[0-9]*\).*/\1/p')
  echo "Debian rustc-web $V, $LLVM"
  get "rustc-web=$V" "libstd-rust-web-$MM=$V" "libstd-rust-web-dev=$V" "rust-web-src=$V" "$LLVM"
  for p in rustc-web "libstd-rust-web-$MM" libstd-rust-web-dev "$LLVM"; do dpkg -x "${p}"_*.deb "$DIR"; done
  # Of the 340 MB of the source package only the library is needed.
  dpkg-deb --fsys-tarfile rust-web-src_*.deb | tar -xf - -C "$DIR" --wildcards './usr/lib' './usr/src/*/library'
  # The linker: rustup's rust-lld, put where this rustc looks for it; else Debian's lld.
  B=$H/lib/rustlib/$HOST/bin; mkdir -p "$B"
  LLD=$(rustc --print sysroot)/lib/rustlib/$HOST/bin/rust-lld
  if [ ! -x "$LLD" ]; then
    N=${LLVM#libllvm}; get "lld-$N"; dpkg -x "lld-${N}"_*.deb "$DIR"; LLD=$H/lib/llvm-$N/bin/lld
  fi
  ln -sf "$LLD" "$B/rust-lld"
  for t in rustc rustdoc; do
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec %s "$@"\n' \
      "$H/lib/x86_64-linux-gnu" "$H/bin/$t" > "$DIR/bin/$t"; chmod +x "$DIR/bin/$t"
  done
  printf 'export RUSTC=%s RUSTDOC=%s\n' "$DIR/bin/rustc" "$DIR/bin/rustdoc" > "$DIR/env"
  cd "$DIR"; rm -rf debs; touch .unpacked
fi
"$DIR/bin/rustc" -V || fail "the toolchain in $DIR does not run; remove the folder to make it anew"

# core, alloc and compiler_builtins once for each target, into the sysroot: after that no -Z flag is needed. The functions
# of memory come along for targets whose C library would have them.
for T in "$@"; do
  L=$H/lib/rustlib/$T/lib
  [ -e "$L/.done" ] && continue
  W=$DIR/build-std; rm -rf "$W" "$L"; mkdir -p "$W/src" "$L"
  printf '[package]\nname = "x"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' > "$W/Cargo.toml"
  echo '#![no_std]' > "$W/src/lib.rs"
  ( cd "$W"; unset RUSTDOC; RUSTC=$DIR/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes -Cpanic=abort" \
      CARGO_TARGET_DIR=$W/target cargo build -q -j"${JOBS:-2}" --release --target "$T" -Zbuild-std=core,alloc \
      -Zbuild-std-features=compiler-builtins-mem ) \
    || fail "core could not be built for $T"
  cp "$W/target/$T/release/deps/"lib{core,alloc,compiler_builtins}-*.rlib "$L/"
  rm -rf "$W"; touch "$L/.done"
  echo "sysroot for $T: $(du -sh "$L" | cut -f1)"
done
