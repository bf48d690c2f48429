//! From tokens to what was written.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitInt, LitStr, Path, Token, Visibility, parenthesized, token};

use crate::ast::{Argument, Arguments, Link, LinkKind, Network};
use crate::catalog;
use crate::errors::{self, Errors};
use crate::widths;

/// Reads a network, and others that stand behind it by mistake. There is none if it has no name that a struct could
/// have, so that there is nothing to expand.
pub fn networks(input: TokenStream, errors: &mut Errors) -> Vec<Network> {
    let mut networks: Vec<Network> = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while networks.is_empty() || !input.is_empty() {
            let mut read = head(input, errors)?;
            read.chain = chain(input, &read.name, errors)?;
            networks.push(read);
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(transparent(input)) {
        errors.add(error);
    }
    networks
}

/// Tokens without the brackets that nobody sees, which `macro_rules!` sets around what it hands on as `$x:expr`,
/// `$x:literal` or `$x:ty`.
fn transparent(input: TokenStream) -> TokenStream {
    let one = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => transparent(group.stream()),
        token => token.into(),
    };
    input.into_iter().map(one).collect::<Vec<TokenStream>>().into_iter().collect()
}

/// Everything before the chain.
fn head(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Network> {
    let attrs = attributes(input)?;
    let vis: Visibility = input.parse()?;
    if let Some(keyword) = keyword_before_name(input) {
        errors.add(errors::keyword_before_name(&keyword, "a network", "Name: 784 => Affine => …"));
        input.call(Ident::parse_any)?;
    }
    if input.peek(LitInt) {
        return Err(errors::no_name(input.span()));
    }
    let name = input.call(Ident::parse_any).map_err(|error| errors::no_name(error.span()))?;
    if syn::parse_str::<Ident>(&name.to_string()).is_err() {
        return Err(errors::keyword(&name));
    }
    let (scalar, consts) = generics(input, errors)?;
    if input.peek(Token![where]) {
        where_clause(input, errors)?;
    } else {
        colon(input, &name, errors)?;
    }
    Ok(Network { attrs, vis, name, scalar, consts, chain: Vec::new() })
}

/// The attributes before a network or an element.
fn attributes(input: ParseStream<'_>) -> syn::Result<Vec<Attribute>> {
    if input.peek(Token![#]) && input.peek2(Token![!]) {
        return Err(errors::inner_attribute(input.span()));
    }
    input.call(Attribute::parse_outer)
}

/// `struct` and its like, where a name follows.
pub fn keyword_before_name(input: ParseStream<'_>) -> Option<Ident> {
    let ahead = input.fork();
    let keyword = ahead.call(Ident::parse_any).ok()?;
    (ahead.peek(Ident) && syn::parse_str::<Ident>(&keyword.to_string()).is_err()).then_some(keyword)
}

/// Reports a `where` and skips it: up to the last `:` before the first `=>`.
fn where_clause(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<()> {
    errors.add(errors::where_clause(input.parse()?));
    let ahead = input.fork();
    while !ahead.is_empty() && !ahead.peek(Token![=>]) {
        if ahead.peek(Token![::]) {
            ahead.parse::<Token![::]>()?;
            continue;
        }
        let token: TokenTree = ahead.parse()?;
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':') {
            input.advance_to(&ahead);
        }
    }
    Ok(())
}

/// Whether another network follows, perhaps behind a comma or semicolon.
fn second_network(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let separator = ahead.peek(Token![;]) || ahead.peek(Token![,]);
    (!separator || ahead.parse::<TokenTree>().is_ok())
        && ahead.call(Attribute::parse_outer).is_ok()
        && ahead.parse::<Visibility>().is_ok()
        && ahead.parse::<Option<Token![struct]>>().is_ok()
        && ahead.call(Ident::parse_any).is_ok()
        && (!ahead.peek(Token![<]) || generics(&ahead, &mut Errors::default()).is_ok())
        && ahead.peek(Token![:])
        && !ahead.peek(Token![::])
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
            let found = input.span();
            input.parse::<Token![,]>().map_err(|_| errors::not_a_parameter(found))?;
        }
    }
    input.parse::<Token![>]>()?;
    Ok((scalar, consts))
}

