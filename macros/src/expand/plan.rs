//! Which buffers the values between layers live in.
//!
//! For training every value that backward needs has a buffer of its own, and so has every delta (the gradient
//! of the loss by a value): then all parameter gradients can be computed after all deltas, in any order and
//! by any number of threads. An activation that is differentiated from its output works in the memory of its
//! input, and every activation turns its dy into dx in place. For inference two slots take turns.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Layer, Model, Stage};
use crate::shape::Width;

pub struct Plan<'m> {
    model: &'m Model,
    pub stages: Vec<Planned<'m>>,
    /// The widths that each of the two slots of inference takes.
    slots: [Vec<&'m Width>; 2],
}

/// A stage with the places of its values.
pub struct Planned<'m> {
    pub stage: &'m Stage,
    pub training: Training,
    pub inference: Inference,
}

pub struct Training {
    pub x: Place,
    pub y: Place,
    pub dy: Place,
    pub dx: Place,
}

impl Training {
    /// What the derivative of an activation is computed from.
    pub fn kept(&self, keeps_input: bool) -> &Ident {
        if keeps_input { self.x.name() } else { self.y.name() }
    }
}

pub struct Inference {
    pub x: Place,
    pub y: Place,
    /// The slot that y begins to use, 0 or 1.
    pub begins: Option<usize>,
}

/// Where a value lives.
#[derive(Clone, PartialEq)]
pub enum Place {
    /// In a slice that the caller gave: x, y, dy or dx.
    Caller(Ident),
    /// In the buffer of this name.
    Buffer(Ident),
}

impl Place {
    pub fn name(&self) -> &Ident {
        match self {
            Self::Caller(name) | Self::Buffer(name) => name,
        }
    }

    fn caller(name: &str) -> Self {
        Self::Caller(format_ident!("{name}"))
    }
}

impl<'m> Plan<'m> {
    pub fn new(model: &'m Model) -> Self {
        let (inference, slots) = inference(model);
        let stages = model.stages.iter().zip(training(model)).zip(inference);
        let stages = stages.map(|((stage, training), inference)| Planned { stage, training, inference }).collect();
        Self { model, stages, slots }
    }

