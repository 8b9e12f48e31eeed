//! Outcomes: what an operation documents for each status in, the types a call
//! yields and the decoding of each out.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::sending::content_type;
use super::structure::code;
use super::ty::ident;
use crate::graph::Status;
use crate::model::{Api, Content, Docs, ItemKind, Operation, Outcome, OutcomeEnum, Type};

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

fn read(api: &Api, content: Option<&Content>) -> TokenStream {
    match content {
        None => quote!(received.empty()),
        Some(Content::Json(ty)) if is_struct(api, ty) => quote!(received.json_object()),
        Some(Content::Json(_)) => quote!(received.json()),
        Some(Content::Text) => quote!(received.text()),
        Some(Content::Binary) => quote!(received.bytes()),
    }
}

/// Whether a value of the type is a struct, which serde would read from a list
/// as well.
fn is_struct(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Item(id) => match &api.item(*id).kind {
            ItemKind::Struct(_) => true,
            ItemKind::Alias(alias) => is_struct(api, &alias.ty),
            _ => false,
        },
        _ => false,
    }
}

pub(super) fn decode(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.output {
        Outcome::Nothing => read(api, None),
        Outcome::One(content) => read(api, Some(content)),
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, |content| read(api, content));
            let other = (!has_default(outcome)).then(|| quote!(_ => Err(received.undocumented()),));
            quote!(match received.status().as_u16() { #(#arms)* #other })
        }
    }
}

pub(super) fn decode_failure(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.failure {
        Outcome::Nothing => quote!(received.json().ok()),
        Outcome::One(content) => {
            let read = read(api, Some(content));
            quote!(#read.ok())
        }
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, |content| {
                let read = read(api, content);
                quote!(#read.ok())
            });
            let other = (!has_default(outcome)).then(|| quote!(_ => None,));
            quote!(match received.status().as_u16() { #(#arms)* #other })
        }
    }
}

pub(super) fn has_default(outcome: &OutcomeEnum) -> bool {
    outcome
        .variants
        .iter()
        .any(|variant| variant.status == Status::Default)
}

pub(super) fn arms(
    outcome: &OutcomeEnum,
    read: impl Fn(Option<&Content>) -> TokenStream,
) -> Vec<TokenStream> {
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

pub(super) fn outcome_enum(api: &Api, operation: &Operation, outcome: &OutcomeEnum) -> TokenStream {
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
