//! Whether the kernels take as long for inputs of one kind as for those of another: most processors compute ten to a
//! hundred times slower where they meet denormals, and nobody sees it in a result.

use core::hint::black_box;
use std::time::{Duration, Instant};

use super::Kernels;
use super::level::{Available, Level};
use super::tests::{Activations, Elementwise};
use crate::optim::{AdaGrad, Adadelta, Adam, AdamW, Momentum, Nesterov, Optimizer, RmsProp, Sgd, Step, WeightDecay};

/// Kinds of inputs by their size. The first is the ordinary one.
const KINDS: [(&str, f32); 17] = [
    ("1.5", 1.5),
    ("0", 0.0),
    ("1e-30", 1e-30),
    ("1e-20", 1e-20),
    ("1e-12", 1e-12),
    ("1e-5", 1e-5),
    ("7", 7.0),
    ("15", 15.0),
    ("30", 30.0),
    ("70", 70.0),
    ("88", 88.0),
    ("95", 95.0),
    ("103", 103.0),
    ("500", 500.0),
    ("1e20", 1e20),
    ("1e38", 1e38),
    ("infinite", f32::INFINITY),
];

/// Inputs side by side, where functions have their limits.
#[cfg(target_arch = "x86_64")]
const SWEEPS: [(f32, f32); 4] = [(-110.0, 110.0), (-14.0, -12.0), (-93.0, -86.0), (-1e-9, 1.3e-9)];

/// The activations whose derivative is computed from x.
const KEEP_INPUT: [&str; 4] = ["gelu", "hard_swish", "mish", "silu"];

const N: usize = 512;

/// About as large, a third of them negative.
fn of_size(size: f32) -> Vec<f32> {
    let sign = |i: usize| if i.is_multiple_of(3) { -1.0 } else { 1.0 };
    (0..N).map(|i| sign(i) * size * (1.0 + 0.01 * (i % 7) as f32)).collect()
}

/// What an activation keeps of inputs.
fn kept(at: Available, activation: &Elementwise<f32>, mut x: Vec<f32>) -> Vec<f32> {
    if !KEEP_INPUT.contains(&activation.name) {
        (activation.values)(at, &mut x);
    }
    x
}

/// Does something with every optimiser.
macro_rules! for_each_optimizer {
    ($then:ident!($($argument:expr),*)) => {
        $then!(Sgd::new(0.01f32), $($argument),*);
        $then!(WeightDecay::new(Sgd::new(0.01f32), 0.1), $($argument),*);
        $then!(Momentum::new(0.01f32, 0.9), $($argument),*);
        $then!(Nesterov::new(0.01f32, 0.9), $($argument),*);
        $then!(AdaGrad::new(0.01f32), $($argument),*);
        $then!(RmsProp::new(0.01f32), $($argument),*);
        $then!(Adadelta::<f32>::new(), $($argument),*);
        $then!(Adam::new(0.01f32), $($argument),*);
        $then!(AdamW::new(Adam::new(0.01f32), 0.1), $($argument),*);
    };
}

fn memory_of<O: Optimizer<f32, Memory = [f32; K]>, const K: usize>(_: &O, size: f32) -> [Vec<f32>; K] {
    core::array::from_fn(|_| of_size(size).iter().map(|m| m.abs()).collect())
}

fn update<O: Optimizer<f32, Memory = [f32; K]>, const K: usize>(
    at: Available,
    optimizer: O,
    w: &mut [f32],
    gradient: &[f32],
    memory: &mut [Vec<f32>; K],
) {
    let step = Step { learning_rate: 0.01, decay: 1.0 - 0.01 * optimizer.weight_decay() };
    optimizer.run(at, step, w, gradient, memory.each_mut().map(|m| &mut **m));
}

