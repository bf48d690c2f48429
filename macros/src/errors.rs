//! Every message that the macros can give, and their collection.
//!
//! A message says what is wrong on the token that is wrong; its help says what to write.

use std::fmt::{Display, Write};

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{AngleBracketedGenericArguments, Attribute, Error, Expr, Ident, LitInt, Path, Token, Type};

use crate::ast;
use crate::attributes::MARKS;
use crate::catalog::{self, Argument, Entry, Kind};
use crate::check::Last;
use crate::missing::{self, Missing};
use crate::model::Layer;
use crate::shape::Width;

/// The mistakes of one macro call, to be reported together.
#[derive(Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn add(&mut self, error: Error) {
        self.0.push(error);
    }

    /// The messages as `compile_error!`s, then what was expanded all the same.
    pub fn into_tokens(self, expansion: impl IntoIterator<Item = TokenStream>) -> TokenStream {
        let mut tokens: TokenStream = self.0.iter().map(Error::to_compile_error).collect();
        tokens.extend(expansion);
        tokens
    }
}

/// A message on tokens.
pub fn on(tokens: impl ToTokens, message: impl Display, help: impl Display) -> Error {
    Error::new_spanned(tokens, format_args!("{message}\n= help: {help}"))
}

/// A message at a place.
pub fn at(span: Span, message: impl Display, help: impl Display) -> Error {
    Error::new(span, format_args!("{message}\n= help: {help}"))
}

// The head of the network.

pub fn no_name(span: Span) -> Error {
    at(span, "the network has no name", "write `Name: 784 => Affine => …`")
}

pub fn keyword(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is a keyword of Rust"), "give the network another name, in CamelCase")
}

/// `kind` is what is declared, `instead` how.
pub fn keyword_before_name(keyword: &Ident, kind: &str, instead: &str) -> Error {
    on(keyword, format_args!("{kind} is declared without `{keyword}`"), format_args!("write `{instead}`"))
}

pub fn inner_attribute(span: Span) -> Error {
    at(span, "attributes and documentation stand before the network", "write `#[…]`, or `/// …` for documentation")
}

pub fn no_colon(name: &Ident, span: Span) -> Error {
    at(
        span,
        "expected `:` between the network's name and its chain",
        format_args!("write `{name}: 784 => Affine => …`"),
    )
}

pub fn const_not_usize(of: Span) -> Error {
    at(of, "a const parameter of a network is a width", "write `usize`")
}

pub fn const_without_type(name: &Ident) -> Error {
    on(name, "a const parameter has a type", format_args!("write `const {name}: usize`"))
}

pub fn const_forgotten(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is a width, and so a const parameter"), format_args!("write `const {name}: usize`"))
}

pub fn default_of_parameter(equals: Span, name: &Ident) -> Error {
    at(
        equals,
        format_args!("the parameter `{name}` of a network has no default"),
        "remove it, and name the value where the network is used",
    )
}

pub fn where_clause(keyword: Token![where]) -> Error {
    on(
        keyword,
        "a network needs no `where`: its scalar is `Scalar` as it stands",
        "remove it, up to the `:` before the chain",
    )
}

pub fn unused_parameter(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is the width of nothing in the chain"), "write it in the chain, or remove it")
}

pub fn scalar_as_width(name: &Ident) -> Error {
    on(
        name,
        format_args!("`{name}` is the scalar of the network, not a width"),
        format_args!("declare it as one: `const {name}: usize`"),
    )
}

/// `next` begins with the second network.
pub fn second_network(next: ParseStream<'_>) -> Error {
    at(next.span(), "a second network begins here", "write it in a `network! { … }` of its own")
}

pub fn not_a_parameter(span: Span) -> Error {
    at(
        span,
        "a network has only a scalar and widths as parameters",
        "write `<f64>`, `<T>`, `<const N: usize>` or `<T, const N: usize>`",
    )
}

pub fn second_scalar(name: &Ident) -> Error {
    on(
        name,
        "a network has one scalar, named before its const parameters",
        format_args!("write `<{name}, const N: usize>`, or `const {name}: usize` if it is a width"),
    )
}

pub fn bound_on_scalar(name: &Ident, span: Span) -> Error {
    at(span, format_args!("`{name}` needs no bound: it is `Scalar` as it stands"), format_args!("write `<{name}>`"))
}

