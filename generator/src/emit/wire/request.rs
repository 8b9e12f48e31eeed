//! Tests of requests: what a call sends.

use std::collections::HashMap;

use serde_json::Value;

use super::{Names, body, call, optional, raw, sample};
use crate::format::piece::Function;
use crate::format::statement::{Link, chain, literal};
use crate::graph::{ApiKeyLocation, Location, SchemeKind};
use crate::model::{Api, BodyChoice, BodyContent, Operation, OperationServer, Scheme};

/// One test for each example of the body, or one where there is none.
pub(super) fn tests(api: &Api, operation: &Operation, names: &mut Names) -> Vec<Function> {
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
        let has_parts = choice.content.parts().next().is_some();
        let is_required = declared.is_some_and(|body| body.required);
        if sent.is_empty() && (at > 0 || is_required || has_parts) {
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
) -> Option<Function> {
    let body = sent.map(|sent| body(api, operation, sent.choice, &sent.value));
    let mut call = call(api, operation, body.as_deref())?;
    call.push(Link::new("build", [""; 0]));
    call.push(Link::new("expect", [literal("a request")]));
    let mut lines = vec!["let client = client(Canned::default());".to_owned()];
    lines.extend(chain("let request = client", &call, ";"));
    lines.push(format!(
        "assert_eq!(request.method(), {});",
        literal(&operation.method)
    ));
    lines.extend(path(api, operation).map(|path| {
        let path = literal(&path);
        format!("assert_eq!(request.uri().path(), {path});")
    }));
    lines.extend(query(operation));
    lines.extend(credentials(api, operation));
    lines.extend(headers(api, operation));
    match sent {
        Some(Sent {
            choice,
            value,
            lossless,
        }) => {
            match &choice.content {
                // The boundary comes after it.
                BodyContent::Multipart(..) | BodyContent::Parts(_) | BodyContent::PartsUnion(_) => {
                }
                _ => lines.push(expect_header("content-type", Some(&choice.sent_as))),
            }
            if *lossless && matches!(choice.content, BodyContent::Json(_)) {
                lines.push(format!("expect_body(&request, {});", raw(value)));
            }
        }
        None => lines.extend([
            expect_header("content-type", None),
            "assert!(request.body().is_empty());".to_owned(),
        ]),
    }
    lines.push("expect_accepted(&request);".to_owned());
    Some(super::test(names.next(operation, words), lines))
}

fn expect_header(name: &str, value: Option<&str>) -> String {
    let name = literal(name);
    match value.map(literal) {
        Some(value) => format!("expect_header(&request, {name}, Some({value}));"),
        None => format!("expect_header(&request, {name}, None);"),
    }
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

fn query(operation: &Operation) -> Vec<String> {
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
            Some(format!("expect_query(&request, {});", literal(&pair)))
        })
        .collect()
}

fn headers(api: &Api, operation: &Operation) -> Vec<String> {
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
            let plain = crate::emit::ty::is_text(api, &parameter.ty);
            plain.then(|| expect_header(&name, Some(&value)))
        })
        .collect()
}

/// What the first alternative of the security requirement puts into headers.
fn credentials(api: &Api, operation: &Operation) -> Vec<String> {
    let declared: HashMap<&str, &Scheme> = api
        .schemes
        .iter()
        .map(|scheme| (scheme.wire.as_str(), scheme))
        .collect();
    let first = operation
        .security
        .iter()
        .find(|schemes| !schemes.is_empty());
    let schemes: Vec<&Scheme> = first
        .into_iter()
        .flatten()
        .filter_map(|name| declared.get(name.as_str()).copied())
        .collect();
    // Of two that want one header, the last has it.
    let header = |scheme: &Scheme| match &scheme.kind {
        SchemeKind::ApiKey(ApiKeyLocation::Header, name) => Some(name.to_ascii_lowercase()),
        SchemeKind::ApiKey(..) => None,
        _ => Some("authorization".to_owned()),
    };
    let last: HashMap<Option<String>, usize> = schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| (header(scheme), index))
        .collect();
    let is_last = |(index, scheme): &(usize, &Scheme)| last.get(&header(scheme)) == Some(index);
    schemes
        .iter()
        .copied()
        .enumerate()
        .filter(is_last)
        .map(|(_, scheme)| scheme)
        .filter_map(|scheme| match &scheme.kind {
            SchemeKind::Basic => Some(authorization("Basic dXNlcm5hbWU6cGFzc3dvcmQ=")),
            SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
                Some(authorization("Bearer token"))
            }
            SchemeKind::Http(_) => Some(authorization("Scheme credentials")),
            SchemeKind::ApiKey(ApiKeyLocation::Header, name) => {
                Some(expect_header(&name.to_ascii_lowercase(), Some("key")))
            }
            SchemeKind::ApiKey(..) => None,
        })
        .collect()
}

fn authorization(value: &str) -> String {
    expect_header("authorization", Some(value))
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
