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
        |__x| #graph::<f64>::forward(__x).output(),
        |__x| #graph::<f64>::forward(__x).backward().#x,
    ));
    let methods = methods(&name, &graph, &inputs, &points);
    let layer = quote! {
        impl<T: ::chainrule::Scalar> ::chainrule::layer::InPlace<T> for #name {
            const KEEPS: ::chainrule::layer::Keeps = ::chainrule::layer::Keeps::Input;

            #[inline]
            fn forward<V: ::chainrule::params::Params<T>>(&self, __xy: &mut [V]) {
                ::chainrule::layer::map(__xy, |__x: T| #graph::forward(__x).output());
            }

            #[inline]
            fn backward<V: ::chainrule::params::Params<T>>(&self, __kept: &[V], __d: &mut [V]) {
                ::chainrule::layer::multiply(__kept, __d, |__x: T| #graph::forward(__x).backward().#x);
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
        |__y, __d| #graph::<f64>::forward(__y, __d).output(),
        |__y, __d| #graph::<f64>::forward(__y, __d).backward().#y,
    ));
    let methods = methods(&name, &graph, &inputs, &points);
    let loss = quote! {
        #[inline]
        fn __each<T: ::chainrule::Scalar>(__y: T, __d: T) -> (T, T) {
            let __graph = #graph::forward(__y, __d);
            (__graph.output(), __graph.backward().#y)
        }

        ::chainrule::sums_over_outputs!(#name, __each);
    };
    unit(model, quote!(#methods #loss))
}

/// What both kinds offer beside what they are for.
fn methods(name: &Ident, graph: &Ident, inputs: &[Ident], points: &TokenStream) -> TokenStream {
    let inputs: Vec<_> = inputs.iter().map(|input| format_ident!("__{input}")).collect();
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
    let (attrs, cfg) = (std::mem::take(&mut model.attrs), std::mem::take(&mut model.cfg));
    let derives = super::derives();
    let (vis, name) = (&model.vis, model.name.clone());
    let deprecated = attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    let doc = format!(" The values of [`{name}`]'s formula at one point.");
    let graph = graph_name(&model);
    model.name = graph;
    model.attrs.push(syn::parse_quote!(#[doc = #doc]));
    let graph = super::graph(&model);
    quote! {
        #(#cfg)*
        #(#attrs)*
        #derives
        #[derive(::chainrule::Params)]
        #vis struct #name;

        #(#cfg)*
        #allow
        const _: () = {
            #graph
            #code
        };
    }
}
