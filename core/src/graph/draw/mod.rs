//! Pictures of graphs, as textbooks draw them: operations in circles, edges from left to right, values above the
//! edges and derivatives below them.

mod dot;
mod layout;
mod svg;
mod text;

use std::string::String;
use std::vec::Vec;

use super::{Graph, Node, Operand};
use crate::scalar::Scalar;

/// A graph to be drawn: as SVG, for Graphviz, or, by `Display`, for a terminal.
///
/// ```
/// use chainrule::graph;
/// use chainrule::graph::Drawing;
///
/// graph! { Apples(apple, apples, tax) = apple * apples * tax }
///
/// let graph = Apples::forward(100.0, 2.0, 1.1);
/// let drawing = Drawing::backward(&graph, &graph.backward());
/// assert!(drawing.svg().starts_with("<svg"));
/// assert_eq!(drawing.to_string(), "\
/// × mul2 = 220, ∂ 1
/// ├─ × mul1 = 200, ∂ 1.1
/// │  ├─ apple = 100, ∂ 2.2
/// │  └─ apples = 2, ∂ 110
/// └─ tax = 1.1, ∂ 200
/// ");
/// ```
pub struct Drawing {
    name: &'static str,
    nodes: Vec<Drawn>,
    outputs: &'static [usize],
    edges: Vec<Edge>,
}

/// A node with what is written at it.
struct Drawn {
    node: &'static Node,
    value: f64,
    derivative: Option<f64>,
    /// How many edges and outputs use its value.
    uses: usize,
}

/// An edge between two nodes.
struct Edge {
    from: usize,
    to: usize,
    /// What flows back along it.
    flow: Option<f64>,
}

impl Drawing {
    /// A graph with its values.
    pub fn forward<G: Graph>(graph: &G) -> Self {
        Self::new(graph, None)
    }

    /// A graph with its values and derivatives.
    pub fn backward<G: Graph>(graph: &G, d: &G::Gradient) -> Self {
        Self::new(graph, Some(d))
    }

    fn new<G: Graph>(graph: &G, d: Option<&G::Gradient>) -> Self {
        let list = |values: &[G::Scalar]| values.iter().map(|value| value.to_f64()).collect::<Vec<_>>();
        let values = list(graph.values().as_ref());
        let derivatives = d.map(|d| list(G::derivatives(d).as_ref())).unwrap_or_default();
        let flows = d.map(|d| list(graph.flows(d).as_ref())).unwrap_or_default();

        let operands =
            G::NODES.iter().enumerate().flat_map(|(to, node)| node.operands.iter().map(move |from| (from, to)));
        let ends = operands.filter_map(|(from, to)| match from {
            Operand::Node(from) => Some((*from, to)),
            Operand::Constant(_) => None,
        });
        let edges: Vec<_> =
            ends.enumerate().map(|(index, (from, to))| Edge { from, to, flow: flows.get(index).copied() }).collect();
        let drawn = |(index, (node, value)): (usize, (&'static Node, f64))| Drawn {
            node,
            value,
            derivative: derivatives.get(index).copied(),
            uses: edges.iter().filter(|edge| edge.from == index).count()
                + G::OUTPUTS.iter().filter(|&&output| output == index).count(),
        };
        let nodes = G::NODES.iter().zip(values).enumerate().map(drawn).collect();
        Self { name: G::NAME, nodes, outputs: G::OUTPUTS, edges }
    }

    /// What is written at the end of an output's arrow.
    fn output_name(&self, output: usize) -> &'static str {
        match (self.outputs, self.nodes.get(output)) {
            (&[_, _, ..], Some(drawn)) => drawn.node.name,
            _ => self.name,
        }
    }
}

/// A number in few digits, as it stands in a drawing.
fn short(number: f64) -> String {
    let size = number.abs();
    let text = if size == 0.0 || !number.is_finite() {
        std::format!("{number}")
    } else if (1e-4..1e7).contains(&size) {
        let decimals = (3 - size.log10().floor() as i32).max(0) as usize;
        let text = std::format!("{number:.decimals$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
    } else {
        std::format!("{number:.2e}")
    };
    if text == "-0" { "0".into() } else { text.replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn numbers_are_written_in_few_digits() {
        for (number, text) in [
            (f64::from(1.1f32 * 2.0), "2.2"),
            (715.000_06, "715"),
            (-0.196_611_933, "−0.1966"),
            (0.0, "0"),
            (-0.0, "0"),
            (12_345_678.0, "1.23e7"),
            (0.000_012, "1.20e−5"),
            (99_999.6, "100000"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(short(number), text);
        }
    }
}
