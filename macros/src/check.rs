//! Checks a chain and resolves its shapes. Every mistake is reported on its own token and then repaired, so
//! that the rest of the chain is checked as if it had not been made.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, Path, UnOp};

use crate::ast::{self, Arguments, LinkKind};
use crate::catalog::{self, Entry, Kind};
use crate::errors::{self, Errors};
use crate::model::{Assertion, Layer, Loss, Model, Scalar, Stage};
use crate::shape::{Flow, Width};

/// The model of a network; a repaired one if there were errors.
pub fn network(network: &ast::Network, errors: &mut Errors) -> Model {
    let scalar = scalar(network);
    let mut check = Check {
        scalar: &scalar,
        consts: &network.consts,
        flow: Flow::Poisoned,
        input: None,
        stages: Vec::new(),
        counts: HashMap::new(),
        loss: None,
        assertions: Vec::new(),
        errors,
    };
    check_generics(network, check.errors);
    for (position, link) in network.chain.iter().enumerate() {
        check.link(position, link);
    }
    check.end(network);
    let Check { input, mut stages, loss, mut assertions, .. } = check;
    if !errors.is_empty() {
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
        attrs: network.attrs.clone(),
        vis: network.vis.clone(),
        name: network.name.clone(),
        scalar,
        consts: network.consts.clone(),
        input,
        output,
        stages,
        loss,
        assertions,
    }
}

fn scalar(network: &ast::Network) -> Scalar {
    let name = network.scalar.clone().unwrap_or_else(|| format_ident!("f32"));
    Scalar { generic: name != "f32" && name != "f64", name }
}

fn check_generics(network: &ast::Network, errors: &mut Errors) {
    let names = network.scalar.iter().chain(&network.consts);
    for (position, name) in names.clone().enumerate() {
        if names.clone().take(position).any(|other| other == name) {
            errors.add(errors::duplicate_parameter(name));
        }
    }
    if let Some(scalar) = &network.scalar {
        let written = scalar.to_string();
        if ["f16", "f128", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "isize", "bool"]
            .contains(&&*written)
        {
            errors.add(errors::not_a_scalar(scalar));
        }
    }
}

struct Check<'a> {
    scalar: &'a Scalar,
    consts: &'a [Ident],
    flow: Flow,
    input: Option<Width>,
    stages: Vec<Stage>,
    /// How many stages there are of every name.
    counts: HashMap<String, usize>,
    loss: Option<Loss>,
    assertions: Vec<Assertion>,
    errors: &'a mut Errors,
}

