//! Attributes that change a struct, as those of other crates may.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// Adds a field of this declaration: `#[add_field(extra: &'static str)]`.
#[proc_macro_attribute]
pub fn add_field(field: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    let body = tokens.iter_mut().rev().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    });
    if let Some(body) = body {
        let declaration = format!("{} pub {field},", body.stream());
        *body = Group::new(Delimiter::Brace, declaration.parse().unwrap_or_default());
    }
    tokens.into_iter().collect()
}

/// Writes every `f32` of the item as `f64`.
#[proc_macro_attribute]
pub fn in_double_precision(_: TokenStream, item: TokenStream) -> TokenStream {
    item.to_string().replace("f32", "f64").parse().unwrap_or_default()
}
