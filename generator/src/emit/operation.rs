//! One operation: its method, and the type that stands for it.

use proc_macro2::TokenStream;
use quote::quote;

use super::body;
use super::call::{required, setters};
use super::docs;
use super::header;
use super::outcome::{decode, decode_failure, outcome_enum, outcome_type, streaming};
use super::sending::{conceal, is_secret, path_argument, send_parameter, send_path};
use super::structure::{code, deprecated};
use super::ty::ident;
use crate::model::{Api, Operation, Outcome};

/// The method that starts a call.
pub(super) fn method(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.name.rust);
    let marker = ident(&operation.marker.rust);
    let docs = docs::lines_to_attributes(&method_docs(operation));
    let deprecated = deprecated(operation.deprecated, &operation.docs);
    let mut arguments = Vec::new();
    let mut statements: Vec<TokenStream> = Vec::new();
    statements.extend(super::server::of_operation(operation));
    for parameter in &operation.path_parameters {
        let name = ident(&parameter.name.rust);
        let (ty, value) = path_argument(api, parameter);
        arguments.push(quote!(#name: #ty));
        if is_secret(api, parameter) {
            statements.push(quote!(let #name = #name.into();));
        }
        let conceal = conceal(api, parameter, &quote!(draft), &quote!(#name));
        let statement = send_path(parameter, &value);
        statements.push(quote!(#conceal #statement));
    }
    if let Some(required_name) = &operation.required_name {
        let required_name = ident(&required_name.rust);
        arguments.push(quote!(required: #required_name));
        for parameter in operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required)
        {
            let name = ident(&parameter.name.rust);
            statements.push(send_parameter(
                api,
                parameter,
                &quote!(draft),
                &quote!(required.#name),
            ));
        }
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let name = ident(&body.name.rust);
        let ty = body::argument(api, body);
        arguments.push(quote!(#name: #ty));
        statements.push(body::send(body, &quote!(draft), &quote!(#name)));
    }
    let (receiver, lifetime, core) = if operation.namespace.is_some() {
        (quote!(self), quote!('a), quote!(self.client.core))
    } else {
        (quote!(&self), quote!('_), quote!(self.core))
    };
    let mutable = (!statements.is_empty()).then(|| quote!(mut));
    quote! {
        #docs
        #deprecated
        pub fn #name(#receiver, #(#arguments),*) -> Call<#lifetime, #marker> {
            let #mutable draft = Draft::new(&#core, #marker::ENDPOINT);
            #(#statements)*
            draft.call()
        }
    }
}

fn method_docs(operation: &Operation) -> Vec<String> {
    let mut lines = docs::lines(&operation.docs, &format!("`{}`.", code(&operation.id)));
    let mut arguments = Vec::new();
    for parameter in &operation.path_parameters {
        arguments.extend(docs::entry(
            &parameter.name.rust,
            &parameter.docs,
            "A part of the path.",
        ));
    }
    if let Some(required) = &operation.required_name {
        arguments.push(format!(
            "- `required`: the parameters that must be given, [`{}`].",
            required.rust
        ));
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        arguments.extend(docs::entry(
            &body.name.rust,
            &body.docs,
            "The request body.",
        ));
    }
    if !arguments.is_empty() {
        lines.push(String::new());
        lines.push("# Arguments".to_owned());
        lines.push(String::new());
        lines.extend(arguments);
    }
    lines
}

/// The types that stand for an operation, and the setters of its call.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let mut items = Vec::new();
    items.extend(marker(api, operation));
    items.extend(setters(api, operation));
    items.extend(required(api, operation));
    items.extend(body::items(api, operation));
    for outcome in [&operation.output, &operation.failure] {
        if let Outcome::ByStatus(outcome) = outcome {
            items.push(outcome_enum(api, operation, outcome));
        }
    }
    items.extend(header::items(api, operation));
    items
}

fn marker(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.marker.rust);
    let docs = docs::sentence(&format!(
        "The operation `{}`, for [`Call`]: `{} {}`.",
        code(&operation.id),
        operation.method,
        code(&operation.path)
    ));
    let Operation {
        id, path, accept, ..
    } = operation;
    let method = &operation.method;
    let security = operation
        .security
        .iter()
        .map(|schemes| quote!(&[#(#schemes),*]));
    let option = |text: &Option<String>| match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let error_code = option(&api.error_code);
    let error_request_id = option(&api.error_request_id);
    let output = outcome_type(api, &operation.output, &quote!(()));
    let failure = outcome_type(api, &operation.failure, &quote!(serde_json::Value));
    let streaming = streaming(api, operation);
    let decode = decode(api, operation);
    let decode_failure = decode_failure(api, operation);
    let deprecated = deprecated(operation.deprecated, &operation.docs);
    vec![
        quote! {
            #docs
            #deprecated
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
        },
        quote! {
                impl Operation for #name {
                const ENDPOINT: &'static Endpoint = &Endpoint {
                    id: #id,
                    method: #method,
                    path: #path,
                    accept: #accept,
                    security: &[#(#security),*],
                    error_code: #error_code,
                    error_request_id: #error_request_id,
                };
                type Output = #output;
                type Failure = #failure;

                #streaming

                fn decode(received: &Received) -> Result<Self::Output, DecodeError> { #decode }

                fn decode_failure(received: &Received) -> Option<Self::Failure> { #decode_failure }
            }
        },
    ]
}
