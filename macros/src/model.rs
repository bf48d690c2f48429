//! A network whose shapes are resolved.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Attribute, Ident, Path, Visibility};

use crate::catalog::Entry;
use crate::shape::Width;

pub struct Model {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub scalar: Scalar,
    pub consts: Vec<Ident>,
    pub input: Width,
    pub output: Width,
    pub stages: Vec<Stage>,
    pub loss: Option<Loss>,
    pub assertions: Vec<Assertion>,
}

/// `f32`, `f64`, or a type parameter.
pub struct Scalar {
    pub name: Ident,
    pub generic: bool,
}

impl Scalar {
    /// A number as an expression of this scalar.
    pub fn number(&self, number: &TokenStream) -> TokenStream {
        if self.generic { quote!(::chainrule::Scalar::from_f64(#number)) } else { number.clone() }
    }
}

/// One layer of the chain.
pub struct Stage {
    /// Its name: that of the network's field if it has parameters.
    pub name: Ident,
    pub layer: Layer,
    pub frozen: bool,
    pub input: Width,
    pub output: Width,
}

pub enum Layer {
    Affine {
        init: TokenStream,
    },
    Activation {
        entry: &'static Entry,
        keeps_input: bool,
        /// The layer as an expression.
        value: TokenStream,
    },
    /// A layer of the user's own or a network.
    Other {
        path: Path,
        arguments: Option<TokenStream>,
        span: Span,
    },
}

impl Stage {
    /// Whether the network keeps parameters for it.
    pub fn is_kept(&self) -> bool {
        match &self.layer {
            Layer::Affine { .. } => true,
            Layer::Activation { .. } => false,
            Layer::Other { arguments, .. } => arguments.is_none(),
        }
    }

    pub fn is_trained(&self) -> bool {
        self.is_kept() && !self.frozen
    }
}

pub struct Loss {
    pub entry: &'static Entry,
    /// The loss as an expression.
    pub value: TokenStream,
    /// Whether its type has the scalar as a parameter.
    pub has_arguments: bool,
    pub span: Span,
}

/// Two widths that must be the same but whose values only the compiler knows.
pub struct Assertion {
    /// The width that flows.
    pub flows: Width,
    /// The width that is written.
    pub written: Width,
}

impl Model {
    /// The stages that have a field in the network.
    pub fn kept(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| stage.is_kept())
    }

    /// The stages that have a field in the gradient.
    pub fn trained(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| stage.is_trained())
    }

    /// The stages that are layers from elsewhere.
    pub fn others(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| matches!(stage.layer, Layer::Other { .. }))
    }

    /// `MnistGradient`
    pub fn gradient(&self) -> Ident {
        format_ident!("{}Gradient", self.name)
    }

    /// `SVector<f32, 784>`
    pub fn vectors(&self, width: &Width) -> TokenStream {
        let (scalar, width) = (&self.scalar.name, width.argument());
        quote!(::chainrule::nalgebra::SVector<#scalar, #width>)
    }

    /// The type of the loss.
    pub fn loss_type(&self) -> TokenStream {
        let Some(loss) = &self.loss else { return quote!(::chainrule::loss::NoLoss) };
        let name = format_ident!("{}", loss.entry.name, span = loss.span);
        let scalar = &self.scalar.name;
        let generics = loss.has_arguments.then(|| quote!(<#scalar>));
        quote!(::chainrule::loss::#name #generics)
    }

    /// The name of the link to a layer from elsewhere.
    pub fn link_name(&self, stage: &Stage) -> Ident {
        format_ident!("__{}", stage.name)
    }

    /// The link as the head of a path: `<__gain1 as Link<f32, Width<3>, Width<3>>>`.
    pub fn link(&self, stage: &Stage) -> TokenStream {
        let (name, scalar) = (self.link_name(stage), &self.scalar.name);
        let (input, output) = (stage.input.shape(), stage.output.shape());
        let types = self.scalar.generic.then_some(scalar);
        let types = types.into_iter();
        let consts = &self.consts;
        quote!(<#name<#(#types,)* #(#consts),*> as ::chainrule::layer::Link<#scalar, #input, #output>>)
    }

    /// An associated type of the link.
    pub fn of_link(&self, stage: &Stage, name: &str) -> TokenStream {
        let (link, name) = (self.link(stage), format_ident!("{name}"));
        quote!(#link::#name)
    }

    /// A layer from elsewhere as an expression: a field, or made from its arguments.
    pub fn layer(&self, stage: &Stage) -> TokenStream {
        let field = &stage.name;
        match &stage.layer {
            Layer::Other { path, arguments: Some(arguments), .. } => quote!(&#path #arguments),
            _ => quote!(&self.#field),
        }
    }

    /// A field for a scalar that no other field may mention.
    pub fn phantom(&self) -> Option<TokenStream> {
        let scalar = &self.scalar.name;
        self.scalar.generic.then(|| quote!(#[doc(hidden)] pub __scalar: ::core::marker::PhantomData<#scalar>,))
    }
}
