//! From tokens to what was written.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitInt, Path, Token, Visibility, parenthesized, token};

use crate::ast::{Argument, Arguments, Link, LinkKind, Network};
use crate::errors::{self, Errors};

/// Reads a network. `None` if it has no name that a struct could have, so that there is nothing to expand.
pub fn network(input: TokenStream, errors: &mut Errors) -> Option<Network> {
    let mut network = None;
    let parser = |input: ParseStream<'_>| {
        let mut read = head(input, errors)?;
        read.chain = chain(input, &read.name, errors)?;
        network = Some(read);
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        errors.add(error);
    }
    network
}

/// Everything before the chain.
fn head(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Network> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    if input.peek(Token![struct]) {
        errors.add(errors::struct_before_name(input.parse()?));
    }
    if input.peek(LitInt) {
        return Err(errors::no_name(input.span()));
    }
    let name = input.call(Ident::parse_any).map_err(|error| errors::no_name(error.span()))?;
    if syn::parse_str::<Ident>(&name.to_string()).is_err() {
        return Err(errors::keyword(&name));
    }
    let (scalar, consts) = generics(input, errors)?;
    colon(input, &name, errors)?;
    Ok(Network { attrs, vis, name, scalar, consts, chain: Vec::new() })
}

fn colon(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> syn::Result<()> {
    if input.peek(Token![:]) {
        input.parse::<Token![:]>()?;
        return Ok(());
    }
    errors.add(errors::no_colon(name, if input.is_empty() { name.span() } else { input.span() }));
    if input.peek(Token![=]) && !input.peek(Token![=>]) {
        input.parse::<Token![=]>()?;
    }
    Ok(())
}

/// `<f64>`, `<T>`, `<const N: usize>`, `<T, const N: usize>`
fn generics(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<(Option<Ident>, Vec<Ident>)> {
    let (mut scalar, mut consts) = (None, Vec::new());
    if !input.peek(Token![<]) {
        return Ok((scalar, consts));
    }
    input.parse::<Token![<]>()?;
    while !input.peek(Token![>]) && !input.is_empty() {
        if let Err(error) = generic(input, &mut scalar, &mut consts) {
            errors.add(error);
            skip_generic(input)?;
        }
        if !input.peek(Token![>]) {
            input.parse::<Token![,]>()?;
        }
    }
    input.parse::<Token![>]>()?;
    Ok((scalar, consts))
}

/// One parameter of the network.
fn generic(input: ParseStream<'_>, scalar: &mut Option<Ident>, consts: &mut Vec<Ident>) -> syn::Result<()> {
    if input.peek(Token![const]) {
        input.parse::<Token![const]>()?;
        consts.push(input.parse()?);
        input.parse::<Token![:]>()?;
        let of: Ident = input.parse()?;
        return if of == "usize" { Ok(()) } else { Err(errors::const_not_usize(&of)) };
    }
    let start = input.span();
    let name: Ident = input.parse().map_err(|_: syn::Error| errors::not_a_parameter(start))?;
    if scalar.is_some() || !consts.is_empty() {
        return Err(errors::second_scalar(&name));
    }
    *scalar = Some(name.clone());
    if input.peek(Token![:]) {
        return Err(errors::bound_on_scalar(&name, input.span()));
    }
    Ok(())
}

/// Skips what is left of a parameter.
fn skip_generic(input: ParseStream<'_>) -> syn::Result<()> {
    let mut depth = 0;
    while !input.is_empty() && (depth > 0 || !input.peek(Token![,]) && !input.peek(Token![>])) {
        depth += i32::from(input.peek(Token![<])) - i32::from(input.peek(Token![>]));
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn chain(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> syn::Result<Vec<Link>> {
    let mut links = Vec::new();
    if input.is_empty() {
        errors.add(errors::empty_chain(name));
        return Ok(links);
    }
    loop {
        links.push(link(input, errors)?);
        if input.is_empty() {
            return Ok(links);
        }
        let arrow = arrow(input, errors)?;
        if input.is_empty() {
            if let Some(arrow) = arrow {
                errors.add(errors::arrow_at_end(arrow));
            }
            return Ok(links);
        }
    }
}

/// The `=>` between two elements; something else that was probably meant as one is reported and taken for it.
fn arrow(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Option<Token![=>]>> {
    if input.peek(Token![=>]) {
        return input.parse().map(Some);
    }
    if starts_element(input) {
        errors.add(errors::missing_arrow(input.span()));
        return Ok(None);
    }
    let mut wrong = TokenStream::new();
    while !input.is_empty() && !starts_element(input) && !input.peek(Token![=>]) {
        wrong.extend([input.parse::<TokenTree>()?]);
    }
    errors.add(if input.is_empty() { errors::behind_chain(wrong) } else { errors::not_an_arrow(wrong) });
    if input.peek(Token![=>]) { input.parse().map(Some) } else { Ok(None) }
}

fn starts_element(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any) || input.peek(syn::Lit) && !input.peek(Token![-]) || input.peek(Token![#])
}

/// One element.
fn link(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Link> {
    let attrs = input.call(Attribute::parse_outer)?;
    let kind = match element(input) {
        Ok(kind) => kind,
        Err(error) => {
            errors.add(error);
            rest_of_element(input)?;
            LinkKind::Wrong
        }
    };
    Ok(Link { attrs, kind })
}

fn element(input: ParseStream<'_>) -> syn::Result<LinkKind> {
    let start = input.span();
    if input.peek(Token![=>]) {
        return Err(errors::nothing_before_arrow(start));
    }
    if input.peek(Token![-]) || input.peek(syn::Lit) && !input.peek(LitInt) {
        return Err(errors::not_a_width(rest_of_element(input)?));
    }
    let kind = if input.peek(LitInt) {
        LinkKind::Number(input.parse()?)
    } else {
        let path: Path = input.parse().map_err(|_: syn::Error| errors::not_an_element(start))?;
        let arguments = if input.peek(token::Paren) { Some(arguments(input)?) } else { None };
        LinkKind::Name(path, arguments)
    };
    if is_arithmetic(input) {
        return Err(errors::computed_width(start, &rest_of_element(input)?));
    }
    Ok(kind)
}

fn is_arithmetic(input: ParseStream<'_>) -> bool {
    let minus = input.peek(Token![-]) && !input.peek(Token![->]);
    minus || input.peek(Token![*]) || input.peek(Token![+]) || input.peek(Token![/]) || input.peek(Token![%])
}

/// Everything up to the next `=>`.
fn rest_of_element(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut rest = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![=>]) {
        rest.extend([input.parse::<TokenTree>()?]);
    }
    Ok(rest)
}

fn arguments(input: ParseStream<'_>) -> syn::Result<Arguments> {
    let content;
    let parens = parenthesized!(content in input);
    let list = Punctuated::<Argument, Token![,]>::parse_terminated(&content).inspect_err(|_| {
        // What is left would be an error of its own.
        let _ = content.parse::<TokenStream>();
    })?;
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
