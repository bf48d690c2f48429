//! How fast networks infer and train, beside what the machine can do and beside other libraries.
//!
//! `cargo bench -p chainrule-tests --bench speed` measures all; with `-- NAME`, the groups of these names; with
//! `-- --short`, one round of each, which shows that all of it runs and that all libraries compute the same.
//!
//! Everything runs on one thread in `f32`, but for the group `threads`. A table has a row for each way to do its task:
//!
//! - **time**: of one call, the median over the rounds of a race ([`harness`] says why there are rounds).
//! - **GFLOP/s**: of the products alone, and with one sample, of those with inputs that are not zero.
//! - **bound**: the time that the task takes at least, from what the machine was measured to do in the same rounds
//!   ([`roofs`]): multiply-adds in registers (FMA), or moving the parameters from a cache and back (L1, L2), whichever
//!   is longer. Always that of one core.
//! - **of bound**: bound / time.
//! - **× name**: how many times as fast as that row.

mod bound;
mod data;
mod harness;
mod networks;
mod others;
mod ours;
mod roofs;
mod table;
mod workload;
mod workloads;

use std::error::Error;
use std::time::Duration;

use crate::harness::{Plan, race};
use crate::roofs::Roof;
use crate::workloads::{GROUPS, Setting};

/// nalgebra's matrices of this size are temporary values on the stack.
const STACK: usize = 256 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let run = move || run(&arguments).map_err(|error| error.to_string());
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run)?;
    Ok(thread.join().map_err(|_| "a benchmark panicked")??)
}

struct Arguments {
    short: bool,
    names: Vec<String>,
}

impl Arguments {
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self { short: false, names: Vec::new() };
        for argument in arguments {
            match argument.as_str() {
                "--short" => parsed.short = true,
                // Given by cargo to every benchmark.
                "--bench" => {}
                name if GROUPS.iter().any(|(group, _)| *group == name) => parsed.names.push(argument),
                _ => {
                    let groups = GROUPS.map(|(group, _)| group).join(", ");
                    return Err(format!("`{argument}` is neither `--short` nor one of the groups {groups}"));
                }
            }
        }
        Ok(parsed)
    }
}

fn run(Arguments { short, names }: &Arguments) -> Result<(), Box<dyn Error>> {
    let plan = if *short {
        Plan { burst: Duration::ZERO, race: Duration::ZERO, rounds: 1 }
    } else {
        Plan { burst: Duration::from_micros(500), race: Duration::from_secs(4), rounds: 11 }
    };
    let setting = Setting { levels: ours::levels(), plan, mnist: data::mnist(!short)? };
    show_machine(&setting);
    for (name, measure) in GROUPS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            measure(&setting, &mut |table| println!("{table}"));
        }
    }
    Ok(())
}

/// What was measured on, and its roofs.
fn show_machine(Setting { levels, plan, .. }: &Setting) {
    println!("{}, level {}\n", cpu().unwrap_or_else(|| std::env::consts::ARCH.to_owned()), levels[0]);
    let roofs =
        levels.iter().map(|&level| [Roof::Fma(level), Roof::L1Read(level), Roof::L2Read(level), Roof::L2Update(level)]);
    let (mut contenders, work): (Vec<_>, Vec<_>) = roofs.flatten().filter_map(Roof::contender).unzip();
    if contenders.is_empty() {
        return;
    }
    let times = race(&mut contenders.iter_mut().collect::<Vec<_>>(), *plan);
    let speeds: Vec<f64> = times.iter().zip(work).map(|(times, work)| work / times.median() / 1e9).collect();
    println!("| | peak GFLOP/s | L1 read GB/s | L2 read GB/s | L2 read and write GB/s |\n|---|--:|--:|--:|--:|");
    for (level, speeds) in levels.iter().zip(speeds.chunks(4)) {
        print!("| {level} |");
        speeds.iter().for_each(|speed| print!(" {speed:.1} |"));
        println!();
    }
    println!();
}

/// The name of the processor, where Linux tells it.
fn cpu() -> Option<String> {
    let info = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let value = |key| info.lines().find_map(|line| Some(line.strip_prefix(key)?.split_once(':')?.1.trim().to_owned()));
    let cores = std::thread::available_parallelism().ok()?;
    Some(format!(
        "{} (family {}, model {}), {cores} cores",
        value("model name")?,
        value("cpu family")?,
        value("model\t")?
    ))
}
