//! A graph as a tree in the terminal, from the outputs back.

use std::collections::HashSet;
use std::fmt;

use super::{Drawing, short};
use crate::graph::{Operand, Operation};

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut seen = HashSet::new();
        for &output in self.outputs {
            let flow = self.nodes.get(output).and_then(|drawn| drawn.derivative);
            self.tree(f, output, flow, "", &mut seen)?;
        }
        Ok(())
    }
}

impl Drawing {
    /// A node's line and, below it, what it is computed from, the first time that the node is met.
    fn tree(
        &self,
        f: &mut fmt::Formatter<'_>,
        index: usize,
        flow: Option<f64>,
        indent: &str,
        seen: &mut HashSet<usize>,
    ) -> fmt::Result {
        let Some(drawn) = self.nodes.get(index) else { return Ok(()) };
        let node = drawn.node;
        if node.operation != Operation::Input {
            write!(f, "{} ", node.operation.symbol())?;
        }
        write!(f, "{} = {}", node.name, short(drawn.value))?;
        if let (Some(flow), Some(derivative)) = (flow, drawn.derivative) {
            write!(f, ", ∂ {}", short(flow))?;
            if drawn.uses > 1 {
                write!(f, " of {}", short(derivative))?;
            }
        }
        if !seen.insert(index) {
            return writeln!(f, "{}", if node.operands.is_empty() { "" } else { " (above)" });
        }
        writeln!(f)?;
        let mut edges = self.edges.iter().filter(|edge| edge.to == index);
        for (position, operand) in node.operands.iter().enumerate() {
            let last = position + 1 == node.operands.len();
            let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            write!(f, "{indent}{branch}")?;
            match operand {
                Operand::Constant(number) => writeln!(f, "{}", short(*number))?,
                Operand::Node(from) => {
                    let flow = edges.next().and_then(|edge| edge.flow);
                    self.tree(f, *from, flow, &std::format!("{indent}{below}"), seen)?;
                }
            }
        }
        Ok(())
    }
}