impl Check<'_> {
    fn link(&mut self, position: usize, link: &ast::Link) {
        let frozen = self.attributes(&link.attrs);
        match &link.kind {
            LinkKind::Number(literal) => {
                self.only_layers_freeze(frozen);
                if let Some(width) = self.number(literal) {
                    self.width(position, width);
                } else if position > 0 {
                    self.poison();
                }
            }
            LinkKind::Name(path, None) if self.is_width(path) => {
                self.only_layers_freeze(frozen);
                let width = if path.get_ident().is_some_and(|name| self.consts.contains(name)) {
                    Width::Parameter(path.clone())
                } else {
                    Width::Constant(path.clone())
                };
                self.width(position, width);
            }
            LinkKind::Name(path, arguments) => {
                if position == 0 {
                    self.errors.add(errors::no_input(path));
                }
                self.layer(path, arguments.as_ref(), frozen);
            }
        }
    }

    /// Whether `#[frozen]` is among the attributes, and where.
    fn attributes<'l>(&mut self, attrs: &'l [Attribute]) -> Option<&'l Attribute> {
        let mut frozen = None;
        for attr in attrs {
            if attr.path().is_ident("frozen") && matches!(attr.meta, syn::Meta::Path(_)) {
                frozen = Some(attr);
            } else {
                self.errors.add(errors::unknown_attribute(attr));
            }
        }
        frozen
    }

    fn only_layers_freeze(&mut self, frozen: Option<&Attribute>) {
        if let Some(attr) = frozen {
            self.errors.add(errors::frozen_width(attr));
        }
    }

    fn number(&mut self, literal: &LitInt) -> Option<Width> {
        if literal.suffix().starts_with('x') {
            self.errors.add(errors::image_shape(literal));
        } else if !literal.suffix().is_empty() {
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

    fn is_width(&self, path: &Path) -> bool {
        let Some(last) = path.segments.last() else { return false };
        let name = last.ident.to_string();
        let screams = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        last.arguments.is_none()
            && (path.get_ident().is_some_and(|name| self.consts.contains(name))
                || screams && catalog::suggest(&name).is_none())
    }

    fn poison(&mut self) {
        if let Flow::Open { stage } = self.flow {
            // Closed with any width, so that the model is whole.
            self.close(stage, Width::Number(1, Span::call_site()));
        }
        self.flow = Flow::Poisoned;
    }

    /// A width that is written.
    fn width(&mut self, position: usize, width: Width) {
        match self.flow.clone() {
            Flow::Known(flows) => self.assert_same(&flows, &width),
            Flow::Open { stage } => {
                self.close(stage, width.clone());
                self.flow = Flow::Known(width);
            }
            Flow::Assumed(_) => {
                if let Some(stage) = self.stages.last_mut() {
                    stage.output = width.clone();
                }
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
            Flow::Known(width) | Flow::Assumed(width) => width.clone(),
            Flow::Open { .. } | Flow::Poisoned => {
                self.stages.last().map_or(Width::Number(1, Span::call_site()), |stage| stage.output.clone())
            }
        }
    }

    fn layer(&mut self, path: &Path, arguments: Option<&Arguments>, frozen: Option<&Attribute>) {
        if let Some(loss) = &self.loss {
            self.errors.add(errors::after_loss(path, loss.entry.name));
            return;
        }
        let Some(name) = path.get_ident() else {
            return self.other(path, arguments, frozen);
        };
        if let Some(entry) = catalog::find(&name.to_string()) {
            self.known(name, entry, arguments, frozen);
        } else if let Some(meant) = catalog::suggest(&name.to_string()) {
            self.errors.add(errors::unknown_layer(name, meant));
            self.poison();
        } else {
            self.other(path, arguments, frozen);
        }
    }

    /// A layer or loss of the catalog.
    fn known(
        &mut self,
        name: &Ident,
        entry: &'static Entry,
        arguments: Option<&Arguments>,
        frozen: Option<&Attribute>,
    ) {
        let values = self.arguments(name, entry, arguments);
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
                self.flow = Flow::Open { stage: self.stages.len() - 1 };
            }
            Kind::Activation { keeps_input, .. } => {
                let width = self.flowing();
                let value = expression(&format_ident!("layers"), name, values);
                self.stage(name, Layer::Activation { entry, keeps_input, value }, width.clone(), width, None);
                if let Flow::Assumed(width) = &self.flow {
                    self.flow = Flow::Known(width.clone());
                }
            }
            Kind::Loss => {
                if self.stages.last().is_some_and(|stage| stage.is_softmax()) && name == "SoftmaxLoss" {
                    self.errors.add(errors::softmax_twice(name));
                }
                let has_arguments = !entry.arguments.is_empty();
                let value = expression(&format_ident!("loss"), name, values);
                self.loss = Some(Loss { entry, value, has_arguments, span: name.span() });
                if let Flow::Assumed(width) = &self.flow {
                    self.flow = Flow::Known(width.clone());
                }
            }
        }
    }

    /// A layer of the user's own, or a network.
    fn other(&mut self, path: &Path, arguments: Option<&Arguments>, frozen: Option<&Attribute>) {
        let Some(last) = path.segments.last() else { return };
        self.close_before(&last.ident);
        let span = last.ident.span();
        let arguments = arguments.map(|arguments| {
            let list = arguments.list.iter().map(|argument| {
                if let Some(name) = &argument.name {
                    self.errors.add(errors::named_argument_elsewhere(name));
                }
                argument.value.to_token_stream()
            });
            quote!((#(#list),*))
        });
        let width = self.flowing();
        let name = last.ident.clone();
        self.stage(&name, Layer::Other { path: path.clone(), arguments, span }, width.clone(), width.clone(), frozen);
        self.flow = Flow::Assumed(width);
    }

    /// A layer that must know its input cannot follow an Affine whose output is open.
    fn close_before(&mut self, next: &Ident) {
        if let Flow::Open { stage } = self.flow {
            let affine = self.stages.get(stage).map(|stage| stage.name.span());
            self.errors.add(errors::width_missing(affine.unwrap_or_else(Span::call_site), Some(next)));
            self.poison();
        }
    }

    fn stage(&mut self, name: &Ident, layer: Layer, input: Width, output: Width, frozen: Option<&Attribute>) {
        let base = snake_case(&name.to_string());
        let count = self.counts.entry(base.clone()).and_modify(|count| *count += 1).or_insert(1);
        let name = format_ident!("{base}{count}", span = name.span());
        self.stages.push(Stage { name, layer, frozen: frozen.is_some(), input, output });
    }

    fn end(&mut self, network: &ast::Network) {
        if let Flow::Open { stage } = self.flow {
            let affine = self.stages.get(stage).map(|stage| stage.name.span());
            self.errors.add(errors::width_missing(affine.unwrap_or_else(Span::call_site), None));
            self.poison();
        }
        if self.stages.is_empty() && self.errors.is_empty() {
            self.errors.add(errors::no_layer(network.chain.last().map(|_| &network.name)));
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

    /// The values of a catalog layer's arguments in the order of its row; `None` for one that has a default
    /// and was not given, or is in error.
    fn arguments(
        &mut self,
        layer: &Ident,
        entry: &'static Entry,
        given: Option<&Arguments>,
    ) -> Vec<Option<TokenStream>> {
        let mut values: Vec<Option<TokenStream>> = vec![None; entry.arguments.len()];
        let mut seen = vec![false; entry.arguments.len()];
        for (position, argument) in given.iter().flat_map(|given| &given.list).enumerate() {
            let index = match &argument.name {
                None => Some(position),
                Some(name) => entry.arguments.iter().position(|(known, _)| name == known),
            };
            match index.and_then(|index| entry.arguments.get(index).map(|row| (index, row))) {
                None => self.errors.add(errors::unknown_argument(layer, entry, argument)),
                Some((index, _)) if seen[index] => self.errors.add(errors::argument_twice(argument)),
                Some((index, (name, kind))) => {
                    seen[index] = true;
                    values[index] = match kind {
                        catalog::Argument::Init => self.init(&argument.value),
                        catalog::Argument::Number { minimum, included, .. } => {
                            self.number_argument(name, &argument.value, *minimum, *included)
                        }
                    };
                }
            }
        }
        for (index, (name, kind)) in entry.arguments.iter().enumerate() {
            if let (catalog::Argument::Number { default, example, .. }, None) = (kind, &values[index]) {
                if default.is_none() && !seen[index] {
                    let span = given.map_or(layer.span(), |given| given.span);
                    self.errors.add(errors::missing_argument(span, layer, name, example));
                }
                let literal = proc_macro2::Literal::f64_unsuffixed(default.unwrap_or(1.0));
                values[index] = Some(self.scalar.number(&quote!(#literal)));
            }
        }
        values
    }

    /// A number that is an argument, as an expression of the network's scalar.
    fn number_argument(&mut self, name: &str, value: &Expr, minimum: f64, included: bool) -> Option<TokenStream> {
        let (negative, number) = match value {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => (true, &*unary.expr),
            _ => (false, value),
        };
        let parsed = match number {
            Expr::Lit(ExprLit { lit: Lit::Float(float), .. }) => float.base10_parse::<f64>().ok(),
            Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) => int.base10_parse::<u64>().ok().map(|int| int as f64),
            // A constant: the type system looks at it.
            Expr::Path(_) if !negative => return Some(self.scalar.number(&value.to_token_stream())),
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
        Some(self.scalar.number(&quote!(#literal)))
    }

    /// An initialisation: `HeNormal`, `Normal(0.01)`.
    fn init(&mut self, value: &Expr) -> Option<TokenStream> {
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
                Some(quote!((#number)))
            }
        };
        Some(quote!(::chainrule::init::Init::#name #number))
    }
}

impl Stage {
    fn is_softmax(&self) -> bool {
        matches!(&self.layer, Layer::Activation { entry, .. } if entry.name == "Softmax")
    }
}

/// A layer or loss as an expression: `::chainrule::layers::LeakyRelu(0.01)`.
fn expression(module: &Ident, name: &Ident, values: Vec<Option<TokenStream>>) -> TokenStream {
    let values: Vec<_> = values.into_iter().flatten().collect();
    let arguments = if values.is_empty() { None } else { Some(quote!((#(#values),*))) };
    quote!(::chainrule::#module::#name #arguments)
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
