//! What was written, every piece with its place in the source.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, Ident, LitInt, Path, Token, Visibility};

/// `/// docs pub Mnist<f32>: 784 => Affine => …`
pub struct Network {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub scalar: Option<Ident>,
    pub consts: Vec<Ident>,
    pub chain: Vec<Link>,
}

/// One element of the chain, with the attributes before it.
pub struct Link {
    pub attrs: Vec<Attribute>,
    pub kind: LinkKind,
}

impl Link {
    /// All names that stand in it.
    pub fn names(&self) -> Vec<Ident> {
        let LinkKind::Name(path, arguments) = &self.kind else { return Vec::new() };
        let arguments = arguments.iter().flat_map(|arguments| &arguments.list);
        let values = arguments.map(|argument| argument.value.to_token_stream());
        std::iter::once(path.to_token_stream()).chain(values).flat_map(names).collect()
    }
}

/// All names among tokens.
fn names(tokens: TokenStream) -> Vec<Ident> {
    let one = |token| match token {
        TokenTree::Ident(ident) => vec![ident],
        TokenTree::Group(group) => names(group.stream()),
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(one).collect()
}

/// Whether a name stands among tokens.
pub fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    names(tokens).contains(name)
}

pub enum LinkKind {
    /// `784`
    Number(LitInt),
    /// `HIDDEN`, `Relu`, `LeakyRelu(0.01)`, `path::To::Layer<3>`: a width or a layer.
    Name(Path, Option<Arguments>),
    /// Neither, which has been reported.
    Wrong,
}

/// What stands in a layer's brackets.
pub struct Arguments {
    pub span: Span,
    pub list: Vec<Argument>,
}

/// `0.01` or `init = HeNormal`
pub struct Argument {
    pub name: Option<Ident>,
    /// The `:` that stands where `=` should.
    pub colon: Option<Token![:]>,
    pub value: Expr,
}