pub fn duplicate_parameter(name: &Ident) -> Error {
    on(name, format_args!("the parameter `{name}` is declared twice"), "give it another name")
}

pub fn not_a_scalar(name: &Ident) -> Error {
    on(
        name,
        format_args!("a network cannot compute with `{name}`"),
        "write `f32` or `f64`, or a name such as `T` to stay generic",
    )
}

// Between the elements of the chain.

pub fn empty_chain(name: &Ident) -> Error {
    on(
        name,
        format_args!("the chain of `{name}` is empty"),
        format_args!("start with the width of the input: `{name}: 784 => Affine => 10`"),
    )
}

pub fn no_layer(name: &Ident) -> Error {
    on(name, format_args!("the chain of `{name}` has no layer"), "write layers behind the input: `784 => Affine => 10`")
}

pub fn arrow_at_end(arrow: Token![=>]) -> Error {
    on(arrow, "the chain ends with `=>`", "write what comes next, or remove the `=>`")
}

pub fn not_an_arrow(wrong: TokenStream) -> Error {
    let written = written(&wrong);
    on(wrong, format_args!("expected `=>`, found `{written}`"), "the elements of a chain are joined by `=>`")
}

pub fn behind_chain(wrong: TokenStream) -> Error {
    let written = written(&wrong);
    on(wrong, format_args!("expected `=>` or the end of the chain, found `{written}`"), "remove it")
}

/// Tokens as they were probably written; what stands in brackets is left out.
fn written(tokens: &TokenStream) -> String {
    let one = |token| match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(…)".to_owned(),
            Delimiter::Bracket => "[…]".to_owned(),
            Delimiter::Brace => "{…}".to_owned(),
            Delimiter::None => group.to_string(),
        },
        token => token.to_string(),
    };
    tokens.clone().into_iter().map(one).collect()
}

pub fn missing_arrow(span: Span) -> Error {
    at(span, "expected `=>` before this", "the elements of a chain are joined by `=>`")
}

pub fn nothing_before_arrow(span: Span) -> Error {
    at(span, "there is nothing before this `=>`", "write a layer or a width, or remove the `=>`")
}

pub fn not_an_element(span: Span) -> Error {
    at(span, "expected a layer or a width", "write a layer such as `Affine`, or a width such as `784`")
}

// Widths.

pub fn not_a_width(wrong: TokenStream) -> Error {
    on(wrong, "a width is a positive whole number", "write how many values flow here, such as `784`, or a constant")
}

pub fn computed_width(start: Span, operator: &TokenStream) -> Error {
    let mut tokens = TokenStream::new();
    let mut first = proc_macro2::Literal::u8_unsuffixed(0);
    first.set_span(start);
    tokens.extend([TokenTree::from(first)]);
    tokens.extend(operator.clone());
    on(
        tokens,
        "a width in a chain is not computed",
        "write the result, or compute it in a constant: `const WIDTH: usize = 28 * 28;`",
    )
}

pub fn zero_width(literal: &LitInt) -> Error {
    on(literal, "a width of 0: no value would flow", "write how many values flow here, 1 or more")
}

pub fn huge_width(literal: &LitInt) -> Error {
    on(literal, "this width is too large", "write a number below 2³²")
}

pub fn suffix_on_width(literal: &LitInt) -> Error {
    on(literal, "a width has no suffix", format_args!("write `{}`", literal.base10_digits()))
}

pub fn image_shape(written: TokenStream, sizes: &[u64]) -> Error {
    let product = sizes.iter().try_fold(1u64, |product, size| product.checked_mul(*size));
    let help = product.map_or_else(String::new, |product| format!(": `{product}`"));
    on(written, "image shapes are not supported yet", format_args!("write how many values the image has{help}"))
}

pub fn brackets_around_width(written: TokenStream, width: &LitInt) -> Error {
    on(written, "a width stands without brackets", format_args!("write `{width}`"))
}

pub fn layer_in_quotes(written: TokenStream, meant: &str) -> Error {
    on(written, "a layer stands without quotes", format_args!("write `{meant}`"))
}

