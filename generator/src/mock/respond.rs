//! The answer that a document describes: which response, which of its media
//! types, which of its examples, and how that is written.

use std::sync::OnceLock;

use bytes::Bytes;
use driftless_runtime::rules;
use serde_json::Value as Json;

use super::document::{Header, Media, Operation, Response as Described};
use super::prefer::Prefer;
use super::refusal::Refusal;
use super::{Response, accept};
use crate::graph::{Framing, Status};
use crate::resolve::media_type::{self, Kind};
use crate::sample::{self, Direction, Judge, Spec};

/// Headers that say how a message is sent, which the server knows best.
const ABOUT_SENDING: [&str; 9] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Makes the answer.
pub(super) fn respond(
    spec: &Spec<'_>,
    operation: &Operation,
    prefer: &Prefer,
    accept: Option<&str>,
) -> Result<Response, Refusal> {
    let (status, described) = choose(operation, prefer)?;
    let mut headers = Vec::new();
    for header in &described.headers {
        headers.extend(header_line(spec, header));
    }
    if prefer.code.is_some() || prefer.example.is_some() {
        let code = prefer.code.map(|code| format!("code={code}"));
        let example = prefer
            .example
            .as_ref()
            .map(|name| format!("example={name}"));
        let applied: Vec<String> = code.into_iter().chain(example).collect();
        headers.extend(legal("preference-applied", applied.join(", ")));
    }
    let empty = Response {
        status,
        headers: headers.clone(),
        body: Bytes::new(),
    };
    if Status::Code(status).has_no_body() || described.media.is_empty() {
        return Ok(empty);
    }
    // What was asked for by name need not be acceptable otherwise.
    let named = |media: &&Media| {
        prefer
            .example
            .as_ref()
            .is_some_and(|name| example(media, name).is_some())
    };
    let holders: Vec<&Media> = described.media.iter().filter(named).collect();
    let candidates: Vec<&Media> = match holders.is_empty() {
        true => described.media.iter().collect(),
        false => holders,
    };
    let available: Vec<&str> = candidates
        .iter()
        .map(|media| media.media_type.as_str())
        .collect();
    let Some(index) = accept::choose(&available, accept) else {
        let available = available.join(", ");
        let detail = format!("the document has this response as {available} only");
        return Err(Refusal::new(406, detail));
    };
    let media = candidates[index];
    let body = body(spec, media, prefer.example.as_deref())?;
    headers.extend(legal("content-type", concrete(media).to_owned()));
    Ok(Response {
        headers,
        body,
        ..empty
    })
}

/// The response, and the status that it is sent with.
fn choose<'d>(operation: &'d Operation, prefer: &Prefer) -> Result<(u16, &'d Described), Refusal> {
    let all = &operation.responses;
    let of = |status: Status| all.iter().find(|response| response.status == status);
    let listed = || {
        let keys: Vec<String> = all.iter().map(|one| one.status.to_string()).collect();
        keys.join(", ")
    };
    if let Some(code) = prefer.code {
        let found = of(Status::Code(code))
            .or_else(|| of(Status::Range(code / 100)))
            .or_else(|| of(Status::Default));
        let Some(found) = found else {
            let detail = format!("the document has no response {code} here, but {}", listed());
            return Err(Refusal::new(400, detail));
        };
        return match &prefer.example {
            Some(name) if !has_example(found, name) => Err(no_example(name, [found])),
            _ => Ok((code, found)),
        };
    }
    let usual = usual(all);
    if let Some(name) = &prefer.example {
        let mut candidates = usual.into_iter().chain(sendable(all));
        let found = candidates.find(|(_, response)| has_example(response, name));
        return found.ok_or_else(|| no_example(name, all));
    }
    usual.ok_or_else(|| {
        let detail = "the document has no response here that can be sent";
        Refusal::new(501, detail)
    })
}

/// The lowest success, `default` where there is none, else the lowest.
fn usual(all: &[Described]) -> Option<(u16, &Described)> {
    let success = sendable(all).filter(|(status, _)| (200..300).contains(status));
    let exact = success
        .clone()
        .filter(|(_, response)| matches!(response.status, Status::Code(_)));
    let default = all
        .iter()
        .find(|response| response.status == Status::Default);
    exact
        .min_by_key(|(status, _)| *status)
        .or_else(|| {
            success
                .clone()
                .find(|(_, one)| one.status != Status::Default)
        })
        .or_else(|| default.map(|response| (200, response)))
        .or_else(|| sendable(all).min_by_key(|(status, _)| *status))
}

/// The responses with a status that they can be sent with.
fn sendable(all: &[Described]) -> impl Iterator<Item = (u16, &Described)> + Clone {
    all.iter()
        .map(|response| match response.status {
            Status::Code(code) => (code, response),
            Status::Range(hundred) => (hundred * 100, response),
            Status::Default => (500, response),
        })
        .filter(|(status, _)| *status >= 200)
}

fn has_example(response: &Described, name: &str) -> bool {
    response
        .media
        .iter()
        .any(|media| example(media, name).is_some())
}

fn example<'m>(media: &'m Media, name: &str) -> Option<&'m Json> {
    let found = media.examples.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value)
}

fn no_example<'d>(name: &str, responses: impl IntoIterator<Item = &'d Described>) -> Refusal {
    let responses = responses.into_iter();
    let known: Vec<&str> = responses
        .flat_map(|response| &response.media)
        .flat_map(|media| media.examples.iter().map(|(name, _)| name.as_str()))
        .collect();
    Refusal::new(
        400,
        match known.is_empty() {
            true => format!("the document has no example `{name}` here, and no other"),
            false => format!(
                "the document has no example `{name}` here, but {}",
                known.join(", ")
            ),
        },
    )
}

