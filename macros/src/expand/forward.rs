//! From x to y.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::plan::{Inference, Place, Plan, Planned, Training, pairs};
use crate::model::{Layer, Model, Stage};

/// Inference: two slots take turns.
pub fn infer(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let pattern = plan.scratch_pattern();
    let stages = pairs(plan.stages.iter(), |activation| activation.inference.x == activation.inference.y);
    let lines = stages.into_iter().map(|(Planned { stage, inference: Inference { x, y, begins }, .. }, activation)| {
        let line = line(model, stage, activation, x, y, &format_ident!("infer"));
        let begin = begins.map(|slot| {
            let slot = if slot == 0 { quote!(a) } else { quote!(b) };
            let (y, shape) = (y.name(), stage.output.shape());
            quote!(let #y = #slot.columns::<#shape>();)
        });
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
    let stages = pairs(plan.stages.iter(), |activation| activation.training.x == activation.training.y);
    let lines: Vec<_> = (stages.into_iter())
        .map(|(Planned { stage, training: Training { x, y, .. }, .. }, activation)| {
            line(model, stage, activation, x, y, &format_ident!("forward"))
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

/// The line of one stage, or of an Affine with the activation behind it, in place. Other activations work in place
/// too, after a copy if x must stay.
fn line(
    model: &Model,
    stage: &Stage,
    activation: Option<&Planned<'_>>,
    x: &Place,
    y: &Place,
    method: &Ident,
) -> TokenStream {
    let copies = x != y;
    let (field, x, y) = (&stage.name, x.name(), y.name());
    match &stage.layer {
        Layer::Affine { .. } => match activation.map(|activation| &activation.stage.layer) {
            Some(Layer::Activation { value, .. }) => quote!(self.#field.forward_into(&#value, #x, #y);),
            _ => quote!(self.#field.forward(#x, #y);),
        },
        Layer::Activation { value, .. } => {
            let scalar = &model.scalar.name;
            let copy = copies.then(|| quote!(::chainrule::layer::copy::<#scalar, _>(#x, #y);));
            quote!(#copy ::chainrule::layer::InPlace::<#scalar>::forward(&#value, #y);)
        }
        Layer::Other { .. } => {
            let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
            quote!(#link::#method(#layer, #x, #y, #tape);)
        }
    }
}
