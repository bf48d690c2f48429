#!/usr/bin/env bash
# Builds examples/firmware for every target and runs it: on emulated boards, under node, and on this machine without
# an allocator. Proves that no panic is reachable, compares sizes, stack and instructions with what is expected, and the vectors
# of aarch64 and WebAssembly with plain Rust.
#
#   scripts/embedded.sh          all of it, as CI does
#   scripts/embedded.sh demo     only the programs for people, with their output
#   UPDATE_EXPECTED=1 scripts/embedded.sh   writes examples/firmware/expected.txt anew; read the difference
#
# The cross toolchain is kept in $XDG_CACHE_HOME/chainrule (~/.cache/chainrule), about 1 GB.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "embedded: $*" >&2; exit 1; }

# need COMMAND PACKAGE: installs the package if the command is missing.
need() {
  command -v "$1" >/dev/null && return
  local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  command -v apt-get >/dev/null || fail "$1 is missing, and there is no apt-get to install $2"
  $sudo apt-get update -qq && $sudo apt-get install -qq -y --no-install-recommends "$2" >/dev/null \
    || fail "$1 is missing, and the package $2 could not be installed"
  command -v "$1" >/dev/null || fail "the package $2 did not bring $1"
}

M4F=thumbv7em-none-eabihf
M3=thumbv7m-none-eabi
M0=thumbv6m-none-eabi
RISCV=riscv32imac-unknown-none-elf
WASM=wasm32-unknown-unknown
# For its code alone: nothing of Linux is used.
AARCH64=aarch64-unknown-linux-gnu
TARGETS=("$M4F" "$M3" "$M0" "$RISCV" "$WASM" "$AARCH64")
TOOLCHAIN=${XDG_CACHE_HOME:-$HOME/.cache}/chainrule/toolchain
OUT=${CARGO_TARGET_DIR:-$PWD/target}/firmware
MANIFEST=(--manifest-path examples/firmware/Cargo.toml)
DEMOS=(xor curve digits adapt online)

need qemu-system-arm qemu-system-arm
need qemu-system-aarch64 qemu-system-arm
need qemu-system-riscv32 qemu-system-misc
need node nodejs
need llvm-size llvm
scripts/cross-toolchain.sh "$TOOLCHAIN" "${TARGETS[@]}"

# With the cross toolchain; its version of the compiler is not the project's, so nothing is denied here.
cross() ( . "$TOOLCHAIN/env"; CARGO_TARGET_DIR=$OUT/cross cargo -q "$1" "${MANIFEST[@]}" "${@:2}" )
bins() { printf -- '--bin %s ' "$@"; }

SEMIHOSTING=(-nographic -monitor none -serial null -semihosting-config enable=on,target=native)
arm() { timeout 60 qemu-system-arm -M "$1" "${SEMIHOSTING[@]}" -icount shift=10 -kernel "$2" </dev/null 2>&1; }
aarch64() {
  timeout 60 qemu-system-aarch64 -M virt -cpu cortex-a53 -nic none "${SEMIHOSTING[@]}" -icount shift=0 -kernel "$1" </dev/null 2>&1
}
riscv() { timeout 60 qemu-system-riscv32 -M virt -bios none "${SEMIHOSTING[@]}" -kernel "$1" </dev/null 2>&1; }

# QEMU writes what a program prints to its standard error.
# run NAME COMMAND...: runs a program; its output is in $LOG/NAME.
LOG=$OUT/log; mkdir -p "$LOG"
run() { "${@:2}" > "$LOG/$1" || { cat "$LOG/$1"; fail "$1 failed"; }; }

echo "== Cortex-M4F, emulated"
cross build --profile small --target "$M4F" $(bins "${DEMOS[@]}")
for demo in "${DEMOS[@]}"; do
  run "$demo" arm mps2-an386 "$OUT/cross/$M4F/small/$demo"
  echo "-- $demo"; grep -v ^bits "$LOG/$demo"
done
[ "${1:-}" = demo ] && exit

echo "== the same bits everywhere"
cross build --profile small --target "$M3" --target "$M0" --target "$RISCV" --target "$WASM" --bin xor
run xor-m3 arm lm3s6965evb "$OUT/cross/$M3/small/xor"
run xor-m0 arm microbit "$OUT/cross/$M0/small/xor"
run xor-riscv riscv "$OUT/cross/$RISCV/small/xor"
run xor-wasm node examples/firmware/run.mjs "$OUT/cross/$WASM/small/xor.wasm"
CARGO_TARGET_DIR=$OUT/host cargo -q build "${MANIFEST[@]}" --profile small --bin xor
run xor-host "$OUT/host/small/xor"
for machine in xor xor-m3 xor-m0 xor-riscv xor-wasm; do
  [ "$(grep ^bits "$LOG/$machine")" = "$(grep ^bits "$LOG/xor-host")" ] || fail "$machine trains other bits than this machine"
  echo "$machine: the bits of this machine"
done
! llvm-nm "$OUT/host/small/xor" | grep -E '__rust_alloc|malloc|__rg_' || fail "something allocates"

