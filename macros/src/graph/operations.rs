//! The table of the operations that a formula knows.
//!
//! A row's name is also the name of its function in `chainrule::graph::functions`, and that of its nodes.

use super::ast::Operator;

/// One row.
#[derive(PartialEq)]
pub struct Operation {
    pub name: &'static str,
    /// Its name in `chainrule::graph::Operation`.
    pub variant: &'static str,
    pub takes: Takes,
    /// What others call it.
    pub aliases: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq)]
pub enum Takes {
    /// Written with its sign, not as a function.
    Sign(&'static str),
    One,
    Two,
    /// A value and a whole number.
    ValueAndWhole,
}

use Takes::{One, Sign, Two, ValueAndWhole};

#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    Operation { name: "add",     variant: "Add",     takes: Sign("+"), aliases: &["plus", "sum"] },
    Operation { name: "sub",     variant: "Sub",     takes: Sign("-"), aliases: &["minus"] },
    Operation { name: "mul",     variant: "Mul",     takes: Sign("*"), aliases: &["times", "multiply"] },
    Operation { name: "div",     variant: "Div",     takes: Sign("/"), aliases: &["divide"] },
    Operation { name: "neg",     variant: "Neg",     takes: Sign("-"), aliases: &["negative"] },
    Operation { name: "exp",     variant: "Exp",     takes: One, aliases: &[] },
    Operation { name: "ln",      variant: "Ln",      takes: One, aliases: &["log", "loge"] },
    Operation { name: "sqrt",    variant: "Sqrt",    takes: One, aliases: &["root", "squareroot"] },
    Operation { name: "sin",     variant: "Sin",     takes: One, aliases: &["sine"] },
    Operation { name: "cos",     variant: "Cos",     takes: One, aliases: &["cosine"] },
    Operation { name: "tanh",    variant: "Tanh",    takes: One, aliases: &[] },
    Operation { name: "sigmoid", variant: "Sigmoid", takes: One, aliases: &["logistic", "sigma"] },
    Operation { name: "relu",    variant: "Relu",    takes: One, aliases: &["rectifier"] },
    Operation { name: "abs",     variant: "Abs",     takes: One, aliases: &["fabs", "absolute"] },
    Operation { name: "max",     variant: "Max",     takes: Two, aliases: &["maximum"] },
    Operation { name: "min",     variant: "Min",     takes: Two, aliases: &["minimum"] },
    Operation { name: "powi",    variant: "Powi",    takes: ValueAndWhole, aliases: &[] },
    Operation { name: "powf",    variant: "Powf",    takes: Two, aliases: &["pow", "power"] },
];

impl Operation {
    /// How it is written, for a message.
    pub fn usage(&self) -> &'static str {
        match (self.takes, self.name) {
            (Sign("+"), _) => "a + b",
            (Sign("*"), _) => "a * b",
            (Sign("/"), _) => "a / b",
            (Sign(_), "neg") => "-a",
            (Sign(_), _) => "a - b",
            (ValueAndWhole, _) => "powi(a, 2)",
            (Two, "max") => "max(a, b)",
            (Two, "min") => "min(a, b)",
            (Two, _) => "powf(a, b)",
            (One, _) => "",
        }
    }

    pub fn arity(&self) -> usize {
        if self.takes == One { 1 } else { 2 }
    }
}

impl Operator {
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Sub => "sub",
            Self::Mul => "mul",
            Self::Div => "div",
        }
    }
}

/// The function of this name.
pub fn function(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|row| row.name == name && !matches!(row.takes, Sign(_)))
}

/// What was probably meant by the name of a function.
pub fn suggest(name: &str) -> Option<&'static Operation> {
    let plain: String = name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect();
    let by_alias = OPERATIONS.iter().find(|row| row.name == plain || row.aliases.contains(&&*plain));
    by_alias.or_else(|| {
        let name = nearest(name, OPERATIONS.iter().map(|row| row.name))?;
        OPERATIONS.iter().find(|row| row.name == name)
    })
}

/// The nearest name, if one letter in three or fewer must be changed.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|other| (strsim::osa_distance(name, other), other))
        .filter(|(distance, other)| 3 * distance <= other.len())
        .min()
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_or_foreign_function_finds_its_row_and_another_name_finds_none() {
        for (written, meant) in
            [("log", "ln"), ("pow", "powf"), ("ReLU", "relu"), ("sigmod", "sigmoid"), ("tahn", "tanh"), ("plus", "add")]
        {
            assert_eq!(suggest(written).map(|row| row.name), Some(meant), "{written}");
        }
        for own in ["f", "gamma", "price"] {
            assert!(suggest(own).is_none(), "{own}");
        }
    }
}
