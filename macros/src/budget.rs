//! `#[budget(flash = 160 KiB, ram = 2 KiB)]` before a network.

use proc_macro2::Span;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, LitInt, Token};

use crate::ast::Network;
use crate::errors::{self, Errors};

/// So many bytes of a memory at most.
pub struct Limit {
    pub memory: Memory,
    pub bytes: u64,
    /// Where the size is written.
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Memory {
    Flash,
    Ram,
}

impl Memory {
    pub fn name(self) -> &'static str {
        match self {
            Self::Flash => "flash",
            Self::Ram => "RAM",
        }
    }
}

/// The attributes of a network without its budget, and the budget.
pub fn take(network: &Network, errors: &mut Errors) -> (Vec<Attribute>, Vec<Limit>) {
    let mut limits: Vec<Limit> = Vec::new();
    let (budgets, attrs): (Vec<_>, Vec<_>) =
        network.attrs.iter().cloned().partition(|attr| attr.path().is_ident("budget"));
    for attr in &budgets {
        let read = attr.meta.require_list().ok().filter(|list| !list.tokens.is_empty());
        let Some(list) = read else {
            errors.add(errors::not_a_budget(attr));
            continue;
        };
        let float = network.scalar.as_ref().is_none_or(|scalar| scalar == "f32" || scalar == "f64");
        if !float || !network.consts.is_empty() {
            errors.add(errors::budget_of_generic(attr, &network.name));
            continue;
        }
        let parser = |input: ParseStream<'_>| parse(input, &mut limits);
        if let Err(error) = parser.parse2(list.tokens.clone()) {
            errors.add(error);
        }
    }
    (attrs, limits)
}

fn parse(input: ParseStream<'_>, limits: &mut Vec<Limit>) -> syn::Result<()> {
    while !input.is_empty() {
        let name: Ident = input.parse()?;
        let memory = match &*name.to_string() {
            "flash" => Memory::Flash,
            "ram" => Memory::Ram,
            _ => return Err(errors::unknown_memory(&name)),
        };
        if limits.iter().any(|limit| limit.memory == memory) {
            return Err(errors::memory_twice(&name));
        }
        input.parse::<Token![=]>()?;
        let span = input.span();
        let bytes = size(input).ok_or_else(|| errors::not_a_size(span))?;
        limits.push(Limit { memory, bytes, span });
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// `160 KiB`, `160KiB`, `163_840`
fn size(input: ParseStream<'_>) -> Option<u64> {
    let number: LitInt = input.parse().ok()?;
    let mut unit = number.suffix().to_owned();
    if unit.is_empty() && input.peek(Ident) {
        unit = input.parse::<Ident>().ok()?.to_string();
    }
    let factor = match &*unit {
        "" | "B" => 1,
        "KB" | "kB" => 1000,
        "KiB" => 1024,
        "MB" => 1_000_000,
        "MiB" => 1024 * 1024,
        _ => return None,
    };
    number.base10_parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(written: &str) -> Option<u64> {
        let parser = |input: ParseStream<'_>| Ok(size(input).filter(|_| input.is_empty()));
        parser.parse_str(written).unwrap_or(None)
    }

    #[test]
    fn a_size_is_bytes_or_has_a_decimal_or_binary_unit() {
        for (written, size) in [
            ("0", 0),
            ("163_840", 163_840),
            ("160 KiB", 163_840),
            ("160KiB", 163_840),
            ("20 KB", 20_000),
            ("2 MiB", 2_097_152),
            ("1 MB", 1_000_000),
            ("7 B", 7),
        ] {
            assert_eq!(bytes(written), Some(size), "{written}");
        }
        for wrong in ["KiB", "-1", "1.5 KiB", "1 KiB KiB", "1 k", "1u8", "99999999999999 MiB"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }
}
