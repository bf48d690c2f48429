//! What was written, every piece with its place in the source.

use proc_macro2::Span;
use syn::{Attribute, Ident, Path, Visibility};

/// `/// docs pub Basket<f64>(apple, apples) = apple * apples`
pub struct Formula {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub scalar: Option<Ident>,
    pub inputs: Vec<Ident>,
    /// `let price = apple * apples;`
    pub lets: Vec<(Ident, Expr)>,
    pub result: Expr,
    /// Whether it is to be a layer or a loss, whose inputs cannot be others.
    pub kind: Option<&'static str>,
}

pub enum Expr {
    Number(f64, Span),
    /// An input, a `let`, or a constant in SCREAMING_CASE.
    Name(Path),
    Negative(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `exp(x)`, with the place of the brackets.
    Call(Ident, Span, Vec<Expr>),
    /// `(price, total)`
    Tuple(Span, Vec<Expr>),
    /// What could not be read, which has been reported.
    Wrong,
}

#[derive(Clone, Copy)]
pub enum Operator {
    Add,
    Sub,
    Mul,
    Div,
}
