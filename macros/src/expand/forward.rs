//! From x to y.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::Plan;
use crate::model::{Layer, Model};

/// Inference: two slots take turns.
pub fn infer(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let pattern = plan.scratch_pattern();
    let lines = model.stages.iter().enumerate().map(|(index, stage)| {
        let (x, y) = plan.slots(index);
        let moves = x != y;
        let (x, y) = (x.name(), y.name());
        let begin = (moves && !plan.slots(index).1.is_caller()).then(|| {
            let slot = [quote!(a), quote!(b)][plan.slot_turn(index)].clone();
            let shape = stage.output.shape();
            quote!(let #y = #slot.columns::<#shape>();)
        });
        let field = &stage.name;
        let line = match &stage.layer {
            Layer::Affine { .. } => quote!(self.#field.forward(#x, #y);),
            Layer::Activation { value, .. } => activation(model, value, x, y, moves),
            Layer::Other { .. } => {
                let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                quote!(#link::infer(#layer, #x, #y, #tape);)
            }
        };
        quote!(#begin #line)
    });
    quote! {
        fn infer(
            &self,
            x: &[#input],
            y: &mut [#output],
            scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            let #pattern = scratch;
            #(#lines)*
        }
    }
}

/// Training: every value that backward needs stays in a buffer of its own.
pub fn forward(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let lines: Vec<_> = (model.stages.iter().enumerate())
        .map(|(index, stage)| {
            let (x, y) = (plan.x(index), plan.y(index));
            let moves = x != y;
            let (x, y) = (x.name(), y.name());
            let field = &stage.name;
            match &stage.layer {
                Layer::Affine { .. } => quote!(self.#field.forward(#x, #y);),
                Layer::Activation { value, .. } => activation(model, value, x, y, moves),
                Layer::Other { .. } => {
                    let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                    quote!(#link::forward(#layer, #x, #y, #tape);)
                }
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    quote! {
        fn forward(
            &self,
            x: &[#input],
            y: &mut [#output],
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            let #pattern = tape;
            #(#lines)*
        }
    }
}

/// An activation, in place or from one buffer to another.
fn activation(
    model: &Model,
    value: &TokenStream,
    x: &proc_macro2::Ident,
    y: &proc_macro2::Ident,
    moves: bool,
) -> TokenStream {
    let scalar = &model.scalar.name;
    let copy = moves.then(|| quote!(::chainrule::layer::copy::<#scalar, _>(#x, #y);));
    quote!(#copy ::chainrule::layer::InPlace::<#scalar>::forward(&#value, #y);)
}
