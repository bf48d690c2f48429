//! Layers from elsewhere: the user's own, and networks.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::quote;

use super::Names;
use crate::model::{Layer, Model, Stage};

/// Generated code at the place of a layer from elsewhere: if the layer does not fit, the compiler finds that wherever
/// the layer is mentioned, but repeats no error that it has reported in the same words at the same place.
pub fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let span = Span::call_site().located_at(span);
    let one = |token: TokenTree| match token {
        TokenTree::Group(group) => {
            let mut moved = Group::new(group.delimiter(), respan(group.stream(), span));
            moved.set_span(span);
            moved.into()
        }
        // Means the crate of the macro that wrote it.
        TokenTree::Ident(ident) if ident == "$crate" => ident.into(),
        mut token => {
            token.set_span(span);
            token
        }
    };
    tokens.into_iter().map(one).collect()
}

/// Code that mentions the links to layers from elsewhere, moved to where these are written: to the layer if there
/// is one, to the network's name if there are several.
pub fn respan_to_others(model: &Model, code: TokenStream) -> TokenStream {
    match &*model.others().collect::<Vec<_>>() {
        [] => code,
        [stage] => respan(code, stage.name.span()),
        _ => respan(code, model.name.span()),
    }
}

/// The link through which a network uses a layer from elsewhere.
///
/// Whether the layer fits, only the compiler can tell. If it does not, every mention of it would be an error of
/// its own; so all mentions are here, and all tokens stand where the layer is written, which makes the errors
/// one.
pub fn link(model: &Model, stage: &Stage) -> Option<TokenStream> {
    let Layer::Other { path, span, .. } = &stage.layer else { return None };
    let Names { scalar, impl_generics, type_generics, .. } = &Names::new(model);
    let (vis, name) = (&model.vis, model.link_name(stage));
    let declaration = if model.scalar.generic {
        let (types, consts) = (&model.scalar.name, &model.consts);
        quote!(#vis struct #name<#types, #(const #consts: usize),*>(::core::marker::PhantomData<#types>);)
    } else {
        let consts = &model.consts;
        let generics = (!consts.is_empty()).then(|| quote!(<#(const #consts: usize),*>));
        quote!(#vis struct #name #generics;)
    };
    let (input, output) = (stage.input.shape(), stage.output.shape());
    let (x, y) = (model.vectors(&stage.input), model.vectors(&stage.output));
    let layer = quote!(<#path as ::chainrule::layer::Layer<#scalar, #input, #output>>);
    let code = quote! {
        impl #impl_generics ::chainrule::layer::Link<#scalar, #input, #output> for #name #type_generics {
            type Layer = #path;
            type Gradient = #layer::Gradient;
            type Scratch = #layer::Scratch;
            type Tape = #layer::Tape;

            const FORWARD_FLOPS: usize = #layer::FORWARD_FLOPS;
            const CHAIN: &'static [::chainrule::saved::LayerText] = #layer::CHAIN;
            const DESCENDS: bool = #layer::DESCENDS;

            fn infer(
                __layer: &#path,
                __x: &[#x],
                __y: &mut [#y],
                __scratch: ::chainrule::memory::View<'_, Self::Scratch>,
            ) {
                #layer::infer(__layer, __x, __y, __scratch)
            }

            fn forward(__layer: &#path, __x: &[#x], __y: &mut [#y], __tape: ::chainrule::memory::View<'_, Self::Tape>) {
                #layer::forward(__layer, __x, __y, __tape)
            }

            fn backward_input(
                __layer: &#path,
                __x: &[#x],
                __y: &[#y],
                __dy: &mut [#y],
                __dx: &mut [#x],
                __tape: ::chainrule::memory::View<'_, Self::Tape>,
            ) {
                #layer::backward_input(__layer, __x, __y, __dy, __dx, __tape)
            }

            fn backward_inner(
                __layer: &#path,
                __x: &[#x],
                __y: &[#y],
                __dy: &mut [#y],
                __tape: ::chainrule::memory::View<'_, Self::Tape>,
            ) {
                #layer::backward_inner(__layer, __x, __y, __dy, __tape)
            }

            fn backward_params(
                __layer: &#path,
                __x: &[#x],
                __dy: &[#y],
                __gradient: &mut Self::Gradient,
                __accumulate: ::chainrule::layer::Accumulate,
                __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
            ) {
                #layer::backward_params(__layer, __x, __dy, __gradient, __accumulate, __tape)
            }

            fn trainable_mut(__layer: &mut #path, __visit: &mut impl ::core::ops::FnMut(&mut [#scalar])) {
                #layer::trainable_mut(__layer, __visit)
            }

            fn descend(__layer: &mut #path, __x: &[#x], __dy: &[#y], __tape: ::chainrule::memory::Shared<'_, Self::Tape>) {
                #layer::descend(__layer, __x, __dy, __tape)
            }

            fn init_params(__layer: &mut #path, __rng: &mut ::chainrule::init::Rng) {
                #layer::init_params(__layer, __rng)
            }
        }
    };
    let code = respan(code, *span);
    Some(quote! {
        #[doc(hidden)]
        #[allow(missing_docs, non_camel_case_types)]
        #declaration
        #code
    })
}
