//! `#[derive(Params)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Type, parse_quote};

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
    if !fields.is_empty() && !is_repr_c(&input) {
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

fn is_repr_c(input: &DeriveInput) -> bool {
    input.attrs.iter().filter(|attr| attr.path().is_ident("repr")).any(|attr| {
        let mut found = false;
        let _ = attr.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("C") || meta.path.is_ident("transparent");
            Ok(())
        });
        found
    })
}