/// The media type, where it is one; what is sent for a range of them.
fn concrete(media: &Media) -> &str {
    match media_type::kind(&media.media_type) {
        Kind::Wildcard if media.schema.is_some() || !media.examples.is_empty() => {
            "application/json"
        }
        _ if media.media_type.contains('*') => "application/octet-stream",
        _ => &media.media_type,
    }
}

/// The example of this name, the first one, or a value that is made.
/// Fails where the charset of the media type cannot hold it.
pub(super) fn body(spec: &Spec<'_>, media: &Media, name: Option<&str>) -> Result<Bytes, Refusal> {
    let all = &media.examples;
    let named = name.and_then(|name| all.iter().position(|(known, _)| known == name));
    let index = named.unwrap_or(0);
    let given = all.get(index).map(|(_, value)| value);
    let known = media.written.get(index);
    if let Some(known) = known.and_then(OnceLock::get) {
        return Ok(known.clone());
    }
    let text = written(spec, media, given);
    // JSON, forms and events are UTF-8 whatever the parameter says.
    let bytes = match media_type::kind(concrete(media)) {
        Kind::Text => rules::encode_text(concrete(media), &text).map_err(|problem| {
            let detail = format!(
                "the answer cannot be written as {}: {problem}",
                concrete(media)
            );
            Refusal::new(501, detail)
        })?,
        _ => text.into_bytes(),
    };
    let bytes = Bytes::from(bytes);
    Ok(match known {
        Some(known) => known.get_or_init(|| bytes).clone(),
        None => bytes,
    })
}

/// The body with an example, or with a value that is made.
fn written(spec: &Spec<'_>, media: &Media, given: Option<&Json>) -> String {
    let schema_at = |pointer: &Option<String>| {
        let pointer = pointer.as_deref()?;
        spec.root().pointer(pointer)
    };
    let schema = schema_at(&media.schema);
    let item = schema_at(&media.item);
    let kind = media_type::kind(concrete(media));
    let made = || {
        let schema = schema.or(item)?;
        sample::value(spec, schema, Direction::Response)
    };
    let value = given.cloned().or_else(made);
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let value = match (kind, value) {
        (Kind::Binary | Kind::Text | Kind::Multipart, None) => return String::new(),
        (_, value) => value.unwrap_or(Json::Null),
    };
    match kind {
        Kind::Json | Kind::Wildcard => written_out(spec, schema, value).to_string(),
        Kind::Text | Kind::Binary | Kind::Multipart => text(&value),
        Kind::Form => form(&value),
        Kind::Events if value.is_string() && given.is_some() => text(&value),
        Kind::Events => each(&value).map(event).collect::<String>(),
        Kind::Items(_) if value.is_string() && given.is_some() => text(&value),
        Kind::Items(framing) => {
            let begin = match framing {
                Framing::Lines => "",
                Framing::Records => "\u{1e}",
            };
            let lines = each(&value).map(|value| format!("{begin}{value}\n"));
            lines.collect()
        }
    }
}

/// JSON that its author wrote as a text is the JSON in it.
fn written_out<'a>(spec: &Spec<'a>, schema: Option<&'a Json>, value: Json) -> Json {
    let (Json::String(text), Some(schema)) = (&value, schema) else {
        return value;
    };
    let judge = Judge::new(spec, Some(Direction::Response));
    if judge.fits(schema, &value) {
        return value;
    }
    let parsed = serde_json::from_str(text).ok();
    parsed
        .filter(|inside| judge.fits(schema, inside))
        .unwrap_or(value)
}

/// The items of a list, or the one value.
fn each(value: &Json) -> std::slice::Iter<'_, Json> {
    match value {
        Json::Array(items) => items.iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

/// One server-sent event: an object that is one, or data.
fn event(value: &Json) -> String {
    let data = match value.get("data") {
        Some(data) => data,
        None => value,
    };
    let mut text = String::new();
    for key in ["event", "id"] {
        if let Some(value) = value.get(key).and_then(Json::as_str)
            && data != value
        {
            text.push_str(&format!("{key}: {}\n", value.replace(['\r', '\n'], " ")));
        }
    }
    let data = match data {
        Json::String(data) => data.clone(),
        other => other.to_string(),
    };
    for line in data.lines() {
        text.push_str(&format!("data: {line}\n"));
    }
    text.push('\n');
    text
}

/// The properties of an object as a form.
fn form(value: &Json) -> String {
    let entries = value.as_object().into_iter().flatten();
    let pairs: Vec<String> = entries
        .map(|(name, value)| {
            let text = match value {
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            format!("{}={}", encoded(name), encoded(&text))
        })
        .collect();
    pairs.join("&")
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let written = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(written).collect()
}

fn header_line(spec: &Spec<'_>, header: &Header) -> Option<(String, String)> {
    let name = header.name.to_ascii_lowercase();
    if ABOUT_SENDING.contains(&name.as_str()) {
        return None;
    }
    let made = || {
        let schema = spec.root().pointer(header.schema.as_deref()?)?;
        sample::value(spec, schema, Direction::Response)
    };
    let value = header.example.clone().or_else(made)?;
    let plain = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = match &value {
        value if header.json => value.to_string(),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(plain).collect();
            items.join(header.delimiter)
        }
        Json::Object(object) => {
            let between = if header.explode { "=" } else { "," };
            let pairs = object
                .iter()
                .map(|(key, value)| format!("{key}{between}{}", plain(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        Json::Null => return None,
        value => plain(value),
    };
    legal(&name, text)
}

/// A header, if it can stand in a message.
fn legal(name: &str, value: String) -> Option<(String, String)> {
    let fine =
        http::HeaderName::try_from(name).is_ok() && http::HeaderValue::try_from(&value).is_ok();
    fine.then(|| (name.to_owned(), value))
}
