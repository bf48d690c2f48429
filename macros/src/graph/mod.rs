//! Formulas: `graph!`, `activation!` and `loss!`.
//!
//! As for a network: `parse` what was written, `check` it into a `model`, a list of nodes, and `expand` that. A layer
//! or a loss from a formula is its graph and a few lines that apply it to every value.

mod ast;
mod check;
mod errors;
mod expand;
mod model;
mod operations;
mod parse;

use proc_macro2::TokenStream;
use quote::format_ident;

use crate::errors::Errors;
use ast::{Expr, Formula};

/// A formula as a graph.
pub fn graph(input: TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let formula = parse::formula(input, errors)?;
    let model = check::formula(&formula, errors);
    Some(expand::graph(&model))
}

/// A formula of one value as a layer.
pub fn activation(input: TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let kind = Kind { name: "an activation", inputs: 1, from: "one value, the layer's input", example: "x" };
    let formula = kind.adapt(parse::formula(input, errors)?, errors);
    let model = check::formula(&formula, errors);
    Some(expand::layer::activation(model))
}

/// A formula of an output and its target as a loss.
pub fn loss(input: TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let kind = Kind { name: "a loss", inputs: 2, from: "two values, an output and its target", example: "y, d" };
    let formula = kind.adapt(parse::formula(input, errors)?, errors);
    let model = check::formula(&formula, errors);
    Some(expand::layer::loss(model))
}

/// What a formula must be for a network to use it.
struct Kind {
    name: &'static str,
    inputs: usize,
    from: &'static str,
    example: &'static str,
}

impl Kind {
    /// Checks that a formula is of this kind, and makes it so; it is generic over the scalar.
    fn adapt(&self, mut formula: Formula, errors: &mut Errors) -> Formula {
        if let Some(scalar) = &formula.scalar {
            errors.add(errors::no_scalar_here(scalar, self.name));
        }
        formula.scalar = Some(format_ident!("T"));
        formula.kind = Some(self.name);
        if formula.inputs.len() != self.inputs {
            if !formula.inputs.is_empty() {
                errors.add(errors::other_inputs(&formula.name, self.name, self.from, self.example));
            }
            let names = ["__y", "__d"].map(|name| format_ident!("{name}"));
            formula.inputs = names.into_iter().take(self.inputs).collect();
            formula.lets.clear();
            formula.result = Expr::Wrong;
        }
        formula.result = match formula.result {
            Expr::Tuple(span, list) => {
                errors.add(errors::several_outputs(span, self.name));
                list.into_iter().next().unwrap_or(Expr::Wrong)
            }
            result => result,
        };
        formula
    }
}
