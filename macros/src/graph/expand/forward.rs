//! From the inputs to the outputs: one line a node.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Names, fields};
use crate::graph::model::{Computed, Model, Value};
use crate::graph::operations::Takes;

pub fn forward(model: &Model) -> TokenStream {
    let scalar = &model.scalar.name;
    let lines = model.computed().map(|(_, node, computed)| {
        let (local, value) = (model.local(node), value(model, computed));
        quote!(let #local: #scalar = #value;)
    });
    let inputs = model.nodes.iter().filter(|node| node.computed.is_none()).map(|node| model.local(node));
    let all = model.nodes.iter().map(|node| {
        let (name, local) = (&node.name, model.local(node));
        if *name == local { quote!(#name) } else { quote!(#name: #local) }
    });
    quote! {
        /// Computes every value of the graph from its inputs.
        #[inline]
        pub fn forward(#(#inputs: #scalar),*) -> Self {
            #(#lines)*
            Self { #(#all),* }
        }
    }
}

/// The struct of several outputs.
pub fn outputs(model: &Model) -> Option<TokenStream> {
    let name = model.outputs_name()?;
    let (vis, doc) = (&model.vis, format!(" The outputs of [`{}`], or the derivatives by them.", model.name));
    let Names { generics, .. } = Names::new(model);
    let (cfg, derives) = (&model.cfg, super::derives());
    let fields = fields(model, model.output().map(|name| (name, format!(" `{name}`"))));
    Some(quote! {
        #(#cfg)*
        #[doc = #doc]
        #[allow(non_snake_case)]
        #derives
        #vis struct #name #generics {
            #fields
        }
    })
}

fn value(model: &Model, Computed { operation, operands }: &Computed) -> TokenStream {
    let values: Vec<_> = operands.iter().map(|operand| model.value(operand, None)).collect();
    match (operation.takes, &*values) {
        (Takes::Sign(_), [only]) => quote!(-#only),
        (Takes::Sign(sign), [left, right]) => {
            let sign = proc_macro2::Punct::new(sign.chars().next().unwrap_or('+'), proc_macro2::Spacing::Alone);
            quote!(#left #sign #right)
        }
        _ => call(&format_ident!("{}", operation.name), model, operands, None),
    }
}

/// A function of the core crate: `::chainrule::graph::functions::exp(neg1)`.
fn call(function: &Ident, model: &Model, operands: &[Value], owner: Option<&TokenStream>) -> TokenStream {
    let operands = arguments(function == "powi", model, operands, owner);
    quote!(::chainrule::graph::functions::#function(#operands))
}

/// The operands as arguments; the exponent of `powi` is an `i32`.
pub fn arguments(is_powi: bool, model: &Model, operands: &[Value], owner: Option<&TokenStream>) -> TokenStream {
    let operands = operands.iter().enumerate().map(|(index, operand)| match operand {
        Value::Number(exponent) if is_powi && index == 1 => {
            let exponent = proc_macro2::Literal::i32_unsuffixed(*exponent as i32);
            quote!(#exponent)
        }
        operand => model.value(operand, owner),
    });
    quote!(#(#operands),*)
}
