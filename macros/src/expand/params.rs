//! The network's struct, the gradient's, and what runs through the parameters.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::{Names, respan, widths};
use crate::model::{Layer, Model, Stage};

/// The struct of the parameters.
pub fn network(model: &Model) -> TokenStream {
    let (attrs, vis, name) = (&model.attrs, &model.vis, &model.name);
    let generics = declaration(model);
    let fields = model.kept().map(|stage| field(stage, &parameters(model, stage)));
    let phantom = model.phantom();
    // A message that shows where the network is declared shows its name.
    let declaration = quote_spanned! {name.span()=>
        struct #name #generics {
            #(#fields)*
            #phantom
        }
    };
    quote! {
        #(#attrs)*
        #[repr(C)]
        #vis #declaration
    }
}

/// The struct of the gradient, and that both structs are nothing but scalars.
pub fn gradient(model: &Model) -> TokenStream {
    let Names { scalar, impl_generics, network, gradient, .. } = &Names::new(model);
    let (vis, name) = (&model.vis, model.gradient());
    let generics = declaration(model);
    let fields = model.trained().map(|stage| field(stage, &gradient_type(model, stage)));
    // If the last field is that of a layer that does not fit, the struct has no known size, which would be said too.
    let ends_elsewhere = model.trained().last().is_some_and(|stage| matches!(stage.layer, Layer::Other { .. }));
    let phantom = model.phantom().or_else(|| ends_elsewhere.then(|| model.marker()));
    let doc = format!(" The gradient of [`{}`]: the fields of the layers that are trained.", model.name);
    let lens = model.kept().map(|stage| len(model, stage, &parameters(model, stage)));
    let gradient_lens = model.trained().map(|stage| len(model, stage, &gradient_type(model, stage)));
    let values = model.kept().map(|stage| {
        let (field, value) = (&stage.name, quote!(::chainrule::params::field::<#scalar, _>()));
        let value = if let Layer::Other { span, .. } = stage.layer { respan(value, span) } else { value };
        quote!(#field: #value)
    });
    let whole =
        put_together(&model.name, values, model.phantom().map(|_| quote!(__scalar: ::core::marker::PhantomData)));
    quote! {
        #[doc = #doc]
        #[repr(C)]
        #vis struct #name #generics {
            #(#fields)*
            #phantom
        }

        // SAFETY: the structs are `repr(C)`, and all fields are asserted to be parameters of the same scalar.
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_generics ::chainrule::params::Zeroable for #network {}
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_generics ::chainrule::params::Params<#scalar> for #network {}
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_generics ::chainrule::params::Zeroable for #gradient {}
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_generics ::chainrule::params::Params<#scalar> for #gradient {}

        fn _fields_are_parameters #impl_generics () -> #network {
            #(let _ = #lens;)*
            #(let _ = #gradient_lens;)*
            #whole
        }
    }
}

/// Puts a struct together of parameters in these fields, so that the compiler finds every other field: an attribute may
/// have added one, or changed one, of which an `unsafe impl` that was written before knows nothing.
pub fn put_together(name: &Ident, fields: impl Iterator<Item = TokenStream>, rest: Option<TokenStream>) -> TokenStream {
    let name = respan(quote!(#name), name.span());
    quote!(#name { #(#fields,)* #rest })
}

/// `const fn new()` and `const fn from_array(…)`.
pub fn new(model: &Model) -> TokenStream {
    let Names { scalar, impl_generics, network, .. } = &Names::new(model);
    // The length of an array cannot depend on a parameter; that of a mistaken network means nothing.
    let length = quote!(<#network as ::chainrule::network::Network>::PARAMS);
    let (any, length) = if model.mistaken { (quote!(<const __N: usize>), quote!(__N)) } else { (quote!(), length) };
    let value = if model.mistaken {
        quote!({
            let _ = __parameters;
            ::chainrule::params::zeroed()
        })
    } else {
        quote!({ ::chainrule::params::from_array(__parameters) })
    };
    let from_array = (!model.is_generic()).then(|| {
        quote! {
            /// A network with these parameters, in the order of its flat slice, as a constant for statics.
            #[allow(clippy::large_types_passed_by_value)]
            pub const fn from_array #any (__parameters: [#scalar; #length]) -> Self #value
        }
    });
    let widths = widths::parameters(model);
    quote! {
        impl #impl_generics #network {
            /// A network whose parameters are drawn from a seed, as [`init`](::chainrule::network::Network::init) draws
            /// them. A large one is better made [`boxed`](::chainrule::network::Network::boxed_seeded).
            pub fn seeded(__seed: u64) -> Self {
                let mut __network: Self = ::chainrule::params::zeroed();
                ::chainrule::network::Network::init(&mut __network, __seed);
                __network
            }

            /// A network with all parameters zero, as a constant for statics: to be
            /// [initialised](::chainrule::network::Network::init), or to take parameters that are known. A large one is better
            /// made [`boxed`](::chainrule::network::Network::boxed).
            pub const fn new() -> Self {
                #widths
                ::chainrule::params::zeroed()
            }

            #from_array
        }
    }
}

/// `trainable_mut`: the whole network as one slice where that is right, else layer by layer.
pub fn trainable_mut(model: &Model) -> TokenStream {
    let scalar = &model.scalar.name;
    let plain = model.kept().all(|stage| stage.is_trained() && matches!(stage.layer, Layer::Affine { .. }));
    let lines: Vec<_> = if plain {
        vec![quote!(__visit(::chainrule::params::Params::<#scalar>::as_mut_slice(self));)]
    } else {
        model
            .trained()
            .map(|stage| {
                let field = &stage.name;
                match &stage.layer {
                    Layer::Other { .. } => {
                        let link = model.link(stage);
                        quote!(#link::trainable_mut(&mut self.#field, __visit);)
                    }
                    _ => quote!(__visit(::chainrule::params::Params::<#scalar>::as_mut_slice(&mut self.#field));),
                }
            })
            .collect()
    };
    let unused = super::unused(&lines, &["__visit"]);
    quote! {
        fn trainable_mut(&mut self, __visit: &mut impl ::core::ops::FnMut(&mut [#scalar])) {
            #unused
            #(#lines)*
        }
    }
}

/// `init_params`.
pub fn init_params(model: &Model) -> TokenStream {
    let lines: Vec<_> = (model.kept())
        .map(|stage| {
            let field = &stage.name;
            match &stage.layer {
                Layer::Affine { init } => quote!(self.#field.init(#init, __rng);),
                _ => {
                    let link = model.link(stage);
                    quote!(#link::init_params(&mut self.#field, __rng);)
                }
            }
        })
        .collect();
    let unused = super::unused(&lines, &["__rng"]);
    quote! {
        fn init_params(&mut self, __rng: &mut ::chainrule::init::Rng) {
            #unused
            #(#lines)*
        }
    }
}

/// A field of the network or its gradient.
fn field(stage: &Stage, ty: &TokenStream) -> TokenStream {
    let name = &stage.name;
    let layer = match &stage.layer {
        Layer::Other { path, .. } => quote!(#path).to_string().replace(' ', ""),
        _ => "Affine".to_owned(),
    };
    let frozen = if stage.frozen { ", frozen" } else { "" };
    let doc = format!(" `{layer}`, {} to {} values{frozen}.", stage.input, stage.output);
    quote!(#[doc = #doc] pub #name: #ty,)
}

/// How many scalars a stage's parameters are, or its gradient; that they are nothing but scalars is asserted with it.
pub fn len(model: &Model, stage: &Stage, ty: &TokenStream) -> TokenStream {
    let scalar = &model.scalar.name;
    let len = quote!(::chainrule::params::len::<#scalar, #ty>());
    match stage.layer {
        Layer::Other { span, .. } => respan(len, span),
        _ => len,
    }
}

/// The type of a stage's parameters.
pub fn parameters(model: &Model, stage: &Stage) -> TokenStream {
    match &stage.layer {
        Layer::Other { path, span, .. } => respan(quote!(#path), *span),
        _ => {
            let scalar = &model.scalar.name;
            let (input, output) = (stage.input.argument(), stage.output.argument());
            quote!(::chainrule::layers::Affine<#scalar, #input, #output>)
        }
    }
}

/// The type of the gradient of a stage's parameters.
pub fn gradient_type(model: &Model, stage: &Stage) -> TokenStream {
    match &stage.layer {
        Layer::Other { .. } => model.of_link(stage, "Gradient"),
        _ => parameters(model, stage),
    }
}

/// `<T: Scalar, const N: usize>` where the struct is declared.
fn declaration(model: &Model) -> TokenStream {
    Names::new(model).impl_generics
}
