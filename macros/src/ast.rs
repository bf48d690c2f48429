//! What was written, every piece with its place in the source.

use proc_macro2::Span;
use syn::{Attribute, Expr, Ident, LitInt, Path, Visibility};

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
    pub value: Expr,
}
