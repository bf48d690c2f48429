//! `#[budget(flash = 160 KiB, ram = 2 KiB)]` before a network.

use proc_macro2::{Span, TokenStream, TokenTree};
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

/// The budget that attributes give a network.
pub fn take(network: &Network, budgets: &[Attribute], errors: &mut Errors) -> Vec<Limit> {
    let mut limits: Vec<Limit> = Vec::new();
    for attr in budgets {
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
    limits
}

fn parse(input: ParseStream<'_>, limits: &mut Vec<Limit>) -> syn::Result<()> {
    while !input.is_empty() {
        let start = input.span();
        let name: Ident = input.parse().map_err(|_| errors::not_a_memory(start))?;
        let memory = match &*name.to_string() {
            "flash" => Memory::Flash,
            "ram" => Memory::Ram,
            _ => return Err(errors::unknown_memory(&name)),
        };
        if limits.iter().any(|limit| limit.memory == memory) {
            return Err(errors::memory_twice(&name));
        }
        let found = input.span();
        input.parse::<Token![=]>().map_err(|_| errors::no_size(found, &name))?;
        let written = input.fork();
        let read = size(input).filter(|_| input.is_empty() || input.peek(Token![,]));
        let (bytes, span) = read.ok_or_else(|| errors::not_a_size(up_to_comma(&written)))?;
        limits.push(Limit { memory, bytes, span });
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(())
}

/// What stands where a size should.
fn up_to_comma(input: ParseStream<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(input.parse::<TokenTree>().ok());
    }
    tokens
}

/// `160 KiB`, `160KiB`, `163_840`
fn size(input: ParseStream<'_>) -> Option<(u64, Span)> {
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
    Some((number.base10_parse::<u64>().ok()?.checked_mul(factor)?, number.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(written: &str) -> Option<u64> {
        let parser = |input: ParseStream<'_>| Ok(size(input).map(|(bytes, _)| bytes).filter(|_| input.is_empty()));
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
