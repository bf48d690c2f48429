//! Checks a formula and lists its nodes. Every mistake is reported on its own token and then repaired, so that
//! the rest is checked as if it had not been made.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use quote::{ToTokens, format_ident};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Ident, Path, Token};

use super::ast::{Expr, Formula};
use super::errors;
use super::model::{Computed, Model, Node, Value};
use super::operations::{self, Operation, Takes};
use crate::errors::Errors;
use crate::model::Scalar;

/// The model of a formula; a repaired one if there were errors.
pub fn formula(formula: &Formula, errors: &mut Errors) -> Model {
    let scalar = scalar(formula, errors);
    for attr in formula.attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        let derived = attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
        for path in derived.iter().filter(|path| DERIVED.iter().any(|name| path.is_ident(name))) {
            errors.add(errors::derived_already(path));
        }
    }
    let (cfg, attrs) = formula
        .attrs
        .iter()
        .filter(|attr| errors.is_empty() || !attr.path().is_ident("derive"))
        .cloned()
        .partition(|attr| attr.path().is_ident("cfg"));
    let mut check = Check {
        formula,
        nodes: Vec::new(),
        names: HashMap::new(),
        used: HashSet::new(),
        taken: taken(formula),
        unknown: HashSet::new(),
        excused: !errors.is_empty(),
        errors,
    };
    for name in &formula.inputs {
        check.input(name);
    }
    for (name, value) in &formula.lets {
        check.binding(name, value);
    }
    let outputs = check.outputs(&formula.result);
    check.unused();
    Model {
        attrs,
        cfg,
        hidden: formula.kind.is_some(),
        vis: formula.vis.clone(),
        name: formula.name.clone(),
        scalar,
        nodes: check.nodes,
        outputs,
    }
}

/// What is derived without being asked for.
const DERIVED: &[&str] = &["Clone", "Copy", "Debug", "Default", "PartialEq"];

fn scalar(formula: &Formula, errors: &mut Errors) -> Scalar {
    let mut name = formula.scalar.clone().unwrap_or_else(|| format_ident!("f32"));
    if crate::check::NO_SCALARS.contains(&&*name.to_string()) {
        errors.add(errors::not_a_scalar(&name));
        name = format_ident!("f32");
    }
    Scalar { generic: name != "f32" && name != "f64", name }
}

/// The names that are written, which no node may have of itself.
fn taken(formula: &Formula) -> HashSet<String> {
    formula.inputs.iter().chain(formula.lets.iter().map(|(name, _)| name)).map(ToString::to_string).collect()
}

struct Check<'a> {
    formula: &'a Formula,
    nodes: Vec<Node>,
    /// What the names that are written stand for.
    names: HashMap<String, Value>,
    /// The names that are used.
    used: HashSet<String>,
    /// The names of nodes.
    taken: HashSet<String>,
    /// The names that stand for nothing, each reported once.
    unknown: HashSet<String>,
    /// Whether a name may only seem unused because of another mistake.
    excused: bool,
    errors: &'a mut Errors,
}

