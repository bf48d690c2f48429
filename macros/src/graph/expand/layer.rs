//! A formula of one value as a layer, and a formula of output and target as a loss.
//!
//! Both are a type without fields whose values and derivatives are those of the formula's graph.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::graph::model::Model;

/// The layer that applies a formula to each value alone.
pub fn activation(model: Model) -> TokenStream {
    let (name, graph) = (model.name.clone(), graph_name(&model));
    let inputs: Vec<_> = model.inputs().cloned().collect();
    let x = inputs.first();
    let points = quote!(::chainrule::graph::check(
        |x| #graph::<f64>::forward(x).output(),
        |x| #graph::<f64>::forward(x).backward().#x,
    ));
    let methods = methods(&name, &graph, &inputs, &points);
    let layer = quote! {
        impl<T: ::chainrule::Scalar> ::chainrule::layer::InPlace<T> for #name {
            const KEEPS: ::chainrule::layer::Keeps = ::chainrule::layer::Keeps::Input;

            #[inline]
            fn forward<V: ::chainrule::params::Params<T>>(&self, xy: &mut [V]) {
                ::chainrule::layer::map(xy, |x: T| #graph::forward(x).output());
            }

            #[inline]
            fn backward<V: ::chainrule::params::Params<T>>(&self, kept: &[V], d: &mut [V]) {
                ::chainrule::layer::multiply(kept, d, |x: T| #graph::forward(x).backward().#x);
            }
        }

        ::chainrule::keeps_width!(#name);
    };
    unit(model, quote!(#methods #layer))
}

/// The loss that sums a formula over the outputs of a sample.
pub fn loss(model: Model) -> TokenStream {
    let (name, graph) = (model.name.clone(), graph_name(&model));
    let inputs: Vec<_> = model.inputs().cloned().collect();
    let y = inputs.first();
    let points = quote!(::chainrule::graph::check_pairs(
        |y, d| #graph::<f64>::forward(y, d).output(),
        |y, d| #graph::<f64>::forward(y, d).backward().#y,
    ));
    let methods = methods(&name, &graph, &inputs, &points);
    let loss = quote! {
        #[inline]
        fn each<T: ::chainrule::Scalar>(y: T, d: T) -> (T, T) {
            let graph = #graph::forward(y, d);
            (graph.output(), graph.backward().#y)
        }

        ::chainrule::sums_over_outputs!(#name, each);
    };
    unit(model, quote!(#methods #loss))
}

/// What both kinds offer beside what they are for.
fn methods(name: &Ident, graph: &Ident, inputs: &[Ident], points: &TokenStream) -> TokenStream {
    quote! {
        impl #name {
            /// The formula at one point as a graph, whose values and derivatives can be read and drawn.
            #[inline]
            #[allow(non_snake_case)]
            pub fn graph<T: ::chainrule::Scalar>(#(#inputs: T),*) -> #graph<T> {
                #graph::forward(#(#inputs),*)
            }

            /// Compares the derivative with central differences over many points; returns the worst of them.
            pub fn gradient_check() -> ::chainrule::graph::Check {
                #points
            }
        }
    }
}

/// `SwishGraph`
fn graph_name(model: &Model) -> Ident {
    format_ident!("{}Graph", model.name)
}

/// The type and, hidden beside it, its graph and what else belongs to it.
fn unit(mut model: Model, code: TokenStream) -> TokenStream {
    let attrs = std::mem::take(&mut model.attrs);
    let (vis, name) = (&model.vis, model.name.clone());
    let doc = format!(" The values of [`{name}`]'s formula at one point.");
    let graph = graph_name(&model);
    model.name = graph;
    model.attrs.push(syn::parse_quote!(#[doc = #doc]));
    let graph = super::graph(&model);
    quote! {
        #(#attrs)*
        #[derive(Clone, Copy, Debug, Default, ::chainrule::Params)]
        #vis struct #name;

        const _: () = {
            #graph
            #code
        };
    }
}