/// One parameter of the network.
fn generic(input: ParseStream<'_>, scalar: &mut Option<Ident>, consts: &mut Vec<Ident>) -> syn::Result<()> {
    if input.peek(Token![const]) {
        input.parse::<Token![const]>()?;
        let start = input.span();
        let name: Ident = input.parse().map_err(|_: syn::Error| errors::not_a_parameter(start))?;
        consts.push(name.clone());
        if !input.peek(Token![:]) {
            return Err(errors::const_without_type(&name));
        }
        input.parse::<Token![:]>()?;
        let start = input.span();
        let of: Ident = input.parse().map_err(|_: syn::Error| errors::const_not_usize(start))?;
        if of != "usize" {
            return Err(errors::const_not_usize(of.span()));
        }
        return if input.peek(Token![=]) { Err(errors::default_of_parameter(input.span(), &name)) } else { Ok(()) };
    }
    let start = input.span();
    let name: Ident = input.parse().map_err(|_: syn::Error| errors::not_a_parameter(start))?;
    if is_usize_behind_colon(input) {
        consts.push(name.clone());
        return Err(errors::const_forgotten(&name));
    }
    if scalar.is_some() || !consts.is_empty() {
        return Err(errors::second_scalar(&name));
    }
    *scalar = Some(name.clone());
    if input.peek(Token![:]) {
        return Err(errors::bound_on_scalar(&name, input.span()));
    }
    if input.peek(Token![=]) {
        return Err(errors::default_of_parameter(input.span(), &name));
    }
    Ok(())
}

