//! The attributes before a network.

use syn::{Attribute, Path, Token, punctuated::Punctuated};

use crate::ast::Network;
use crate::budget::{self, Limit};
use crate::errors::{self, Errors};

/// What the attributes say.
pub struct Attributes {
    /// Those that go to the struct.
    pub of_struct: Vec<Attribute>,
    /// `#[cfg(…)]`, which removes or keeps all that is written out.
    pub cfg: Vec<Attribute>,
    pub budget: Vec<Limit>,
}

/// Reads the attributes of a network; those that it cannot have are reported and left out.
pub fn take(network: &Network, errors: &mut Errors) -> Attributes {
    let (budgets, others): (Vec<_>, Vec<_>) =
        network.attrs.iter().cloned().partition(|attr| attr.path().is_ident("budget"));
    let (cfg, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|attr| attr.path().is_ident("cfg"));
    let of_struct = others.into_iter().filter(|attr| fits(attr, errors)).collect();
    Attributes { of_struct, cfg, budget: budget::take(network, &budgets, errors) }
}

/// Whether a network can have an attribute.
fn fits(attr: &Attribute, errors: &mut Errors) -> bool {
    let before = errors.len();
    if MARKS.iter().any(|mark| attr.path().is_ident(mark)) {
        errors.add(errors::mark_on_network(attr));
    } else if attr.path().is_ident("repr") {
        errors.add(errors::repr_of_network(attr));
    } else if attr.path().is_ident("derive")
        && let Ok(derived) = attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
    {
        for path in &derived {
            let name = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            if let Some((_, instead)) = NOT_DERIVED.iter().find(|(other, _)| *other == name) {
                errors.add(errors::not_derived(path, instead));
            }
        }
    }
    errors.len() == before
}

/// What stands before a layer or a loss.
pub const MARKS: &[&str] = &["frozen", "layer", "loss"];

/// What a network is not, though a struct can derive it, and what to write instead.
const NOT_DERIVED: &[(&str, &str)] = &[
    ("Clone", "copy the parameters into another network: `copy.as_mut_slice().copy_from_slice(network.as_slice())`"),
    ("Copy", "hand it on by reference: a network may be too large for the stack"),
    ("Default", "write `new()`, which is all zeros, and then `init(seed)`"),
    ("Eq", "derive `PartialEq` alone: parameters are floating-point numbers"),
    ("Ord", "compare what you mean, such as its loss"),
    ("PartialOrd", "compare what you mean, such as its loss"),
    ("Hash", "parameters are floating-point numbers: take the hash of what `write_bytes` writes"),
    ("Serialize", "write its parameters as bytes with `write_bytes`, or its slice `as_slice()`"),
    ("Deserialize", "read its parameters from bytes with `read_bytes`, or into its slice `as_mut_slice()`"),
    ("Params", "remove it: a network is `Params` as it stands"),
];