impl Check<'_> {
    fn input(&mut self, name: &Ident) {
        if self.names.contains_key(&name.to_string()) {
            self.errors.add(errors::declared_twice(name));
            return;
        }
        self.names.insert(name.to_string(), Value::Node(self.nodes.len()));
        self.nodes.push(Node { name: name.clone(), computed: None });
    }

    /// `let price = apple * apples;`
    fn binding(&mut self, name: &Ident, expr: &Expr) {
        let before = self.nodes.len();
        let value = self.value(expr);
        if self.names.contains_key(&name.to_string()) {
            self.errors.add(errors::declared_twice(name));
            return;
        }
        match value {
            Value::Node(index) if index >= before => {
                if let Some(node) = self.nodes.get_mut(index) {
                    node.name = name.clone();
                }
            }
            Value::Node(index) => {
                if let Some(of) = self.nodes.get(index) {
                    self.errors.add(errors::another_name(name, &of.name));
                }
            }
            Value::Number(_) | Value::Constant(_) => {}
        }
        self.names.insert(name.to_string(), value);
    }

    fn outputs(&mut self, result: &Expr) -> Vec<usize> {
        let Expr::Tuple(_, results) = result else {
            let value = self.value(result);
            return vec![self.output(value, result)];
        };
        let mut outputs = Vec::new();
        for result in results {
            let is_name = matches!(result, Expr::Name(path) if path.get_ident().is_some());
            let value = self.value(result);
            if !is_name && !matches!(result, Expr::Wrong) {
                self.errors.add(errors::unnamed_output(span(result)));
            }
            let output = self.output(value, result);
            if let (true, Expr::Name(path), Some(name)) = (outputs.contains(&output), result, name_of(result)) {
                if path.get_ident().is_some() {
                    self.errors.add(errors::declared_twice(name));
                }
            } else {
                outputs.push(output);
            }
        }
        outputs
    }

    /// The node of an output.
    fn output(&mut self, value: Value, result: &Expr) -> usize {
        match value {
            Value::Node(index) => index,
            value => {
                if self.errors.is_empty() {
                    self.errors.add(errors::constant_output(span(result)));
                }
                let Value::Node(index) = self.node("neg", vec![value]) else { return 0 };
                index
            }
        }
    }

    fn value(&mut self, expr: &Expr) -> Value {
        match expr {
            Expr::Number(number, _) => Value::Number(*number),
            Expr::Name(path) => self.name(path),
            Expr::Negative(of) => {
                let of = self.value(of);
                self.node("neg", vec![of])
            }
            Expr::Binary(operator, left, right) => {
                let operands = vec![self.value(left), self.value(right)];
                self.node(operator.name(), operands)
            }
            Expr::Call(name, span, arguments) => self.call(name, *span, arguments),
            Expr::Tuple(span, values) => {
                self.errors.add(errors::tuple_inside(*span));
                let values: Vec<_> = values.iter().map(|value| self.value(value)).collect();
                values.into_iter().next().unwrap_or(Value::Number(1.0))
            }
            Expr::Wrong => {
                self.excused = true;
                Value::Number(1.0)
            }
        }
    }

    fn name(&mut self, path: &Path) -> Value {
        let Some(name) = path.get_ident().map(ToString::to_string) else { return self.constant(path) };
        if let Some(value) = self.names.get(&name) {
            self.used.insert(name);
            return value.clone();
        }
        if let Some(function) = operations::function(&name) {
            self.errors.add(errors::function_as_value(path, function));
            self.excused = true;
            return Value::Number(1.0);
        }
        let meant = operations::nearest(&name, self.names.keys().map(String::as_str)).map(str::to_owned);
        match meant {
            Some(meant) => {
                self.errors.add(errors::unknown_name(path, Some(&meant), self.formula));
                let value = self.names.get(&meant).cloned();
                self.used.insert(meant);
                value.unwrap_or(Value::Number(1.0))
            }
            None => self.constant(path),
        }
    }

    /// A constant in scope, if it is written as one.
    fn constant(&mut self, path: &Path) -> Value {
        let screams = path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name.chars().count() > 1 && !name.contains(char::is_lowercase)
        });
        if screams {
            return Value::Constant(path.clone());
        }
        if self.unknown.insert(path.to_token_stream().to_string()) {
            self.errors.add(errors::unknown_name(path, None, self.formula));
        }
        self.excused = true;
        Value::Number(1.0)
    }

    fn call(&mut self, name: &Ident, span: Span, arguments: &[Expr]) -> Value {
        let written = name.to_string();
        let function = match operations::function(&written) {
            Some(function) => function,
            None => {
                let meant = operations::suggest(&written);
                if self.names.contains_key(&written) {
                    self.used.insert(written);
                    self.errors.add(errors::value_as_function(name));
                } else {
                    self.errors.add(errors::unknown_function(name, meant));
                }
                // The names in the brackets are looked at all the same.
                let values: Vec<_> = arguments.iter().map(|argument| self.value(argument)).collect();
                return match (meant, &*values) {
                    (Some(Operation { takes: Takes::One, name, .. }), [_]) => self.node(name, values),
                    _ => values.into_iter().next().unwrap_or(Value::Number(1.0)),
                };
            }
        };
        let mut values: Vec<_> = arguments.iter().map(|argument| self.value(argument)).collect();
        if values.len() != function.arity() {
            self.errors.add(errors::arguments(function, span, values.len()));
            self.excused |= values.is_empty();
            values.resize(function.arity(), Value::Number(1.0));
        } else if function.takes == Takes::ValueAndWhole
            && let Some(exponent) = arguments.get(1)
            && !matches!(exponent, Expr::Wrong)
            && !matches!(exponent, Expr::Number(number, _) if number.fract() == 0.0 && number.abs() < 1e9)
        {
            self.errors.add(errors::not_a_whole_number(self::span(exponent)));
            values.truncate(1);
            values.push(Value::Number(1.0));
        }
        self.node(function.name, values)
    }

    /// A new node, named after its operation: `mul1`, `mul2`.
    fn node(&mut self, operation: &str, operands: Vec<Value>) -> Value {
        let Some(operation) = operations::OPERATIONS.iter().find(|row| row.name == operation) else {
            return Value::Number(1.0);
        };
        let mut names = (1..).map(|count| format!("{}{count}", operation.name));
        let name = names.find(|name| !self.taken.contains(name)).unwrap_or_default();
        let ident = Ident::new(&name, self.formula.name.span());
        self.taken.insert(name);
        self.nodes.push(Node { name: ident, computed: Some(Computed { operation, operands }) });
        Value::Node(self.nodes.len() - 1)
    }

    fn unused(&mut self) {
        if self.excused {
            return;
        }
        let mut seen = HashSet::new();
        for name in &self.formula.inputs {
            if seen.insert(name) && !self.used.contains(&name.to_string()) {
                self.errors.add(errors::unused_input(name));
            }
        }
        for (name, _) in &self.formula.lets {
            if seen.insert(name) && !self.used.contains(&name.to_string()) {
                self.errors.add(errors::unused_let(name));
            }
        }
    }
}

fn name_of(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Name(path) => path.get_ident(),
        _ => None,
    }
}

/// A token of an expression.
fn span(expr: &Expr) -> Span {
    match expr {
        Expr::Number(_, span) | Expr::Call(_, span, _) | Expr::Tuple(span, _) => *span,
        Expr::Name(path) => path.span(),
        Expr::Negative(of) => span(of),
        Expr::Binary(_, left, _) => span(left),
        Expr::Wrong => Span::call_site(),
    }
}
