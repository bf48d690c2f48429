//! Checks a chain and resolves its shapes. Every mistake is reported on its own token and then repaired, so
//! that the rest of the chain is checked as if it had not been made.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, Path, UnOp};

use crate::ast::{self, Arguments, LinkKind};
use crate::attributes::{self, Attributes};
use crate::catalog::{self, Entry, Kind, Takes};
use crate::errors::{self, Errors};
use crate::missing::{self, Missing};
use crate::model::{Assertion, Layer, Loss, Model, Scalar, Stage, with_turbofish};
use crate::shape::{Flow, Width};
use crate::widths;

/// The model of a network; a repaired one if there were errors.
pub fn network(network: &ast::Network, errors: &mut Errors) -> Model {
    let Attributes { of_struct, cfg, budget } = attributes::take(network, errors);
    let scalar = scalar(network, errors);
    let consts = consts(network, errors);
    let widths = widths::find(&network.chain, &consts);
    let mut check = Check {
        network: &network.name,
        scalar: &scalar,
        consts: &consts,
        flow: Flow::Poisoned,
        input: None,
        stages: Vec::new(),
        counts: HashMap::new(),
        loss: None,
        at_last_name: false,
        next: None,
        excused_loss: false,
        assertions: Vec::new(),
        errors,
    };
    let is_named = |(link, is_width): (&ast::Link, &bool)| !is_width && matches!(link.kind, LinkKind::Name(..));
    let last_name = network.chain.iter().zip(&widths).rposition(is_named);
    for (position, link) in network.chain.iter().enumerate() {
        check.at_last_name = Some(position) == last_name;
        check.next = network.chain.get(position + 1);
        check.link(position, link, widths.get(position) == Some(&true));
    }
    check.end(network);
    let Check { input, mut stages, loss, mut assertions, .. } = check;
    let mistaken = !errors.is_empty();
    if mistaken {
        // What only the compiler can check might repeat in its words what has been reported.
        assertions.clear();
        for stage in &mut stages {
            if matches!(stage.layer, Layer::Other { .. }) {
                stage.layer = Layer::Affine { init: quote!(::chainrule::init::Init::HeNormal) };
            }
        }
    }
    let any = Width::Number(1, network.name.span());
    let input = input.or_else(|| stages.first().map(|stage| stage.input.clone())).unwrap_or(any);
    let output = stages.last().map_or_else(|| input.clone(), |stage| stage.output.clone());
    Model {
        attrs: of_struct,
        cfg,
        vis: network.vis.clone(),
        name: network.name.clone(),
        scalar,
        consts,
        mentioned: network.chain.iter().flat_map(ast::Link::names).collect(),
        input,
        output,
        stages,
        loss,
        assertions,
        mistaken,
        budget,
    }
}

fn scalar(network: &ast::Network, errors: &mut Errors) -> Scalar {
    let float = || format_ident!("f32");
    let mut name = network.scalar.clone().unwrap_or_else(float);
    if NO_SCALARS.contains(&&*name.to_string()) {
        errors.add(errors::not_a_scalar(&name));
        name = float();
    }
    Scalar { generic: name != "f32" && name != "f64", name }
}

/// The const parameters, each once.
fn consts(network: &ast::Network, errors: &mut Errors) -> Vec<Ident> {
    let mut consts: Vec<Ident> = Vec::new();
    for name in &network.consts {
        if consts.contains(name) || network.scalar.as_ref() == Some(name) {
            errors.add(errors::duplicate_parameter(name));
        } else {
            consts.push(name.clone());
        }
    }
    consts
}

/// The primitive types that would otherwise be taken for the name of a generic scalar.
pub const NO_SCALARS: &[&str] =
    &["f16", "f128", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "isize", "bool"];

/// The attributes before an element of the chain.
#[derive(Default)]
struct Marks<'l> {
    frozen: Option<&'l Attribute>,
    layer: Option<&'l Attribute>,
    loss: Option<&'l Attribute>,
}

