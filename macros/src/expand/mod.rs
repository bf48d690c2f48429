//! From a model to code. Nothing here can fail.
//!
//! What is written out is a struct of the parameters and, hidden beside it, the gradient's struct and the
//! implementations of `Layer` and `Network`: straight-line code, one line a layer.

mod backward;
mod facts;
mod fallback;
mod forward;
mod loss;
mod other;
mod params;
mod plan;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub mod tests;
mod widths;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::Model;
pub use other::respan;
pub use params::put_together;
use plan::Plan;

/// The code of a network.
pub fn network(model: &Model) -> TokenStream {
    if model.mistaken {
        return fallback::network(model);
    }
    let plan = Plan::new(model);
    let network = params::network(model);
    let gradient = params::gradient(model);
    let new = params::new(model);
    let others = model.stages.iter().filter_map(|stage| other::link(model, stage));
    let layer = layer(model, &plan);
    let facts = facts::network(model, &plan);
    let count = facts::count(model);
    let assertions = widths::assertions(model);
    let is_loss = loss::is_loss(model);
    let budget = facts::budget(model);
    let hidden = quote! {
        #new
        #gradient
        #(#others)*
        #layer
        #facts
        #count
        #assertions
        #is_loss
        #budget
    };
    together(model, &network, &hidden)
}

/// The struct and, hidden beside it, all that belongs to it: what removes the one removes the other, and whoever is warned
/// of the one is not warned because of the other.
fn together(model: &Model, network: &TokenStream, hidden: &TokenStream) -> TokenStream {
    let cfg = &model.cfg;
    let deprecated = model.attrs.iter().any(|attr| attr.path().is_ident("deprecated"));
    let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #(#cfg)*
        #network
        #(#cfg)*
        #allow
        const _: () = {
            #hidden
        };
    }
}

/// The network as a layer: all that it computes.
fn layer(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let Names { scalar, impl_generics, network, gradient, .. } = &Names::new(model);
    let (input, output) = (model.input.shape(), model.output.shape());
    let (scratch, tape) = (plan.scratch(), plan.tape());
    let infer = forward::infer(model, plan);
    let forward = forward::forward(model, plan);
    let backward_input = backward::input(model, plan, true);
    let backward_inner = backward::input(model, plan, false);
    let backward_params = backward::params(model);
    let trainable_mut = params::trainable_mut(model);
    let descends = backward::descends(model);
    let descend = backward::descend(model, plan);
    let init_params = params::init_params(model);
    let flops = facts::flops(model);
    let chain = facts::chain(model);
    let code = quote! {
        impl #impl_generics ::chainrule::layer::Layer<#scalar, #input, #output> for #network {
            type Gradient = #gradient;
            type Scratch = #scratch;
            type Tape = #tape;

            const FORWARD_FLOPS: usize = #flops;
            const CHAIN: &'static [::chainrule::saved::LayerText] = &[#(#chain),*];
            const DESCENDS: bool = #descends;

            #infer
            #forward
            #backward_input
            #backward_inner
            #backward_params
            #trainable_mut
            #descend
            #init_params
        }
    };
    other::respan_to_others(model, code)
}

/// The pieces that all impls are written with.
struct Names {
    /// `f32`
    scalar: TokenStream,
    /// `<T: Scalar, const N: usize>`, or nothing
    impl_generics: TokenStream,
    /// `<T, N>`, or nothing
    type_generics: TokenStream,
    /// `Mnist`, `Auto<T, N>`
    network: TokenStream,
    /// `MnistGradient`, `AutoGradient<T, N>`
    gradient: TokenStream,
}

impl Names {
    fn new(model: &Model) -> Self {
        let scalar = &model.scalar.name;
        let types = model.scalar.generic.then_some(scalar);
        let types: Vec<_> = types.into_iter().collect();
        let consts = &model.consts;
        let (impl_generics, type_generics) = if types.is_empty() && consts.is_empty() {
            // Written out, or the compiler would propose a parameter for every constant that it does not find.
            (quote!(<>), TokenStream::new())
        } else {
            (
                quote!(<#(#types: ::chainrule::Scalar,)* #(const #consts: usize),*>),
                quote!(<#(#types,)* #({ #consts }),*>),
            )
        };
        let name = &model.name;
        let gradient = model.gradient();
        Self {
            scalar: quote!(#scalar),
            impl_generics,
            network: quote!(#name #type_generics),
            gradient: quote!(#gradient #type_generics),
            type_generics,
        }
    }
}

/// Whether the code uses a name.
fn mentions(lines: &[TokenStream], name: &Ident) -> bool {
    lines.iter().any(|line| crate::ast::mentions(line.clone(), name))
}

/// `let _ = x;` for every argument that the code does not use.
fn unused(lines: &[TokenStream], arguments: &[&str]) -> TokenStream {
    let arguments = arguments.iter().map(|name| format_ident!("{name}"));
    let unused = arguments.filter(|name| !mentions(lines, name));
    quote!(#(let _ = #unused;)*)
}
