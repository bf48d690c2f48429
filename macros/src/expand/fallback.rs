//! What follows a mistake: a network of this name that fits wherever it is used, so that the mistake is the only
//! error. It computes nothing, since no program is made of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, params};
use crate::model::Model;

pub fn network(model: &Model) -> TokenStream {
    let network = params::network(model);
    let gradient = params::gradient(model);
    let new = params::new(model);
    let layer = layer(model);
    let facts = facts(model);
    super::together(model, &network, &quote!(#new #gradient #layer #facts))
}

fn layer(model: &Model) -> TokenStream {
    let Names { scalar, impl_generics, network, gradient, .. } = &Names::new(model);
    let (input, output) = (model.input.shape(), model.output.shape());
    let (x, y) = (model.vectors(&model.input), model.vectors(&model.output));
    quote! {
        impl #impl_generics ::chainrule::layer::Layer<#scalar, #input, #output> for #network {
            type Gradient = #gradient;
            type Scratch = ();
            type Tape = ();

            const DESCENDS: bool = true;

            fn infer(&self, _: &[#x], _: &mut [#y], _: ()) {}
            fn forward(&self, _: &[#x], _: &mut [#y], _: ()) {}
            fn backward_input(&self, _: &[#x], _: &[#y], _: &mut [#y], _: &mut [#x], _: ()) {}
            fn backward_params(
                &self,
                _: &[#x],
                _: &[#y],
                _: &mut #gradient,
                _: ::chainrule::layer::Accumulate,
                _: (),
            ) {
            }
            fn trainable_mut(&mut self, _: &mut impl ::core::ops::FnMut(&mut [#scalar])) {}
        }
    }
}

/// The loss is one that takes and gives everything, and so are the inputs.
fn facts(model: &Model) -> TokenStream {
    let Names { scalar, impl_generics, network, .. } = &Names::new(model);
    let (input, output) = (model.input.shape(), model.output.shape());
    let (x, y) = (model.vectors(&model.input), model.vectors(&model.output));
    let types = model.scalar.generic.then_some(&model.scalar.name).into_iter();
    let consts = &model.consts;
    let [any_scalar, any_width, any_columns] = ["__S", "__M", "__C"].map(|name| model.fresh(name));
    quote! {
        impl #impl_generics ::chainrule::network::Network for #network {
            type Scalar = #scalar;
            type Input = #input;
            type Output = #output;
            type Loss = ::chainrule::loss::Mistaken;
            type Descends = ::chainrule::network::Answer<true>;

            const LAYERS: &'static [::chainrule::network::LayerInfo] = &[];

            fn backward_part(
                &self,
                _: &[#x],
                _: &[#y],
                _: (),
                _: &mut ::chainrule::phases::GradientPart<'_, #scalar>,
            ) {
            }
        }

        impl #impl_generics ::chainrule::budget::Counted for #network {
            type Params = ::chainrule::typenum::consts::U0;
        }

        impl #impl_generics ::chainrule::network::Trainable for #network {
            type Objective = ::chainrule::loss::Mistaken;

            fn objective() -> ::chainrule::loss::Mistaken {
                ::chainrule::loss::Mistaken
            }
        }

        impl<
            #(#types: ::chainrule::Scalar,)* #any_scalar: ::chainrule::samples::Number,
            #(const #consts: usize,)* const #any_width: usize, const #any_columns: usize
        > ::chainrule::network::Takes<::chainrule::samples::Values<#any_scalar, #any_width, #any_columns>> for #network
        {
            fn inputs(_: &[::chainrule::nalgebra::SMatrix<#any_scalar, #any_width, #any_columns>]) -> &[#x] {
                &[]
            }
        }
    }
}