/// `Affine::new(784, 128)`
pub fn function_of_layer(path: &Path, entry: &Entry, width: Option<String>) -> Error {
    let name = entry.name;
    let help = match width {
        Some(width) if entry.kind == Kind::Affine => format!("write `{name} => {width}`"),
        _ => format!("write `{name}`"),
    };
    on(path, "a layer is written by its name alone", help)
}

pub fn run_time_width(name: &Ident) -> Error {
    let capitals = name.to_string().to_uppercase();
    on(
        name,
        format_args!("`{name}` is no width: widths are known while the program is compiled"),
        format_args!(
            "write a number, a constant such as `const {capitals}: usize = 16;`, or a const parameter of the network; \
             if it is a layer of your own, write `#[layer] {name}`"
        ),
    )
}

/// A layer of the user's own has to know its width, so it cannot stand where Relu may.
pub fn width_first(name: &Ident, width: &str, may_be_loss: bool) -> Error {
    let mut help = format!("write the width first: `Affine => {width} => {name}`");
    if may_be_loss {
        let _ = write!(help, "; if `{name}` is a loss, write `#[loss] {name}`");
    } else if let Some(known) = crate::catalog::same_function(name) {
        let _ = write!(help, "; or write `{known}`, which is the same function and may stand here");
    }
    on(name, format_args!("`{name}` stands between `Affine` and its width, where only layers of the table can"), help)
}

/// The width may stand in the brackets of what others begin with.
pub fn no_input(path: &Path, width: Option<String>) -> Error {
    let width = width.unwrap_or_else(|| "784".to_owned());
    on(
        path,
        "the chain does not say how many values go in",
        format_args!("start with the width of the input: `{width} => …`"),
    )
}

/// Behind a last name that the table does not know, a width may have been meant to be that of a loss.
pub fn width_missing(affine: Span, next: Option<&Ident>, may_be_loss: bool) -> Error {
    let message = match next {
        Some(next) => format!("`Affine` needs the width that it gives, before `{next}`"),
        None => "`Affine` needs the width that it gives".to_owned(),
    };
    let help = "write it behind the layer: `Affine => 50`";
    match next.filter(|next| may_be_loss && crate::catalog::find(&next.to_string()).is_none()) {
        Some(next) => at(affine, message, format_args!("{help}; if `{next}` is a loss, write `#[loss] {next}`")),
        None => at(affine, message, help),
    }
}

pub fn other_width(flows: &Width, written: &Width, by: Option<&Layer>, is_loss: bool) -> Error {
    let kept = match by {
        _ if is_loss => "the loss takes the logits as they are".to_owned(),
        Some(Layer::Activation { entry, .. }) => format!("`{}` keeps the width", entry.name),
        _ => "no layer stands between".to_owned(),
    };
    let message = format!("{flows} values flow here, not {written}: {kept}");
    let before = if is_loss { "the loss".to_owned() } else { format!("`{written}`") };
    let help = format!("write `{flows}`, or put `Affine` before {before}");
    let parameter = |width: &Width| matches!(width, Width::Parameter(_));
    if parameter(flows) || parameter(written) {
        let message = format!("`{flows}` values flow here, which need not be {written}: {kept}");
        return at(written.span(), message, help);
    }
    at(written.span(), message, help)
}

// Layers.

/// `held` is the activation before the name of a loss that holds it; `width` stands in the brackets of what is an Affine.
pub fn unknown_name(name: &Ident, meant: &Entry, held: Option<Last>, width: Option<String>) -> Error {
    let (kind, own) = match meant.kind {
        Kind::Loss(_) => ("loss", "#[loss]"),
        _ => ("layer", "#[layer]"),
    };
    let instead = match (held, width) {
        (Some(held), _) => format!("write `{}` alone, which holds the `{}`", meant.name, held.name),
        (_, Some(width)) => format!("write `{} => {width}`", meant.name),
        _ => format!("write `{}`", meant.name),
    };
    on(
        name,
        format_args!("there is no {kind} `{name}`"),
        format_args!("{instead}, or `{own} {name}` if the {kind} is your own"),
    )
}

pub fn missing(name: &Ident, missing: &Missing) -> Error {
    let (kind, own) = if missing.kind == missing::Kind::Loss { ("loss", "#[loss]") } else { ("layer", "#[layer]") };
    let mut help = missing.instead.replace("NAME", &name.to_string());
    if !missing.instead.contains(own) {
        let _ = write!(help, "; a {kind} of your own is written `{own} {name}`");
    }
    on(name, format_args!("there is no {kind} `{name}`"), help)
}

