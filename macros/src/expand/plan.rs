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
    /// The buffer of every stage's y.
    values: Vec<Place>,
    /// The buffer of every stage's dy.
    deltas: Vec<Place>,
    /// The slot that every stage's y has in inference.
    slots: Vec<Place>,
    /// The widths that each of the two slots takes.
    slot_widths: [Vec<Width>; 2],
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

    pub fn is_caller(&self) -> bool {
        matches!(self, Self::Caller(_))
    }
}

impl<'m> Plan<'m> {
    pub fn new(model: &'m Model) -> Self {
        let stages = &model.stages;
        let caller = |name: &str| Place::Caller(format_ident!("{name}"));

        // From the end: the last value is the caller's y, and a stage in place writes where it reads.
        let mut values = vec![caller("y"); stages.len()];
        let mut deltas = vec![caller("dy"); stages.len()];
        for index in (1..stages.len()).rev() {
            let (stage, before) = (&stages[index], &stages[index - 1]);
            values[index - 1] =
                if stage.overwrites(before) { values[index].clone() } else { Place::Buffer(before.value()) };
            deltas[index - 1] =
                if stage.is_activation() { deltas[index].clone() } else { Place::Buffer(before.delta()) };
        }

        // An activation works in place unless it is the first, whose input is the caller's.
        let mut slots = vec![caller("y"); stages.len()];
        let mut slot_widths = [Vec::new(), Vec::new()];
        let moves: Vec<usize> = (0..stages.len()).filter(|&i| i == 0 || !stages[i].is_activation()).collect();
        for (turn, &index) in moves.iter().enumerate() {
            let end = moves.get(turn + 1).copied();
            let Some(end) = end else { break };
            let slot: &mut Vec<Width> = &mut slot_widths[turn % 2];
            if !slot.iter().any(|width| width.to_string() == stages[index].output.to_string()) {
                slot.push(stages[index].output.clone());
            }
            slots[index..end].fill(Place::Buffer(stages[index].value()));
        }
        Self { model, values, deltas, slots, slot_widths }
    }

    /// Where stage `index` finds x.
    pub fn x(&self, index: usize) -> Place {
        index.checked_sub(1).map_or_else(|| Place::Caller(format_ident!("x")), |before| self.values[before].clone())
    }

    /// Where stage `index` writes y.
    pub fn y(&self, index: usize) -> Place {
        self.values[index].clone()
    }

    /// Where stage `index` finds dy.
    pub fn dy(&self, index: usize) -> Place {
        self.deltas[index].clone()
    }

    /// Where stage `index` writes dx.
    pub fn dx(&self, index: usize) -> Place {
        index.checked_sub(1).map_or_else(|| Place::Caller(format_ident!("dx")), |before| self.deltas[before].clone())
    }

    /// The slot of stage `index`'s x and y in inference.
    pub fn slots(&self, index: usize) -> (Place, Place) {
        let x =
            index.checked_sub(1).map_or_else(|| Place::Caller(format_ident!("x")), |before| self.slots[before].clone());
        (x, self.slots[index].clone())
    }

    /// Which of the two slots stage `index` begins to use in inference.
    pub fn slot_turn(&self, index: usize) -> usize {
        let moves = (0..index).filter(|&i| i == 0 || !self.model.stages[i].is_activation()).count();
        moves % 2
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
        let slots = self.slot_widths.iter().filter(|widths| !widths.is_empty()).map(|widths| {
            let shapes = list(widths.iter().map(Width::shape));
            quote!(::chainrule::memory::Slot<#scalar, #shapes>)
        });
        let others = self.model.others().map(|stage| self.model.of_link(stage, "Scratch"));
        list(slots.chain(others))
    }

    /// The pattern that names the slots of inference.
    pub fn scratch_pattern(&self) -> TokenStream {
        let slots = [quote!(mut a), quote!(mut b)];
        let used = slots.into_iter().zip(&self.slot_widths).filter(|(_, widths)| !widths.is_empty());
        let others = self.model.others().map(|stage| {
            let name = stage.tape();
            quote!(#name)
        });
        list(used.map(|(slot, _)| slot).chain(others))
    }

    /// The buffers of training: values in the order they are written, then deltas.
    fn buffers(&self) -> Vec<(Ident, &'m Width)> {
        let mut buffers: Vec<(Ident, &'m Width)> = Vec::new();
        for places in [&self.values, &self.deltas] {
            for (place, stage) in places.iter().zip(&self.model.stages) {
                if let Place::Buffer(name) = place
                    && !buffers.iter().any(|(known, _)| known == name)
                {
                    buffers.push((name.clone(), &stage.output));
                }
            }
        }
        buffers
    }
}

impl Stage {
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
        format_ident!("y_{}", self.name)
    }

    /// The name of the buffer of dy.
    fn delta(&self) -> Ident {
        format_ident!("dy_{}", self.name)
    }

    /// The name of the view of its own buffers.
    pub fn tape(&self) -> Ident {
        format_ident!("in_{}", self.name)
    }
}

/// `(a, (b, ()))`
fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let items: Vec<_> = items.collect();
    items.into_iter().rev().fold(quote!(()), |rest, item| quote!((#item, #rest)))
}
