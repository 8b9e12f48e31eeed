//! What a call takes by name: the plain struct of required parameters, and the
//! setters of the optional ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::body;
use super::docs;
use super::sending::{is_secret, send_parameter};
use super::structure::{code, deprecated};
use super::ty::{self, From, ident};
use crate::graph::Location;
use crate::model::{Api, Operation, Parameter};

/// The plain struct of required parameters outside the path.
pub(super) fn required(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&operation.required_name.as_ref()?.rust);
    let docs = docs::sentence(&format!(
        "The parameters that `{}` must be given.",
        code(&operation.id)
    ));
    let fields = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| {
            let name = ident(&parameter.name.rust);
            let docs = parameter_docs(parameter);
            let deprecated = deprecated(parameter.deprecated, &parameter.docs);
            let ty = ty::ty(api, &parameter.ty, From::Crate);
            quote! { #docs #deprecated pub #name: #ty, }
        });
    Some(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name { #(#fields)* }
    })
}

pub(super) fn setters(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let marker = ident(&operation.marker.rust);
    let draft = quote!(self.draft);
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| {
            let name = ident(&parameter.name.rust);
            let docs = parameter_docs(parameter);
            let deprecated = deprecated(parameter.deprecated, &parameter.docs);
            let (ty, value) = ty::argument(api, &parameter.ty, &name, From::Crate);
            // A secret is needed twice.
            let (made, value) =
                if is_secret(api, parameter) && parameter.location != Location::Header {
                    (Some(quote!(let #name = #value;)), quote!(#name))
                } else {
                    (None, value)
                };
            let statement = send_parameter(api, parameter, &draft, &value);
            quote! {
                #docs
                #deprecated
                pub fn #name(mut self, #name: #ty) -> Self { #made #statement self }
            }
        });
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| {
            let name = ident(&body.name.rust);
            let docs = docs::attributes(&body.docs, "The request body.");
            let ty = body::argument(api, body);
            let statement = body::send(body, &draft, &quote!(#name));
            quote! {
                #docs
                pub fn #name(mut self, #name: #ty) -> Self { #statement self }
            }
        });
    let setters: Vec<TokenStream> = parameters.chain(body).collect();
    if setters.is_empty() {
        return None;
    }
    Some(quote! { impl Call<'_, #marker> { #(#setters)* } })
}

pub(super) fn parameter_docs(parameter: &Parameter) -> TokenStream {
    let place = match parameter.location {
        Location::Path => "part of the path",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let mut docs = parameter.docs.clone();
    docs.notes.insert(
        0,
        format!("Sent as the {place} `{}`.", code(&parameter.wire)),
    );
    docs::attributes(&docs, &format!("`{}`.", code(&parameter.wire)))
}
