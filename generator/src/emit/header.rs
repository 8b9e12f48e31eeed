//! Response headers: the documented ones of an operation in, the struct that
//! reads them out.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structure::{code, deprecated};
use super::ty::{self, From, ident};
use crate::model::{Api, HeaderStruct, Operation};

pub(super) fn items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let successes = operation.output_headers.iter().flat_map(|headers| {
        let what = "The headers of a successful response of";
        structure(api, operation, headers, what)
    });
    let failures = operation.failure_headers.iter().flat_map(|headers| {
        let what = "The headers of an error response of";
        structure(api, operation, headers, what)
    });
    successes.chain(failures).collect()
}

fn structure(
    api: &Api,
    operation: &Operation,
    headers: &HeaderStruct,
    what: &str,
) -> Vec<TokenStream> {
    let name = ident(&headers.name.rust);
    let docs = docs::sentence(&format!("{what} `{}`.", code(&operation.id)));
    let fields = headers.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let docs = docs::attributes(&field.docs, &format!("`{}`.", code(&field.wire)));
        let deprecated = deprecated(field.deprecated, &field.docs);
        let ty = ty::ty(api, &field.ty, From::Crate);
        let ty = if field.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
        quote! { #docs #deprecated pub #name: #ty, }
    });
    let values = headers.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        let wire = &field.wire;
        let explode = field.explode;
        let read = if field.json {
            quote!(header_values::json(headers, #wire)?)
        } else {
            quote!(header_values::read(headers, #wire, #explode)?)
        };
        if field.required {
            quote!(#name: header_values::required(#wire, #read)?,)
        } else {
            quote!(#name: #read,)
        }
    });
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    };
    let reading = quote! {
        impl #name {
            /// Reads the headers of a response.
            ///
            /// # Errors
            ///
            /// When one does not fit the API description, or a required one is
            /// missing.
            pub fn from_headers(headers: &http::HeaderMap) -> Result<Self, DecodeError> {
                Ok(Self { #(#values)* })
            }
        }
    };
    vec![definition, reading]
}
