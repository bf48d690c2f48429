//! From tokens to what was written.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, LitFloat, LitInt, Path, Token, Visibility, braced, parenthesized, token};

use super::ast::{Expr, Formula, Operator};
use super::errors;
use crate::errors::Errors;
use crate::parse::keyword_before_name;

/// Reads a formula. `None` if it has no name that a struct could have, so that there is nothing to expand.
pub fn formula(input: TokenStream, errors: &mut Errors) -> Option<Formula> {
    let mut formula = None;
    let parser = |input: ParseStream<'_>| {
        let read = formula.insert(head(input, errors)?);
        body(input, read, errors)
    };
    if let Err(error) = parser.parse2(visible(input)) {
        errors.add(error);
    }
    formula
}

/// Tokens in which the brackets that `macro_rules!` sets unseen around what it hands on as `$x:expr` are seen.
fn visible(input: TokenStream) -> TokenStream {
    let one = |token| match token {
        TokenTree::Group(group) => {
            let content = visible(group.stream());
            let is_single = content.clone().into_iter().nth(1).is_none();
            match group.delimiter() {
                Delimiter::None if is_single => content,
                Delimiter::None => with_brackets(Delimiter::Parenthesis, content, group.span()),
                delimiter => with_brackets(delimiter, content, group.span()),
            }
        }
        token => token.into(),
    };
    input.into_iter().map(one).collect::<Vec<TokenStream>>().into_iter().collect()
}

fn with_brackets(delimiter: Delimiter, content: TokenStream, span: Span) -> TokenStream {
    let mut group = Group::new(delimiter, content);
    group.set_span(span);
    TokenTree::from(group).into()
}

/// Everything up to the `=`.
fn head(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Formula> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    if let Some(keyword) = keyword_before_name(input) {
        errors.add(crate::errors::keyword_before_name(&keyword, "a formula", "Name(x) = …"));
        input.call(Ident::parse_any)?;
    }
    let name = input.call(Ident::parse_any).map_err(|error| errors::no_name(error.span()))?;
    if is_keyword(&name) {
        return Err(errors::keyword(&name));
    }
    let scalar = scalar(input)?;
    let inputs = inputs(input, &name, errors)?;
    Ok(Formula { attrs, vis, name, scalar, inputs, lets: Vec::new(), result: Expr::Wrong, kind: None })
}

fn is_keyword(name: &Ident) -> bool {
    syn::parse_str::<Ident>(&name.to_string()).is_err()
}

/// `<f64>`, `<T>`
fn scalar(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if !input.peek(Token![<]) {
        return Ok(None);
    }
    input.parse::<Token![<]>()?;
    let start = input.span();
    let name = input.parse().map_err(|_: syn::Error| errors::not_a_parameter(start))?;
    let end = input.span();
    input.parse::<Token![>]>().map_err(|_| errors::not_a_parameter(end))?;
    Ok(Some(name))
}

/// `(apple, apples)`
fn inputs(input: ParseStream<'_>, name: &Ident, errors: &mut Errors) -> syn::Result<Vec<Ident>> {
    if !input.peek(token::Paren) {
        return Err(errors::no_inputs(name, if input.is_empty() { name.span() } else { input.span() }));
    }
    let content;
    let parens = parenthesized!(content in input);
    let mut inputs = Vec::new();
    while !content.is_empty() {
        let start = content.span();
        let input = content.call(Ident::parse_any).map_err(|_| errors::not_an_input(start))?;
        if is_keyword(&input) {
            errors.add(errors::keyword(&input));
        } else {
            inputs.push(input.clone());
        }
        if !content.is_empty() {
            let found = content.span();
            if content.peek(Token![:]) {
                return Err(errors::type_of_input(found, &input));
            }
            content.parse::<Token![,]>().map_err(|_| errors::not_an_input(found))?;
        }
    }
    if inputs.is_empty() && errors.is_empty() {
        errors.add(errors::no_inputs(name, parens.span.join()));
    }
    Ok(inputs)
}

fn body(input: ParseStream<'_>, formula: &mut Formula, errors: &mut Errors) -> syn::Result<()> {
    if input.is_empty() {
        errors.add(errors::no_formula(&formula.name));
        return Ok(());
    }
    if input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]) {
        input.parse::<Token![=]>()?;
    } else {
        return Err(errors::no_equals(&formula.name, input.span()));
    }
    if input.is_empty() {
        errors.add(errors::no_formula(&formula.name));
    } else if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        block(&content, formula, errors)?;
    } else {
        formula.result = whole(input, errors)?;
    }
    if input.is_empty() { Ok(()) } else { Err(errors::behind_formula(rest(input)?)) }
}

/// `let price = apple * apples; price * tax`
fn block(input: ParseStream<'_>, formula: &mut Formula, errors: &mut Errors) -> syn::Result<()> {
    while input.peek(Token![let]) {
        input.parse::<Token![let]>()?;
        let start = input.span();
        let name = input.call(Ident::parse_any).map_err(|_| errors::not_a_let(start))?;
        if is_keyword(&name) {
            return Err(errors::keyword(&name));
        }
        let found = input.span();
        input.parse::<Token![=]>().map_err(|_| errors::not_a_let(found))?;
        let value = whole(input, errors)?;
        formula.lets.push((name.clone(), value));
        if !input.peek(Token![;]) {
            return Err(errors::no_result(&name));
        }
        input.parse::<Token![;]>()?;
    }
    if input.is_empty() {
        return Err(match formula.lets.last() {
            Some((name, _)) => errors::no_result(name),
            None => errors::no_formula(&formula.name),
        });
    }
    formula.result = whole(input, errors)?;
    if !input.is_empty() {
        return Err(errors::behind_formula(rest(input)?));
    }
    Ok(())
}