echo "== no panic is reachable"
for profile in small medium release; do
  cross build --profile $profile --features prove --target "$M4F" --bin no_panic \
    || fail "a panic is reachable in profile $profile: build without the feature \`prove\` and look at llvm-nm -C"
  echo "profile $profile: linked"
done
if cross build --profile small --features prove,control --target "$M4F" --bin no_panic 2>"$LOG/control"; then
  fail "the proof proves nothing: a panic that is there was linked"
fi
grep -q a_panic_is_reachable "$LOG/control" || { cat "$LOG/control"; fail "the control failed for another reason"; }

echo "== sizes, stack and instructions"
FOUND=$LOG/found; : > "$FOUND"
for profile in small release; do
  cross build --profile $profile --target "$M4F" --bin measure
  run "measure-$profile" arm mps2-an386 "$OUT/cross/$M4F/$profile/measure"
  ! grep "went wrong" "$LOG/measure-$profile" || fail "a measurement went wrong"
  sed "s/^/$profile /" "$LOG/measure-$profile" >> "$FOUND"
done
# sizes NAME ELF: one line for each section that takes memory.
sizes() {
  llvm-size -A "$2" | awk -v name="$1" '$1 ~ /^\.(text|rodata|data|bss)$/ { print name, substr($1, 2), $2 }' >> "$FOUND"
}
for demo in "${DEMOS[@]}"; do
  sizes "small program-$demo" "$OUT/cross/$M4F/small/$demo"
  sed -n "s/^stack /small program-$demo stack /p" "$LOG/$demo" >> "$FOUND"
done
sizes "microbit program-xor" "$OUT/cross/$M0/small/xor"
sed -n "s/^stack /microbit program-xor stack /p" "$LOG/xor-m0" >> "$FOUND"

value() { awk -v key="$1" 'index($0, key " ") == 1 { print $NF }' "$FOUND"; }
# most WHAT LIMIT NUMBER
most() { [ "$3" -le "$2" ] && echo "$1: $3 of $2 at most" || fail "$1: $3, but $2 at most"; }
ram() { echo $(($(value "$1 data") + $(value "$1 bss") + $(value "$1 stack"))); }
most "XOR with Adam, bytes of RAM with stack" 2048 "$(ram 'small program-xor')"
most "XOR with Adam, bytes of text" 9216 "$(value 'small program-xor text')"
most "XOR with Adam on the microbit, bytes of RAM with stack" 16384 "$(ram 'microbit program-xor')"
most "784-50-10 inference, bytes of RAM" 1024 "$(value 'small digits inference')"
for profile in small release; do
  most "784-50-10 inference, bytes of stack ($profile)" 512 "$(value "$profile digits infer stack")"
  # A frame that grew with the width would be eight times as large.
  for what in infer step; do
    most "eight times as wide, stack of $what ($profile)" $(($(value "$profile digits $what stack") + 64)) \
      "$(value "$profile wide $what stack")"
  done
done
most "784-50-10 inference, instructions for 39700 multiply-adds" $((3 * 39700)) "$(value 'release digits infer instructions')"
most "784-50-10 online training, bytes of RAM with stack" $((192 * 1024)) "$(ram 'small program-online')"

echo "== the vectors of aarch64 and WebAssembly"
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=rust-lld
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS=-Crelocation-model=static
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=-Ctarget-feature=+simd128
cross build --release --no-default-features --target "$AARCH64" --target "$WASM" --bin vectors
run vectors-aarch64 aarch64 "$OUT/cross/$AARCH64/release/vectors"
run vectors-wasm node examples/firmware/run.mjs "$OUT/cross/$WASM/release/vectors.wasm"
grep -qx "level NEON" "$LOG/vectors-aarch64" || fail "the kernels of aarch64 did not use NEON"
grep -qx "level SIMD128" "$LOG/vectors-wasm" || fail "the kernels of WebAssembly did not use SIMD128"
echo "NEON and SIMD128: as plain Rust, but for rounding"
step() { awk -v what="step of 5 at $1" 'index($0, what " ") == 1 { print $NF }' "$LOG/vectors-aarch64"; }
# Plain Rust uses vectors, too, where the compiler finds them.
most "784-50-10 training step of 5 samples, instructions with NEON" $(($(step portable) / 2)) "$(step NEON)"

# What may grow without a word: 2 percent, and 64 of whatever it is.
EXPECTED=examples/firmware/expected.txt
if [ -n "${UPDATE_EXPECTED:-}" ]; then
  sort "$FOUND" > "$EXPECTED"
fi
sort "$FOUND" | awk '
  NR == FNR { key = $0; sub(/ [0-9]+$/, "", key); expected[key] = $NF; next }
  {
    key = $0; sub(/ [0-9]+$/, "", key)
    if (!(key in expected)) { print key ": not in the file of what is expected"; bad = 1 }
    else if ($NF > expected[key] * 1.02 + 64) { print key ": " $NF ", expected " expected[key]; bad = 1 }
    delete expected[key]
  }
  END { for (key in expected) { print key ": no longer measured"; bad = 1 } exit bad }' "$EXPECTED" - || fail "grown beyond 2 % + 64, or not measured: make it smaller, or say why and UPDATE_EXPECTED=1"
echo "nothing has grown beyond 2 % + 64"
