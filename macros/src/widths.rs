//! Which names in a chain are widths.
//!
//! A macro sees what a name looks like, not what is in scope. So the rule is one of letters and places: a name in capitals
//! is a constant, and so a width, unless it stands beside a number, where a width would say nothing, or an attribute or
//! brackets say that it is a layer. What kinds of networks are called for short, such as `MLP`, is taken for one; and where
//! no width is wanted, so is a name that layers have elsewhere, such as `GRU`.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{AngleBracketedGenericArguments, Expr, ExprLit, Ident, Lit, Path, PathArguments};

use crate::ast::{Arguments, Link, LinkKind};
use crate::catalog::{self, Entry, Kind};

/// What kinds of networks are called for short, and so networks of the user's own.
const NETWORKS: &[&str] = &[
    "AE", "ANN", "CNN", "DNN", "DQN", "ESN", "FNN", "GAN", "KAN", "MLP", "NN", "RBF", "RBM", "RNN", "SNN", "SOM", "VAE",
];

/// For every element of a chain, whether it is a width.
pub fn find(chain: &[Link], consts: &[Ident]) -> Vec<bool> {
    let mut widths: Vec<bool> = Vec::new();
    // Whether an Affine waits for its width.
    let mut open = false;
    for (position, link) in chain.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| chain.get(before));
        let next = chain.get(position + 1);
        let is_width = match (&link.kind, as_constant(link)) {
            _ if is_plain_width(link, consts) => true,
            (_, Some(_)) if position == 0 => true,
            (LinkKind::Name(path, _), Some(name)) => {
                let beside_number = [before, next].into_iter().flatten().any(|link| is_plain_width(link, consts));
                let is_known = path.get_ident().is_some() && catalog::is_known(&name.to_string());
                let wanted = open && next.is_none_or(|next| as_constant(next).is_none());
                !beside_number && (!is_known || wanted)
            }
            _ => false,
        };
        open = !is_width && (open || is_affine(link));
        widths.push(is_width);
    }
    widths
}

/// A number, or a const parameter of the network.
fn is_plain_width(link: &Link, consts: &[Ident]) -> bool {
    match &link.kind {
        LinkKind::Number(_) => true,
        LinkKind::Name(path, None) => path.get_ident().is_some_and(|name| consts.contains(name)),
        _ => false,
    }
}

/// The name of an element that is written like a constant, with nothing that says that it is a layer.
fn as_constant(link: &Link) -> Option<&Ident> {
    let LinkKind::Name(path, None) = &link.kind else { return None };
    let last = path.segments.last()?;
    if NETWORKS.contains(&&*last.ident.to_string()) {
        return None;
    }
    (link.attrs.is_empty() && last.arguments.is_none() && is_in_capitals(&last.ident)).then_some(&last.ident)
}

fn is_affine(link: &Link) -> bool {
    let LinkKind::Name(path, _) = &link.kind else { return false };
    let entry = path.get_ident().and_then(|name| catalog::suggest(&name.to_string()));
    entry.is_some_and(|entry| entry.kind == Kind::Affine)
}

/// Whether a name is written like a constant.
pub fn is_in_capitals(name: &Ident) -> bool {
    !name.to_string().trim_start_matches("r#").contains(char::is_lowercase)
}

/// Whether a name is written like a variable, and is not that of a layer in small letters.
pub fn is_variable(name: &Ident) -> bool {
    let name = name.to_string();
    !name.contains(char::is_uppercase) && name.contains(char::is_lowercase) && !catalog::is_known(&name)
}

/// `Affine<16>`
pub fn in_angle_brackets(path: &Path) -> Option<(&Ident, &AngleBracketedGenericArguments)> {
    let mut segments = path.segments.iter();
    match (segments.next(), segments.next()) {
        (Some(only), None) if path.leading_colon.is_none() => match &only.arguments {
            PathArguments::AngleBracketed(generics) => Some((&only.ident, generics)),
            _ => None,
        },
        _ => None,
    }
}

/// The layer that `Affine::new(784, 128)` or `nn::Linear(784, 128)` means: a function of it, or it in the module of another library.
pub fn function_of_layer(path: &Path) -> Option<&'static Entry> {
    let (first, last) = (path.segments.first()?, path.segments.last()?);
    if path.segments.len() < 2 || path.leading_colon.is_some() {
        return None;
    }
    let (first, last) = (first.ident.to_string(), last.ident.to_string());
    if ["nn", "torch", "tf", "keras"].contains(&&*first) {
        return catalog::by_name(&last);
    }
    (!last.contains(char::is_uppercase)).then(|| catalog::find(&first)).flatten()
}

/// The width that an Affine gives, if it stands in its brackets: the last one, as others write it.
pub fn among(given: &Arguments) -> Option<(String, Span)> {
    let mut widths = given.list.iter().filter(|argument| argument.name.as_ref().is_none_or(|name| name != "init"));
    let last = widths.rfind(|argument| is_width(&argument.value))?;
    let alone = given.list.len() == 1;
    let span = if alone { syn::spanned::Spanned::span(&last.value) } else { given.span };
    Some((last.value.to_token_stream().to_string(), span))
}

fn is_width(value: &Expr) -> bool {
    match bare(value) {
        Expr::Lit(ExprLit { lit: Lit::Int(_), .. }) => true,
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| is_in_capitals(&last.ident)),
        _ => false,
    }
}

/// An expression without the brackets around it, which `macro_rules!` sets unseen.
pub fn bare(value: &Expr) -> &Expr {
    match value {
        Expr::Group(group) => bare(&group.expr),
        Expr::Paren(paren) => bare(&paren.expr),
        value => value,
    }
}
