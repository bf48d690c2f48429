//! From a model to code. Nothing here can fail.

mod backward;
mod facts;
mod forward;
pub mod layer;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::model::Model;

/// A graph: the struct of its values, that of its derivatives, and what makes them.
pub fn graph(model: &Model) -> TokenStream {
    let (vis, name, gradient) = (&model.vis, &model.name, model.gradient());
    let Names { scalar, generics, impl_generics } = &Names::new(model);
    let (attrs, cfg, derives) = (&model.attrs, &model.cfg, derives());
    let values = fields(model, model.nodes.iter().map(|node| (&node.name, value_doc(model, node))));
    let derivatives = fields(model, model.nodes.iter().map(|node| (&node.name, format!(" By `{}`.", node.name))));
    let gradient_doc = format!(" The derivatives of [`{name}`]'s output by every value.");
    let forward = forward::forward(model);
    let outputs = forward::outputs(model);
    let backward = backward::backward(model);
    let facts = facts::graph(model);
    quote! {
        #(#cfg)*
        #(#attrs)*
        #[allow(non_snake_case)]
        #derives
        #vis struct #name #generics {
            #values
        }

        #(#cfg)*
        #[doc = #gradient_doc]
        #[allow(non_snake_case)]
        #derives
        #vis struct #gradient #generics {
            #derivatives
        }

        #outputs

        #(#cfg)*
        #[allow(non_snake_case, clippy::too_many_arguments)]
        impl #impl_generics #name #generics {
            #forward
            #backward
        }

        #(#cfg)*
        impl #impl_generics ::chainrule::graph::Graph for #name #generics {
            type Scalar = #scalar;
            #facts
        }
    }
}

/// What all structs of a formula derive, by its whole path, since others may have these names in scope.
fn derives() -> TokenStream {
    quote!(#[derive(
        ::core::clone::Clone,
        ::core::marker::Copy,
        ::core::fmt::Debug,
        ::core::default::Default,
        ::core::cmp::PartialEq
    )])
}

fn value_doc(model: &Model, node: &super::model::Node) -> String {
    match &node.computed {
        None => " An input.".to_owned(),
        Some(computed) => format!(" `{}`", model.written(computed)),
    }
}

/// Public fields of the scalar.
fn fields<'n>(model: &Model, fields: impl Iterator<Item = (&'n Ident, String)>) -> TokenStream {
    let scalar = &model.scalar.name;
    let fields = fields.map(|(name, doc)| quote!(#[doc = #doc] pub #name: #scalar,));
    quote!(#(#fields)*)
}

/// The pieces that all impls are written with.
struct Names {
    /// `f32`
    scalar: TokenStream,
    /// `<T>`, or nothing
    generics: TokenStream,
    /// `<T: Scalar>`, or nothing
    impl_generics: TokenStream,
}

impl Names {
    fn new(model: &Model) -> Self {
        let scalar = &model.scalar.name;
        let (generics, impl_generics) = if model.scalar.generic {
            (quote!(<#scalar>), quote!(<#scalar: ::chainrule::Scalar>))
        } else {
            (TokenStream::new(), TokenStream::new())
        };
        Self { scalar: quote!(#scalar), generics, impl_generics }
    }
}
