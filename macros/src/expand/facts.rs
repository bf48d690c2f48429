//! What can be said of a network: constants, its data, its loss.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::plan::Plan;
use super::{Names, backward, other, params};
use crate::budget::Memory;
use crate::model::{Layer, Model, Scalar};
use crate::shape::Width;

pub fn network(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let Names { scalar, impl_generics, network, .. } = &Names::new(model);
    let (input, output) = (model.input.shape(), model.output.shape());
    let loss = model.loss_type();
    let layers = model.kept().map(|stage| {
        let name = stage.name.to_string();
        let len = |ty: TokenStream| params::len(model, stage, &ty);
        let all = len(params::parameters(model, stage));
        let trainable = if stage.frozen { quote!(0) } else { len(params::gradient_type(model, stage)) };
        let column = match stage.layer {
            Layer::Affine { .. } => stage.output.value(),
            _ => all.clone(),
        };
        quote! {
            ::chainrule::network::LayerInfo { name: #name, params: #all, trainable: #trainable, column: #column }
        }
    });
    let trainable = model.loss.as_ref().map(|loss| {
        let (ty, value) = (model.loss_type(), &loss.value);
        quote! {
            impl #impl_generics ::chainrule::network::Trainable for #network {
                type Objective = #ty;

                fn objective() -> #ty {
                    #value
                }
            }
        }
    });
    let backward_part = backward::part(model, plan);
    let descend_then_forward = backward::descend_then_forward(model, plan);
    let width = model.input.argument();
    let vectors = model.vectors(&model.input);
    // A message about other inputs points at the width.
    let takes = quote_spanned! {model.input.span()=>
        impl #impl_generics ::chainrule::network::Takes<::chainrule::samples::Values<#scalar, #width>> for #network {
            fn inputs(__x: &[#vectors]) -> &[#vectors] {
                __x
            }
        }
    };
    // What holds for the parameters of a generic network is known where they are chosen, by an assertion.
    let known = !model.is_generic() || model.others().all(|stage| !stage.is_trained());
    let descends = if known { backward::descends(model) } else { quote!(true) };
    let network_impl = quote! {
        impl #impl_generics ::chainrule::network::Network for #network {
            type Scalar = #scalar;
            type Input = #input;
            type Output = #output;
            type Loss = #loss;
            type Descends = ::chainrule::network::Answer<{ #descends }>;

            const LAYERS: &'static [::chainrule::network::LayerInfo] = &[#(#layers),*];

            #backward_part

            #descend_then_forward
        }
    };
    let network_impl = other::respan_to_others(model, network_impl);
    quote! {
        #network_impl

        #trainable
        #takes
    }
}

/// The floating-point operations of a forward pass: `2 * 784 * 50 + 2 * 50 * 10`.
pub fn flops(model: &Model) -> TokenStream {
    let terms: Vec<_> = (model.stages.iter())
        .filter_map(|stage| match &stage.layer {
            Layer::Affine { .. } => {
                let (input, output) = (len(&stage.input), len(&stage.output));
                Some(quote!(2 * #input * #output))
            }
            Layer::Activation { .. } => None,
            Layer::Other { .. } => Some(model.of_link(stage, "FORWARD_FLOPS")),
        })
        .collect();
    if terms.is_empty() { quote!(0) } else { quote!(#(#terms)+*) }
}

/// The layers as saved bytes have them.
pub fn chain(model: &Model) -> impl Iterator<Item = TokenStream> {
    model.stages.iter().map(|stage| {
        let shape = stage.output.shape();
        let layer = match &stage.layer {
            Layer::Affine { .. } => quote!(::chainrule::saved::LayerText::layer::<#shape>("Affine", &[])),
            Layer::Activation { entry, numbers, .. } => {
                let name = entry.name;
                let arguments = (!numbers.is_empty()).then(|| saved_arguments(&model.scalar, name, numbers));
                quote!(::chainrule::saved::LayerText::activation(#name) #arguments)
            }
            Layer::Other { path, arguments, .. } => {
                let name = quote!(#path #arguments).to_string().replace(' ', "");
                let layers = model.of_link(stage, "CHAIN");
                quote!(::chainrule::saved::LayerText::layer::<#shape>(#name, #layers))
            }
        };
        if stage.frozen && stage.is_kept() { quote!(#layer.frozen()) } else { layer }
    })
}

/// The arguments of a layer as saved bytes have them, by their values; by their code, once, in the hash of version 1.
fn saved_arguments(scalar: &Scalar, name: &str, numbers: &[TokenStream]) -> TokenStream {
    let (ty, name) = (&scalar.name, format_ident!("{name}"));
    let values = numbers.iter().map(|number| {
        let checked = scalar.is_constant(number).then(|| scalar.checked(number));
        match checked {
            // A cast that changes nothing may be denied.
            Some(value) if ty == "f32" => quote!(#value as f64),
            Some(value) => value,
            None => number.clone(),
        }
    });
    let f64 = if scalar.generic { &format_ident!("f64") } else { ty };
    let code = numbers.iter().map(|number| match scalar.is_constant(number) {
        true => scalar.number(&quote!({ let number: #f64 = #number; number })),
        false => scalar.number(number),
    });
    let hashed = quote!(::chainrule::layers::#name(#(#code),*)).to_string();
    let hashed = hashed.replace(' ', "").replace("::chainrule::layers::", "");
    quote! {
        .with(&const {
            ::chainrule::saved::Arguments { numbers: &[#(::chainrule::saved::Number::new::<#ty>(#values)),*], hashed: #hashed }
        })
    }
}

/// A width as a number. A constant is only ever mentioned as a shape, so that all errors about it are the same one.
fn len(width: &Width) -> TokenStream {
    match width {
        Width::Constant(_) => {
            let shape = width.shape();
            quote!(<#shape as ::chainrule::shape::Shape>::LEN)
        }
        Width::Number(..) | Width::Parameter(_) => width.value(),
    }
}

/// The number of parameters as a type.
pub fn count(model: &Model) -> Option<TokenStream> {
    let Names { network, .. } = &Names::new(model);
    (!model.is_generic()).then(|| {
        quote! {
            impl ::chainrule::budget::Counted for #network {
                type Params = ::chainrule::__count!(<#network as ::chainrule::network::Network>::PARAMS);
            }
        }
    })
}

/// What the compiler is to hold the network to.
pub fn budget(model: &Model) -> TokenStream {
    let Names { network, .. } = &Names::new(model);
    let name = model.name.to_string();
    let limits = model.budget.iter().map(|limit| {
        let (bytes, memory) = (Literal::u64_unsuffixed(limit.bytes), limit.memory.name());
        let needs = match limit.memory {
            Memory::Flash => quote!(<#network as ::chainrule::network::Network>::BYTES),
            Memory::Ram => quote!(::chainrule::Inference::<#network, 1>::BYTES),
        };
        quote_spanned! {limit.span=>
            const _: () = ::chainrule::budget::assert_within(#name, #memory, #needs, #bytes);
        }
    });
    quote!(#(#limits)*)
}