/// An expression up to `;` or the end; a mistake in it is reported, and the rest of it skipped.
fn whole(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Expr> {
    let read = sum(input)
        .and_then(|expr| if input.is_empty() || input.peek(Token![;]) { Ok(expr) } else { Err(no_operator(input)?) });
    read.or_else(|error| {
        errors.add(error);
        while !input.is_empty() && !input.peek(Token![;]) {
            input.parse::<TokenTree>()?;
        }
        Ok(Expr::Wrong)
    })
}

/// What stands where an operator should.
fn no_operator(input: ParseStream<'_>) -> syn::Result<syn::Error> {
    let span = input.span();
    if input.peek(Token![.]) {
        input.parse::<Token![.]>()?;
        let method = input.call(Ident::parse_any)?;
        return Ok(errors::method(&method));
    }
    if starts_formula(input) {
        return Ok(errors::second_formula(span));
    }
    Ok(if input.peek(Token![^]) {
        errors::caret(span)
    } else if input.peek(Token![%]) {
        errors::remainder(span)
    } else {
        errors::no_operator(input.parse::<TokenTree>()?)
    })
}

/// `Name(x) =`
fn starts_formula(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Visibility>().is_ok()
        && ahead.parse::<Ident>().is_ok()
        && ahead.peek(token::Paren)
        && ahead.parse::<TokenTree>().is_ok()
        && ahead.peek(Token![=])
}

fn rest(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    input.parse()
}

/// `a + b - c`
fn sum(input: ParseStream<'_>) -> syn::Result<Expr> {
    let mut left = product(input)?;
    loop {
        let operator = if input.peek(Token![+]) {
            input.parse::<Token![+]>()?;
            Operator::Add
        } else if input.peek(Token![-]) && !input.peek(Token![->]) {
            input.parse::<Token![-]>()?;
            Operator::Sub
        } else {
            return Ok(left);
        };
        left = Expr::Binary(operator, Box::new(left), Box::new(product(input)?));
    }
}

/// `a * b / c`
fn product(input: ParseStream<'_>) -> syn::Result<Expr> {
    let mut left = negative(input)?;
    loop {
        let operator = if input.peek(Token![*]) {
            let star: Token![*] = input.parse()?;
            if input.peek(Token![*]) {
                return Err(errors::caret(star.span));
            }
            Operator::Mul
        } else if input.peek(Token![/]) {
            input.parse::<Token![/]>()?;
            Operator::Div
        } else {
            return Ok(left);
        };
        left = Expr::Binary(operator, Box::new(left), Box::new(negative(input)?));
    }
}

/// `-a`
fn negative(input: ParseStream<'_>) -> syn::Result<Expr> {
    if input.peek(Token![-]) {
        input.parse::<Token![-]>()?;
        return Ok(match negative(input)? {
            Expr::Number(number, span) => Expr::Number(-number, span),
            expr => Expr::Negative(Box::new(expr)),
        });
    }
    single(input)
}

/// A number, a name, a call, or an expression in brackets.
fn single(input: ParseStream<'_>) -> syn::Result<Expr> {
    let start = input.span();
    if input.peek(token::Paren) {
        let (span, mut list, is_tuple) = list(input)?;
        return match list.pop() {
            Some(only) if list.is_empty() && !is_tuple => Ok(only),
            Some(last) => {
                list.push(last);
                Ok(Expr::Tuple(span, list))
            }
            None => Err(errors::not_a_value(span)),
        };
    }
    if input.peek(LitInt) {
        let literal: LitInt = input.parse()?;
        return number(literal.suffix(), literal.base10_digits(), literal.span());
    }
    if input.peek(LitFloat) {
        let literal: LitFloat = input.parse()?;
        return number(literal.suffix(), literal.base10_digits(), literal.span());
    }
    if input.peek(Token![if]) || input.peek(Token![match]) {
        return Err(errors::condition(&input.call(Ident::parse_any)?));
    }
    let path: Path = input.parse().map_err(|_: syn::Error| errors::not_a_value(start))?;
    if path.segments.len() > 1 && input.peek(token::Paren) {
        return Err(errors::function_of_another_library(&path));
    }
    match path.get_ident() {
        Some(name) if input.peek(token::Paren) => {
            let (span, arguments, _) = list(input)?;
            Ok(Expr::Call(name.clone(), span, arguments))
        }
        _ => Ok(Expr::Name(path)),
    }
}

fn number(suffix: &str, digits: &str, span: Span) -> syn::Result<Expr> {
    if !suffix.is_empty() {
        return Err(errors::suffix(span, digits, suffix));
    }
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Expr::Number(number, span)),
        _ => Err(errors::huge_number(span)),
    }
}

/// What stands in brackets, with their place, and whether there is a comma.
fn list(input: ParseStream<'_>) -> syn::Result<(Span, Vec<Expr>, bool)> {
    let content;
    let parens = parenthesized!(content in input);
    let (mut list, mut is_tuple) = (Vec::new(), false);
    while !content.is_empty() {
        list.push(sum(&content)?);
        if !content.is_empty() {
            if !content.peek(Token![,]) {
                return Err(no_operator(&content)?);
            }
            content.parse::<Token![,]>()?;
            is_tuple = true;
        }
    }
    Ok((parens.span.join(), list, is_tuple))
}
