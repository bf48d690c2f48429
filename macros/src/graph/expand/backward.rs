//! From the outputs to the inputs: one line a node, the sum of what flows back from all that use it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Names;
use super::forward::arguments;
use crate::graph::model::{Computed, Model, Value};

pub fn backward(model: &Model) -> TokenStream {
    let Names { scalar, generics, .. } = &Names::new(model);
    let gradient = model.gradient();
    let flows = flows(model);
    let lines = model.nodes.iter().enumerate().rev().map(|(index, node)| {
        let seed = model.outputs.contains(&index).then(|| seed(model, index));
        let flows = flows.iter().filter(|flow| flow.to == index).map(|flow| flow.value.clone());
        let mut terms: Vec<_> = seed.into_iter().chain(flows).collect();
        if terms.is_empty() {
            terms.push(quote!(<#scalar as ::chainrule::Scalar>::ZERO));
        }
        let name = &node.name;
        quote!(__d.#name = #(#terms)+*;)
    });
    let (of, outputs) = match model.outputs_name() {
        None => (quote!(#scalar), single_output(model)),
        Some(name) => (quote!(#name #generics), several_outputs(model)),
    };
    quote! {
        #outputs

        /// The derivatives by every value of something that is computed from the output, whose own derivative by
        /// the output is given.
        #[inline]
        pub fn backward_from(&self, __dy: #of) -> #gradient #generics {
            let mut __d = <#gradient #generics as ::core::default::Default>::default();
            #(#lines)*
            __d
        }
    }
}

fn single_output(model: &Model) -> TokenStream {
    let Names { scalar, generics, .. } = &Names::new(model);
    let (gradient, output) = (model.gradient(), model.output());
    quote! {
        /// The output.
        #[inline]
        pub fn output(&self) -> #scalar {
            self.#(#output)*
        }

        /// The derivatives of the output by every value.
        #[inline]
        pub fn backward(&self) -> #gradient #generics {
            self.backward_from(<#scalar as ::chainrule::Scalar>::ONE)
        }
    }
}

fn several_outputs(model: &Model) -> TokenStream {
    let Names { generics, .. } = &Names::new(model);
    let (name, outputs) = (model.outputs_name(), model.output());
    quote! {
        /// The outputs.
        #[inline]
        pub fn outputs(&self) -> #name #generics {
            #name { #(#outputs: self.#outputs),* }
        }
    }
}

/// The derivative by an output that comes from outside.
fn seed(model: &Model, index: usize) -> TokenStream {
    match (model.outputs_name(), model.nodes.get(index)) {
        (Some(_), Some(node)) => {
            let name = &node.name;
            quote!(__dy.#name)
        }
        _ => quote!(__dy),
    }
}

/// What flows back along one edge.
pub struct Flow {
    /// The node that it reaches.
    pub to: usize,
    pub value: TokenStream,
}

/// The flows along all edges, in the order of the nodes and their operands; `__d` holds the derivatives.
pub fn flows(model: &Model) -> Vec<Flow> {
    let mut flows = Vec::new();
    for (_, node, computed) in model.computed() {
        for (position, operand) in computed.operands.iter().enumerate() {
            if let Value::Node(to) = operand {
                flows.push(Flow { to: *to, value: flow(model, computed, position, &node.name) });
            }
        }
    }
    flows
}

/// dy · ∂y/∂operand.
fn flow(model: &Model, Computed { operation, operands }: &Computed, position: usize, y: &Ident) -> TokenStream {
    let values: Vec<_> = operands.iter().map(|operand| model.value(operand, Some(&quote!(self)))).collect();
    match (operation.name, position, &*values) {
        ("add", ..) | ("sub", 0, _) => quote!(__d.#y),
        ("sub" | "neg", ..) => quote!(-__d.#y),
        ("mul", 0, [_, other]) | ("mul", 1, [other, _]) => quote!(__d.#y * #other),
        ("div", 0, [_, by]) => quote!(__d.#y / #by),
        // The quotient is that of the other operand, which the compiler computes once.
        ("div", 1, [_, by]) => quote!(-(__d.#y / #by) * self.#y),
        (name, ..) => {
            let derivative = match (operands.len(), name, position) {
                (1, ..) | (_, "powi", _) => format_ident!("{name}"),
                (_, _, 0) => format_ident!("{name}_left"),
                _ => format_ident!("{name}_right"),
            };
            let arguments = arguments(name == "powi", model, operands, Some(&quote!(self)));
            quote!(__d.#y * ::chainrule::graph::derivatives::#derivative(#arguments, self.#y))
        }
    }
}
