//! One operation: its method, the type that stands for it, the setters of its
//! call.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::structure::{code, deprecated};
use super::ty::{self, From, ident};
use crate::graph::{Location, Status};
use crate::model::{
    Api, Content, Docs, ItemKind, Operation, Outcome, OutcomeEnum, Parameter, Scalar, Type,
};

/// The method that starts a call.
pub(super) fn method(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(&operation.name.rust);
    let marker = ident(&operation.marker.rust);
    let docs = docs::lines_to_attributes(&method_docs(operation));
    let deprecated = deprecated(operation.deprecated);
    let mut arguments = Vec::new();
    let mut statements = Vec::new();
    for parameter in &operation.path_parameters {
        let name = ident(&parameter.name.rust);
        let wire = &parameter.wire;
        let (ty, value) = path_argument(api, parameter);
        arguments.push(quote!(#name: #ty));
        if is_secret(api, parameter) {
            statements.push(quote!(let #name = #name.into();));
        }
        let explode = parameter.style.explode;
        let conceal = conceal(api, parameter, &quote!(draft), &quote!(#name));
        statements.push(quote!(#conceal draft.path(#wire, #explode, #value);));
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
        let ty = content_type(api, &body.content);
        arguments.push(quote!(#name: #ty));
        statements.push(send_body(
            &body.content,
            &body.media_type,
            &quote!(draft),
            &quote!(#name),
        ));
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

/// The type of a path argument, and the expression that is serialized.
fn path_argument(api: &Api, parameter: &Parameter) -> (TokenStream, TokenStream) {
    let name = ident(&parameter.name.rust);
    match plain(api, &parameter.ty) {
        Type::Scalar(Scalar::String) => (quote!(impl AsRef<str>), quote!(#name.as_ref())),
        Type::Scalar(Scalar::Secret) => (quote!(impl Into<Secret>), quote!(&#name)),
        _ => {
            let (ty, value) = ty::argument(api, &parameter.ty, &name, From::Crate);
            (ty, quote!(&#value))
        }
    }
}

/// The type behind names for it.
fn plain<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Alias(alias) if !alias.newtype => plain(api, &alias.ty),
            _ => ty,
        },
        _ => ty,
    }
}

/// The statements that put a parameter into a draft.
fn send_parameter(
    api: &Api,
    parameter: &Parameter,
    draft: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let wire = &parameter.wire;
    let explode = parameter.style.explode;
    let conceal = conceal(api, parameter, draft, value);
    match parameter.location {
        Location::Path => quote!(#conceal #draft.path(#wire, #explode, &#value);),
        Location::Query => {
            quote!(#conceal #draft.query(#wire, QueryStyle::Form, #explode, &#value);)
        }
        Location::Header if is_secret(api, parameter) => {
            quote!(#draft.secret_header(#wire, &#value);)
        }
        Location::Header => quote!(#draft.header(#wire, #explode, &#value);),
        Location::Cookie => quote!(#conceal #draft.cookie(#wire, #explode, &#value);),
    }
}

/// What keeps a secret that is no header out of sight.
fn conceal(
    api: &Api,
    parameter: &Parameter,
    draft: &TokenStream,
    value: &TokenStream,
) -> Option<TokenStream> {
    let wire = &parameter.wire;
    (is_secret(api, parameter) && parameter.location != Location::Header)
        .then(|| quote!(#draft.conceal(#wire, &#value);))
}

fn is_secret(api: &Api, parameter: &Parameter) -> bool {
    *plain(api, &parameter.ty) == Type::Scalar(Scalar::Secret)
}

fn send_body(
    content: &Content,
    media_type: &str,
    draft: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    match content {
        Content::Json(_) => quote!(#draft.json(#media_type, &#value);),
        Content::Text | Content::Binary => quote!(#draft.bytes(#media_type, #value.into());),
    }
}

fn content_type(api: &Api, content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) => ty::ty(api, ty, From::Crate),
        Content::Text => quote!(String),
        Content::Binary => quote!(bytes::Bytes),
    }
}

/// The types that stand for an operation, and the setters of its call.
pub(super) fn items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let mut items = Vec::new();
    items.extend(marker(api, operation));
    items.extend(setters(api, operation));
    items.extend(required(api, operation));
    for outcome in [&operation.output, &operation.failure] {
        if let Outcome::ByStatus(outcome) = outcome {
            items.push(outcome_enum(api, operation, outcome));
        }
    }
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
    let method = ident(operation.method);
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
    let decode = decode(operation);
    let decode_failure = decode_failure(operation);
    let deprecated = deprecated(operation.deprecated);
    let allow = operation.deprecated.then(
        || quote!(#[allow(deprecated, reason = "a deprecated operation is still an operation")]),
    );
    vec![
        quote! {
            #docs
            #deprecated
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
        },
        quote! {
            #allow
            impl Operation for #name {
                const ENDPOINT: &'static Endpoint = &Endpoint {
                    id: #id,
                    method: http::Method::#method,
                    path: #path,
                    accept: #accept,
                    security: &[#(#security),*],
                    error_code: #error_code,
                    error_request_id: #error_request_id,
                };
                type Output = #output;
                type Failure = #failure;

                fn decode(received: &Received) -> Result<Self::Output, DecodeError> { #decode }

                fn decode_failure(received: &Received) -> Option<Self::Failure> { #decode_failure }
            }
        },
    ]
}

/// The type of an outcome; `nothing` where nothing is documented.
pub(super) fn outcome_type(api: &Api, outcome: &Outcome, nothing: &TokenStream) -> TokenStream {
    match outcome {
        Outcome::Nothing => nothing.clone(),
        Outcome::One(content) => content_type(api, content),
        Outcome::ByStatus(outcome) => {
            let name = ident(&outcome.name.rust);
            quote!(#name)
        }
    }
}

fn read(content: Option<&Content>) -> TokenStream {
    match content {
        None => quote!(received.empty()),
        Some(Content::Json(_)) => quote!(received.json()),
        Some(Content::Text) => quote!(received.text()),
        Some(Content::Binary) => quote!(received.bytes()),
    }
}

fn decode(operation: &Operation) -> TokenStream {
    match &operation.output {
        Outcome::Nothing => read(None),
        Outcome::One(content) => read(Some(content)),
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, read);
            let other = (!has_default(outcome)).then(|| quote!(_ => Err(received.undocumented()),));
            quote!(match received.status().as_u16() { #(#arms)* #other })
        }
    }
}

fn decode_failure(operation: &Operation) -> TokenStream {
    match &operation.failure {
        Outcome::Nothing => quote!(received.json().ok()),
        Outcome::One(content) => {
            let read = read(Some(content));
            quote!(#read.ok())
        }
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, |content| {
                let read = read(content);
                quote!(#read.ok())
            });
            let other = (!has_default(outcome)).then(|| quote!(_ => None,));
            quote!(match received.status().as_u16() { #(#arms)* #other })
        }
    }
}

fn has_default(outcome: &OutcomeEnum) -> bool {
    outcome
        .variants
        .iter()
        .any(|variant| variant.status == Status::Default)
}

fn arms(outcome: &OutcomeEnum, read: impl Fn(Option<&Content>) -> TokenStream) -> Vec<TokenStream> {
    outcome
        .variants
        .iter()
        .map(|variant| {
            let name = ident(&variant.name.rust);
            let enum_name = ident(&outcome.name.rust);
            let read = read(variant.content.as_ref());
            let pattern = match variant.status {
                Status::Code(code) => {
                    let code = proc_macro2::Literal::u16_unsuffixed(code);
                    quote!(#code)
                }
                Status::Range(hundred) => {
                    let first = proc_macro2::Literal::u16_unsuffixed(hundred * 100);
                    let last = proc_macro2::Literal::u16_unsuffixed(hundred * 100 + 99);
                    quote!(#first..=#last)
                }
                Status::Default => quote!(_),
            };
            match variant.content {
                Some(_) => quote!(#pattern => #read.map(#enum_name::#name),),
                None => quote!(#pattern => #read.map(|()| #enum_name::#name),),
            }
        })
        .collect()
}

fn outcome_enum(api: &Api, operation: &Operation, outcome: &OutcomeEnum) -> TokenStream {
    let name = ident(&outcome.name.rust);
    let docs = docs::sentence(&format!(
        "What `{}` yields, by status.",
        code(&operation.id)
    ));
    let variants = outcome.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let docs = docs::attributes(
            &Docs {
                text: Some(format!("{}: {}", variant.status, variant.description)),
                notes: Vec::new(),
            },
            "",
        );
        match &variant.content {
            Some(content) => {
                let ty = content_type(api, content);
                quote! { #docs #name(#ty), }
            }
            None => quote! { #docs #name, },
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }
}

/// The plain struct of required parameters outside the path.
fn required(api: &Api, operation: &Operation) -> Option<TokenStream> {
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
            let deprecated = deprecated(parameter.deprecated);
            let ty = ty::ty(api, &parameter.ty, From::Crate);
            quote! { #docs #deprecated pub #name: #ty, }
        });
    Some(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name { #(#fields)* }
    })
}

fn setters(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let marker = ident(&operation.marker.rust);
    let draft = quote!(self.draft);
    let parameters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .map(|parameter| {
            let name = ident(&parameter.name.rust);
            let docs = parameter_docs(parameter);
            let deprecated = deprecated(parameter.deprecated);
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
            let ty = content_type(api, &body.content);
            let statement = send_body(&body.content, &body.media_type, &draft, &quote!(#name));
            quote! {
                #docs
                pub fn #name(mut self, #name: #ty) -> Self { #statement self }
            }
        });
    let setters: Vec<TokenStream> = parameters.chain(body).collect();
    if setters.is_empty() {
        return None;
    }
    let allow = operation.deprecated.then(
        || quote!(#[allow(deprecated, reason = "a deprecated operation is still an operation")]),
    );
    Some(quote! { #allow impl Call<'_, #marker> { #(#setters)* } })
}

fn parameter_docs(parameter: &Parameter) -> TokenStream {
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
