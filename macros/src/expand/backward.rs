//! From dy to dx, then to the gradient of the parameters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::forward;
use super::plan::{Pair, Plan, Planned, Training, list, pairs, runs};
use crate::model::{Layer, Model};

/// All deltas, last to first; with the network's own dx or, since nobody needs it in front of a first
/// layer, without.
pub fn input(model: &Model, plan: &Plan<'_>, with_dx: bool) -> TokenStream {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let needed = |planned: &Planned<'_>| with_dx || planned.training.dx.name() != "__dx";
    let pairs = pairs(plan.stages.iter().rev(), |activation| {
        needed(activation) && activation.training.dy == activation.training.dx
    });
    let lines: Vec<_> = (runs(&pairs, |pair| pair.is_affine() && needed(pair.planned)))
        .map(|run| match run {
            [pair] => {
                let needed = needed(pair.planned);
                input_line(model, pair, needed)
            }
            run => {
                let dy = run.first().map(|pair| pair.planned.training.dy.name());
                let layers = list(run.iter().map(|pair| {
                    let (field, dx) = (&pair.planned.stage.name, pair.planned.training.dx.name());
                    let (activation, kept) = (pair.activation(), kept(pair));
                    quote!((&self.#field, &#activation, &*#kept, &mut *#dx))
                }));
                quote!(::chainrule::kernels::chain::backward(#dy, #layers);)
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, if with_dx { &["__x", "__y", "__dy", "__dx"] } else { &["__x", "__y", "__dy"] });
    let (name, dx) = if with_dx {
        (quote!(backward_input), Some(quote!(__dx: &mut [#input],)))
    } else {
        (quote!(backward_inner), None)
    };
    quote! {
        fn #name(
            &self,
            __x: &[#input],
            __y: &[#output],
            __dy: &mut [#output],
            #dx
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) {
            #unused
            let #pattern = __tape;
            #(#lines)*
        }
    }
}

/// What the activation in front of an Affine has kept; without one, the input, which is of the same width.
fn kept<'p>(pair: &Pair<'p, '_>) -> &'p Ident {
    match pair.next.map(|next| (&next.stage.layer, &next.training)) {
        Some((Layer::Activation { keeps_input, .. }, training)) => training.kept(*keeps_input),
        _ => pair.planned.training.x.name(),
    }
}

/// The line of one stage, or of an Affine with the activation in front of it; nothing for what has no dx that is
/// `needed` and no layers in it.
fn input_line(model: &Model, pair: &Pair<'_, '_>, needed: bool) -> TokenStream {
    let scalar = &model.scalar.name;
    let Planned { stage, training: Training { x, y, dy, dx }, .. } = pair.planned;
    let copies = dy != dx;
    let (x, y, dy, dx) = (x.name(), y.name(), dy.name(), dx.name());
    let field = &stage.name;
    match &stage.layer {
        Layer::Affine { .. } if needed => match pair.next {
            Some(_) => {
                let (activation, kept) = (pair.activation(), kept(pair));
                quote!(self.#field.backward_input_into(&#activation, #kept, #dy, #dx);)
            }
            None => quote!(self.#field.backward_input(#dy, #dx);),
        },
        Layer::Activation { value, keeps_input, .. } if needed => {
            let kept = pair.planned.training.kept(*keeps_input);
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
}

/// The gradient of the parameters, or a part of it: every layer computes what of its own lies in the part.
pub fn part(model: &Model, plan: &Plan<'_>) -> TokenStream {
    let (scalar, input, output) = (&model.scalar.name, model.vectors(&model.input), model.vectors(&model.output));
    let lines: Vec<_> = (runs(&trained(plan), |planned| planned.stage.is_affine()))
        .map(|run| match run {
            [Planned { stage, training: Training { x, dy, .. }, .. }] if matches!(stage.layer, Layer::Other { .. }) => {
                let (x, dy) = (x.name(), dy.name());
                let (link, layer, tape) = (model.link(stage), model.layer(stage), stage.tape());
                quote! {
                    __part.other(|__gradient, __accumulate| {
                        #link::backward_params(#layer, #x, #dy, __gradient, __accumulate, #tape)
                    });
                }
            }
            run => {
                let layers = list(run.iter().map(|planned| {
                    let (x, dy) = (planned.training.x.name(), planned.training.dy.name());
                    quote!((#x, #dy))
                }));
                quote!(__part.affines(#layers);)
            }
        })
        .collect();
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, &["__x", "__dy", "__part"]);
    quote! {
        fn backward_part(
            &self,
            __x: &[#input],
            __dy: &[#output],
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
            __part: &mut ::chainrule::phases::GradientPart<'_, #scalar>,
        ) {
            #unused
            let #pattern = __tape;
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
            __x: &[#input],
            __dy: &[#output],
            __gradient: &mut Self::Gradient,
            __accumulate: ::chainrule::layer::Accumulate,
            __tape: ::chainrule::memory::Shared<'_, Self::Tape>,
        ) {
            let mut __part = ::chainrule::phases::GradientPart::whole(__gradient, __accumulate);
            ::chainrule::network::Network::backward_part(self, __x, __dy, __tape, &mut __part);
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
    let lines = descend_lines(model, &trained(plan));
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    let unused = super::unused(&lines, &["__x", "__dy"]);
    quote! {
        fn descend(&mut self, __x: &[#input], __dy: &[#output], __tape: ::chainrule::memory::Shared<'_, Self::Tape>) {
            #unused
            let #pattern = __tape;
            #(#lines)*
        }
    }
}

/// The same for one sample, and then forward for the next one, if the first layer is an Affine: its weights are gone
/// through once.
pub fn descend_then_forward(model: &Model, plan: &Plan<'_>) -> Option<TokenStream> {
    let (input, output) = (model.vectors(&model.input), model.vectors(&model.output));
    let (pairs, trained) = (forward::training_pairs(plan), trained(plan));
    let (first, behind) = pairs.split_first()?;
    let known = model.others().next().is_none();
    if !known || !first.is_affine() || !first.planned.stage.is_trained() {
        return None;
    }
    let (field, activation, dy) = (&first.planned.stage.name, first.activation(), first.planned.training.dy.name());
    let y = first.planned.training.y.name();
    let mut lines = descend_lines(model, trained.get(1..).unwrap_or_default());
    lines.push(quote!(self.#field.descend_then_forward(&#activation, (__x, #dy), __next, #y);));
    lines.extend(forward::training_lines(model, behind));
    let pattern = plan.tape_pattern(|name| super::mentions(&lines, name));
    Some(quote! {
        fn descend_then_forward(
            &mut self,
            __x: &[#input],
            __dy: &[#output],
            __next: &[#input],
            __y: &mut [#output],
            __tape: ::chainrule::memory::View<'_, Self::Tape>,
        ) -> bool {
            if ::chainrule::kernels::chain::is_small(&self.#field) {
                return false;
            }
            let #pattern = __tape;
            #(#lines)*
            true
        }
    })
}

fn trained<'p, 'm>(plan: &'p Plan<'m>) -> Vec<&'p Planned<'m>> {
    plan.stages.iter().filter(|planned| planned.stage.is_trained()).collect()
}

fn descend_lines(model: &Model, trained: &[&Planned<'_>]) -> Vec<TokenStream> {
    (runs(trained, |planned| planned.stage.is_affine()))
        .map(|run| match run {
            [Planned { stage, training: Training { x, dy, .. }, .. }] => {
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
            }
            run => {
                let layers = list(run.iter().map(|planned| {
                    let (field, x, dy) = (&planned.stage.name, planned.training.x.name(), planned.training.dy.name());
                    quote!((&mut self.#field, &*#x, &*#dy))
                }));
                quote!(::chainrule::kernels::chain::gradient(#layers, ::chainrule::layer::Accumulate::Add);)
            }
        })
        .collect()
}
