//! A graph as SVG.

use std::fmt::{self, Write};
use std::string::String;
use std::vec::Vec;

use super::layout::Layout;
use super::{Drawing, Drawn, short};
use crate::graph::{Operand, Operation};

/// Pixels between two columns and between two rows.
const COLUMN: f64 = 190.0;
const ROW: f64 = 92.0;
const RADIUS: f64 = 22.0;
/// How far a value's edges run together before they part; its numbers stand there.
const STEM: f64 = 76.0;
/// How far two edges between the same nodes arrive beside the middle.
const ASIDE: f64 = 11.0;
/// How far a constant stands above or below its operation.
const CONSTANT: f64 = 46.0;
const MARGIN: f64 = 28.0;
/// Between the arrow of an output and its name.
const GAP: f64 = 8.0;
/// How wide a letter of a name is, roughly.
const LETTER: f64 = 9.0;

const STYLE: &str = "\
text { font: 15px sans-serif; text-anchor: middle; fill: #222; }
.name { text-anchor: end; font-style: italic; }
.out { text-anchor: start; font-style: italic; }
.back { fill: #c0392b; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
.edge { fill: none; stroke: #666; stroke-width: 1.4; }
circle { fill: #eef3fa; stroke: #345; stroke-width: 1.6; }";

impl Drawing {
    /// The graph as an SVG image.
    pub fn svg(&self) -> String {
        let mut svg = String::new();
        // Writing to a string does not fail.
        let _ = Canvas::new(self).write(&mut svg);
        svg
    }

    fn longest_name(&self) -> f64 {
        let inputs = self.nodes.iter().filter(|drawn| drawn.is_input());
        inputs.map(|drawn| drawn.node.name.chars().count()).max().unwrap_or(0) as f64
    }
}

impl Drawn {
    fn is_input(&self) -> bool {
        self.node.operation == Operation::Input
    }
}

struct Canvas<'d> {
    drawing: &'d Drawing,
    layout: Layout,
    /// The first row, and how many rows there are.
    top: f64,
    height: f64,
    left: f64,
    /// Above the first row and below the last.
    border: f64,
}

impl<'d> Canvas<'d> {
    fn new(drawing: &'d Drawing) -> Self {
        let layout = Layout::new(drawing);
        let top = layout.rows().fold(f64::INFINITY, f64::min);
        let bottom = layout.rows().fold(f64::NEG_INFINITY, f64::max);
        let left = MARGIN + LETTER * drawing.longest_name();
        let mut operands = drawing.nodes.iter().flat_map(|drawn| drawn.node.operands);
        let constants = operands.any(|operand| matches!(operand, Operand::Constant(_)));
        let border = MARGIN + if constants { CONSTANT + 15.0 } else { RADIUS };
        Self { drawing, layout, top, height: (bottom - top).max(0.0), left, border }
    }

    fn x(&self, column: usize) -> f64 {
        self.left + COLUMN * column as f64
    }

    fn y(&self, row: f64) -> f64 {
        self.border + ROW * (row - self.top)
    }

    fn write(&self, svg: &mut String) -> fmt::Result {
        let names = self.drawing.outputs.iter().map(|&output| self.drawing.output_name(output));
        let longest = names.map(|name| name.chars().count()).max().unwrap_or(0) as f64;
        let width = self.x(self.layout.width) - COLUMN + RADIUS + STEM + GAP + LETTER * longest + MARGIN;
        let height = ROW * self.height + 2.0 * self.border;
        writeln!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}">"#
        )?;
        writeln!(svg, "<title>{}</title>", self.drawing.name)?;
        writeln!(svg, "<style>\n{STYLE}\n</style>")?;
        writeln!(
            svg,
            r##"<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#666"/></marker></defs>"##
        )?;
        writeln!(svg, r##"<rect width="100%" height="100%" fill="#fff"/>"##)?;
        // Numbers last, so that no line runs over them.
        for index in 0..self.drawing.edges.len() {
            self.edge(svg, index)?;
        }
        for &output in self.drawing.outputs {
            self.arrow_out(svg, output)?;
        }
        for index in 0..self.drawing.nodes.len() {
            self.node(svg, index)?;
        }
        for index in 0..self.drawing.edges.len() {
            self.flow(svg, index)?;
        }
        writeln!(svg, "</svg>")
    }

    fn column(&self, index: usize) -> usize {
        self.layout.columns.get(index).copied().unwrap_or_default()
    }

    /// Where a node's value begins to flow.
    fn start(&self, index: usize) -> (f64, f64) {
        let column = self.column(index);
        let is_input = self.drawing.nodes.get(index).is_some_and(Drawn::is_input);
        let radius = if is_input { 6.0 } else { RADIUS };
        (self.x(column) + radius, self.y(self.layout.row(index, column)))
    }

    /// The line of a value from its node up to the last column before `to`.
    fn line(&self, from: usize, to: usize) -> Vec<(f64, f64)> {
        let column = self.column(from);
        let start = self.start(from);
        let mut line = std::vec![start, (self.x(column) + RADIUS + STEM, start.1)];
        for between in column + 1..to {
            let y = self.y(self.layout.row(from, between));
            line.push((self.x(between) - RADIUS, y));
            line.push((self.x(between) + RADIUS + STEM, y));
        }
        line
    }

    /// How far an edge arrives beside the middle of its circle, on the right of its way: not at all, unless it is one of
    /// two between the same nodes, as in x · x.
    fn aside(&self, index: usize) -> f64 {
        let Some(edge) = self.drawing.edges.get(index) else { return 0.0 };
        let twin = |other: usize| {
            let other = self.drawing.edges.get(other);
            other.is_some_and(|other| (other.from, other.to) == (edge.from, edge.to))
        };
        match ((0..index).any(twin), (index + 1..self.drawing.edges.len()).any(twin)) {
            (false, true) => -ASIDE,
            (true, false) => ASIDE,
            _ => 0.0,
        }
    }

    /// The last bend of an edge, and its tip on the circle.
    fn tip(&self, from: usize, to: usize, aside: f64) -> [(f64, f64); 2] {
        let bend = self.line(from, self.column(to)).last().copied().unwrap_or_default();
        let (x, y) = (self.x(self.column(to)), self.y(self.layout.row(to, self.column(to))));
        let length = (x - bend.0).hypot(y - bend.1).max(1.0);
        let (along_x, along_y) = ((x - bend.0) / length, (y - bend.1) / length);
        let before = (RADIUS * RADIUS - aside * aside).sqrt();
        [bend, (x - along_x * before - along_y * aside, y - along_y * before + along_x * aside)]
    }

    fn edge(&self, svg: &mut String, index: usize) -> fmt::Result {
        let Some(edge) = self.drawing.edges.get(index) else { return Ok(()) };
        let mut line = self.line(edge.from, self.column(edge.to));
        let [_, tip] = self.tip(edge.from, edge.to, self.aside(index));
        line.push(tip);
        arrow(svg, &line)
    }

    fn arrow_out(&self, svg: &mut String, output: usize) -> fmt::Result {
        let line = self.line(output, self.layout.width);
        arrow(svg, &line)?;
        let (Some((x, y)), name) = (line.last(), self.drawing.output_name(output)) else { return Ok(()) };
        writeln!(svg, r#"<text class="out" x="{:.1}" y="{:.1}">{name}</text>"#, x + GAP, y + 5.0)
    }

    fn node(&self, svg: &mut String, index: usize) -> fmt::Result {
        let Some(drawn) = self.drawing.nodes.get(index) else { return Ok(()) };
        let column = self.column(index);
        let (x, y) = (self.x(column), self.y(self.layout.row(index, column)));
        if drawn.is_input() {
            writeln!(svg, r#"<text class="name" x="{x:.1}" y="{:.1}">{}</text>"#, y + 5.0, drawn.node.name)?;
        } else {
            for (position, operand) in drawn.node.operands.iter().enumerate() {
                if let Operand::Constant(number) = operand {
                    // What stands first in the formula stands above.
                    let side = if position == 0 { -1.0 } else { 1.0 };
                    arrow(svg, &[(x, y + side * CONSTANT), (x, y + side * RADIUS)])?;
                    let baseline = if position == 0 { -5.0 } else { 15.0 };
                    writeln!(
                        svg,
                        r#"<text x="{x:.1}" y="{:.1}">{}</text>"#,
                        y + side * CONSTANT + baseline,
                        short(*number)
                    )?;
                }
            }
            writeln!(svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{RADIUS}"/>"#)?;
            writeln!(svg, r#"<text x="{x:.1}" y="{:.1}">{}</text>"#, y + 5.0, drawn.node.operation.symbol())?;
        }
        if drawn.uses > 0 {
            let middle = x + RADIUS + STEM / 2.0;
            writeln!(svg, r#"<text x="{middle:.1}" y="{:.1}">{}</text>"#, y - 7.0, short(drawn.value))?;
            if let Some(derivative) = drawn.derivative {
                writeln!(
                    svg,
                    r#"<text class="back" x="{middle:.1}" y="{:.1}">{}</text>"#,
                    y + 19.0,
                    short(derivative)
                )?;
            }
        }
        Ok(())
    }

    /// The part of a derivative that flows back along one edge of several.
    fn flow(&self, svg: &mut String, index: usize) -> fmt::Result {
        let Some(edge) = self.drawing.edges.get(index) else { return Ok(()) };
        let (Some(flow), Some(drawn)) = (edge.flow, self.drawing.nodes.get(edge.from)) else { return Ok(()) };
        if drawn.uses < 2 {
            return Ok(());
        }
        let aside = self.aside(index);
        let [(x0, y0), (x1, y1)] = self.tip(edge.from, edge.to, aside);
        // Below the edge, but above it if its twin is below.
        let baseline = if aside < 0.0 { -7.0 } else { 17.0 };
        let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0 + baseline);
        writeln!(svg, r#"<text class="back" x="{x:.1}" y="{y:.1}">{}</text>"#, short(flow))
    }
}

/// A line through points, with a tip at its end.
fn arrow(svg: &mut String, points: &[(f64, f64)]) -> fmt::Result {
    write!(svg, r#"<polyline class="edge" marker-end="url(#tip)" points=""#)?;
    for (index, (x, y)) in points.iter().enumerate() {
        write!(svg, "{}{x:.1},{y:.1}", if index == 0 { "" } else { " " })?;
    }
    writeln!(svg, r#""/>"#)
}
