//! A workload: one task done in several ways, each beside what the machine allows and beside the others.

use chainrule::kernels::{Level, set_level};

use crate::bound::{Bound, MeasuredRoof};
use crate::harness::{Contender, Plan, Times, race};
use crate::table::{Row, Table};

/// How far the results of contenders for the same task may differ.
const TOLERANCE: f32 = 1e-4;
/// How many calls of each are compared.
const COMPARED: usize = 10;

/// One way to do the task.
pub struct Entry<'a> {
    name: String,
    call: Contender<'a>,
    flops: f64,
    bounds: Vec<Bound>,
    same_as: Option<&'static str>,
    column: Option<&'static str>,
}

impl<'a> Entry<'a> {
    /// A call at a level, with the FLOP that it needs.
    pub fn new(name: impl Into<String>, level: Level, flops: f64, call: impl FnMut() -> f32 + 'a) -> Self {
        Self::of(name, Contender::new(prepare(level), call), flops)
    }

    /// The same where so many calls are made as one.
    pub fn of_runs(name: impl Into<String>, level: Level, flops: f64, run: impl FnMut(u64) -> f32 + 'a) -> Self {
        Self::of(name, Contender::of_runs(prepare(level), run), flops)
    }

    fn of(name: impl Into<String>, call: Contender<'a>, flops: f64) -> Self {
        Self { name: name.into(), call, flops, bounds: Vec::new(), same_as: None, column: None }
    }

    /// It cannot be faster than each of these.
    pub fn bounds(self, bounds: impl IntoIterator<Item = Bound>) -> Self {
        Self { bounds: bounds.into_iter().collect(), ..self }
    }

    /// It computes the same as all entries with this mark, which is asserted.
    pub fn computes(self, what: &'static str) -> Self {
        Self { same_as: Some(what), ..self }
    }

    /// All entries are compared with it, in a column of this name.
    pub fn column(self, name: &'static str) -> Self {
        Self { column: Some(name), ..self }
    }
}

fn prepare(level: Level) -> impl FnMut() {
    move || assert!(set_level(level), "this machine does not have {level}")
}

/// One task, and all ways to do it that are compared.
pub struct Workload<'a> {
    title: String,
    entries: Vec<Entry<'a>>,
}

impl<'a> Workload<'a> {
    pub fn new(title: impl Into<String>, entries: impl IntoIterator<Item = Entry<'a>>) -> Self {
        Self { title: title.into(), entries: entries.into_iter().collect() }
    }

    /// Checks that what should be the same is the same, and measures.
    pub fn measure(mut self, plan: Plan) -> Table {
        self.assert_agreement();
        let mut roofs = MeasuredRoof::all_of(self.entries.iter().flat_map(|entry| &entry.bounds));
        let calls = self.entries.iter_mut().map(|entry| &mut entry.call);
        let mut contenders: Vec<_> = roofs.iter_mut().map(|roof| &mut roof.call).chain(calls).collect();
        let mut times = race(&mut contenders, plan).into_iter();
        for roof in &mut roofs {
            roof.times = times.next();
        }
        let row = |(entry, times): (Entry<'_>, Times)| {
            let bounds = entry.bounds.iter().filter_map(|bound| Some((bound.name(), bound.times(&roofs)?)));
            let bound = bounds.max_by(|(_, a), (_, b)| a.median().total_cmp(&b.median()));
            Row { name: entry.name, flops: entry.flops, times, bound, column: entry.column }
        };
        Table { title: self.title, rows: self.entries.into_iter().zip(times).map(row).collect() }
    }

    /// Compares the first results of all entries that should compute the same.
    fn assert_agreement(&mut self) {
        let mut references: Vec<(&str, &str, Vec<f32>)> = Vec::new();
        for Entry { name, call, same_as, .. } in &mut self.entries {
            let Some(task) = *same_as else { continue };
            let found: Vec<f32> = (0..COMPARED).map(|_| call.call()).collect();
            let Some((_, reference, expected)) = references.iter().find(|(of, ..)| *of == task) else {
                references.push((task, name, found));
                continue;
            };
            let same = expected.iter().zip(&found).all(|(a, b)| (a - b).abs() <= TOLERANCE * (1.0 + a.abs()));
            assert!(same, "{}: {name} computes {found:?}, {reference} {expected:?}", self.title);
        }
    }
}
