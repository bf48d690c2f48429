//! A network whose shapes are resolved.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, Path, PathArguments, Visibility};

use crate::budget::Limit;
use crate::catalog::Entry;
use crate::expand::respan;
use crate::shape::Width;

pub struct Model {
    /// Those of the struct.
    pub attrs: Vec<Attribute>,
    /// `#[cfg(…)]`, for all that is written out.
    pub cfg: Vec<Attribute>,
    pub vis: Visibility,
    pub name: Ident,
    pub scalar: Scalar,
    pub consts: Vec<Ident>,
    /// All names that stand in the chain.
    pub mentioned: HashSet<Ident>,
    pub input: Width,
    pub output: Width,
    pub stages: Vec<Stage>,
    pub loss: Option<Loss>,
    pub assertions: Vec<Assertion>,
    /// Whether it has been repaired after a mistake, so that nothing but its name and its fields can be relied on.
    pub mistaken: bool,
    pub budget: Vec<Limit>,
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

    /// An argument as an expression of this scalar: a number or the name of one.
    pub fn argument(&self, number: &TokenStream) -> TokenStream {
        if self.is_constant(number) { self.number(&self.checked(number)) } else { self.number(number) }
    }

    /// Whether an argument is the name of a number.
    pub fn is_constant(&self, number: &TokenStream) -> bool {
        !matches!(number.clone().into_iter().next(), Some(TokenTree::Literal(_)))
    }

    /// A number that is named; if it is none, that is said on its name alone.
    pub fn checked(&self, name: &TokenStream) -> TokenStream {
        let ty = if self.generic { format_ident!("f64") } else { self.name.clone() };
        let ty = Ident::new(&ty.to_string(), name.span());
        quote_spanned!(name.span()=> { let __number: #ty = #name; __number })
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
        /// Its arguments as they are written.
        numbers: Vec<TokenStream>,
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
    pub name: String,
    pub ty: TokenStream,
    /// The loss as an expression.
    pub value: TokenStream,
    /// Whether it chooses one among the outputs, so that a single one leaves nothing to choose.
    pub is_choice: bool,
    /// Whether it is the user's own.
    pub is_own: bool,
    /// Where its name is written.
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
    /// Whether the network has parameters of its own, so that its size is known only where it is used.
    pub fn is_generic(&self) -> bool {
        self.scalar.generic || !self.consts.is_empty()
    }

    /// The stages that have a field in the network.
    pub fn kept(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| stage.is_kept())
    }

    /// The stages that have a field in the gradient.
    pub fn trained(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| stage.is_trained())
    }

    /// The widths that are constants.
    pub fn constants(&self) -> impl Iterator<Item = &Width> {
        let widths = std::iter::once(&self.input).chain(self.stages.iter().map(|stage| &stage.output));
        let mut seen = HashSet::new();
        widths.filter(move |width| matches!(width, Width::Constant(_)) && seen.insert(width.to_string()))
    }

    /// The widths that are const parameters.
    pub fn parameters(&self) -> impl Iterator<Item = &Width> {
        let widths = std::iter::once(&self.input).chain(self.stages.iter().map(|stage| &stage.output));
        let mut seen = HashSet::new();
        widths.filter(move |width| matches!(width, Width::Parameter(_)) && seen.insert(width.to_string()))
    }

    /// The stages that are layers from elsewhere.
    pub fn others(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| matches!(stage.layer, Layer::Other { .. }))
    }

    /// `MnistGradient`
    pub fn gradient(&self) -> Ident {
        self.fresh(&format_ident!("{}Gradient", self.name).to_string())
    }

    /// A name for an item beside the struct or a parameter of its impl, which hides none that the chain mentions.
    pub fn fresh(&self, name: &str) -> Ident {
        let mut fresh = format_ident!("{name}");
        while self.mentioned.contains(&fresh) {
            fresh = format_ident!("{fresh}_");
        }
        fresh
    }

    /// `SVector<f32, 784>`
    pub fn vectors(&self, width: &Width) -> TokenStream {
        let (scalar, width) = (&self.scalar.name, width.argument());
        quote!(::chainrule::nalgebra::SVector<#scalar, #width>)
    }

    /// The type of the loss.
    pub fn loss_type(&self) -> TokenStream {
        self.loss.as_ref().map_or_else(|| quote!(::chainrule::loss::NoLoss), |loss| loss.ty.clone())
    }

    /// The name of the link to a layer from elsewhere.
    pub fn link_name(&self, stage: &Stage) -> Ident {
        self.fresh(&format!("__{}", stage.name))
    }

    /// The link as the head of a path: `<__gain1 as Link<f32, Width<3>, Width<3>>>`.
    pub fn link(&self, stage: &Stage) -> TokenStream {
        let (name, scalar) = (self.link_name(stage), &self.scalar.name);
        let (input, output) = (stage.input.shape(), stage.output.shape());
        let types = self.scalar.generic.then_some(scalar);
        let types = types.into_iter();
        let consts = &self.consts;
        let link = quote!(<#name<#(#types,)* #({ #consts }),*> as ::chainrule::layer::Link<#scalar, #input, #output>>);
        respan(link, stage.name.span())
    }

    /// An associated type of the link.
    pub fn of_link(&self, stage: &Stage, name: &str) -> TokenStream {
        let (link, name) = (self.link(stage), format_ident!("{name}"));
        respan(quote!(#link::#name), stage.name.span())
    }

    /// A layer from elsewhere as an expression: a field, or made from its arguments.
    pub fn layer(&self, stage: &Stage) -> TokenStream {
        let field = &stage.name;
        match &stage.layer {
            Layer::Other { path, arguments: Some(arguments), .. } => {
                let path = with_turbofish(path);
                quote!(&#path #arguments)
            }
            _ => quote!(&self.#field),
        }
    }

    /// A field for a scalar that no other field may mention.
    pub fn phantom(&self) -> Option<TokenStream> {
        self.scalar.generic.then(|| self.marker())
    }

    /// A field of no size.
    pub fn marker(&self) -> TokenStream {
        let scalar = &self.scalar.name;
        quote!(#[doc(hidden)] pub __scalar: ::core::marker::PhantomData<#scalar>,)
    }
}

/// `Gain<3>` as `Gain::<3>`, which can stand in an expression too.
pub fn with_turbofish(path: &Path) -> Path {
    let mut path = path.clone();
    for segment in &mut path.segments {
        if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
            arguments.colon2_token.get_or_insert_default();
        }
    }
    path
}
