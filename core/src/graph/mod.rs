//! What [`graph!`](crate::graph!) makes: formulas as computational graphs, differentiated at compile time.
//!
//! ```
//! use chainrule::graph;
//!
//! graph! { Basket(apple, apples, orange, oranges, tax) = (apple * apples + orange * oranges) * tax }
//!
//! let graph = Basket::forward(100.0, 2.0, 150.0, 3.0, 1.1);
//! assert_eq!(graph.output(), 715.0);
//! let d = graph.backward();
//! assert_eq!((d.apple, d.apples, d.oranges, d.tax), (2.2, 110.0, 165.0, 650.0));
//! ```
//!
//! A value that is used twice gets the sum of the derivatives; several outputs are a tuple:
//! ```
//! use chainrule::graph;
//!
//! graph! {
//!     Polar<f64>(radius, angle) = {
//!         let x = radius * cos(angle);
//!         let y = radius * sin(angle);
//!         (x, y)
//!     }
//! }
//!
//! let graph = Polar::forward(2.0, 0.0);
//! assert_eq!(graph.outputs(), PolarOutputs { x: 2.0, y: 0.0 });
//! let d = graph.backward_from(PolarOutputs { x: 1.0, y: 10.0 });
//! assert_eq!((d.radius, d.angle), (1.0, 20.0));
//! ```
//!
//! [`activation!`](crate::activation!) and [`loss!`](crate::loss!) make a layer and a loss of a formula.

mod check;
pub mod derivatives;
#[cfg(feature = "std")]
mod draw;
pub mod functions;

pub use check::{Check, check, check_pairs};
#[cfg(feature = "std")]
pub use draw::Drawing;

use crate::scalar::Scalar;

/// A formula with the values of all its nodes at one point.
pub trait Graph {
    /// The scalar of the values.
    type Scalar: Scalar;
    /// The derivatives, in fields named as the nodes.
    type Gradient;
    /// One value a node.
    type Values: AsRef<[Self::Scalar]>;
    /// One value an edge.
    type Flows: AsRef<[Self::Scalar]>;

    /// The name of the formula.
    const NAME: &'static str;
    /// The nodes, each after those that it is computed from; inputs first.
    const NODES: &'static [Node];
    /// Which nodes are outputs.
    const OUTPUTS: &'static [usize];

    /// The values, in the order of [`NODES`](Self::NODES).
    fn values(&self) -> Self::Values;
    /// The derivatives, in the order of [`NODES`](Self::NODES).
    fn derivatives(d: &Self::Gradient) -> Self::Values;
    /// What flows back along every edge, in the order of the nodes and their operands, constants left out. The
    /// derivative by a node is the sum of what flows into it.
    fn flows(&self, d: &Self::Gradient) -> Self::Flows;
}

/// One node of a graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Its name: that of the field.
    pub name: &'static str,
    /// How it is computed.
    pub operation: Operation,
    /// What it is computed from.
    pub operands: &'static [Operand],
}

/// What a node is computed from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// The node at this index.
    Node(usize),
    /// A number.
    Constant(f64),
}

/// How a node is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Not: it is given.
    Input,
    /// a + b
    Add,
    /// a − b
    Sub,
    /// a b
    Mul,
    /// a / b
    Div,
    /// −a, as the product of a and the constant −1.
    Neg,
    /// eˣ
    Exp,
    /// The natural logarithm.
    Ln,
    /// √x
    Sqrt,
    /// The sine.
    Sin,
    /// The cosine.
    Cos,
    /// The hyperbolic tangent.
    Tanh,
    /// 1 / (1 + e⁻ˣ)
    Sigmoid,
    /// max(0, x)
    Relu,
    /// |x|
    Abs,
    /// The larger one.
    Max,
    /// The smaller one.
    Min,
    /// aⁿ with a constant whole number n.
    Powi,
    /// aᵇ
    Powf,
}

impl Operation {
    /// What stands in the circle of a drawing.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Input => "",
            Self::Add => "+",
            Self::Sub => "−",
            Self::Mul | Self::Neg => "×",
            Self::Div => "÷",
            Self::Exp => "exp",
            Self::Ln => "ln",
            Self::Sqrt => "√",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tanh => "tanh",
            Self::Sigmoid => "σ",
            Self::Relu => "relu",
            Self::Abs => "|x|",
            Self::Max => "max",
            Self::Min => "min",
            Self::Powi | Self::Powf => "pow",
        }
    }
}