/// `: usize`
fn is_usize_behind_colon(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Token![:]>().is_ok() && ahead.parse::<Ident>().is_ok_and(|of| of == "usize")
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

/// The elements of the chain, up to the end or another network.
fn chain(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> syn::Result<Vec<Link>> {
    let mut links = Vec::new();
    if input.is_empty() {
        errors.add(errors::empty_chain(name));
        return Ok(links);
    }
    // Who joins elements with something else does so everywhere.
    let mut reported = false;
    loop {
        links.push(link(input, errors)?);
        if input.is_empty() {
            return Ok(links);
        }
        if second_network(input) {
            if input.peek(Token![;]) || input.peek(Token![,]) {
                input.parse::<TokenTree>()?;
            }
            errors.add(errors::second_network(input));
            return Ok(links);
        }
        let arrow = match arrow(input)? {
            Ok(arrow) => Some(arrow),
            Err(error) => {
                if !std::mem::replace(&mut reported, true) {
                    errors.add(error);
                }
                input.parse::<Option<Token![=>]>>()?
            }
        };
        if input.is_empty() {
            if let Some(arrow) = arrow {
                errors.add(errors::arrow_at_end(arrow));
            }
            return Ok(links);
        }
    }
}

/// The `=>` between two elements; something else that was probably meant as one is taken for it.
fn arrow(input: ParseStream<'_>) -> syn::Result<Result<Token![=>], syn::Error>> {
    if input.peek(Token![=>]) {
        return input.parse().map(Ok);
    }
    if starts_element(input) {
        return Ok(Err(errors::missing_arrow(input.span())));
    }
    if input.peek(Token![.]) {
        return Ok(Err(errors::not_an_arrow(rest_of_element(input)?)));
    }
    let mut wrong = TokenStream::new();
    while !input.is_empty() && !starts_element(input) && !input.peek(Token![=>]) {
        wrong.extend([input.parse::<TokenTree>()?]);
    }
    Ok(Err(if input.is_empty() { errors::behind_chain(wrong) } else { errors::not_an_arrow(wrong) }))
}

fn starts_element(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any) || input.peek(syn::Lit) && !input.peek(Token![-]) || input.peek(Token![#])
}

/// One element.
fn link(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Link> {
    let attrs = attributes(input)?;
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
    if let Some(meant) = layer_in_quotes(input) {
        return Err(errors::layer_in_quotes(rest_of_element(input)?, meant));
    }
    if input.peek(Token![-]) || input.peek(syn::Lit) && !input.peek(LitInt) {
        return Err(errors::not_a_width(rest_of_element(input)?));
    }
    if let Some(width) = in_brackets(input) {
        return Err(errors::brackets_around_width(rest_of_element(input)?, &width));
    }
    if let Some(sizes) = image(input) {
        return Err(errors::image_shape(rest_of_element(input)?, &sizes));
    }
    let kind = if input.peek(LitInt) {
        LinkKind::Number(input.parse()?)
    } else {
        let path: Path = input.parse().map_err(|_: syn::Error| errors::not_an_element(start))?;
        let arguments = if input.peek(token::Paren) { Some(arguments(input)?) } else { None };
        LinkKind::Name(path, arguments)
    };
    let is_width = match &kind {
        LinkKind::Name(path, None) => path
            .segments
            .last()
            .is_none_or(|last| widths::is_in_capitals(&last.ident) || widths::is_variable(&last.ident)),
        kind => matches!(kind, LinkKind::Number(_)),
    };
    if is_width && is_arithmetic(input) {
        return Err(errors::computed_width(start, &rest_of_element(input)?));
    }
    Ok(kind)
}

/// `"relu"`
fn layer_in_quotes(input: ParseStream<'_>) -> Option<&'static str> {
    let text: LitStr = input.fork().parse().ok()?;
    Some(catalog::suggest(&text.value())?.name)
}

/// `(16)`, `{ 16 }`
fn in_brackets(input: ParseStream<'_>) -> Option<LitInt> {
    match input.fork().parse() {
        Ok(TokenTree::Group(group)) => syn::parse2(group.stream()).ok(),
        _ => None,
    }
}

/// The sizes of an image: `28x28`, `28 x 28`, `(28, 28)` or `[1, 28, 28]`.
fn image(input: ParseStream<'_>) -> Option<Vec<u64>> {
    let ahead = input.fork();
    if let Ok(TokenTree::Group(group)) = ahead.parse() {
        let sizes = Punctuated::<LitInt, Token![,]>::parse_terminated.parse2(group.stream()).ok()?;
        let sizes: Vec<_> = sizes.iter().filter_map(|size| size.base10_parse().ok()).collect();
        // What is all of a chain lists its widths.
        let is_image = group.delimiter() != Delimiter::Brace && sizes.len() > 1 && !ahead.is_empty();
        return is_image.then_some(sizes);
    }
    let mut written = String::new();
    let ahead = input.fork();
    while ahead.peek(LitInt) || ahead.peek(Ident) {
        written += &ahead.parse::<TokenTree>().ok()?.to_string();
    }
    if written.starts_with("0x") {
        return None;
    }
    let sizes: Option<Vec<u64>> = written.split(['x', 'X']).map(|size| size.parse().ok()).collect();
    sizes.filter(|sizes| sizes.len() > 1)
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
    let mut list = Vec::new();
    while !content.is_empty() {
        let argument = content.parse().and_then(|argument| {
            let found = content.span();
            if !content.is_empty() {
                content.parse::<Token![,]>().map_err(|_| errors::not_an_argument(found))?;
            }
            Ok(argument)
        });
        list.push(argument.inspect_err(|_| {
            // What is left would be an error of its own.
            let _ = content.parse::<TokenStream>();
        })?);
    }
    Ok(Arguments { span: parens.span.join(), list })
}

/// `Normal(deviation = 0.1)`
fn named_in_brackets(input: ParseStream<'_>) -> Option<(Ident, Ident, TokenStream)> {
    let ahead = input.fork();
    let outer: Ident = ahead.parse().ok()?;
    let Ok(TokenTree::Group(group)) = ahead.parse() else { return None };
    let parser = |content: ParseStream<'_>| {
        let name: Ident = content.parse()?;
        content.parse::<Token![=]>()?;
        Ok((outer, name, content.parse()?))
    };
    parser.parse2(group.stream()).ok()
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let equals = input.peek2(Token![=]) && !input.peek2(Token![==]);
        let colon = input.peek2(Token![:]) && !input.peek2(Token![::]);
        let named = input.peek(Ident) && (equals || colon);
        let name = if named { Some(input.parse()?) } else { None };
        if named && equals {
            input.parse::<Token![=]>()?;
        }
        let colon = if named && colon { Some(input.parse()?) } else { None };
        let start = input.span();
        if let Some((init, name, value)) = named_in_brackets(input) {
            return Err(errors::name_in_init(&init, &name, &value));
        }
        // On a copy, or what is left in its brackets would be a second error.
        let ahead = input.fork();
        let value = ahead.parse().map_err(|_| errors::not_an_argument(start))?;
        input.advance_to(&ahead);
        Ok(Self { name, colon, value })
    }
}
