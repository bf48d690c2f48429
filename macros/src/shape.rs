//! Widths, and what is known of them while a chain is read.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Path;

/// How many values flow at one point of the chain.
#[derive(Clone)]
pub enum Width {
    Number(usize, Span),
    /// A constant in scope.
    Constant(Path),
    /// A const parameter of the network.
    Parameter(Path),
}

impl Width {
    /// The width as an expression.
    pub fn value(&self) -> TokenStream {
        match self {
            Self::Number(number, span) => {
                let mut literal = proc_macro2::Literal::usize_unsuffixed(*number);
                literal.set_span(*span);
                quote!(#literal)
            }
            Self::Constant(path) | Self::Parameter(path) => quote!(#path),
        }
    }

    /// The width as a generic argument.
    pub fn argument(&self) -> TokenStream {
        match self {
            // In braces, since a type of the same name would be preferred.
            Self::Constant(path) | Self::Parameter(path) => quote!({ #path }),
            Self::Number(..) => self.value(),
        }
    }

    /// The width as a shape.
    pub fn shape(&self) -> TokenStream {
        let width = self.argument();
        quote!(::chainrule::shape::Width<#width>)
    }

    pub fn span(&self) -> Span {
        match self {
            Self::Number(_, span) => *span,
            Self::Constant(path) | Self::Parameter(path) => {
                path.segments.last().map_or_else(Span::call_site, |segment| segment.ident.span())
            }
        }
    }

    /// Whether two widths are the same, if that can be told from what is written.
    pub fn same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Number(a, _), Self::Number(b, _)) => Some(a == b),
            _ if self.to_string() == other.to_string() => Some(true),
            (Self::Parameter(_), _) | (_, Self::Parameter(_)) => Some(false),
            _ => None,
        }
    }
}

impl std::fmt::Display for Width {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number, _) => number.fmt(f),
            Self::Constant(path) | Self::Parameter(path) => path.to_token_stream().to_string().replace(' ', "").fmt(f),
        }
    }
}

/// The state of the shape inference between two elements of the chain.
#[derive(Clone)]
pub enum Flow {
    /// This width flows.
    Known(Width),
    /// The Affine among the stages at this index has opened the width; the next width written closes it.
    Open {
        /// Where the Affine is among the stages.
        stage: usize,
        /// Whether its width stands in a mistake, and so is not missing.
        excused: bool,
    },
    /// A layer from elsewhere, at this index, is taken to keep the width, unless another is written before the next
    /// layer that changes it.
    Assumed {
        /// Where the layer is among the stages.
        stage: usize,
        /// The width it is given.
        width: Width,
    },
    /// After a mistake: anything may follow, and nothing is reported because of it.
    Poisoned,
}
