//! Outcomes: what an operation documents for each status and media type in, the
//! types a call yields and the decoding of each out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::structure::code;
use super::ty::{self, From, ident};
use crate::graph::{Framing, Status};
use crate::model::{
    Api, Content, Docs, EventData, ItemKind, Operation, Outcome, OutcomeEnum, OutcomeVariant, Type,
};

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

/// The type of what a response holds.
fn content_type(api: &Api, content: &Content) -> TokenStream {
    let of = |of: &Type| ty::ty(api, of, From::Crate);
    match content {
        Content::Json(ty) => of(ty),
        Content::Text => quote!(String),
        Content::Bytes => quote!(bytes::Bytes),
        Content::Stream => quote!(ByteStream),
        Content::Events(EventData::Text) => quote!(EventStream<Event<String>>),
        Content::Events(EventData::Json(ty)) => {
            let ty = of(ty);
            quote!(EventStream<Event<#ty>>)
        }
        Content::Events(EventData::Whole(ty)) => {
            let ty = of(ty);
            quote!(EventStream<#ty>)
        }
        Content::Items(ty, _) => {
            let ty = of(ty);
            quote!(JsonStream<#ty>)
        }
    }
}

/// The expression that reads a body, a `Result`.
fn read(api: &Api, content: Option<&Content>) -> TokenStream {
    match content {
        None => quote!(received.empty()),
        Some(Content::Json(ty)) if is_struct(api, ty) => quote!(received.json_object()),
        Some(Content::Json(_)) => quote!(received.json()),
        Some(Content::Text) => quote!(received.text()),
        Some(Content::Bytes) => quote!(received.bytes()),
        Some(Content::Stream) => quote!(Ok(ByteStream::new(body))),
        Some(Content::Events(data)) => match data {
            EventData::Text => quote!(Ok(EventStream::texts(body))),
            EventData::Json(_) => quote!(Ok(EventStream::values(body))),
            EventData::Whole(_) => quote!(Ok(EventStream::whole(body))),
        },
        Some(Content::Items(_, Framing::Lines)) => quote!(Ok(JsonStream::lines(body))),
        Some(Content::Items(_, Framing::Records)) => quote!(Ok(JsonStream::records(body))),
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

/// What an operation says beyond `decode` where a success may be a stream.
pub(super) fn streaming(api: &Api, operation: &Operation) -> TokenStream {
    let open = |read: TokenStream, head: TokenStream| {
        quote! {
            const STREAMS: bool = true;

            #head

            fn open(received: &Received, body: Unread) -> Result<Self::Output, DecodeError> {
                #read
            }
        }
    };
    match &operation.output {
        Outcome::One(content) if content.is_stream() => {
            // The head says nothing more.
            let read = read(api, Some(content));
            let read = quote!(let _ = received; #read);
            open(read, TokenStream::new())
        }
        Outcome::ByStatus(outcome) if is_streamed(outcome) => {
            let arms = arms(outcome, |variant| {
                is_stream(variant).then(|| yields(api, outcome, variant))
            });
            let read = by_status(outcome, arms, &quote!(Err(received.undocumented())));
            let arms = self::arms(outcome, |variant| is_stream(variant).then(|| quote!(true)));
            let told = by_status(outcome, arms, &quote!(false));
            open(
                read,
                quote! { fn is_stream(received: &Received) -> bool { #told } },
            )
        }
        _ => TokenStream::new(),
    }
}

fn is_streamed(outcome: &OutcomeEnum) -> bool {
    outcome.variants.iter().any(is_stream)
}

fn is_stream(variant: &OutcomeVariant) -> bool {
    variant.content.as_ref().is_some_and(Content::is_stream)
}

pub(super) fn decode(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.output {
        Outcome::Nothing => read(api, None),
        // `open` does it all.
        Outcome::One(content) if content.is_stream() => quote!(Err(received.undocumented())),
        Outcome::One(content) => read(api, Some(content)),
        Outcome::ByStatus(outcome) => {
            let arms = arms(outcome, |variant| {
                (!is_stream(variant)).then(|| yields(api, outcome, variant))
            });
            by_status(outcome, arms, &quote!(Err(received.undocumented())))
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
            let arms = arms(outcome, |variant| {
                let read = yields(api, outcome, variant);
                Some(quote!(#read.ok()))
            });
            by_status(outcome, arms, &quote!(None))
        }
    }
}

/// The expression that makes a variant of a response, a `Result`.
fn yields(api: &Api, outcome: &OutcomeEnum, variant: &OutcomeVariant) -> TokenStream {
    let name = ident(&variant.name.rust);
    let enum_name = ident(&outcome.name.rust);
    let read = read(api, variant.content.as_ref());
    match &variant.content {
        Some(_) => quote!(#read.map(#enum_name::#name)),
        None => quote!(#read.map(|()| #enum_name::#name)),
    }
}

/// The variants of each status with what becomes of them; `None` where that is
/// none of the business of who asks.
type Arms<'a> = Vec<(Status, Vec<(&'a OutcomeVariant, Option<TokenStream>)>)>;

fn arms(outcome: &OutcomeEnum, value: impl Fn(&OutcomeVariant) -> Option<TokenStream>) -> Arms<'_> {
    let mut arms: Arms<'_> = Vec::new();
    for variant in &outcome.variants {
        let value = (variant, value(variant));
        match arms.last_mut() {
            Some((status, values)) if *status == variant.status => values.push(value),
            _ => arms.push((variant.status, vec![value])),
        }
    }
    arms
}

/// Chooses by status, then by media type.
fn by_status(outcome: &OutcomeEnum, arms: Arms<'_>, other: &TokenStream) -> TokenStream {
    let has_default = outcome
        .variants
        .iter()
        .any(|variant| variant.status == Status::Default);
    let arms = arms.into_iter().map(|(status, values)| {
        // An exact status that is none of the business may stand inside a range
        // that is one.
        let value = match values.as_slice() {
            [(_, value)] => value.clone().unwrap_or_else(|| other.clone()),
            _ if values.iter().all(|(_, value)| value.is_none()) => other.clone(),
            _ => by_media_type(&values, other),
        };
        let pattern = match status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            Status::Range(hundred) => {
                let first = Literal::u16_unsuffixed(hundred * 100);
                let last = Literal::u16_unsuffixed(hundred * 100 + 99);
                quote!(#first..=#last)
            }
            Status::Default => quote!(_),
        };
        quote!(#pattern => #value,)
    });
    let rest = (!has_default).then(|| quote!(_ => #other,));
    quote!(match received.status().as_u16() { #(#arms)* #rest })
}

fn by_media_type(
    values: &[(&OutcomeVariant, Option<TokenStream>)],
    other: &TokenStream,
) -> TokenStream {
    let offered = values.iter().flat_map(|(variant, _)| &variant.media_types);
    let mut first = 0;
    let mut arms = Vec::new();
    for (at, (variant, value)) in values.iter().enumerate() {
        let next = first + variant.media_types.len();
        let numbers = (first..next).map(Literal::usize_unsuffixed);
        let value = value.as_ref().unwrap_or(other);
        arms.push(if at + 1 == values.len() {
            quote!(_ => #value,)
        } else {
            quote!(#(#numbers)|* => #value,)
        });
        first = next;
    }
    quote!(match received.media_type(&[#(#offered),*]) { #(#arms)* })
}

pub(super) fn outcome_enum(api: &Api, operation: &Operation, outcome: &OutcomeEnum) -> TokenStream {
    let name = ident(&outcome.name.rust);
    let by_media_type = outcome
        .variants
        .windows(2)
        .any(|two| two[0].status == two[1].status);
    let by = if by_media_type {
        "status and media type"
    } else {
        "status"
    };
    let docs = docs::sentence(&format!("What `{}` yields, by {by}.", code(&operation.id)));
    let variants = outcome.variants.iter().map(|variant| {
        let name = ident(&variant.name.rust);
        let shared = outcome
            .variants
            .iter()
            .filter(|other| other.status == variant.status);
        let media_types = if shared.count() > 1 {
            format!(" (`{}`)", code(&variant.media_types.join("`, `")))
        } else {
            String::new()
        };
        let docs = docs::attributes(
            &Docs {
                text: Some(format!(
                    "{}{media_types}: {}",
                    variant.status, variant.description
                )),
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
    let derives = if is_streamed(outcome) {
        quote!(#[derive(Debug)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }
}
