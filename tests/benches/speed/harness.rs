//! Measures by turns what is to be compared: in every round each contender runs for one short burst, and all
//! numbers are medians over the rounds.
//!
//! divan and criterion measure one thing after the other. On a machine that others use too, whose clock and caches
//! change from second to second, a ratio of two such numbers says more about the seconds than about the code. Here
//! what is compared runs within milliseconds, and a ratio is the median of the ratios of single rounds.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Something that can be measured.
pub struct Contender<'a> {
    prepare: Box<dyn FnMut() + 'a>,
    run: Box<dyn FnMut(u64) -> f32 + 'a>,
}

impl<'a> Contender<'a> {
    /// Measures calls of `call`, whose result is what contenders for the same task agree on. `prepare` runs before each
    /// burst and is not measured.
    pub fn new(prepare: impl FnMut() + 'a, mut call: impl FnMut() -> f32 + 'a) -> Self {
        Self::of_runs(prepare, move |calls| {
            let mut result = 0.0;
            for _ in 0..calls {
                result = black_box(call());
            }
            result
        })
    }

    /// The same where `run` makes so many calls as one, and returns the result of the last.
    pub fn of_runs(prepare: impl FnMut() + 'a, run: impl FnMut(u64) -> f32 + 'a) -> Self {
        Self { prepare: Box::new(prepare), run: Box::new(run) }
    }

    /// The result of one call.
    pub fn call(&mut self) -> f32 {
        (self.prepare)();
        (self.run)(1)
    }

    fn time(&mut self, calls: u64) -> Duration {
        let start = Instant::now();
        (self.run)(calls);
        start.elapsed()
    }

    /// How many calls make a burst.
    fn calls_in(&mut self, burst: Duration) -> u64 {
        (self.prepare)();
        let mut calls = 1;
        loop {
            let time = self.time(calls);
            if 2 * time >= burst {
                return (calls as f64 * burst.as_secs_f64() / time.as_secs_f64()).max(1.0) as u64;
            }
            calls *= 2;
        }
    }

    /// The seconds of one call in a burst, after as many that are not measured: caches, clock and the prediction of
    /// branches are then what they are in the long run.
    fn burst(&mut self, calls: u64) -> f64 {
        (self.prepare)();
        (self.run)(calls);
        self.time(calls).as_secs_f64() / calls as f64
    }
}

/// How long is measured.
#[derive(Clone, Copy)]
pub struct Plan {
    /// About how long a contender runs in a round; one call if that takes longer.
    pub burst: Duration,
    /// About how long a race takes.
    pub race: Duration,
    /// How many rounds it has at least, however long they take.
    pub rounds: usize,
}

/// The seconds of one call in every round of a race.
#[derive(Clone)]
pub struct Times(pub Vec<f64>);

impl Times {
    /// The median over the rounds.
    pub fn median(&self) -> f64 {
        median(self.0.clone())
    }

    /// How many times as long as `other` takes, as the median of the ratios of single rounds of the same race.
    pub fn relative_to(&self, other: &Self) -> f64 {
        median(self.0.iter().zip(&other.0).map(|(a, b)| a / b).collect())
    }
}

/// Lets contenders run by turns; the times are in their order.
pub fn race(contenders: &mut [&mut Contender<'_>], plan: Plan) -> Vec<Times> {
    let calls: Vec<u64> = contenders.iter_mut().map(|contender| contender.calls_in(plan.burst)).collect();
    let mut times = vec![Times(Vec::new()); contenders.len()];
    let start = Instant::now();
    for round in 1.. {
        for ((contender, &calls), times) in contenders.iter_mut().zip(&calls).zip(&mut times) {
            times.0.push(contender.burst(calls));
        }
        if round >= plan.rounds && start.elapsed() >= plan.race {
            break;
        }
    }
    times
}

/// The middle value, or the mean of both.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) { (values[middle - 1] + values[middle]) / 2.0 } else { values[middle] }
}
