//! A graph in the language of Graphviz: `dot -Tsvg`.

use std::fmt::{self, Write};
use std::string::String;

use super::{Drawing, short};
use crate::graph::{Operand, Operation};

impl Drawing {
    /// The graph in the language of Graphviz.
    pub fn dot(&self) -> String {
        let mut dot = String::new();
        // Writing to a string does not fail.
        let _ = self.write_dot(&mut dot);
        dot
    }

    fn write_dot(&self, dot: &mut String) -> fmt::Result {
        writeln!(dot, "digraph {} {{", self.name)?;
        writeln!(dot, "    rankdir=LR;")?;
        writeln!(dot, "    node [shape=circle];")?;
        for (index, drawn) in self.nodes.iter().enumerate() {
            match drawn.node.operation {
                Operation::Input => writeln!(dot, "    n{index} [shape=plaintext, label=\"{}\"];", drawn.node.name)?,
                operation => writeln!(dot, "    n{index} [label=\"{}\"];", operation.symbol())?,
            }
            for (position, operand) in drawn.node.operands.iter().enumerate() {
                if let Operand::Constant(number) = operand {
                    let number = short(*number);
                    writeln!(dot, "    c{index}_{position} [shape=plaintext, label=\"{number}\"];")?;
                    writeln!(dot, "    c{index}_{position} -> n{index};")?;
                }
            }
        }
        for edge in &self.edges {
            let value = self.nodes.get(edge.from).map_or(f64::NAN, |drawn| drawn.value);
            writeln!(dot, "    n{} -> n{} [{}];", edge.from, edge.to, label(value, edge.flow))?;
        }
        for &output in self.outputs {
            let Some(drawn) = self.nodes.get(output) else { continue };
            writeln!(dot, "    o{output} [shape=plaintext, label=\"{}\"];", self.output_name(output))?;
            writeln!(dot, "    n{output} -> o{output} [{}];", label(drawn.value, drawn.derivative))?;
        }
        writeln!(dot, "}}")
    }
}

/// The value, and the derivative below it.
fn label(value: f64, flow: Option<f64>) -> String {
    let below = flow.map(|flow| std::format!("<br/><font color=\"#c0392b\">{}</font>", short(flow)));
    std::format!("label=<{}{}>", short(value), below.unwrap_or_default())
}
