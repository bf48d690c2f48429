//! Every message about a formula.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, Ident, Path};

use super::ast::Formula;
use super::operations::{self, Operation, Takes};
use crate::errors::{at, on};

// The head.

pub fn no_name(span: Span) -> Error {
    at(span, "the formula has no name", "write `Name(x) = …`")
}

pub fn keyword(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is a keyword of Rust"), "give it another name")
}

pub fn not_a_parameter(span: Span) -> Error {
    at(span, "a formula has only a scalar as its parameter", "write `<f64>`, or `<T>` to stay generic")
}

pub fn not_a_scalar(name: &Ident) -> Error {
    on(
        name,
        format_args!("a formula cannot compute with `{name}`"),
        "write `f32` or `f64`, or a name such as `T` to stay generic",
    )
}

pub fn no_scalar_here(name: &Ident, kind: &str) -> Error {
    on(name, format_args!("{kind} is for every scalar"), format_args!("remove `<{name}>`"))
}

pub fn no_inputs(name: &Ident, span: Span) -> Error {
    at(span, format_args!("`{name}` does not say what it is computed from"), format_args!("write `{name}(x) = …`"))
}

pub fn not_an_input(span: Span) -> Error {
    at(span, "expected the names of the inputs, separated by commas", "write `(x, y)`")
}

pub fn no_equals(name: &Ident, span: Span) -> Error {
    at(span, "expected `=` between the inputs and the formula", format_args!("write `{name}(x) = …`"))
}

pub fn no_formula(name: &Ident) -> Error {
    on(name, format_args!("`{name}` has no formula"), format_args!("write it behind a `=`: `{name}(x) = exp(x)`"))
}

// Between the values.

pub fn not_a_value(span: Span) -> Error {
    at(span, "expected a value", "write a name, a number, a function such as `exp(x)`, or an expression in brackets")
}

pub fn no_operator(found: TokenTree) -> Error {
    let written = found.to_string();
    let message = match found {
        TokenTree::Group(_) => "expected an operator before these brackets".to_owned(),
        _ => format!("expected an operator, found `{written}`"),
    };
    on(found, message, "write `+`, `-`, `*` or `/` between two values")
}

pub fn caret(span: Span) -> Error {
    at(span, "there is no operator for powers", "write `powi(x, 2)`, or `powf(x, y)`")
}

pub fn remainder(span: Span) -> Error {
    at(span, "there is no remainder in a formula: it has no derivative", "remove it")
}

pub fn method(method: &Ident) -> Error {
    let meant = operations::suggest(&method.to_string());
    let usage = meant.map_or_else(|| format!("{method}(x)"), usage);
    on(method, "a function is written before its value", format_args!("write `{usage}`"))
}

pub fn behind_formula(rest: TokenStream) -> Error {
    on(rest, "nothing can follow the formula", "remove it")
}

pub fn not_a_let(span: Span) -> Error {
    at(span, "expected a name and its value", "write `let price = apple * apples;`")
}

pub fn no_result(last: &Ident) -> Error {
    on(
        last,
        "the formula ends without a result",
        format_args!("write it behind the last `let`: `let {last} = …; {last} * 2`"),
    )
}

/// `f32` behind a number, or a name by which it is to be multiplied.
pub fn suffix(span: Span, digits: &str, suffix: &str) -> Error {
    let is_type = suffix == "f32" || crate::check::NO_SCALARS.contains(&suffix) || suffix == "f64";
    let help = if is_type { format!("write `{digits}`") } else { format!("write `{digits} * {suffix}`") };
    at(span, "a number in a formula has no suffix", help)
}

pub fn type_of_input(colon: Span, input: &Ident) -> Error {
    at(
        colon,
        format_args!("`{input}` needs no type: all inputs are of the scalar"),
        format_args!("write `{input}` alone"),
    )
}

pub fn condition(keyword: &Ident) -> Error {
    on(
        keyword,
        format_args!("there is no `{keyword}` in a formula"),
        "write `max(a, b)`, `min(a, b)`, `abs(x)` or `relu(x)`, which choose between values",
    )
}

/// `f32::exp(x)`
pub fn function_of_another_library(path: &Path) -> Error {
    let name = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    match operations::suggest(&name) {
        Some(function) => on(path, "a function stands without a path", format_args!("write `{}`", usage(function))),
        None => on(path, "a formula calls no functions of other libraries", functions()),
    }
}