/// What others write as a logarithm and a loss of logarithms.
pub fn two_for_one_loss(name: &Ident, loss: &Ident) -> Error {
    if catalog::find(&loss.to_string()).is_some() {
        return on(name, format_args!("`{loss}` holds the `{name}`"), format_args!("remove `{name}`"));
    }
    on(name, format_args!("`{name}` and `{loss}` are one loss here"), "write `SoftmaxLoss` in place of both")
}

pub fn generics_of_layer(name: &Ident, generics: &AngleBracketedGenericArguments, entry: &Entry) -> Error {
    let help = match generics.args.last() {
        Some(width) if entry.kind == Kind::Affine => {
            format!("the width that it gives stands behind it: `Affine => {}`", width.to_token_stream())
        }
        _ => usage(entry),
    };
    on(generics, format_args!("`{name}` has no parameters in `<…>`"), help)
}

pub fn network_in_itself(path: &Path, name: &Ident) -> Error {
    on(path, format_args!("`{name}` cannot be a layer of itself"), "write the layers that are to stand here")
}

pub fn after_loss(path: &Path, loss: &str) -> Error {
    on(path, format_args!("nothing can follow `{loss}`: a loss ends the chain"), "put the layer before the loss")
}

/// An activation before a loss of logits.
pub fn before_logits(activation: Span, name: &str, loss: &Ident, holds: &str) -> Error {
    let message = if name == holds {
        format!("`{loss}` holds the {}, but `{name}` stands before it", holds.to_lowercase())
    } else {
        format!("`{loss}` takes logits, which are any numbers, but `{name}` stands before it")
    };
    let mut help = format!("remove `{name}`: the loss stands directly behind the last `Affine`");
    if name == "Softmax" && name != holds {
        help += "; for one class among several, write `SoftmaxLoss`";
    }
    at(activation, message, help)
}

pub fn probabilities_before_values(activation: Span, loss: &Ident) -> Error {
    at(
        activation,
        format_args!("`Softmax` leaves probabilities, but `{loss}` is a loss of values"),
        "write `SoftmaxLoss` in place of both; if their squares are meant, write them as a loss of your own: \
         `loss! { pub Brier(y, d) = powi(y - d, 2) }`",
    )
}

/// A softmax over one value.
pub fn choice_of_one(loss: Span) -> Error {
    at(
        loss,
        "`SoftmaxLoss` chooses among classes, but there is one: its probability is always 1",
        "write `SigmoidLoss => 1` for a yes or a no, or `SoftmaxLoss => 2` for two classes",
    )
}

// Attributes.

pub fn unknown_attribute(attr: &Attribute) -> Error {
    let path = attr.path();
    let name = path.to_token_stream().to_string();
    if path.is_ident("cfg") || path.is_ident("cfg_attr") {
        let help = format!("write the whole network twice, each with its `#[{name}(…)]` before it");
        return on(attr, format_args!("`#[{name}]` cannot take a layer out of a chain"), help);
    }
    if path.is_ident("doc") {
        return on(
            attr,
            "documentation stands before the network, not before a layer",
            "write it there, or as a comment: `// …`",
        );
    }
    on(attr, "a layer knows no such attribute", "only `#[frozen]`, `#[layer]` and `#[loss]` can stand before a layer")
}

pub fn marked_width(attr: &Attribute) -> Error {
    match mark(attr) {
        "frozen" => {
            on(attr, "`#[frozen]` stands before a width", "write it before the layer whose parameters are to stay")
        }
        mark => on(attr, format_args!("`#[{mark}]` stands before a width"), format_args!("write it before the {mark}")),
    }
}

pub fn layer_and_loss(attr: &Attribute) -> Error {
    on(attr, "this is marked as a layer already", "remove one of the two")
}

/// A mark before the network itself.
pub fn mark_on_network(attr: &Attribute) -> Error {
    let help = match mark(attr) {
        "frozen" => "write it before each `Affine` whose parameters are to stay: `#[frozen] Affine`".to_owned(),
        mark => format!("write it before the {mark}"),
    };
    on(attr, format_args!("`#[{}]` stands before the network", mark(attr)), help)
}

