//! From dy to dx, then to the gradient of the parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::Plan;
use crate::model::{Layer, Model};

/// All deltas, last to first; with the network's own dx or, since nobody needs it in front of a first
/// layer, without.
pub fn input(model: &Model, plan: &Plan<'_>, with_dx: bool) -> TokenStream {
    let scalar = &model.scalar.name;
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let lines: Vec<_> = (model.stages.iter().enumerate().rev())
        .map(|(index, stage)| {
            let (x, y, dy, dx) = (plan.x(index), plan.y(index), plan.dy(index), plan.dx(index));
            let (x, y, d, e) = (x.name(), y.name(), dy.name(), dx.name());
            let needed = index > 0 || with_dx;
            let field = &stage.name;
            match &stage.layer {
                Layer::Affine { .. } if needed => quote!(self.#field.backward_input(#d, #e);),
                Layer::Activation { value, keeps_input, .. } if needed => {
                    let kept = if *keeps_input { x } else { y };
                    let copy = (dy != dx).then(|| quote!(::chainrule::layer::copy::<#scalar, _>(#d, #e);));
                    quote!(#copy ::chainrule::layer::InPlace::<#scalar>::backward(&#value, #kept, #e);)
                }
                Layer::Other { .. } => {
                    let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                    if needed {
                        quote!(#link::backward_input(#layer, #x, #y, #d, #e, #tape);)
                    } else {
                        quote!(#link::backward_inner(#layer, #x, #y, #d, #tape);)
                    }
                }
                _ => TokenStream::new(),
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, if with_dx { &["x", "y", "dy", "dx"] } else { &["x", "y", "dy"] });
    let (name, dx) = if with_dx {
        (quote!(backward_input), Some(quote!(dx: &mut [#input],)))
    } else {
        (quote!(backward_inner), None)
    };
    quote! {
        fn #name(
            &self,
            x: &[#input],
            y: &[#output],
            dy: &mut [#output],
            #dx
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            #unused
            let #pattern = tape;
            #(#lines)*
        }
    }
}

/// The gradient of the parameters, one layer after the other, in no needed order.
pub fn params(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let lines: Vec<_> = (model.stages.iter().enumerate())
        .filter(|(_, stage)| stage.is_trained())
        .map(|(index, stage)| {
            let (x, dy) = (plan.x(index), plan.dy(index));
            let (x, dy) = (x.name(), dy.name());
            let field = &stage.name;
            match &stage.layer {
                Layer::Affine { .. } => quote!(gradient.#field.accumulate(#x, #dy, accumulate);),
                Layer::Activation { .. } => TokenStream::new(),
                Layer::Other { .. } => {
                    let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                    quote!(#link::backward_params(#layer, #x, #dy, &mut gradient.#field, accumulate, #tape);)
                }
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, &["x", "dy", "gradient", "accumulate"]);
    quote! {
        fn backward_params(
            &self,
            x: &[#input],
            dy: &[#output],
            gradient: &mut Self::Gradient,
            accumulate: ::chainrule::layer::Accumulate,
            tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            #unused
            let #pattern = tape;
            #(#lines)*
        }
    }
}
