//! `#[derive(Params)]`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Path, Type, parse_quote, token};

use crate::errors::{self, Errors};
use crate::expand::put_together;

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
    let is_macro = |ty: &&&Type| {
        mentions(ty.to_token_stream(), &|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '!'))
    };
    if let Some(ty) = fields.iter().find(is_macro) {
        errors.add(errors::params_by_macro(ty));
        return None;
    }
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
        // It is written out all the same, so that this is the only error.
        errors.add(errors::params_not_repr_c(&input.ident));
    }

    let name = &input.ident;
    let own: Vec<_> = input.generics.type_params().map(|param| &param.ident).collect();
    let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
    let predicates: Vec<_> = where_clause.iter().flat_map(|clause| &clause.predicates).collect();
    let scalar = new_name(&input);
    // On the field's own type, so that what is wrong with it is said there.
    let zeroable = fields.iter().map(|ty| quote_spanned!(ty.span()=> #ty: ::chainrule::params::Zeroable));
    let params = fields.iter().map(|ty| quote_spanned!(ty.span()=> #ty: ::chainrule::params::Params<#scalar>));
    let params: Vec<_> = params.collect();
    let mut with_scalar = input.generics.clone();
    with_scalar.params.push(parse_quote!(#scalar: ::chainrule::Scalar));
    let (impl_with_scalar, ..) = with_scalar.split_for_impl();
    let values = data.fields.members().zip(&fields).map(|(member, ty)| {
        let value = quote_spanned!(ty.span()=> ::chainrule::params::field::<#scalar, _>());
        quote!(#member: #value)
    });
    let whole = put_together(name, values, None);
    Some(quote! {
        // SAFETY: all fields are.
        #[automatically_derived]
        #[allow(deprecated)]
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
        #[allow(deprecated)]
        #[diagnostic::do_not_recommend]
        unsafe impl #impl_with_scalar ::chainrule::params::Params<#scalar> for #name #type_generics
        where
            #(#own: ::chainrule::Scalar,)*
            #(#params,)*
            #(#predicates,)*
        {
        }
        #[allow(deprecated)]
        const _: () = {
            fn _fields_are_parameters #impl_with_scalar () -> #name #type_generics
            where
                #(#own: ::chainrule::Scalar,)*
                #(#params,)*
                #(#predicates,)*
            {
                #whole
            }
        };
    })
}

/// A name for a type parameter that the struct does not mention: in the type of a field it would stand for the parameter,
/// and the bounds would speak of other types than those of the fields.
fn new_name(input: &DeriveInput) -> Ident {
    let mut name = format_ident!("Scalar");
    while mentions(input.to_token_stream(), &|token| matches!(token, TokenTree::Ident(ident) if *ident == name)) {
        name = format_ident!("{name}_");
    }
    name
}

/// Whether any token is such a one.
fn mentions(tokens: TokenStream, such: &impl Fn(&TokenTree) -> bool) -> bool {
    tokens.into_iter().any(|token| match &token {
        TokenTree::Group(group) => mentions(group.stream(), such),
        token => such(token),
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
