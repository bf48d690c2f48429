//! Checks a chain and resolves its shapes. Every mistake is reported on its own token and then repaired, so
//! that the rest of the chain is checked as if it had not been made.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitInt, Path, UnOp};

use crate::ast::{self, Arguments, LinkKind};
use crate::budget;
use crate::catalog::{self, Entry, Kind};
use crate::errors::{self, Errors};
use crate::model::{Assertion, Layer, Loss, Model, Scalar, Stage, with_turbofish};
use crate::shape::{Flow, Width};

/// The model of a network; a repaired one if there were errors.
pub fn network(network: &ast::Network, errors: &mut Errors) -> Model {
    let (attrs, budget) = budget::take(network, errors);
    let scalar = scalar(network, errors);
    let consts = consts(network, errors);
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
        assertions: Vec::new(),
        errors,
    };
    let is_named = |link: &ast::Link| matches!(&link.kind, LinkKind::Name(path, _) if !check.is_width(path));
    let last_name = network.chain.iter().rposition(is_named);
    for (position, link) in network.chain.iter().enumerate() {
        check.at_last_name = Some(position) == last_name;
        check.link(position, link);
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
        attrs,
        vis: network.vis.clone(),
        name: network.name.clone(),
        scalar,
        consts,
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
    assertions: Vec<Assertion>,
    errors: &'a mut Errors,
}

impl Check<'_> {
    fn link(&mut self, position: usize, link: &ast::Link) {
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
            LinkKind::Name(path, None) if self.is_width(path) => {
                self.no_marks_on_width(&marks);
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
        if let Some(attr) = marks.frozen {
            self.errors.add(errors::frozen_width(attr));
        }
        if let Some(attr) = marks.loss {
            self.errors.add(errors::loss_width(attr));
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
            && match path.get_ident() {
                Some(name) if self.consts.contains(name) => true,
                Some(_) => screams && catalog::suggest(&name).is_none(),
                None => screams,
            }
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
        let frozen = marks.frozen;
        let Some(name) = path.get_ident() else {
            return self.other(path, arguments, marks);
        };
        if let Some(entry) = catalog::find(&name.to_string()) {
            if let (Some(attr), true) = (marks.loss, entry.kind != Kind::Loss) {
                self.errors.add(errors::not_a_loss(attr, name));
            }
            self.known(name, entry, arguments, frozen, false);
        } else if let Some(meant) = catalog::suggest(&name.to_string()) {
            self.errors.add(errors::unknown_layer(name, meant.name));
            // Its arguments may be other ones too; that is not said before the name is right.
            self.known(&Ident::new(meant.name, name.span()), meant, None, None, true);
        } else if name == self.network {
            self.errors.add(errors::network_in_itself(path, name));
            self.poison();
        } else {
            self.other(path, arguments, marks);
        }
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
            Kind::Loss => {
                if self.stages.last().is_some_and(|stage| stage.is_softmax()) && name == "SoftmaxLoss" {
                    self.errors.add(errors::softmax_twice(name));
                }
                let has_arguments = !entry.arguments.is_empty();
                let numbers: Vec<_> = values.into_iter().flatten().collect();
                let value = self.expression(&format_ident!("loss"), name, &numbers);
                let scalar = &self.scalar.name;
                let generics = has_arguments.then(|| quote!(<#scalar>));
                let ty = quote!(::chainrule::loss::#name #generics);
                self.loss = Some(Loss { name: name.to_string(), ty, value });
            }
        }
    }

    /// A layer of the user's own, a network, or, marked as one, a loss.
    fn other(&mut self, path: &Path, arguments: Option<&Arguments>, marks: Marks<'_>) {
        let Some(last) = path.segments.last() else { return };
        if marks.loss.is_some() {
            return self.other_loss(path, &last.ident, arguments, marks.frozen);
        }
        let frozen = marks.frozen;
        self.close_before(&last.ident);
        let span = last.ident.span();
        if let (Some(attr), Some(_)) = (frozen, arguments) {
            self.errors.add(errors::arguments_have_no_parameters(attr, &last.ident));
        }
        let arguments = self.own_arguments(arguments);
        let width = self.flowing();
        let name = last.ident.clone();
        self.stage(&name, Layer::Other { path: path.clone(), arguments, span }, width.clone(), width.clone(), frozen);
        self.flow = Flow::Assumed { stage: self.stages.len() - 1, width };
    }

    /// A loss of the user's own. Only its mark tells it from a layer, before whose width an Affine could not stand.
    fn other_loss(&mut self, path: &Path, name: &Ident, arguments: Option<&Arguments>, frozen: Option<&Attribute>) {
        if let Some(attr) = frozen {
            self.errors.add(errors::nothing_to_freeze(attr, name));
        }
        let arguments = self.own_arguments(arguments);
        let value = with_turbofish(path);
        self.loss = Some(Loss { name: name.to_string(), ty: quote!(#path), value: quote!(#value #arguments) });
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
        let base = snake_case(&name.to_string());
        let count = self.counts.entry(base.clone()).and_modify(|count| *count += 1).or_insert(1);
        let name = format_ident!("{base}{count}", span = name.span());
        self.stages.push(Stage { name, layer, frozen: frozen.is_some(), input, output });
    }

    fn end(&mut self, network: &ast::Network) {
        self.width_missing(None);
        if self.stages.is_empty() && self.errors.is_empty() {
            self.errors.add(errors::no_layer(&network.name));
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
        let Some([ast::Argument { name: None, value: Expr::Lit(ExprLit { lit: Lit::Int(width), .. }) }]) =
            given.map(|given| &*given.list)
        else {
            return false;
        };
        let is_width = entry.kind == Kind::Affine;
        if is_width {
            self.errors.add(errors::width_as_argument(layer, width));
        }
        is_width
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
        let (negative, number) = match value {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => (true, &*unary.expr),
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

impl Stage {
    fn is_softmax(&self) -> bool {
        matches!(&self.layer, Layer::Activation { entry, .. } if entry.name == "Softmax")
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
