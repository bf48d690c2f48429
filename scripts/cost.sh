#!/usr/bin/env bash
# What networks cost besides the time to run: time to compile, size of the program, speed of a debug build. Prints
# tables in Markdown. Everything is built in a folder of its own, with the features and profiles that users have.
set -euo pipefail
cd "$(dirname "$0")/.."

core=$PWD/core
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
export CARGO_TARGET_DIR=$work/target
jobs=2

cat >"$work/Cargo.toml" <<END
[package]
name = "cost"
edition = "2024"

[workspace]

[dependencies]
chainrule = { path = "$core" }

[profile.kernels]
inherits = "dev"
package.chainrule.opt-level = 3

[profile.dependencies]
inherits = "dev"
package."*".opt-level = 3
END
# The versions that everything else is tested with.
cp Cargo.lock "$work"
cd "$work"

# A program that trains and uses so many networks, no two of the same widths: every other one small enough to have code
# of its own for one sample, and every third one with another layer.
networks() {
  local i inputs hidden outputs chain
  echo 'use chainrule::prelude::*;'
  for ((i = 0; i < $1; i++)); do
    if ((i == 0)); then
      inputs=784 hidden=50 outputs=10
    elif ((i % 2)); then
      inputs=$((3 + i)) hidden=$((8 + i)) outputs=$((2 + i % 5))
    else
      inputs=$((100 + 7 * i)) hidden=$((30 + 3 * i)) outputs=$((2 + i % 9))
    fi
    chain="$inputs => Affine => Relu => $hidden"
    ((i % 3 != 2)) || chain+=" => Affine => Tanh => $((hidden + 1))"
    cat <<END

network! { Net$i: $chain => Affine => SoftmaxLoss => $outputs }

fn use_net$i() -> usize {
    let mut samples = Batch::<SVector<f32, $inputs>, Class<$outputs>, 100>::boxed();
    let Some((x, labels)) = samples.fill(&mut (0..100), |_, _, _| ()) else { return 0 };
    let mut network = Net$i::boxed();
    network.init(1);
    let mut training = Training::<Net$i, Sgd<f32>, 100>::boxed(Sgd::new(0.1));
    let mut memory = Inference::<Net$i, 1>::boxed();
    training.step(&mut network, x, labels).map_or(0, |_| network.classify(&x[0], &mut memory).index())
}
END
  done
  echo
  echo 'fn main() {'
  for ((i = 0; i < $1; i++)); do
    echo "    println!(\"{}\", use_net$i());"
  done
  echo '}'
}

# A program that prints the microseconds of a step of 784-50-10 with 100 samples: the median of its steps.
step() {
  cat <<'END'
use chainrule::prelude::*;

network! { Digits: 784 => Affine => Relu => 50 => Affine => SoftmaxLoss => 10 }

fn main() -> Result<(), StepError> {
    let rng = &mut Rng::new(1);
    let x: Vec<SVector<f32, 784>> = (0..100).map(|_| SVector::from_fn(|_, _| rng.symmetric())).collect();
    let labels = vec![Class::<10>::default(); 100];
    let mut network = Digits::boxed();
    network.init(1);
    let mut training = Training::<Digits, Sgd<f32>, 100>::boxed(Sgd::new(0.01));
    let mut times = Vec::new();
    let begin = std::time::Instant::now();
    while times.len() < 9 || begin.elapsed().as_millis() < 100 {
        let start = std::time::Instant::now();
        training.step(&mut network, &x, &labels)?;
        times.push(start.elapsed());
    }
    times.sort();
    println!("{}", times[times.len() / 2].as_nanos() / 1000);
    Ok(())
}
END
}

median() {
  sort -n | awk '{ value[NR] = $0 } END { print value[int((NR + 1) / 2)] }'
}

# The seconds that a command takes, and the seconds of processor time, which on a busy machine say more.
TIMEFORMAT='%R %U %S'
seconds() {
  { time "$@" >/dev/null 2>&3; } 3>&2 2>&1 | awk '{ printf "%.2f %.2f\n", $1, $2 + $3 }'
}

build() {
  cargo build --quiet --offline --jobs $jobs "$@"
}

text() {
  size --format=sysv target/release/cost | awk '$1 == ".text" { print $2 }'
}

networks 1 >src/main.rs
# The entries of the lock file that other members of the workspace need are dropped here.
cargo fetch --quiet

clean=$(seconds build --release)
crates=$(find target/release/.fingerprint -name 'lib-*.json' -o -name 'bin-*.json' | wc -l)
strip -o stripped target/release/cost

echo "| program with one network, 784-50-10, trained and used | |"
echo "|---|--:|"
echo "| clean release build, $jobs jobs | ${clean% *} s |"
echo "| its processor time | ${clean#* } s |"
echo "| crates compiled | $crates |"
echo "| binary, stripped | $(($(stat -c %s stripped) / 1024)) KiB |"
echo

echo "| networks | compile the program again, release | processor time | text |"
echo "|--:|--:|--:|--:|"
declare -A time processor size
for count in 1 10 50; do
  networks $count >src/main.rs
  build --release
  again=$(for _ in 1 2 3; do touch src/main.rs; seconds build --release; done | median)
  time[$count]=${again% *} processor[$count]=${again#* }
  size[$count]=$(text)
  echo "| $count | ${time[$count]} s | ${processor[$count]} s | $((size[$count] / 1024)) KiB |"
done
each() { awk "BEGIN { printf \"%.2f\", ($2 - $1) / 49 }"; }
echo "| each further | $(each "${time[1]}" "${time[50]}") s | $(each "${processor[1]}" "${processor[50]}") s |" \
  "$(each $((size[1] / 1024)) $((size[50] / 1024))) KiB |"
echo

step >src/main.rs
profiles=(release dev kernels dependencies)
for profile in "${profiles[@]}"; do
  build --profile "$profile"
done
declare -A steps
for _ in 1 2 3 4 5; do
  for profile in "${profiles[@]}"; do
    folder=${profile/#dev/debug}
    steps[$profile]+="$(target/"$folder"/cost)"$'\n'
  done
done
release=$(median <<<"${steps[release]%$'\n'}")
echo "| step of 784-50-10, mini-batch of 100 | time | × release |"
echo "|---|--:|--:|"
for profile in "${profiles[@]}"; do
  case $profile in
    release) name='release' ;;
    dev) name='debug' ;;
    kernels) name='debug, `[profile.dev.package.chainrule] opt-level = 3`' ;;
    dependencies) name='debug, `[profile.dev.package."*"] opt-level = 3`' ;;
  esac
  time=$(median <<<"${steps[$profile]%$'\n'}")
  awk "BEGIN { printf \"| %s | %d µs | %.2f |\n\", \"${name//\"/\\\"}\", $time, $time / $release }"
done
