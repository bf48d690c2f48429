//! What a drawing needs: the nodes, their values, and what flows along the edges.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Names, backward};
use crate::graph::model::{Computed, Model, Node, Value, literal};

pub fn graph(model: &Model) -> TokenStream {
    let Names { scalar, generics, .. } = &Names::new(model);
    let gradient = model.gradient();
    let name = model.name.to_string();
    let nodes = model.nodes.iter().map(|node| self::node(model, node));
    let outputs = model.outputs.iter().map(|&output| Literal::usize_unsuffixed(output));
    let fields: Vec<_> = model.nodes.iter().map(|node| &node.name).collect();
    let flows: Vec<_> = backward::flows(model).into_iter().map(|flow| flow.value).collect();
    let count = Literal::usize_unsuffixed(fields.len());
    let edges = Literal::usize_unsuffixed(flows.len());
    quote! {
        type Gradient = #gradient #generics;
        type Values = [#scalar; #count];
        type Flows = [#scalar; #edges];

        const NAME: &'static str = #name;
        const NODES: &'static [::chainrule::graph::Node] = &[#(#nodes),*];
        const OUTPUTS: &'static [usize] = &[#(#outputs),*];

        fn values(&self) -> Self::Values {
            [#(self.#fields),*]
        }

        fn derivatives(__d: &Self::Gradient) -> Self::Values {
            [#(__d.#fields),*]
        }

        #[allow(clippy::possible_missing_comma)]
        fn flows(&self, __d: &Self::Gradient) -> Self::Flows {
            [#(#flows),*]
        }
    }
}

fn node(model: &Model, node: &Node) -> TokenStream {
    let name = node.name.to_string();
    let (operation, operands) = match &node.computed {
        None => (format_ident!("Input"), Vec::new()),
        Some(Computed { operation, operands }) => {
            // Drawn as a product with −1.
            let minus = (operation.name == "neg").then_some(Value::Number(-1.0));
            let operands = operands.iter().chain(&minus).map(|operand| self::operand(model, operand));
            (format_ident!("{}", operation.variant), operands.collect())
        }
    };
    quote! {
        ::chainrule::graph::Node {
            name: #name,
            operation: ::chainrule::graph::Operation::#operation,
            operands: &[#(::chainrule::graph::Operand::#operands),*],
        }
    }
}

fn operand(model: &Model, operand: &Value) -> TokenStream {
    match operand {
        Value::Node(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(Node(#index))
        }
        Value::Number(number) => {
            let literal = literal(*number);
            quote!(Constant(#literal))
        }
        Value::Constant(path) if model.scalar.name == "f32" => quote!(Constant(#path as f64)),
        Value::Constant(path) => {
            let ty = proc_macro2::Ident::new("f64", path.span());
            let number = quote_spanned!(path.span()=> { const __NUMBER: #ty = #path; __NUMBER });
            quote!(Constant(#number))
        }
    }
}