/// What the processor has met since the last question: a denormal that it computed with, or a result that is none but
/// would have to be.
#[cfg(target_arch = "x86_64")]
fn denormals() -> bool {
    use core::arch::asm;
    const DENORMAL: u32 = 1 << 1;
    const UNDERFLOW: u32 = 1 << 4;
    let mut status = 0u32;
    // SAFETY: what is written back is what was read, but for the flags of what has happened.
    unsafe {
        asm!("stmxcsr [{}]", in(reg) &raw mut status, options(nostack));
        let cleared = status & !0x3f;
        asm!("ldmxcsr [{}]", in(reg) &raw const cleared, options(nostack));
    }
    status & (DENORMAL | UNDERFLOW) != 0
}

/// Calls that met denormals.
#[cfg(target_arch = "x86_64")]
#[derive(Default)]
struct Met(Vec<String>);

#[cfg(target_arch = "x86_64")]
impl Met {
    fn ask(&mut self, at: Available, what: &str, kind: &str, call: impl FnOnce()) {
        denormals();
        call();
        if denormals() {
            self.0.push(format!("{what}, {}: {kind}", at.level()));
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn no_activation_meets_a_denormal_on_its_way_from_a_normal_number() {
    let mut met = Met::default();
    // Without an optimiser a masked multiplication of AVX-512 computes all lanes, and drops some.
    for at in Available::all().filter(|at| !cfg!(unoptimised) || at.level() != Level::Avx512) {
        for activation in f32::all() {
            let Elementwise { name, values, derivatives } = activation;
            let backward = format!("{name} backward");
            for (from, to) in SWEEPS {
                let x: Vec<_> = (0..20_000).map(|i| from + (to - from) * i as f32 / 2e4).collect();
                let (kind, mut y, mut d) = (format!("{from} to {to}"), x.clone(), vec![1e-3; x.len()]);
                met.ask(at, name, &kind, || values(at, &mut y));
                let kept = kept(at, &activation, x);
                met.ask(at, &backward, &kind, || derivatives(at, &kept, &mut d));
            }
            for (kind, size) in KINDS {
                let mut y = of_size(size);
                met.ask(at, name, kind, || values(at, &mut y));
                let kept = kept(at, &activation, of_size(size));
                for dy in [1.5, 1e-20, 1e20] {
                    let mut d = of_size(dy);
                    met.ask(at, &backward, kind, || derivatives(at, &kept, &mut d));
                }
            }
        }
    }
    assert!(met.0.is_empty(), "{:#?}", met.0);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn softmax_meets_no_denormal_on_its_way_from_a_normal_number() {
    let mut met = Met::default();
    for at in Available::all() {
        for (kind, size) in KINDS.into_iter().filter(|(_, size)| size.is_finite()) {
            for width in [1, 2, 4, 8, 17, 64] {
                let (mut p, mut log_sums) = (of_size(size), vec![0.0; N / width]);
                met.ask(at, "softmax", kind, || f32::softmax(at, width, 1e-4, &mut p, &mut log_sums));
            }
        }
    }
    assert!(met.0.is_empty(), "{:#?}", met.0);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn no_optimizer_meets_a_denormal_on_its_way_from_a_normal_gradient() {
    let mut met = Met::default();
    macro_rules! check {
        ($optimizer:expr, $at:expr) => {
            for (kind, size) in KINDS.into_iter().filter(|(_, size)| *size < 1e19) {
                for of_memory in [0.0, 0.1] {
                    let (mut w, gradient) = (of_size(1.0), of_size(size));
                    let mut memory = memory_of(&$optimizer, of_memory);
                    let what = stringify!($optimizer);
                    met.ask($at, what, kind, || update($at, $optimizer, &mut w, &gradient, &mut memory));
                }
            }
        };
    }
    for at in Available::all() {
        for_each_optimizer!(check!(at));
    }
    assert!(met.0.is_empty(), "{:#?}", met.0);
}

/// A call by the name of the kind of its inputs.
type Call = (String, Box<dyn FnMut()>);

/// Times calls of one kernel, which take turns, by the least time of each; prints those that take longer than the first,
/// and returns how many times as long the slowest takes.
fn compare(what: &str, mut calls: Vec<Call>) -> f64 {
    let mut least = vec![Duration::MAX; calls.len()];
    for _ in 0..100 {
        for ((_, call), least) in calls.iter_mut().zip(&mut least) {
            let start = Instant::now();
            for _ in 0..4 {
                call();
            }
            *least = start.elapsed().min(*least);
        }
    }
    let mut line = format!("{what}: {:.2} ns", least[0].as_secs_f64() * 1e9 / 4.0 / N as f64);
    let mut worst = 1.0f64;
    for ((kind, _), time) in calls.iter().zip(&least) {
        let ratio = time.as_secs_f64() / least[0].as_secs_f64();
        worst = worst.max(ratio);
        if ratio > 1.15 {
            line += &format!(", {kind} × {ratio:.2}");
        }
    }
    println!("{line}");
    worst
}

/// `cargo test --release -p chainrule --lib -- --ignored the_time_of_all_kinds --nocapture` prints a table.
///
/// Ratios up to 1.5 are within the noise of the shortest calls. At the portable level libm takes other ways for other
/// numbers, for Gelu beyond ±1.2 up to 2.5 times as long.
#[test]
#[ignore = "of use in a release build on a quiet machine alone"]
fn the_time_of_all_kinds_of_inputs_is_about_the_same() {
    let mut worst = 0.0f64;
    for at in Available::all() {
        for activation in f32::all() {
            let Elementwise { name, values, derivatives } = activation;
            let (mut forward, mut backward): (Vec<Call>, Vec<Call>) = Default::default();
            for (kind, size) in KINDS {
                let (x, mut y) = (of_size(size), vec![0.0; N]);
                let call = move || {
                    y.copy_from_slice(black_box(&x));
                    values(at, black_box(&mut y));
                };
                forward.push((kind.into(), Box::new(call)));
                for dy in [1.5, 1e-20] {
                    let (kept, dy_of_size, mut d) = (kept(at, &activation, of_size(size)), of_size(dy), vec![0.0; N]);
                    let call = move || {
                        d.copy_from_slice(black_box(&dy_of_size));
                        derivatives(at, black_box(&kept), black_box(&mut d));
                    };
                    backward.push((format!("{kind} (dy {dy:e})"), Box::new(call)));
                }
            }
            worst = worst.max(compare(&format!("{}, {name}", at.level()), forward));
            worst = worst.max(compare(&format!("{}, {name} backward", at.level()), backward));
        }
        for width in [2, 4, 8, 64] {
            let mut calls: Vec<Call> = Vec::new();
            for (kind, size) in KINDS.into_iter().filter(|(_, size)| size.is_finite()) {
                let (x, mut y, mut log_sums) = (of_size(size), vec![0.0; N], vec![0.0; N / width]);
                let call = move || {
                    y.copy_from_slice(black_box(&x));
                    f32::softmax(at, width, 1.0, black_box(&mut y), black_box(&mut log_sums));
                };
                calls.push((kind.into(), Box::new(call)));
            }
            worst = worst.max(compare(&format!("{}, softmax of {width}", at.level()), calls));
        }
        macro_rules! time {
            ($optimizer:expr, $at:expr) => {
                let mut calls: Vec<Call> = Vec::new();
                for (kind, size) in KINDS.into_iter().filter(|(_, size)| *size < 1e19) {
                    for of_memory in [0.1, 0.0] {
                        let (gradient, first, mut w) = (of_size(size), of_size(1.0), vec![0.0; N]);
                        let mut memory = memory_of(&$optimizer, of_memory);
                        let first_memory = memory.clone();
                        let call = move || {
                            w.copy_from_slice(black_box(&first));
                            memory.clone_from(black_box(&first_memory));
                            update($at, $optimizer, black_box(&mut w), black_box(&gradient), &mut memory);
                        };
                        calls.push((format!("{kind} (memory {of_memory})"), Box::new(call)));
                    }
                }
                worst = worst.max(compare(&format!("{}, {}", $at.level(), stringify!($optimizer)), calls));
            };
        }
        for_each_optimizer!(time!(at));
    }
    println!("worst: × {worst:.2}");
}