pub fn second_formula(span: Span) -> Error {
    at(span, "a second formula begins here", "write it in a macro of its own")
}

pub fn derived_already(derived: &Path) -> Error {
    let name = derived.to_token_stream().to_string();
    on(derived, format_args!("what a formula becomes is `{name}` as it stands"), "remove it")
}

pub fn huge_number(span: Span) -> Error {
    at(span, "this number is too large", "write a finite number")
}

// Names.

pub fn unknown_name(path: &Path, meant: Option<&str>, formula: &Formula) -> Error {
    let name = path.to_token_stream().to_string().replace(' ', "");
    let message = format!("there is no `{name}` in this formula");
    match meant {
        Some(meant) => on(path, message, format_args!("write `{meant}`")),
        None => match formula.kind {
            Some(kind) => on(
                path,
                message,
                format_args!(
                    "{kind} has no parameters: write a number, or a constant such as `const {}: f64 = 1.5;`",
                    constant(&name)
                ),
            ),
            None => {
                let inputs: Vec<_> = formula.inputs.iter().map(ToString::to_string).collect();
                on(path, message, format_args!("add it to the inputs: `({}, {name})`", inputs.join(", ")))
            }
        },
    }
}

/// A name as a constant can have it: a single letter would be taken for a variable.
fn constant(name: &str) -> String {
    let name = name.rsplit("::").next().unwrap_or(name).to_uppercase();
    if name.chars().count() > 1 { name } else { format!("{name}{name}") }
}

pub fn function_as_value(name: &Path, function: &Operation) -> Error {
    let usage = usage(function);
    on(name, format_args!("`{}` is a function", function.name), format_args!("write `{usage}`"))
}

pub fn unused_input(name: &Ident) -> Error {
    on(name, format_args!("the input `{name}` is not used"), "use it, or remove it")
}

pub fn unused_let(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is not used"), "use it, or remove its `let`")
}

pub fn declared_twice(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is declared twice"), "give one of them another name")
}

pub fn another_name(name: &Ident, of: &Ident) -> Error {
    on(name, format_args!("`{name}` is only another name for `{of}`"), format_args!("use `{of}`"))
}

// Functions.

fn usage(function: &Operation) -> String {
    match function.takes {
        Takes::One => format!("{}(x)", function.name),
        _ => function.usage().to_owned(),
    }
}

pub fn unknown_function(name: &Ident, meant: Option<&Operation>) -> Error {
    let message = format!("there is no function `{name}`");
    match meant {
        Some(meant) => on(name, message, format_args!("write `{}`", usage(meant))),
        None => on(name, message, functions()),
    }
}

fn functions() -> String {
    let names = operations::OPERATIONS.iter().filter(|row| !matches!(row.takes, Takes::Sign(_)));
    let names: Vec<_> = names.map(|row| row.name).collect();
    format!("the functions are {}", names.join(", "))
}

pub fn value_as_function(name: &Ident) -> Error {
    on(name, format_args!("`{name}` is a value, not a function"), format_args!("write `{name} * (…)` to multiply"))
}

pub fn arguments(function: &Operation, span: Span, found: usize) -> Error {
    let wanted = if function.arity() == 1 { "one argument" } else { "two arguments" };
    at(
        span,
        format_args!("`{}` takes {wanted}, not {found}", function.name),
        format_args!("write `{}`", usage(function)),
    )
}

pub fn not_a_whole_number(span: Span) -> Error {
    at(span, "`powi` takes a whole number as its exponent", "write `powi(x, 2)`, or `powf(x, y)` for other exponents")
}

// Results.

pub fn tuple_inside(span: Span) -> Error {
    at(span, "this is no value: it has commas", "only the result of a formula can be several values: `(price, total)`")
}

pub fn unnamed_output(span: Span) -> Error {
    at(span, "one of several outputs needs a name", "name it first: `let total = …;`, then write `total`")
}

pub fn constant_output(span: Span) -> Error {
    at(span, "this result is computed from nothing", "compute it from the inputs")
}

pub fn several_outputs(span: Span, kind: &str) -> Error {
    at(span, format_args!("{kind} has one result"), "write one value")
}

pub fn other_inputs(name: &Ident, kind: &str, wanted: &str, example: &str) -> Error {
    on(name, format_args!("{kind} is computed from {wanted}"), format_args!("write `{name}({example}) = …`"))
}
