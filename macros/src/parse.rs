//! From tokens to what was written.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, LitFloat, LitInt, Path, Token, Visibility, parenthesized, token};

use crate::ast::{Argument, Arguments, Link, LinkKind, Network};
use crate::errors::{self, Errors};

/// Reads a network. `None` if so little of it could be read that there is no use in going on.
pub fn network(input: TokenStream, errors: &mut Errors) -> Option<Network> {
    let mut network = None;
    let parser = |input: ParseStream<'_>| {
        let network = network.insert(head(input)?);
        network.chain = chain(input, errors)?;
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        errors.add(error);
    }
    network
}

/// Everything before the chain.
fn head(input: ParseStream<'_>) -> syn::Result<Network> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    if input.peek(LitInt) {
        return Err(errors::no_name(input.span()));
    }
    let name = input.call(Ident::parse_any).map_err(|error| errors::no_name(error.span()))?;
    if syn::parse_str::<Ident>(&name.to_string()).is_err() {
        // No struct can have this name, so there is nothing to expand either.
        return Err(errors::keyword(&name));
    }
    let (scalar, consts) = generics(input)?;
    if input.parse::<Token![:]>().is_err() {
        return Err(errors::no_colon(&name, input.span()));
    }
    Ok(Network { attrs, vis, name, scalar, consts, chain: Vec::new() })
}

/// `<f64>`, `<T>`, `<const N: usize>`, `<T, const N: usize>`
fn generics(input: ParseStream<'_>) -> syn::Result<(Option<Ident>, Vec<Ident>)> {
    let (mut scalar, mut consts) = (None, Vec::new());
    if !input.peek(Token![<]) {
        return Ok((scalar, consts));
    }
    input.parse::<Token![<]>()?;
    while !input.peek(Token![>]) {
        if input.peek(Token![const]) {
            input.parse::<Token![const]>()?;
            consts.push(input.parse()?);
            input.parse::<Token![:]>()?;
            let of: Ident = input.parse()?;
            if of != "usize" {
                return Err(errors::const_not_usize(&of));
            }
        } else {
            let name: Ident = input.parse()?;
            if scalar.is_some() || !consts.is_empty() {
                return Err(errors::second_scalar(&name));
            }
            if input.peek(Token![:]) {
                return Err(errors::bound_on_scalar(&name, input.span()));
            }
            scalar = Some(name);
        }
        if !input.peek(Token![>]) {
            input.parse::<Token![,]>()?;
        }
    }
    input.parse::<Token![>]>()?;
    Ok((scalar, consts))
}

fn chain(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Vec<Link>> {
    let mut links = Vec::new();
    loop {
        if input.is_empty() {
            errors.add(match links.last() {
                None => errors::empty_chain(input.span()),
                Some(_) => errors::arrow_at_end(input.span()),
            });
            break;
        }
        if let Some(link) = link(input, errors)? {
            links.push(link);
        }
        if input.is_empty() {
            break;
        }
        arrow(input, errors)?;
    }
    Ok(links)
}

/// The `=>` between two elements; something else that was probably meant as one is reported and taken for it.
fn arrow(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<()> {
    if input.peek(Token![=>]) {
        input.parse::<Token![=>]>()?;
        return Ok(());
    }
    let start = input.span();
    if !input.peek(Ident::peek_any) && !input.peek(syn::Lit) && !input.peek(token::Brace) {
        let mut wrong = TokenStream::new();
        while !input.is_empty() && !input.peek(Ident::peek_any) && !input.peek(syn::Lit) && !input.peek(Token![#]) {
            wrong.extend([input.parse::<TokenTree>()?]);
        }
        errors.add(errors::not_an_arrow(wrong));
        return Ok(());
    }
    Err(errors::missing_arrow(start))
}

/// One element. `None` if it is none, which has been reported.
fn link(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<Link>> {
    let attrs = input.call(Attribute::parse_outer)?;
    if input.peek(LitInt) {
        return Ok(Some(Link { attrs, kind: LinkKind::Number(input.parse()?) }));
    }
    if input.peek(LitFloat) || input.peek(syn::Lit) || input.peek(Token![-]) {
        let wrong: Expr = input.parse()?;
        errors.add(errors::not_a_width(&wrong));
        return Ok(None);
    }
    if input.peek(Token![=>]) {
        errors.add(errors::nothing_between_arrows(input.span()));
        return Ok(None);
    }
    let start = input.span();
    let path: Path = input.parse().map_err(|_: syn::Error| errors::not_an_element(start))?;
    let arguments = if input.peek(token::Paren) { Some(arguments(input)?) } else { None };
    Ok(Some(Link { attrs, kind: LinkKind::Name(path, arguments) }))
}

fn arguments(input: ParseStream<'_>) -> syn::Result<Arguments> {
    let content;
    let parens = parenthesized!(content in input);
    let list = Punctuated::<Argument, Token![,]>::parse_terminated(&content)?;
    Ok(Arguments { span: parens.span.join(), list: list.into_iter().collect() })
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let named = input.peek(Ident) && input.peek2(Token![=]);
        let name = if named { Some(input.parse()?) } else { None };
        if named {
            input.parse::<Token![=]>()?;
        }
        Ok(Self { name, value: input.parse()? })
    }
}