    /// The type of the plan of training: the buffers, then the tapes of the layers from elsewhere.
    pub fn tape(&self) -> TokenStream {
        let scalar = &self.model.scalar.name;
        let columns = self.buffers().into_iter().map(|(_, width)| {
            let shape = width.shape();
            quote!(::chainrule::memory::Columns<#scalar, #shape>)
        });
        let others = self.model.others().map(|stage| self.model.of_link(stage, "Tape"));
        list(columns.chain(others))
    }

    /// The pattern that names the buffers of training, `_` for those that are not used.
    pub fn tape_pattern(&self, used: impl Fn(&Ident) -> bool) -> TokenStream {
        let buffers = self.buffers().into_iter().map(|(name, _)| name);
        let others = self.model.others().map(Stage::tape);
        list(buffers.chain(others).map(|name| if used(&name) { quote!(#name) } else { quote!(_) }))
    }

    /// The type of the plan of inference.
    pub fn scratch(&self) -> TokenStream {
        let scalar = &self.model.scalar.name;
        let slots = self.slots.iter().filter(|widths| !widths.is_empty()).map(|widths| {
            let shapes = list(widths.iter().map(|width| width.shape()));
            quote!(::chainrule::memory::Slot<#scalar, #shapes>)
        });
        let others = self.model.others().map(|stage| self.model.of_link(stage, "Scratch"));
        list(slots.chain(others))
    }

    /// The pattern that names the slots of inference.
    pub fn scratch_pattern(&self) -> TokenStream {
        let slots = [quote!(mut __a), quote!(mut __b)];
        let used = slots.into_iter().zip(&self.slots).filter(|(_, widths)| !widths.is_empty());
        let others = self.model.others().map(|stage| {
            let name = stage.tape();
            quote!(#name)
        });
        list(used.map(|(slot, _)| slot).chain(others))
    }

    /// The buffers of training: values in the order they are written, then deltas.
    fn buffers(&self) -> Vec<(Ident, &'m Width)> {
        let values = self.stages.iter().map(|planned| (&planned.training.y, &planned.stage.output));
        let deltas = self.stages.iter().map(|planned| (&planned.training.dy, &planned.stage.output));
        let mut buffers: Vec<(Ident, &'m Width)> = Vec::new();
        for (place, width) in values.chain(deltas) {
            if let Place::Buffer(name) = place
                && !buffers.iter().any(|(known, _)| known == name)
            {
                buffers.push((name.clone(), width));
            }
        }
        buffers
    }
}

/// From the end: the last value is the caller's y, and a stage that works in place writes where it reads.
fn training(model: &Model) -> Vec<Training> {
    let mut planned = Vec::new();
    let (mut y, mut dy) = (Place::caller("__y"), Place::caller("__dy"));
    let mut stages = model.stages.iter().rev().peekable();
    while let Some(stage) = stages.next() {
        let (x, dx) = match stages.peek() {
            None => (Place::caller("__x"), Place::caller("__dx")),
            Some(before) => (
                if stage.overwrites(before) { y.clone() } else { Place::Buffer(before.value()) },
                if stage.is_activation() { dy.clone() } else { Place::Buffer(before.delta()) },
            ),
        };
        planned.push(Training { x: x.clone(), y, dy, dx: dx.clone() });
        (y, dy) = (x, dx);
    }
    planned.reverse();
    planned
}

/// From the beginning: two slots take turns, and the last move is into the caller's y. An activation works in
/// place unless it is the first, whose input is the caller's.
fn inference(model: &Model) -> (Vec<Inference>, [Vec<&Width>; 2]) {
    let moves = |(index, stage): (usize, &Stage)| index == 0 || !stage.is_activation();
    let last = model.stages.iter().enumerate().filter(|&stage| moves(stage)).count();
    let (mut even, mut odd) = (Vec::new(), Vec::new());
    let (mut planned, mut moved, mut x) = (Vec::new(), 0, Place::caller("__x"));
    for (index, stage) in model.stages.iter().enumerate() {
        let (mut y, mut begins) = (x.clone(), None);
        if moves((index, stage)) {
            moved += 1;
            y = Place::caller("__y");
            if moved < last {
                y = Place::Buffer(stage.value());
                let (slot, widths) = if moved % 2 == 1 { (0, &mut even) } else { (1, &mut odd) };
                begins = Some(slot);
                if !widths.iter().any(|width: &&Width| width.same(&stage.output) == Some(true)) {
                    widths.push(&stage.output);
                }
            }
        }
        planned.push(Inference { x, y: y.clone(), begins });
        x = y;
    }
    (planned, [even, odd])
}

/// A stage, and the activation that is computed with it if it is an Affine.
pub struct Pair<'p, 'm> {
    pub planned: &'p Planned<'m>,
    pub next: Option<&'p Planned<'m>>,
}

impl Pair<'_, '_> {
    pub fn is_affine(&self) -> bool {
        self.planned.stage.is_affine()
    }

    /// The activation, or what stands for it where there is none.
    pub fn activation(&self) -> TokenStream {
        match self.next.map(|next| &next.stage.layer) {
            Some(Layer::Activation { value, .. }) => value.clone(),
            _ => quote!(::chainrule::layer::Identity),
        }
    }
}

/// Stages in the order they are given, each Affine together with the activation that comes next if `joins` says
/// so: kernels do both at once.
pub fn pairs<'p, 'm>(
    stages: impl Iterator<Item = &'p Planned<'m>>,
    joins: impl Fn(&Planned<'m>) -> bool,
) -> Vec<Pair<'p, 'm>> {
    let mut stages = stages.peekable();
    let mut pairs = Vec::new();
    while let Some(planned) = stages.next() {
        let next = stages.next_if(|next| planned.stage.is_affine() && next.stage.is_activation() && joins(next));
        pairs.push(Pair { planned, next });
    }
    pairs
}

/// Neighbours that are all of a kind that is computed as one; each of the others alone.
pub fn runs<X>(items: &[X], together: impl Fn(&X) -> bool) -> impl Iterator<Item = &[X]> {
    items.chunk_by(move |a, b| together(a) && together(b))
}

impl Stage {
    pub fn is_affine(&self) -> bool {
        matches!(self.layer, Layer::Affine { .. })
    }

    pub fn is_activation(&self) -> bool {
        matches!(self.layer, Layer::Activation { .. })
    }

    /// Whether this stage writes its output over its input: it needs none of it for backward, and neither does
    /// the stage before.
    fn overwrites(&self, before: &Self) -> bool {
        matches!(self.layer, Layer::Activation { keeps_input: false, .. })
            && matches!(before.layer, Layer::Affine { .. })
    }

    /// The name of the buffer of y.
    fn value(&self) -> Ident {
        format_ident!("__y_{}", self.name)
    }

    /// The name of the buffer of dy.
    fn delta(&self) -> Ident {
        format_ident!("__dy_{}", self.name)
    }

    /// The name of the view of its own buffers.
    pub fn tape(&self) -> Ident {
        format_ident!("__in_{}", self.name)
    }
}

/// `(a, (b, ()))`
pub fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let items: Vec<_> = items.collect();
    items.into_iter().rev().fold(quote!(()), |rest, item| quote!((#item, #rest)))
}
