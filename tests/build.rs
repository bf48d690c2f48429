//! Writes chains for the gradient check: every activation with every loss, and long random chains. The shapes
//! of a network are types, so random networks must be random source.

#[path = "build/formulas.rs"]
mod formulas;

use std::fmt::Write;
use std::{env, fs, path::Path};

/// Those that random chains may have inside come before the last two.
const ACTIVATIONS: &[&str] = &[
    "Relu",
    "LeakyRelu(0.1)",
    "Sigmoid",
    "Tanh",
    "Softplus",
    "Elu",
    "Elu(0.5)",
    "Gelu",
    "Silu",
    "HardSwish",
    "Mish",
    "Softmax",
    "crate::Cube",
];

/// The losses, with the type of their targets for N outputs.
const LOSSES: &[(&str, &str)] = &[
    ("SoftmaxLoss", "Class<N>"),
    ("SoftmaxLoss", "Distribution<N>"),
    ("MseLoss", "Values<N>"),
    ("SigmoidLoss", "Distribution<N>"),
    ("HuberLoss(0.5)", "Values<N>"),
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/formulas.rs");
    let mut random = Random(1);
    let mut chains = Vec::new();
    for activation in ACTIVATIONS {
        for (loss, targets) in LOSSES {
            let [input, hidden, output] = [(); 3].map(|()| random.width());
            let output = at_least(loss, output);
            if *activation == "Softmax" && *loss == "SoftmaxLoss" {
                continue;
            }
            let chain = format!("{input} => Affine => {hidden} => {activation} => Affine => {loss} => {output}");
            chains.push((chain, input, output, targets));
        }
    }
    for _ in 0..40 {
        chains.push(long_chain(&mut random));
    }

    let mut source = String::new();
    for (index, (chain, ..)) in chains.iter().enumerate() {
        writeln!(source, "network! {{ Chain{index}<f64>: {chain} }}").unwrap();
    }
    writeln!(source, "const CHAINS: &[(&str, Check)] = &[").unwrap();
    for (index, (chain, input, output, targets)) in chains.iter().enumerate() {
        let targets = targets.replace('N', &output.to_string());
        writeln!(source, "    ({chain:?}, check::<Chain{index}, {input}, {targets}>),").unwrap();
    }
    writeln!(source, "];").unwrap();
    let folder = env::var("OUT_DIR").unwrap();
    fs::write(Path::new(&folder).join("chains.rs"), source).unwrap();
    fs::write(Path::new(&folder).join("formulas.rs"), formulas::source(&mut Random(2))).unwrap();
}

/// Up to six layers of any kind, some frozen, some layers of the tests' own, some networks in the network.
fn long_chain(random: &mut Random) -> (String, usize, usize, &'static &'static str) {
    let input = random.width();
    let mut chain = input.to_string();
    let mut width = input;
    for _ in 0..random.below(6) {
        match random.below(9) {
            0..=3 => {
                width = random.width();
                write!(chain, " => Affine => {width}").unwrap();
            }
            4 => {
                width = random.width();
                write!(chain, " => #[frozen] Affine => {width}").unwrap();
            }
            5 => write!(chain, " => Gain<{width}>").unwrap(),
            6 => {
                let next = random.width();
                write!(chain, " => Inner<{width}, {next}> => {next}").unwrap();
                width = next;
            }
            _ => write!(chain, " => {}", random.of(&ACTIVATIONS[..ACTIVATIONS.len() - 2])).unwrap(),
        }
    }
    let (loss, targets) = random.of(LOSSES);
    let output = at_least(loss, random.width());
    write!(chain, " => Affine => {loss} => {output}").unwrap();
    (chain, input, output, targets)
}

/// As many outputs as a loss needs: one that chooses among classes needs two.
fn at_least(loss: &str, output: usize) -> usize {
    if loss == "SoftmaxLoss" { output.max(2) } else { output }
}

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    }

    fn width(&mut self) -> usize {
        1 + self.below(9)
    }

    fn of<'a, X>(&mut self, list: &'a [X]) -> &'a X {
        &list[self.below(list.len())]
    }
}
