//! From dy to dx, then to the gradient of the parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Plan, Planned, Training, pairs};
use crate::model::{Layer, Model};

/// All deltas, last to first; with the network's own dx or, since nobody needs it in front of a first
/// layer, without.
pub fn input(model: &Model, plan: &Plan<'_>, with_dx: bool) -> TokenStream {
    let scalar = &model.scalar.name;
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let needed = |planned: &Planned<'_>| with_dx || planned.training.dx.name() != "dx";
    let stages = pairs(plan.stages.iter().rev(), |activation| {
        needed(activation) && activation.training.dy == activation.training.dx
    });
    let lines: Vec<_> = (stages.into_iter())
        .map(|(planned, activation)| {
            let Planned { stage, training: Training { x, y, dy, dx }, .. } = planned;
            let copies = dy != dx;
            let (x, y, dy, dx) = (x.name(), y.name(), dy.name(), dx.name());
            let needed = needed(planned);
            let field = &stage.name;
            match &stage.layer {
                Layer::Affine { .. } if needed => match activation.map(|it| (&it.stage.layer, &it.training)) {
                    Some((Layer::Activation { value, keeps_input, .. }, training)) => {
                        let kept = training.kept(*keeps_input);
                        quote!(self.#field.backward_input_into(&#value, #kept, #dy, #dx);)
                    }
                    _ => quote!(self.#field.backward_input(#dy, #dx);),
                },
                Layer::Activation { value, keeps_input, .. } if needed => {
                    let kept = planned.training.kept(*keeps_input);
                    let copy = copies.then(|| quote!(::chainrule::layer::copy::<#scalar, _>(#dy, #dx);));
                    quote!(#copy ::chainrule::layer::InPlace::<#scalar>::backward(&#value, #kept, #dx);)
                }
                Layer::Other { .. } => {
                    let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                    if needed {
                        quote!(#link::backward_input(#layer, #x, #y, #dy, #dx, #tape);)
                    } else {
                        quote!(#link::backward_inner(#layer, #x, #y, #dy, #tape);)
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

/// The gradient of the parameters, or a part of it: every layer computes what of its own lies in the part.
pub fn part(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (scalar, input, output) = (&model.scalar.name, model.vectors(&model.input), model.vectors(&model.output));
    let lines: Vec<_> = (plan.stages.iter())
        .filter(|planned| planned.stage.is_trained())
        .map(|Planned { stage, training: Training { x, dy, .. }, .. }| {
            let (x, dy) = (x.name(), dy.name());
            match &stage.layer {
                Layer::Affine { .. } => quote!(part.affine(#x, #dy);),
                Layer::Activation { .. } => TokenStream::new(),
                Layer::Other { .. } => {
                    let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                    quote! {
                        part.other(|gradient, accumulate| {
                            #link::backward_params(#layer, #x, #dy, gradient, accumulate, #tape)
                        });
                    }
                }
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, &["x", "dy", "part"]);
    quote! {
        fn backward_part(
            &self,
            x: &[#input],
            dy: &[#output],
            tape: ::chainrule::memory::Shared<'_, Self::Tape>,
            part: &mut ::chainrule::phases::GradientPart<'_, #scalar>,
        ) {
            #unused
            let #pattern = tape;
            #(#lines)*
        }
    }
}

/// The same as a layer of another network: all of it.
pub fn params(model: &Model) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    quote! {
        fn backward_params(
            &self,
            x: &[#input],
            dy: &[#output],
            gradient: &mut Self::Gradient,
            accumulate: ::chainrule::layer::Accumulate,
            tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let mut part = ::chainrule::phases::GradientPart::whole(gradient, accumulate);
            ::chainrule::network::Network::backward_part(self, x, dy, tape, &mut part);
        }
    }
}

/// Whether all layers that are trained can be without a stored gradient.
pub fn descends(model: &Model) -> TokenStream {
    let others = model.others().filter(|stage| stage.is_trained());
    let all: Vec<_> = others.map(|stage| model.of_link(stage, "DESCENDS")).collect();
    if all.is_empty() { quote!(true) } else { quote!(#(#all)&&*) }
}

/// The gradient of the parameters, added to the parameters themselves.
pub fn descend(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let lines: Vec<_> = (plan.stages.iter())
        .filter(|planned| planned.stage.is_trained())
        .map(|Planned { stage, training: Training { x, dy, .. }, .. }| {
            let (field, x, dy) = (&stage.name, x.name(), dy.name());
            match &stage.layer {
                Layer::Affine { .. } => {
                    quote!(self.#field.accumulate(#x, #dy, ::chainrule::layer::Accumulate::Add);)
                }
                Layer::Activation { .. } => TokenStream::new(),
                Layer::Other { .. } => {
                    let (link, tape) = (model.link(stage), stage.tape());
                    quote!(#link::descend(&mut self.#field, #x, #dy, #tape);)
                }
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, &["x", "dy"]);
    quote! {
        fn descend(&mut self, x: &[#input], dy: &[#output], tape: ::chainrule::memory::Shared<'_, Self::Tape>) {
            #unused
            let #pattern = tape;
            #(#lines)*
        }
    }
}
