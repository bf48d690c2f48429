//! `#[derive(Params)]`.

use proc_macro2::{TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Path, Type, parse_quote, token};

use crate::errors::{self, Errors};

pub fn derive(input: TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => {
            errors.add(error);
            return None;
        }
    };
    let Data::Struct(data) = &input.data else {
        errors.add(errors::params_of_enum(&input.ident));
        return None;
    };
    let fields: Vec<&Type> = data.fields.iter().map(|field| &field.ty).collect();
    let representation = match representation(&input) {
        Ok(representation) => representation,
        Err(error) => {
            errors.add(error);
            return None;
        }
    };
    if let Some(other) = representation.iter().find(|word| !word.is_ident("C") && !word.is_ident("transparent")) {
        errors.add(errors::params_of_another_alignment(&input.ident, other));
        return None;
    }
    if !fields.is_empty() && representation.is_empty() {
        errors.add(errors::params_not_repr_c(&input.ident));
        return None;
    }

    let name = &input.ident;
    let own: Vec<_> = input.generics.type_params().map(|param| &param.ident).collect();
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let predicates: Vec<_> = where_clause.iter().flat_map(|clause| &clause.predicates).collect();
    // On the field's own type, so that what is wrong with it is said there.
    let zeroable = fields.iter().map(|ty| quote_spanned!(ty.span()=> #ty: ::chainrule::params::Zeroable));
    let params = fields.iter().map(|ty| quote_spanned!(ty.span()=> #ty: ::chainrule::params::Params<__Scalar>));
    let mut with_scalar = input.generics.clone();
    with_scalar.params.push(parse_quote!(__Scalar: ::chainrule::Scalar));
    let (impl_with_scalar, ..) = with_scalar.split_for_impl();
    Some(quote! {
        // SAFETY: all fields are.
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_generics ::chainrule::params::Zeroable for #name #type_generics
        where
            #(#own: ::chainrule::Scalar,)*
            #(#zeroable,)*
            #(#predicates,)*
        {
        }
        // SAFETY: the struct is `repr(C)`, and all fields are parameters of the same scalar.
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_with_scalar ::chainrule::params::Params<__Scalar> for #name #type_generics
        where
            #(#own: ::chainrule::Scalar,)*
            #(#params,)*
            #(#predicates,)*
        {
        }
    })
}

/// What stands in `#[repr(…)]`, without the numbers.
fn representation(input: &DeriveInput) -> syn::Result<Vec<Path>> {
    let mut words = Vec::new();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        attribute.parse_nested_meta(|meta| {
            if meta.input.peek(token::Paren) {
                meta.input.parse::<TokenTree>()?;
            }
            words.push(meta.path);
            Ok(())
        })?;
    }
    Ok(words)
}
