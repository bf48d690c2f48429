//! How fast a task can be at most on the machine as it is while the task is measured.

use chainrule::kernels::Level;

use crate::harness::{Contender, Times};
use crate::roofs::Roof;

/// A time that no contender can stay below: some work at each of one or more roofs, one after another.
#[derive(Clone)]
pub struct Bound(Vec<(Roof, f64)>);

impl Bound {
    /// So many FLOP.
    pub fn flops(level: Level, flops: f64) -> Self {
        Self(vec![(Roof::Fma(level), flops)])
    }

    /// So many bytes, read from the first cache.
    pub fn l1_read(level: Level, bytes: f64) -> Self {
        Self(vec![(Roof::L1Read(level), bytes)])
    }

    /// So many bytes, read from the second cache.
    pub fn l2_read(level: Level, bytes: f64) -> Self {
        Self(vec![(Roof::L2Read(level), bytes)])
    }

    /// So many bytes, read from the second cache and written back.
    pub fn l2_update(level: Level, bytes: f64) -> Self {
        Self(vec![(Roof::L2Update(level), bytes)])
    }

    /// So many bytes, read from the second cache, and then read and written once more.
    pub fn l2_read_then_update(level: Level, bytes: f64) -> Self {
        Self(vec![(Roof::L2Read(level), bytes), (Roof::L2Update(level), bytes)])
    }

    /// What is worked at.
    pub fn name(&self) -> &'static str {
        match self.0[..] {
            [(Roof::Fma(_), _)] => "FMA",
            [(Roof::L1Read(_), _)] => "L1",
            _ => "L2",
        }
    }

    /// How long the work takes in every round, if all of its roofs were measured.
    pub fn times(&self, roofs: &[MeasuredRoof<'_>]) -> Option<Times> {
        let mut sum: Option<Times> = None;
        for &(part, work) in &self.0 {
            let measured = roofs.iter().find(|measured| measured.roof == part)?;
            let Times(times) = measured.times.as_ref()?;
            let part = times.iter().map(|seconds| seconds * work / measured.work);
            sum = Some(Times(match sum {
                None => part.collect(),
                Some(Times(sum)) => sum.into_iter().zip(part).map(|(a, b)| a + b).collect(),
            }));
        }
        sum
    }
}

/// A roof in the same race.
pub struct MeasuredRoof<'a> {
    roof: Roof,
    pub call: Contender<'a>,
    /// The work of one call, in the unit of the roof.
    work: f64,
    /// What the race found.
    pub times: Option<Times>,
}

impl MeasuredRoof<'_> {
    /// Those of the roofs that these bounds need and that can be measured.
    pub fn all_of<'b>(bounds: impl IntoIterator<Item = &'b Bound>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for &(roof, _) in bounds.into_iter().flat_map(|bound| &bound.0) {
            if all.iter().any(|known| known.roof == roof) {
                continue;
            }
            if let Some((call, work)) = roof.contender() {
                all.push(Self { roof, call, work, times: None });
            }
        }
        all
    }
}
