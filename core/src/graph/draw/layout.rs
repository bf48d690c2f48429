//! Where the nodes stand: in columns by depth, inputs in the first; in rows so that a node stands between what it
//! is computed from. An edge that is longer than a column keeps a place in every column that it passes.

use std::collections::{BTreeMap, HashMap};
use std::vec::Vec;

use super::Drawing;
use crate::graph::{Operand, Operation};

/// Columns and rows, in units of one.
pub struct Layout {
    /// The column of every node.
    pub columns: Vec<usize>,
    /// How many columns there are, without that of the output's arrows.
    pub width: usize,
    /// The row where a node or, behind it, its edge stands in a column.
    rows: HashMap<(usize, usize), f64>,
}

impl Layout {
    pub fn new(drawing: &Drawing) -> Self {
        let columns = columns(drawing);
        let width = columns.iter().max().map_or(0, |last| last + 1);
        let last_use = last_use(drawing, &columns, width);
        let order = reading_order(drawing);

        let mut layout = Self { columns, width, rows: HashMap::new() };
        let mut inputs = 0;
        let leaf_rows: HashMap<usize, f64> = (order.iter())
            .filter(|&&index| layout.columns.get(index) == Some(&0))
            .map(|&index| {
                inputs += 1;
                (index, f64::from(inputs - 1))
            })
            .collect();
        for column in 0..=width {
            let mut wanted: Vec<(f64, usize)> = Vec::new();
            for &index in &order {
                let Some(&own) = layout.columns.get(index) else { continue };
                if own == column {
                    let wish = leaf_rows.get(&index).copied().unwrap_or_else(|| layout.between(drawing, index));
                    wanted.push((wish, index));
                } else if own < column && last_use.get(index).is_some_and(|&last| last > column) {
                    wanted.push((layout.row(index, column - 1), index));
                }
            }
            layout.place(column, wanted);
        }
        layout
    }

    /// The row of a node, or of its edge in a later column.
    pub fn row(&self, index: usize, column: usize) -> f64 {
        self.rows.get(&(index, column)).copied().unwrap_or_default()
    }

    pub fn rows(&self) -> impl Iterator<Item = f64> {
        self.rows.values().copied()
    }

    /// The middle of what a node is computed from.
    fn between(&self, drawing: &Drawing, index: usize) -> f64 {
        let before = self.columns.get(index).map_or(0, |column| column.saturating_sub(1));
        let rows: Vec<_> =
            drawing.edges.iter().filter(|edge| edge.to == index).map(|edge| self.row(edge.from, before)).collect();
        rows.iter().sum::<f64>() / rows.len().max(1) as f64
    }

    /// Gives the nodes of a column rows at least one apart, near where they want to stand.
    fn place(&mut self, column: usize, mut wanted: Vec<(f64, usize)>) {
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut next = f64::NEG_INFINITY;
        let placed: Vec<_> = (wanted.iter())
            .map(|&(wish, index)| {
                let row = wish.max(next);
                next = row + 1.0;
                (row, row - wish, index)
            })
            .collect();
        let shift = placed.iter().map(|(_, pushed, _)| pushed).sum::<f64>() / placed.len().max(1) as f64;
        for (row, _, index) in placed {
            self.rows.insert((index, column), row - shift);
        }
    }
}

/// The longest way from an input.
fn columns(drawing: &Drawing) -> Vec<usize> {
    let mut columns: Vec<usize> = Vec::new();
    for drawn in &drawing.nodes {
        let operands = drawn.node.operands.iter().filter_map(|operand| match operand {
            Operand::Node(from) => columns.get(*from),
            Operand::Constant(_) => None,
        });
        let first = usize::from(drawn.node.operation != Operation::Input);
        let column = operands.map(|column| column + 1).max().unwrap_or(first);
        columns.push(column);
    }
    columns
}

/// The last column where each node's value is used; that behind all others for an output.
fn last_use(drawing: &Drawing, columns: &[usize], width: usize) -> Vec<usize> {
    let mut last = std::vec![0; columns.len()];
    let uses = drawing.edges.iter().filter_map(|edge| Some((edge.from, *columns.get(edge.to)?)));
    for (index, column) in uses.chain(drawing.outputs.iter().map(|&output| (output, width))) {
        if let Some(last) = last.get_mut(index) {
            *last = column.max(*last);
        }
    }
    last
}

/// The nodes in the order in which the formula is read.
fn reading_order(drawing: &Drawing) -> Vec<usize> {
    fn visit(drawing: &Drawing, index: usize, place: &mut BTreeMap<usize, usize>, order: &mut Vec<usize>) {
        if place.insert(index, order.len()).is_some() {
            return;
        }
        for edge in drawing.edges.iter().filter(|edge| edge.to == index) {
            visit(drawing, edge.from, place, order);
        }
        order.push(index);
    }
    let (mut place, mut order) = (BTreeMap::new(), Vec::new());
    for &output in drawing.outputs {
        visit(drawing, output, &mut place, &mut order);
    }
    order
}
