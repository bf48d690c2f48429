//! Every message that the macros can give, and their collection.
//!
//! A message says what is wrong on the token that is wrong; its help says what to write.

use std::fmt::Display;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Error, Expr, Ident, LitInt, Path, Token, Type};

use crate::ast;
use crate::catalog::{Argument, Entry};
use crate::model::Layer;
use crate::shape::Width;

/// The mistakes of one macro call, to be reported together.
#[derive(Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn add(&mut self, error: Error) {
        self.0.push(error);
    }

    /// The messages as `compile_error!`s, then what was expanded all the same.
    pub fn into_tokens(self, expansion: Option<TokenStream>) -> TokenStream {
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

pub fn struct_before_name(keyword: Token![struct]) -> Error {
    on(keyword, "a network is declared without `struct`", "write `Name: 784 => Affine => …`")
}

pub fn no_colon(name: &Ident, span: Span) -> Error {
    at(
        span,
        "expected `:` between the network's name and its chain",
        format_args!("write `{name}: 784 => Affine => …`"),
    )
}

pub fn const_not_usize(of: &Ident) -> Error {
    on(of, "a const parameter of a network is a width", "write `usize`")
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

pub fn image_shape(literal: &LitInt) -> Error {
    let shape = literal.to_string();
    let product: Option<u64> = shape.split('x').map(|n| n.parse::<u64>().ok()).product();
    let help = product.map_or_else(String::new, |n| format!(": `{n}`"));
    on(literal, "image shapes are not supported yet", format_args!("write how many values the image has{help}"))
}

pub fn no_input(path: &Path) -> Error {
    on(path, "the chain does not say how many values go in", "start with the width of the input: `784 => …`")
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

pub fn unknown_layer(name: &Ident, meant: &str) -> Error {
    on(
        name,
        format_args!("there is no layer `{name}`"),
        format_args!("write `{meant}`, or `self::{name}` if the layer is your own"),
    )
}

pub fn network_in_itself(path: &Path, name: &Ident) -> Error {
    on(path, format_args!("`{name}` cannot be a layer of itself"), "write the layers that are to stand here")
}

pub fn after_loss(path: &Path, loss: &str) -> Error {
    on(path, format_args!("nothing can follow `{loss}`: a loss ends the chain"), "put the layer before the loss")
}

pub fn softmax_twice(loss: &Ident) -> Error {
    on(loss, "`SoftmaxLoss` holds the softmax, but `Softmax` stands before it", "remove `Softmax`")
}

// Attributes.

pub fn unknown_attribute(attr: &Attribute) -> Error {
    on(attr, "a layer knows no such attribute", "only `#[frozen]` and `#[loss]` can stand before a layer")
}

pub fn frozen_width(attr: &Attribute) -> Error {
    on(attr, "`#[frozen]` stands before a width", "write it before the layer whose parameters are to stay")
}

pub fn loss_width(attr: &Attribute) -> Error {
    on(attr, "`#[loss]` stands before a width", "write it before the loss")
}

pub fn marked_twice(attr: &Attribute) -> Error {
    if attr.path().is_ident("loss") {
        return on(attr, "this is marked as a loss already", "remove one `#[loss]`");
    }
    on(attr, "the layer is frozen already", "remove one `#[frozen]`")
}

pub fn not_a_loss(attr: &Attribute, layer: &Ident) -> Error {
    on(attr, format_args!("`{layer}` is a layer, not a loss"), "remove `#[loss]`")
}

/// A layer with arguments in the chain is made from them for every call and keeps no parameters.
pub fn arguments_have_no_parameters(attr: &Attribute, layer: &Ident) -> Error {
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

pub fn not_a_size(span: Span) -> Error {
    at(span, "expected a number of bytes", "write a whole number and its unit: `160 KiB`, `1 MiB`, `20000` for bytes")
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
    let usage = usage(entry);
    match &argument.name {
        Some(name) => on(name, format_args!("`{layer}` has no argument `{name}`"), usage),
        None => on(&argument.value, format_args!("`{layer}` does not take this argument"), usage),
    }
}

pub fn width_as_argument(layer: &Ident, width: &LitInt) -> Error {
    on(
        width,
        "a width is no argument: it stands behind the layer",
        format_args!("write `{layer} => {}`", width.base10_digits()),
    )
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
