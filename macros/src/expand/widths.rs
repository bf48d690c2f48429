//! What only the compiler knows of widths, and what it is to say of them.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::model::Model;
use crate::shape::Width;

/// The widths that are constants or that only the compiler can compare.
pub fn assertions(model: &Model) -> TokenStream {
    let constants = model.constants().map(|constant| {
        let (name, value) = (constant.to_string(), constant.value());
        let check = quote_spanned!(constant.span()=> ::chainrule::widths::assert_flows::<{ #value }>(#name));
        quote!(const _: () = #check;)
    });
    let assertions = model.assertions.iter().map(|assertion| {
        let (flows, written) = (&assertion.flows, &assertion.written);
        let span = written.span();
        let (flows_name, written_name) = (flows.to_string(), written.to_string());
        let (flows, written) = (flows.value(), written.value());
        let check =
            quote_spanned!(span=> ::chainrule::widths::assert_same(#flows_name, #flows, #written_name, #written));
        quote!(const _: () = #check;)
    });
    let choice = matches!(model.output, Width::Constant(_)).then(|| choice(model));
    let choice = choice.flatten().map(|check| quote!(const _: () = #check;));
    quote!(#(#constants)* #(#assertions)* #choice)
}

/// The same of widths that are const parameters, as a statement of a function: they are known where it is used.
pub fn parameters(model: &Model) -> Option<TokenStream> {
    let widths: Vec<_> = model.parameters().collect();
    let checks = widths.iter().map(|width| {
        let (name, value) = (width.to_string(), width.argument());
        quote_spanned!(width.span()=> ::chainrule::widths::assert_flows::<#value>(#name))
    });
    let choice = matches!(model.output, Width::Parameter(_)).then(|| choice(model)).flatten();
    let checks: Vec<_> = checks.chain(choice).collect();
    (!checks.is_empty() && !model.mistaken).then(|| quote!(const { #(#checks;)* };))
}

/// A loss that chooses one among the outputs needs two.
fn choice(model: &Model) -> Option<TokenStream> {
    let loss = model.loss.as_ref().filter(|loss| loss.is_choice)?;
    let (name, value) = (model.output.to_string(), model.output.argument());
    Some(quote_spanned!(loss.span=> ::chainrule::widths::assert_choice::<#value>(#name)))
}
