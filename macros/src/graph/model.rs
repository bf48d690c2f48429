//! A formula as a list of nodes, each after the nodes that it is computed from.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Path, Visibility};

use super::operations::{Operation, Takes};
use crate::model::Scalar;

pub struct Model {
    pub attrs: Vec<Attribute>,
    /// `#[cfg(…)]`, for all that is written out.
    pub cfg: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub scalar: Scalar,
    /// Inputs first.
    pub nodes: Vec<Node>,
    /// Whether nobody calls its functions by name but what is written out.
    pub hidden: bool,
    /// Which nodes are outputs.
    pub outputs: Vec<usize>,
}

pub struct Node {
    pub name: Ident,
    /// `None` for an input.
    pub computed: Option<Computed>,
}

pub struct Computed {
    pub operation: &'static Operation,
    pub operands: Vec<Value>,
}

/// What a node is computed from.
#[derive(Clone)]
pub enum Value {
    Node(usize),
    Number(f64),
    /// A constant in scope.
    Constant(Path),
}

impl Model {
    pub fn inputs(&self) -> impl Iterator<Item = &Ident> {
        self.nodes.iter().filter(|node| node.computed.is_none()).map(|node| &node.name)
    }

    pub fn computed(&self) -> impl DoubleEndedIterator<Item = (usize, &Node, &Computed)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter_map(|(index, node)| Some((index, node, node.computed.as_ref()?)))
    }

    pub fn output(&self) -> impl Iterator<Item = &Ident> {
        self.outputs.iter().filter_map(|&index| Some(&self.nodes.get(index)?.name))
    }

    /// The variable that holds a node: of a name that no constant in scope has, but for an input of a graph, whose
    /// documentation shows it.
    pub fn local(&self, node: &Node) -> Ident {
        let shown = node.computed.is_none() && !self.hidden;
        if shown { node.name.clone() } else { format_ident!("__{}", node.name) }
    }

    /// `BasketGradient`
    pub fn gradient(&self) -> Ident {
        format_ident!("{}Gradient", self.name)
    }

    /// `BasketOutputs`, where there are several.
    pub fn outputs_name(&self) -> Option<Ident> {
        (self.outputs.len() > 1).then(|| format_ident!("{}Outputs", self.name))
    }

    /// A value as an expression; that of a node is written behind `owner`: `self.apple`.
    pub fn value(&self, value: &Value, owner: Option<&TokenStream>) -> TokenStream {
        match value {
            Value::Node(index) => {
                let node = self.nodes.get(*index);
                match owner {
                    Some(owner) => {
                        let name = node.map(|node| &node.name);
                        quote!(#owner.#name)
                    }
                    None => {
                        let local = node.map(|node| self.local(node));
                        quote!(#local)
                    }
                }
            }
            Value::Number(number) => self.number(&literal(*number)),
            Value::Constant(path) if self.scalar.generic => {
                // Of a type that is said, so that another one is an error on the name alone.
                let ty = Ident::new("f64", path.span());
                self.number(&quote_spanned!(path.span()=> { const __NUMBER: #ty = #path; __NUMBER }))
            }
            Value::Constant(path) => self.number(&quote!(#path)),
        }
    }

    /// A number as an expression of the scalar, whose type is said, since two numbers would leave it open.
    fn number(&self, number: &TokenStream) -> TokenStream {
        let scalar = &self.scalar.name;
        if self.scalar.generic { quote!(<#scalar as ::chainrule::Scalar>::from_f64(#number)) } else { number.clone() }
    }

    /// A node as a reader would write it, with the names of what it is computed from.
    pub fn written(&self, computed: &Computed) -> String {
        let operands: Vec<_> = computed.operands.iter().map(|operand| self.written_value(operand)).collect();
        match (computed.operation.takes, &*operands) {
            (Takes::Sign(sign), [only]) => format!("{sign}{only}"),
            (Takes::Sign(sign), [left, right]) => format!("{left} {sign} {right}"),
            _ => format!("{}({})", computed.operation.name, operands.join(", ")),
        }
    }

    fn written_value(&self, value: &Value) -> String {
        match value {
            Value::Node(index) => self.nodes.get(*index).map_or_else(String::new, |node| node.name.to_string()),
            Value::Number(number) => number.to_string(),
            Value::Constant(path) => path.to_token_stream().to_string().replace(' ', ""),
        }
    }
}

/// A number that is finite, as a literal.
pub fn literal(number: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(number.abs());
    if number.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
}
