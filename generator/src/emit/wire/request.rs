//! Tests of requests: what a call sends.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{Names, body, call, json, optional, sample};
use crate::graph::{ApiKeyLocation, Location, SchemeKind};
use crate::model::{
    Api, BodyChoice, BodyContent, Operation, OperationServer, Scalar, Scheme, Type,
};

/// One test for each example of the body, or one where there is none.
pub(super) fn tests(api: &Api, operation: &Operation, names: &mut Names) -> Vec<TokenStream> {
    let mut bodies: Vec<(String, Option<Sent<'_>>)> = Vec::new();
    let declared = operation.body.as_ref();
    for (at, choice) in declared.iter().flat_map(|body| &body.choices).enumerate() {
        if !sample::has_both_directions(api, choice.content.types()) {
            continue;
        }
        let words = if at == 0 {
            "request".to_owned()
        } else {
            format!("{} request", choice.name.rust)
        };
        let mut sent: Vec<(String, Option<Sent<'_>>)> = choice
            .examples
            .iter()
            .map(|example| {
                let sent = Sent {
                    choice,
                    value: example.value.clone(),
                    lossless: example.lossless,
                };
                (format!("{words} {}", example.name), Some(sent))
            })
            .collect();
        if sent.is_empty() && (at > 0 || declared.is_some_and(|body| body.required)) {
            let value = super::body_sample(api, choice);
            sent.extend(value.map(|value| {
                let sent = Sent {
                    choice,
                    value,
                    lossless: false,
                };
                (words, Some(sent))
            }));
        }
        bodies.extend(sent);
    }
    if bodies.is_empty() && declared.is_none_or(|declared| !declared.required) {
        bodies.push(("request".to_owned(), None));
    }
    bodies
        .into_iter()
        .filter_map(|(words, sent)| test(api, operation, names, &words, sent.as_ref()))
        .collect()
}

/// A body that a test sends.
struct Sent<'a> {
    choice: &'a BodyChoice,
    value: Value,
    /// Whether it is sent as it is written here.
    lossless: bool,
}

fn test(
    api: &Api,
    operation: &Operation,
    names: &mut Names,
    words: &str,
    sent: Option<&Sent<'_>>,
) -> Option<TokenStream> {
    let body = sent.map(|sent| body(api, operation, sent.choice, &sent.value));
    let call = call(api, operation, body.as_ref())?;
    let method = &operation.method;
    let path = path(api, operation).map(|path| quote!(assert_eq!(request.uri().path(), #path);));
    let headers = headers(operation);
    let query = query(operation);
    let credentials = credentials(api, operation);
    let sent = match sent {
        Some(Sent {
            choice,
            value,
            lossless,
        }) => {
            let media_type = &choice.sent_as;
            let media_type = match &choice.content {
                // The boundary comes after it.
                BodyContent::Multipart(..) | BodyContent::Parts(_) => None,
                _ => Some(quote! {
                    expect_header(&request, "content-type", Some(#media_type));
                }),
            };
            let same = (*lossless && matches!(choice.content, BodyContent::Json(_))).then(|| {
                let json = json(value);
                quote!(expect_body(&request, #json);)
            });
            quote! {
                #media_type
                #same
            }
        }
        None => quote! {
            expect_header(&request, "content-type", None);
            assert!(request.body().is_empty());
        },
    };
    let name = names.next(operation, words);
    Some(quote! {
        #[test]
        fn #name() {
            let client = client(Canned::default());
            let request = #call.build().expect("a request");
            assert_eq!(request.method(), #method);
            #path
            #(#query)*
            #(#credentials)*
            #(#headers)*
            #sent
        }
    })
}

/// The path with its parameters, where their texts are known here.
fn path(api: &Api, operation: &Operation) -> Option<String> {
    if operation.path.contains(['?', '#']) {
        return None;
    }
    let mut path = match &operation.server {
        Some(OperationServer::Path { own, .. }) => own.clone(),
        _ => String::new(),
    };
    let mut rest = operation.path.as_str();
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let parameter = operation
            .path_parameters
            .iter()
            .find(|parameter| parameter.wire == name)?;
        path.push_str(&encoded(literal, b"!$&'()*+,;=:@/%"));
        if !parameter.style.is_plain() {
            return None;
        }
        path.push_str(&encoded(&text(&sample::parameter(api, parameter)?)?, b""));
        rest = after;
    }
    path.push_str(&encoded(rest, b"!$&'()*+,;=:@/%"));
    Some(path)
}

fn query(operation: &Operation) -> Vec<TokenStream> {
    optional(operation)
        .filter(|(parameter, _)| {
            parameter.location == Location::Query && parameter.style.is_plain()
        })
        .filter_map(|(parameter, example)| {
            let pair = format!(
                "{}={}",
                encoded(&parameter.wire, b""),
                encoded(&text(example)?, b"")
            );
            Some(quote! {
                expect_query(&request, #pair);
            })
        })
        .collect()
}

fn headers(operation: &Operation) -> Vec<TokenStream> {
    optional(operation)
        .filter(|(parameter, _)| {
            parameter.location == Location::Header && parameter.style.is_plain()
        })
        .filter_map(|(parameter, example)| {
            // Headers are not encoded; of texts with blanks around them, or of
            // other alphabets, the runtime's own tests speak.
            let value =
                text(example).filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()))?;
            let name = parameter.wire.to_ascii_lowercase();
            let plain = matches!(parameter.ty, Type::Scalar(Scalar::String | Scalar::Secret));
            plain.then(|| quote!(expect_header(&request, #name, Some(#value));))
        })
        .collect()
}

/// What the first alternative of the security requirement puts into headers.
fn credentials(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let first = operation
        .security
        .iter()
        .find(|schemes| !schemes.is_empty());
    let schemes: Vec<&Scheme> = first
        .into_iter()
        .flatten()
        .filter_map(|name| api.schemes.iter().find(|scheme| scheme.wire == *name))
        .collect();
    // Of two that want one header, the last has it.
    let header = |scheme: &Scheme| match &scheme.kind {
        SchemeKind::ApiKey(ApiKeyLocation::Header, name) => Some(name.to_ascii_lowercase()),
        SchemeKind::ApiKey(..) => None,
        _ => Some("authorization".to_owned()),
    };
    let is_last = |(index, scheme): &(usize, &Scheme)| {
        let later = &schemes[index + 1..];
        !later.iter().any(|other| header(other) == header(scheme))
    };
    schemes
        .iter()
        .copied()
        .enumerate()
        .filter(is_last)
        .map(|(_, scheme)| scheme)
        .filter_map(|scheme| match &scheme.kind {
            SchemeKind::Basic => Some(quote! {
                expect_header(&request, "authorization", Some("Basic dXNlcm5hbWU6cGFzc3dvcmQ="));
            }),
            SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
                Some(quote! {
                    expect_header(&request, "authorization", Some("Bearer token"));
                })
            }
            SchemeKind::Http(_) => Some(quote! {
                expect_header(&request, "authorization", Some("Scheme credentials"));
            }),
            SchemeKind::ApiKey(ApiKeyLocation::Header, name) => {
                let name = name.to_ascii_lowercase();
                Some(quote!(expect_header(&request, #name, Some("key"));))
            }
            SchemeKind::ApiKey(..) => None,
        })
        .collect()
}

/// The text of a scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// Percent-encoded but for what RFC 3986 calls unreserved, and `kept`.
fn encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
