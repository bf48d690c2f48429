//! A loss of the user's own.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::model::Model;

/// That what is marked as a loss is no layer, which only the compiler knows. Where the network has parameters of its own, one
/// value stands for all that may flow.
pub fn is_loss(model: &Model) -> Option<TokenStream> {
    let loss = model.loss.as_ref().filter(|loss| loss.is_own)?;
    let (ty, name) = (&loss.ty, &loss.name);
    let generics = model.consts.iter().chain([&model.scalar.name]);
    if model.is_generic() && generics.into_iter().any(|name| crate::ast::mentions(ty.clone(), name)) {
        return None;
    }
    let (scalar, output) = if model.is_generic() {
        (quote!(f32), quote!(::chainrule::shape::Width<1>))
    } else {
        let scalar = &model.scalar.name;
        (quote!(#scalar), model.output.shape())
    };
    Some(quote_spanned! {loss.span=>
        const _: () = {
            #[allow(unused_imports)]
            use ::chainrule::loss::Unmarked as _;
            ::chainrule::loss::assert_loss(#name, ::chainrule::loss::Marked::<#ty, #scalar, #output>::IS_LAYER);
        };
    })
}
