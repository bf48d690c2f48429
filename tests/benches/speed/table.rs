//! Measurements as tables in Markdown.

use std::fmt;

use crate::harness::Times;

/// The measurements of a workload.
pub struct Table {
    pub title: String,
    pub rows: Vec<Row>,
}

/// One way to do the task.
pub struct Row {
    pub name: String,
    /// The FLOP of one call.
    pub flops: f64,
    pub times: Times,
    /// The time that one call takes at least, and what it is then spent on.
    pub bound: Option<(&'static str, Times)>,
    /// The name of the column that compares all others with this row.
    pub column: Option<&'static str>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<(&str, &Times)> = self.rows.iter().filter_map(|row| Some((row.column?, &row.times))).collect();
        writeln!(f, "### {}\n", self.title)?;
        write!(f, "| | time | GFLOP/s | bound | of bound |")?;
        columns.iter().try_for_each(|(name, _)| write!(f, " × {name} |"))?;
        writeln!(f, "\n|---|{}", "--:|".repeat(4 + columns.len()))?;
        for Row { name, flops, times, bound, .. } in &self.rows {
            write!(f, "| {name} | {} | {:.1} |", Seconds(times.median()), flops / times.median() / 1e9)?;
            match bound {
                Some((name, bound)) => {
                    let share = 100.0 * bound.relative_to(times);
                    write!(f, " {name} {} | {share:.0} % |", Seconds(bound.median()))?;
                }
                None => write!(f, " | |")?,
            }
            columns.iter().try_for_each(|(_, column)| write!(f, " {:.2} |", column.relative_to(times)))?;
            writeln!(f)?;
        }
        Ok(())
    }
}

/// A time with three digits.
struct Seconds(f64);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self.0 {
            s if s < 1e-6 => (s * 1e9, "ns"),
            s if s < 1e-3 => (s * 1e6, "µs"),
            s if s < 1.0 => (s * 1e3, "ms"),
            s => (s, "s"),
        };
        let decimals = if value < 9.995 { 2 } else { usize::from(value < 99.95) };
        write!(f, "{value:.decimals$} {unit}")
    }
}