struct Check<'a> {
    network: &'a Ident,
    scalar: &'a Scalar,
    consts: &'a [Ident],
    flow: Flow,
    input: Option<Width>,
    stages: Vec<Stage>,
    /// How many stages there are of every name.
    counts: HashMap<String, usize>,
    loss: Option<Loss>,
    /// Whether no layer or loss follows the element that is checked.
    at_last_name: bool,
    /// The element behind the one that is checked.
    next: Option<&'a ast::Link>,
    /// Whether the name of the loss is a part of a mistake that has been reported.
    excused_loss: bool,
    assertions: Vec<Assertion>,
    errors: &'a mut Errors,
}

/// The activation that stands last.
#[derive(Clone, Copy)]
pub struct Last {
    pub name: &'static str,
    pub span: Span,
}

impl<'a> Check<'a> {
    fn link(&mut self, position: usize, link: &ast::Link, is_width: bool) {
        let marks = self.marks(&link.attrs);
        match &link.kind {
            LinkKind::Number(literal) => {
                self.no_marks_on_width(&marks);
                if let Some(width) = self.number(literal) {
                    self.width(position, width);
                } else if position > 0 {
                    self.poison();
                }
            }
            LinkKind::Wrong => self.poison(),
            LinkKind::Name(path, None) if is_width => {
                self.no_marks_on_width(&marks);
                let width = match path.get_ident() {
                    Some(name) if self.consts.contains(name) => Width::Parameter(path.clone()),
                    Some(name) if self.scalar.generic && *name == self.scalar.name => {
                        self.errors.add(errors::scalar_as_width(name));
                        Width::Number(1, name.span())
                    }
                    _ => Width::Constant(path.clone()),
                };
                self.width(position, width);
            }
            LinkKind::Name(path, arguments) => {
                if let Some(name) = path.get_ident().filter(|_| marks.layer.is_none() && marks.loss.is_none())
                    && widths::is_variable(name)
                    && arguments.is_none()
                {
                    self.errors.add(errors::run_time_width(name));
                    return self.poison();
                }
                if position == 0 {
                    let is_input = path.get_ident().is_some_and(|name| missing::is_input(&name.to_string()));
                    let width = arguments.as_ref().filter(|_| is_input).and_then(widths::among);
                    self.errors.add(errors::no_input(path, width.map(|(width, _)| width)));
                    if is_input {
                        return;
                    }
                }
                self.layer(path, arguments.as_ref(), marks);
            }
        }
    }