fn mark(attr: &Attribute) -> &'static str {
    MARKS.iter().find(|mark| attr.path().is_ident(mark)).unwrap_or(&"frozen")
}

pub fn repr_of_network(attr: &Attribute) -> Error {
    on(attr, "how a network lies in memory is fixed: it is `repr(C)`", "remove it")
}

pub fn not_derived(derived: &Path, instead: &str) -> Error {
    let name = derived.to_token_stream().to_string().replace(' ', "");
    on(derived, format_args!("a network cannot derive `{name}`"), instead)
}

pub fn marked_twice(attr: &Attribute) -> Error {
    match mark(attr) {
        "frozen" => on(attr, "the layer is frozen already", "remove one `#[frozen]`"),
        mark => on(attr, format_args!("this is marked as a {mark} already"), format_args!("remove one `#[{mark}]`")),
    }
}

pub fn not_a_loss(attr: &Attribute, layer: &Ident) -> Error {
    on(attr, format_args!("`{layer}` is a layer, not a loss"), "remove `#[loss]`")
}

/// A layer with arguments in the chain is made from them for every call and keeps no parameters.
pub fn arguments_have_no_gradient(attr: &Attribute, layer: &Ident) -> Error {
    on(attr, format_args!("`{layer}` has no parameters to freeze: it is made from its arguments"), "remove `#[frozen]`")
}

pub fn nothing_to_freeze(attr: &Attribute, layer: &Ident) -> Error {
    on(
        attr,
        format_args!("`{layer}` has no parameters to freeze"),
        "remove `#[frozen]`, or write it before an `Affine`",
    )
}

// Budgets.

pub fn not_a_budget(attr: &Attribute) -> Error {
    on(attr, "a budget names memories and their sizes", "write `#[budget(flash = 160 KiB, ram = 2 KiB)]`")
}

pub fn unknown_memory(name: &Ident) -> Error {
    on(name, format_args!("a budget knows no `{name}`"), "`flash` holds the parameters, `ram` the memory of inference")
}

pub fn memory_twice(name: &Ident) -> Error {
    on(name, format_args!("`{name}` has a budget already"), "remove one of them")
}

pub fn not_a_memory(span: Span) -> Error {
    at(span, "expected a memory and its size", "write `flash = 160 KiB`, `ram = 2 KiB`, or both, separated by a comma")
}

pub fn no_size(span: Span, memory: &Ident) -> Error {
    at(span, format_args!("expected `=` behind `{memory}`"), format_args!("write `{memory} = 160 KiB`"))
}

pub fn not_a_size(written: TokenStream) -> Error {
    let result = product(&written).map_or_else(String::new, |product| format!("the result, `{product}`, or "));
    let help = format!("write {result}a whole number and its unit: `160 KiB`, `1 MiB`, `20000` for bytes");
    on(written, "expected a number of bytes", help)
}

/// The result of `2 * 1024`.
fn product(written: &TokenStream) -> Option<u64> {
    let factors = Punctuated::<LitInt, Token![*]>::parse_separated_nonempty.parse2(written.clone()).ok()?;
    let mut factors = factors.iter().map(|factor| factor.base10_parse::<u64>().ok());
    factors.len().gt(&1).then_some(())?;
    factors.try_fold(1u64, |product, factor| product.checked_mul(factor?))
}

pub fn budget_of_generic(attr: &Attribute, name: &Ident) -> Error {
    on(
        attr,
        format_args!("how large `{name}` is depends on its parameters"),
        "set the budget on a network without parameters of its own",
    )
}

// Arguments.

/// How a layer is written with its arguments.
fn usage(entry: &Entry) -> String {
    let arguments: Vec<_> = entry
        .arguments
        .iter()
        .map(|(name, kind)| match kind {
            Argument::Init => format!("{name} = HeNormal"),
            Argument::Number { example, .. } => format!("{name} = {example}"),
        })
        .collect();
    match &*arguments {
        [] => format!("`{}` takes no argument", entry.name),
        _ => format!("write `{}({})`", entry.name, arguments.join(", ")),
    }
}

