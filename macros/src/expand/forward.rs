//! From x to y.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::plan::{Inference, Pair, Place, Plan, Planned, Training, list, pairs, runs};
use super::widths;
use crate::model::{Layer, Model, Stage};

/// Inference: two slots take turns.
pub fn infer(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let pairs = pairs(plan.stages.iter(), |activation| activation.inference.x == activation.inference.y);
    let body = if pairs.len() > 1 && pairs.iter().all(Pair::is_affine) {
        let layers = list(pairs.iter().map(|pair| {
            let (field, activation) = (&pair.planned.stage.name, pair.activation());
            quote!((&self.#field, &#activation))
        }));
        quote!(::chainrule::kernels::chain::infer(__x, #layers, __y, __scratch);)
    } else {
        let pattern = plan.scratch_pattern();
        let lines = pairs.into_iter().map(|Pair { planned, next }| {
            let Planned { stage, inference: Inference { x, y, begins }, .. } = planned;
            let line = line(model, stage, next, x, y, &format_ident!("infer"));
            let begin = begins.map(|slot| {
                let slot = if slot == 0 { quote!(__a) } else { quote!(__b) };
                let (y, shape) = (y.name(), stage.output.shape());
                quote!(let #y = #slot.columns::<#shape>();)
            });
            quote!(#begin #line)
        });
        quote! {
            let #pattern = __scratch;
            #(#lines)*
        }
    };
    let widths = widths::parameters(model);
    quote! {
        fn infer(
            &self,
            __x: &[#input],
            __y: &mut [#output],
            __scratch: ::chainrule::memory::View<'_, Self::Scratch>,
        ) {
            #widths
            #body
        }
    }
}

/// Training: every value that backward needs stays in a buffer of its own.
pub fn forward(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let lines = training_lines(model, &training_pairs(plan));
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let widths = widths::parameters(model);
    quote! {
        fn forward(
            &self,
            __x: &[#input],
            __y: &mut [#output],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            #widths
            let #pattern = __tape;
            #(#lines)*
        }
    }
}

pub fn training_pairs<'p, 'm>(plan: &'p Plan<'m>) -> Vec<Pair<'p, 'm>> {
    pairs(plan.stages.iter(), |activation| activation.training.x == activation.training.y)
}

pub fn training_lines(model: &Model, pairs: &[Pair<'_, '_>]) -> Vec<TokenStream> {
    (runs(pairs, Pair::is_affine))
        .map(|run| match run {
            [Pair { planned: Planned { stage, training: Training { x, y, .. }, .. }, next }] => {
                line(model, stage, *next, x, y, &format_ident!("forward"))
            }
            run => {
                let x = run.first().map(|pair| pair.planned.training.x.name());
                let layers = list(run.iter().map(|pair| {
                    let (planned, activation) = (pair.planned, pair.activation());
                    let (field, y) = (&planned.stage.name, planned.training.y.name());
                    quote!((&self.#field, &#activation, &mut *#y))
                }));
                quote!(::chainrule::kernels::chain::forward(#x, #layers);)
            }
        })
        .collect()
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