    /// The attributes before an element.
    fn marks<'l>(&mut self, attrs: &'l [Attribute]) -> Marks<'l> {
        let mut marks = Marks::default();
        for attr in attrs {
            let known = match attr.meta.require_path_only() {
                Ok(path) if path.is_ident("frozen") => Some(&mut marks.frozen),
                Ok(path) if path.is_ident("layer") => Some(&mut marks.layer),
                Ok(path) if path.is_ident("loss") => Some(&mut marks.loss),
                _ => None,
            };
            match known.map(|mark| mark.replace(attr)) {
                None => self.errors.add(errors::unknown_attribute(attr)),
                Some(None) => {}
                Some(Some(_)) => self.errors.add(errors::marked_twice(attr)),
            }
        }
        marks
    }

    fn no_marks_on_width(&mut self, marks: &Marks<'_>) {
        for attr in [marks.frozen, marks.layer, marks.loss].into_iter().flatten() {
            self.errors.add(errors::marked_width(attr));
        }
    }

    fn number(&mut self, literal: &LitInt) -> Option<Width> {
        if !literal.suffix().is_empty() {
            self.errors.add(errors::suffix_on_width(literal));
        } else {
            match literal.base10_parse::<u32>() {
                Ok(0) => self.errors.add(errors::zero_width(literal)),
                Ok(width) => return Some(Width::Number(width as usize, literal.span())),
                Err(_) => self.errors.add(errors::huge_width(literal)),
            }
        }
        None
    }

    fn poison(&mut self) {
        if let Flow::Open { stage, .. } = self.flow {
            // Closed with any width, so that the model is whole.
            self.close(stage, Width::Number(1, Span::call_site()));
        }
        self.flow = Flow::Poisoned;
    }

    /// A width that is written.
    fn width(&mut self, position: usize, width: Width) {
        match self.flow.clone() {
            Flow::Known(flows) => self.assert_same(&flows, &width),
            Flow::Open { stage, .. } | Flow::Assumed { stage, .. } => {
                self.close(stage, width.clone());
                self.flow = Flow::Known(width);
            }
            Flow::Poisoned => {
                if position == 0 {
                    self.input = Some(width.clone());
                }
                self.flow = Flow::Known(width);
            }
        }
    }

    fn assert_same(&mut self, flows: &Width, written: &Width) {
        match flows.same(written) {
            Some(true) => {}
            Some(false) => {
                let by = self.stages.last().map(|stage| &stage.layer);
                self.errors.add(errors::other_width(flows, written, by, self.loss.is_some()));
            }
            None => self.assertions.push(Assertion { flows: flows.clone(), written: written.clone() }),
        }
    }

    /// Gives the Affine at `stage` its output, and the layers after it, which keep it.
    fn close(&mut self, stage: usize, width: Width) {
        for (index, later) in self.stages.iter_mut().enumerate().skip(stage) {
            if index > stage {
                later.input = width.clone();
            }
            later.output = width.clone();
        }
    }

    /// The width that flows into a layer; while it is open, any, to be closed later.
    fn flowing(&self) -> Width {
        match &self.flow {
            Flow::Known(width) | Flow::Assumed { width, .. } => width.clone(),
            Flow::Open { .. } | Flow::Poisoned => {
                self.stages.last().map_or(Width::Number(1, Span::call_site()), |stage| stage.output.clone())
            }
        }
    }

    fn layer(&mut self, path: &Path, arguments: Option<&Arguments>, marks: Marks<'_>) {
        if let Some(loss) = &self.loss {
            self.errors.add(errors::after_loss(path, &loss.name));
            return;
        }
        if let (Some(_), Some(attr)) = (marks.layer, marks.loss) {
            self.errors.add(errors::layer_and_loss(attr));
        }
        let frozen = marks.frozen;
        if let Some((name, generics)) = widths::in_angle_brackets(path)
            && marks.layer.is_none()
            && marks.loss.is_none()
            && let Some(entry) = catalog::by_name(&name.to_string())
        {
            self.errors.add(errors::generics_of_layer(name, generics, entry));
            return self.known(&Ident::new(entry.name, name.span()), entry, None, None, true);
        }
        if let Some(entry) = widths::function_of_layer(path)
            && marks.layer.is_none()
            && marks.loss.is_none()
        {
            let width = arguments.and_then(widths::among).map(|(width, _)| width);
            self.errors.add(errors::function_of_layer(path, entry, width));
            return self.known(&Ident::new(entry.name, path.span()), entry, None, None, true);
        }
        let Some(name) = path.get_ident().filter(|_| marks.layer.is_none()) else {
            return self.other(path, arguments, marks);
        };
        let written = name.to_string();
        if let Some(entry) = catalog::find(&written) {
            if let (Some(attr), true) = (marks.loss, !matches!(entry.kind, Kind::Loss(_))) {
                self.errors.add(errors::not_a_loss(attr, name));
            }
            self.known(name, entry, arguments, frozen, false);
        } else if marks.loss.is_some() {
            self.other(path, arguments, marks);
        } else if let Some(missing) = missing::find(&written) {
            self.missing(name, missing);
        } else if name == self.network {
            self.errors.add(errors::network_in_itself(path, name));
            self.poison();
        } else if let Some(meant) = catalog::suggest(&written) {
            self.suggested(name, meant, arguments);
        } else {
            self.other(path, arguments, marks);
        }
    }

    /// A name for which another stands in the catalog. Its arguments may be other ones too; that is not said before the
    /// name is right.
    fn suggested(&mut self, name: &Ident, meant: &'static Entry, arguments: Option<&Arguments>) {
        let held = match meant.kind {
            Kind::Loss(Takes::Logits { holds }) => self.last_activation().filter(|last| last.name == holds),
            _ => None,
        };
        let width = arguments.filter(|_| meant.kind == Kind::Affine).and_then(widths::among);
        if !std::mem::take(&mut self.excused_loss) {
            self.errors.add(errors::unknown_name(name, meant, held, width.map(|(width, _)| width)));
        }
        self.known(&Ident::new(meant.name, name.span()), meant, None, None, true);
    }

    /// A layer or loss that others have.
    fn missing(&mut self, name: &Ident, missing: &'static Missing) {
        if missing.names.contains(&"logsoftmax")
            && let Some(loss) = self.next_loss()
        {
            // What others write in two is one loss here; the second name is no mistake of its own.
            self.errors.add(errors::two_for_one_loss(name, loss));
            self.excused_loss = true;
            return;
        }
        self.errors.add(errors::missing(name, missing));
        match missing.kind {
            missing::Kind::Keeps => {}
            missing::Kind::Changes => self.poison(),
            missing::Kind::Loss => {
                self.loss = Some(Loss {
                    name: name.to_string(),
                    ty: TokenStream::new(),
                    value: TokenStream::new(),
                    is_choice: false,
                    is_own: false,
                    span: name.span(),
                });
            }
        }
    }

    /// The loss that the next element means by the name that others have for it.
    fn next_loss(&self) -> Option<&'a Ident> {
        let LinkKind::Name(path, _) = &self.next?.kind else { return None };
        let name = path.get_ident()?;
        let entry = catalog::by_name(&name.to_string())?;
        matches!(entry.kind, Kind::Loss(Takes::Logits { .. })).then_some(name)
    }

    /// A layer or loss of the catalog.
    fn known(
        &mut self,
        name: &Ident,
        entry: &'static Entry,
        arguments: Option<&Arguments>,
        frozen: Option<&Attribute>,
        excused: bool,
    ) {
        let excused = excused || self.width_as_argument(name, entry, arguments);
        let values = if excused { defaults(entry) } else { self.arguments(name, entry, arguments) };
        if let (Some(attr), false) = (frozen, entry.kind == Kind::Affine) {
            self.errors.add(errors::nothing_to_freeze(attr, name));
        }
        match entry.kind {
            Kind::Affine => {
                self.close_before(name);
                let init = values.into_iter().next().flatten();
                let input = self.flowing();
                // Until the next width is written, its own input stands for its output.
                self.stage(name, Layer::Affine { init: init.unwrap_or_default() }, input.clone(), input, frozen);
                self.flow = Flow::Open { stage: self.stages.len() - 1, excused };
            }
            Kind::Activation { keeps_input, .. } => {
                let width = self.flowing();
                let numbers: Vec<_> = values.into_iter().flatten().collect();
                let value = self.expression(&format_ident!("layers"), name, &numbers);
                let layer = Layer::Activation { entry, keeps_input, value, numbers };
                self.stage(name, layer, width.clone(), width, None);
            }
            Kind::Loss(takes) => {
                if !excused {
                    self.before_loss(name, takes);
                }
                let has_arguments = !entry.arguments.is_empty();
                let numbers: Vec<_> = values.into_iter().flatten().collect();
                let value = self.expression(&format_ident!("loss"), name, &numbers);
                let scalar = &self.scalar.name;
                let generics = has_arguments.then(|| quote!(<#scalar>));
                let ty = quote!(::chainrule::loss::#name #generics);
                self.loss = Some(Loss {
                    name: name.to_string(),
                    ty,
                    value,
                    is_choice: entry.name == "SoftmaxLoss",
                    is_own: false,
                    span: name.span(),
                });
            }
        }
    }

    /// What the last layer leaves for the loss: see [`Takes`].
    fn before_loss(&mut self, loss: &Ident, takes: Takes) {
        let Some(last) = self.last_activation() else { return };
        let error = match takes {
            Takes::Logits { holds } => errors::before_logits(last.span, last.name, loss, holds),
            Takes::Values if last.name == "Softmax" => errors::probabilities_before_values(last.span, loss),
            Takes::Values => return,
        };
        self.errors.add(error);
    }

    /// The activation that stands last.
    fn last_activation(&self) -> Option<Last> {
        let stage = self.stages.last()?;
        let Layer::Activation { entry, .. } = &stage.layer else { return None };
        Some(Last { name: entry.name, span: stage.name.span() })
    }

    /// A layer of the user's own, a network, or, marked as one, a loss.
    fn other(&mut self, path: &Path, arguments: Option<&Arguments>, marks: Marks<'_>) {
        let Some(last) = path.segments.last() else { return };
        if marks.loss.is_some() {
            return self.other_loss(path, &last.ident, arguments, marks.frozen);
        }
        let frozen = marks.frozen;
        if let (Flow::Open { excused: false, .. }, Some(width)) = (&self.flow, self.next_width()) {
            self.errors.add(errors::width_first(&last.ident, &width, self.at_last_name));
            self.poison();
        }
        self.close_before(&last.ident);
        let span = last.ident.span();
        if let (Some(attr), Some(_)) = (frozen, arguments) {
            self.errors.add(errors::arguments_have_no_gradient(attr, &last.ident));
        }
        let arguments = self.own_arguments(arguments);
        let width = self.flowing();
        let name = last.ident.clone();
        self.stage(&name, Layer::Other { path: path.clone(), arguments, span }, width.clone(), width.clone(), frozen);
        self.flow = Flow::Assumed { stage: self.stages.len() - 1, width };
    }

    /// The next element, if it can be a width.
    fn next_width(&self) -> Option<String> {
        match &self.next?.kind {
            LinkKind::Number(number) => Some(number.to_string()),
            LinkKind::Name(path, None) => {
                let name = path.get_ident().filter(|name| widths::is_in_capitals(name))?;
                Some(name.to_string())
            }
            _ => None,
        }
    }

    /// A loss of the user's own. Only its mark tells it from a layer, before whose width an Affine could not stand.
    fn other_loss(&mut self, path: &Path, name: &Ident, arguments: Option<&Arguments>, frozen: Option<&Attribute>) {
        if let Some(attr) = frozen {
            self.errors.add(errors::nothing_to_freeze(attr, name));
        }
        let arguments = self.own_arguments(arguments);
        let value = with_turbofish(path);
        let ty = quote!(#path);
        self.loss = Some(Loss {
            name: name.to_string(),
            ty,
            value: quote!(#value #arguments),
            is_choice: false,
            is_own: true,
            span: name.span(),
        });
    }

    /// The arguments of a layer or loss of the user's own, as they are.
    fn own_arguments(&mut self, arguments: Option<&Arguments>) -> Option<TokenStream> {
        let arguments = arguments?;
        let list = arguments.list.iter().map(|argument| {
            if let Some(name) = &argument.name {
                self.errors.add(errors::named_argument_elsewhere(name));
            }
            argument.value.to_token_stream()
        });
        Some(quote!((#(#list),*)))
    }

    /// A layer that must know its input cannot follow an Affine whose output is open.
    fn close_before(&mut self, next: &Ident) {
        self.width_missing(Some(next));
    }

    fn width_missing(&mut self, next: Option<&Ident>) {
        if let Flow::Open { stage, excused } = self.flow {
            if !excused {
                let affine = self.stages.get(stage).map(|stage| stage.name.span());
                let may_be_loss = self.at_last_name;
                self.errors.add(errors::width_missing(affine.unwrap_or_else(Span::call_site), next, may_be_loss));
            }
            self.poison();
        }
    }

    fn stage(&mut self, name: &Ident, layer: Layer, input: Width, output: Width, frozen: Option<&Attribute>) {
        let base = snake_case(&name.unraw().to_string());
        let count = self.counts.entry(base.clone()).or_insert(0);
        // `Gain1` may have been given the name of the eleventh `Gain`.
        let name = loop {
            *count += 1;
            let name = format_ident!("{base}{count}", span = name.span());
            if self.stages.iter().all(|stage| stage.name != name) {
                break name;
            }
        };
        self.stages.push(Stage { name, layer, frozen: frozen.is_some(), input, output });
    }

    fn end(&mut self, network: &ast::Network) {
        self.width_missing(None);
        if self.stages.is_empty() && self.errors.is_empty() {
            self.errors.add(errors::no_layer(&network.name));
        }
        if let (Some(Loss { is_choice: true, span, .. }), Flow::Known(Width::Number(1, _))) = (&self.loss, &self.flow) {
            self.errors.add(errors::choice_of_one(*span));
        }
        if self.errors.is_empty() {
            for name in self.consts.iter().filter(|name| !network.chain.iter().any(|link| link.names().contains(name)))
            {
                self.errors.add(errors::unused_parameter(name));
            }
        }
        self.init_by_what_follows();
    }

    /// Every Affine without an `init` of its own takes the one that the next activation wants.
    fn init_by_what_follows(&mut self) {
        let mut init = "XavierUniform";
        for stage in self.stages.iter_mut().rev() {
            match &mut stage.layer {
                Layer::Activation { entry, .. } => {
                    if let Kind::Activation { init: wanted, .. } = entry.kind {
                        init = wanted;
                    }
                }
                Layer::Affine { init: named } => {
                    if named.is_empty() {
                        let init = format_ident!("{init}");
                        *named = quote!(::chainrule::init::Init::#init);
                    }
                    init = "XavierUniform";
                }
                Layer::Other { .. } => init = "XavierUniform",
            }
        }
    }

    /// Whether the width that an Affine gives stands in its brackets, which is reported.
    fn width_as_argument(&mut self, layer: &Ident, entry: &Entry, given: Option<&Arguments>) -> bool {
        let Some((width, span)) = given.filter(|_| entry.kind == Kind::Affine).and_then(widths::among) else {
            return false;
        };
        self.errors.add(errors::width_as_argument(layer, &width, span));
        true
    }

    /// The values of a catalog layer's arguments in the order of its row; `None` for an initialisation that was
    /// not given.
    fn arguments(
        &mut self,
        layer: &Ident,
        entry: &'static Entry,
        given: Option<&Arguments>,
    ) -> Vec<Option<TokenStream>> {
        let mut slots: Vec<_> = defaults(entry).into_iter().map(|value| (false, value)).collect();
        let mut unknown = false;
        for (position, argument) in given.iter().flat_map(|given| &given.list).enumerate() {
            if let (Some(name), Some(colon)) = (&argument.name, &argument.colon) {
                self.errors.add(errors::colon_in_argument(argument, name, colon));
            }
            let index = match &argument.name {
                None => Some(position),
                Some(name) => entry.arguments.iter().position(|(known, _)| name == known),
            };
            match index.and_then(|index| slots.get_mut(index).zip(entry.arguments.get(index))) {
                None => {
                    unknown = true;
                    self.errors.add(errors::unknown_argument(layer, entry, argument));
                }
                Some(((true, _), _)) => self.errors.add(errors::argument_twice(argument)),
                Some(((seen, slot), (name, kind))) => {
                    *seen = true;
                    let value = match kind {
                        catalog::Argument::Init => self.init(&argument.value),
                        catalog::Argument::Number { minimum, included, .. } => {
                            self.number_argument(name, &argument.value, *minimum, *included)
                        }
                    };
                    // In error, the default stays.
                    if value.is_some() {
                        *slot = value;
                    }
                }
            }
        }
        for ((name, kind), (seen, _)) in entry.arguments.iter().zip(&slots) {
            if let catalog::Argument::Number { default: None, example, .. } = kind
                && !seen
                && !unknown
            {
                let span = given.map_or(layer.span(), |given| given.span);
                self.errors.add(errors::missing_argument(span, layer, name, example));
            }
        }
        slots.into_iter().map(|(_, value)| value).collect()
    }

    /// A number that is an argument, or the name of one.
    fn number_argument(&mut self, name: &str, value: &Expr, minimum: f64, included: bool) -> Option<TokenStream> {
        let value = widths::bare(value);
        let (negative, number) = match value {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => (true, widths::bare(&unary.expr)),
            _ => (false, value),
        };
        let parsed = match number {
            Expr::Lit(ExprLit { lit: Lit::Float(float), .. }) => float.base10_parse::<f64>().ok(),
            Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) => int.base10_parse::<u64>().ok().map(|int| int as f64),
            // A constant: the type system looks at it.
            Expr::Path(_) if !negative => return Some(value.to_token_stream()),
            _ => None,
        };
        let Some(parsed) = parsed.map(|parsed| if negative { -parsed } else { parsed }) else {
            self.errors.add(errors::not_a_number(name, value));
            return None;
        };
        if parsed < minimum || parsed == minimum && !included || !parsed.is_finite() {
            self.errors.add(errors::out_of_range(name, value, minimum, included));
            return None;
        }
        let mut literal = proc_macro2::Literal::f64_unsuffixed(parsed);
        literal.set_span(syn::spanned::Spanned::span(value));
        Some(quote!(#literal))
    }

    /// A layer or loss of the catalog as an expression: `::chainrule::layers::LeakyRelu(0.01)`.
    fn expression(&self, module: &Ident, name: &Ident, numbers: &[TokenStream]) -> TokenStream {
        let numbers = numbers.iter().map(|number| self.scalar.argument(number));
        let arguments = (numbers.len() > 0).then(|| quote!((#(#numbers),*)));
        quote!(::chainrule::#module::#name #arguments)
    }

    /// An initialisation: `HeNormal`, `Normal(0.01)`.
    fn init(&mut self, value: &Expr) -> Option<TokenStream> {
        let value = widths::bare(value);
        let (path, arguments) = match value {
            Expr::Path(path) => (path.path.get_ident(), Vec::new()),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => (path.path.get_ident(), call.args.iter().collect()),
                _ => (None, Vec::new()),
            },
            _ => (None, Vec::new()),
        };
        let Some(name) = path else {
            self.errors.add(errors::not_an_init(value));
            return None;
        };
        if !catalog::INITS.iter().any(|(known, _)| name == known) {
            self.errors.add(errors::unknown_init(name, catalog::suggest_init(&name.to_string())));
            return None;
        }
        let takes = usize::from(name == "Normal" || name == "Constant");
        if arguments.len() != takes {
            self.errors.add(errors::arguments_of_init(value, name, takes));
            return None;
        }
        let number = match arguments.first() {
            None => None,
            Some(argument) => {
                let minimum = if name == "Normal" { 0.0 } else { f64::MIN };
                let number = self.number_argument("the number", argument, minimum, true)?;
                let number = self.scalar.argument(&number);
                Some(quote!((#number)))
            }
        };
        Some(quote!(::chainrule::init::Init::#name #number))
    }
}

/// The values of a catalog layer's arguments where none are given; 1 for a number that has to be.
fn defaults(entry: &Entry) -> Vec<Option<TokenStream>> {
    let value = |kind: &catalog::Argument| match kind {
        catalog::Argument::Init => None,
        catalog::Argument::Number { default, .. } => {
            let literal = proc_macro2::Literal::f64_unsuffixed(default.unwrap_or(1.0));
            Some(quote!(#literal))
        }
    };
    entry.arguments.iter().map(|(_, kind)| value(kind)).collect()
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_uppercase() && before != '_' && !before.is_uppercase() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
        before = c;
    }
    snake
}
