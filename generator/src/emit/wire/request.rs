//! Tests of requests: what a call sends.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::{Names, body, call, json, optional, sample};
use crate::graph::{ApiKeyLocation, Location, SchemeKind};
use crate::model::{Api, Content, Operation, OperationServer, Scalar, Scheme, Type};

/// One test for each example of the body, or one where there is none.
pub(super) fn tests(api: &Api, operation: &Operation, names: &mut Names) -> Vec<TokenStream> {
    let mut bodies: Vec<(String, Option<(Value, bool)>)> = Vec::new();
    if let Some(declared) = &operation.body {
        for example in &declared.examples {
            bodies.push((
                format!("request {}", example.name),
                Some((example.value.clone(), example.lossless)),
            ));
        }
        if bodies.is_empty() && declared.required {
            let value = match &declared.content {
                Content::Json(ty) => sample::value(api, ty),
                Content::Text | Content::Binary => Some(Value::Null),
            };
            bodies.extend(value.map(|value| ("request".to_owned(), Some((value, false)))));
        }
    }
    if bodies.is_empty()
        && operation
            .body
            .as_ref()
            .is_none_or(|declared| !declared.required)
    {
        bodies.push(("request".to_owned(), None));
    }
    bodies
        .into_iter()
        .filter_map(|(words, value)| test(api, operation, names, &words, value.as_ref()))
        .collect()
}

fn test(
    api: &Api,
    operation: &Operation,
    names: &mut Names,
    words: &str,
    value: Option<&(Value, bool)>,
) -> Option<TokenStream> {
    let declared = operation.body.as_ref();
    let body = declared
        .zip(value)
        .map(|(declared, (value, _))| body(api, &declared.content, value));
    let call = call(api, operation, body.as_ref())?;
    let method = &operation.method;
    let path = path(api, operation).map(|path| quote!(assert_eq!(request.uri().path(), #path);));
    let headers = headers(operation);
    let query = query(operation);
    let credentials = credentials(api, operation);
    let sent = match (declared, value) {
        (Some(declared), Some((value, lossless))) => {
            let media_type = &declared.media_type;
            let same = (*lossless && matches!(declared.content, Content::Json(_))).then(|| {
                let json = json(value);
                quote!(expect_body(&request, #json);)
            });
            quote! {
                expect_header(&request, "content-type", Some(#media_type));
                #same
            }
        }
        _ => quote! {
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