pub fn unknown_argument(layer: &Ident, entry: &Entry, argument: &ast::Argument) -> Error {
    let named = argument.name.as_ref().map(ToString::to_string);
    let usage = match named.as_deref() {
        Some("activation") => format!("an activation stands behind the layer: `{layer} => Relu`"),
        Some("bias" | "use_bias") if entry.kind == Kind::Affine => format!("remove it: `{layer}` always has a bias"),
        _ => usage(entry),
    };
    match &argument.name {
        Some(name) => on(name, format_args!("`{layer}` has no argument `{name}`"), usage),
        None => on(&argument.value, format_args!("`{layer}` does not take this argument"), usage),
    }
}

pub fn width_as_argument(layer: &Ident, width: &str, span: Span) -> Error {
    at(span, "a width is no argument: it stands behind the layer", format_args!("write `{layer} => {width}`"))
}

pub fn not_an_argument(span: Span) -> Error {
    at(
        span,
        "expected arguments, separated by commas",
        "write each as its value, or as its name and its value: `0.5`, `delta = 0.5`",
    )
}

pub fn colon_in_argument(argument: &ast::Argument, name: &Ident, colon: &Token![:]) -> Error {
    let value = argument.value.to_token_stream();
    on(colon, "expected `=` behind the argument's name, found `:`", format_args!("write `{name} = {value}`"))
}

pub fn argument_twice(argument: &ast::Argument) -> Error {
    match &argument.name {
        Some(name) => on(name, format_args!("the argument `{name}` is given twice"), "remove one of them"),
        None => on(&argument.value, "this argument is given twice", "remove one of them"),
    }
}

pub fn missing_argument(span: Span, layer: &Ident, name: &str, example: &str) -> Error {
    at(span, format_args!("`{layer}` needs its argument `{name}`"), format_args!("write `{layer}({example})`"))
}

pub fn named_argument_elsewhere(name: &Ident) -> Error {
    on(name, "the arguments of a layer of your own have no names here", "write the value alone")
}

pub fn not_a_number(name: &str, value: &Expr) -> Error {
    on(value, format_args!("`{name}` is a number"), "write a number such as `0.5`, or a constant")
}

pub fn out_of_range(name: &str, value: &Expr, minimum: f64, included: bool) -> Error {
    let range = if included { format!("{minimum} or more") } else { format!("above {minimum}") };
    on(value, format_args!("`{name}` must be {range}"), format_args!("write a finite number {range}"))
}

pub fn not_an_init(value: &Expr) -> Error {
    on(value, "this is no initialisation", "write one such as `HeNormal` or `XavierUniform`")
}

pub fn unknown_init(name: &Ident, meant: Option<&str>) -> Error {
    let message = format!("there is no initialisation `{name}`");
    match meant {
        Some(meant) => on(name, message, format_args!("write `{meant}`")),
        None => on(
            name,
            message,
            "there are HeNormal, HeUniform, XavierNormal, XavierUniform, Normal(deviation) and Constant(weight)",
        ),
    }
}

pub fn arguments_of_init(value: &Expr, name: &Ident, takes: usize) -> Error {
    let help = if takes == 0 { format!("write `{name}`") } else { format!("write `{name}(0.01)`") };
    on(value, format_args!("`{name}` takes {}", if takes == 0 { "no argument" } else { "one number" }), help)
}

pub fn name_in_init(init: &Ident, name: &Ident, value: &TokenStream) -> Error {
    on(name, format_args!("the number of `{init}` has no name"), format_args!("write `{init}({value})`"))
}

// `#[derive(Params)]`.

pub fn params_of_enum(name: &Ident) -> Error {
    on(name, "parameters are a struct", "write `struct` with vectors, matrices and arrays as its fields")
}

pub fn params_by_macro(ty: &Type) -> Error {
    on(ty, "what a macro makes of this is not known", "write the type itself, such as `SVector<f32, 3>`")
}

pub fn params_not_repr_c(name: &Ident) -> Error {
    on(
        name,
        format_args!("the fields of `{name}` have no fixed order in memory"),
        "write `#[repr(C)]` above the struct",
    )
}

pub fn params_of_another_alignment(name: &Ident, word: &Path) -> Error {
    on(word, format_args!("this would move the parameters of `{name}` in memory"), "write `#[repr(C)]` alone")
}
