//! Request bodies: what was sent held against what the document describes.

use driftless_runtime::rules;

use super::document::{Media, Operation};
use super::refusal::Refusal;
use super::text::{self, Raw};
use super::{Request, Violation, accept, form, json, multipart};
use crate::resolve::media_type::{self, Kind, essence};
use crate::sample::{Judge, escaped};

/// What is wrong with the body; fails where its media type is none of those that
/// are described.
pub(super) fn check(
    judge: &Judge<'_, '_>,
    operation: &Operation,
    request: &Request,
) -> Result<Vec<Violation>, Refusal> {
    let Some(body) = &operation.body else {
        return Ok(match request.body.is_empty() {
            true => Vec::new(),
            false => vec![violation("", "is not described: the operation takes none")],
        });
    };
    if request.body.is_empty() {
        // Of those, an empty one is a value.
        let media = body.media.iter();
        let mut kinds = media.map(|media| media_type::kind(&media.media_type));
        let may_be_empty = kinds.any(|kind| matches!(kind, Kind::Form | Kind::Text | Kind::Binary))
            && request.header("content-type").is_some();
        return Ok(match body.required && !may_be_empty {
            true => vec![violation("", "is missing")],
            false => Vec::new(),
        });
    }
    let sent = request.header("content-type").unwrap_or_default();
    let sent_essence = essence(&sent);
    let exact = |media: &&Media| essence(&media.media_type) == sent_essence;
    let ranged = |media: &&Media| {
        let range = essence(&media.media_type);
        // What is said to be just bytes may be an image.
        let bytes = range.contains('*') && sent_essence == "application/octet-stream";
        !sent.is_empty() && (bytes || accept::matches(&range, &sent_essence))
    };
    let all = body.media.iter();
    let Some(media) = all.clone().find(exact).or_else(|| all.clone().find(ranged)) else {
        let known: Vec<&str> = all.map(|media| media.media_type.as_str()).collect();
        let detail = match sent.is_empty() {
            true => "the body has no content type".to_owned(),
            false => "the body has another content type".to_owned(),
        };
        let known = known.join(", ");
        let detail = format!("{detail}; the document has {known}");
        return Err(Refusal::new(415, detail).header("accept", known));
    };
    let schema = media.schema.as_deref();
    let schema = schema.and_then(|pointer| judge.spec().root().pointer(pointer));
    // Properties that the schema does not say how to read.
    let mut opaque: Vec<String> = Vec::new();
    let value = match media_type::kind(&sent) {
        Kind::Json => match json::parse(judge, &request.body) {
            Ok(value) => Some(value),
            Err(error) => {
                let place = format!("line {}, column {}", error.line(), error.column());
                return Ok(vec![violation("", &format!("is not JSON at {place}"))]);
            }
        },
        Kind::Items(_) => return Ok(items(judge, media, &request.body)),
        Kind::Form => match std::str::from_utf8(&request.body) {
            Ok(text) => Some(form::urlencoded(judge, media, schema, text)),
            Err(_) => return Ok(vec![violation("", "is not text")]),
        },
        Kind::Multipart => match multipart::parts(judge, &sent, &request.body) {
            Some(parts) => {
                let wrong = form::wrong_types(media, &parts);
                if !wrong.is_empty() {
                    let wrong = wrong.into_iter();
                    return Ok(wrong
                        .map(|(name, problem)| violation(&format!("/{}", escaped(&name)), &problem))
                        .collect());
                }
                // Nothing says how parts without names are read.
                let is_list = schema.is_none_or(|schema| {
                    let schemas = judge.spec().parts(schema);
                    schemas
                        .iter()
                        .any(|part| part.get("type").is_some_and(|ty| ty == "array"))
                });
                if is_list {
                    return Ok(Vec::new());
                }
                opaque = form::opaque(judge.spec(), schema, &parts);
                Some(form::multipart(judge, media, schema, parts))
            }
            None => return Ok(vec![violation("", "has no parts that end as they should")]),
        },
        Kind::Text => match rules::decode_text(&sent, &request.body) {
            // Of other notations the schema says what is in the text.
            Ok(_) if media_type::is_notation(&sent) => None,
            Ok(text) => Some(text::meant(judge, judge.spec(), schema, &Raw::Text(text))),
            Err(problem) => {
                let problem = format!("is not text of its media type: {problem}");
                return Ok(vec![violation("", &problem)]);
            }
        },
        Kind::Binary | Kind::Events | Kind::Wildcard => None,
    };
    let (Some(value), Some(schema)) = (value, schema) else {
        return Ok(Vec::new());
    };
    let misfits = judge.misfits(schema, &value, super::MOST).into_iter();
    let is_opaque = |pointer: &str| {
        let first = pointer.split('/').nth(1);
        first.is_some_and(|first| opaque.iter().any(|name| escaped(name) == first))
    };
    Ok(misfits
        .filter(|misfit| !is_opaque(&misfit.pointer))
        .map(|misfit| violation(&misfit.pointer, &misfit.problem))
        .collect())
}

fn violation(pointer: &str, problem: &str) -> Violation {
    Violation {
        part: "body",
        name: None,
        pointer: pointer.to_owned(),
        problem: problem.to_owned(),
    }
}

/// A stream of JSON documents, each of the schema.
fn items(judge: &Judge<'_, '_>, media: &Media, body: &[u8]) -> Vec<Violation> {
    let schema = media.item.as_deref().or(media.schema.as_deref());
    let schema = schema.and_then(|pointer| judge.spec().root().pointer(pointer));
    let documents = body.split(|byte| matches!(byte, b'\n' | 0x1e));
    let documents = documents.filter(|text| !text.trim_ascii().is_empty());
    let mut violations = Vec::new();
    for (index, text) in documents.enumerate() {
        match json::parse(judge, text) {
            Err(_) => violations.push(violation(&format!("/{index}"), "is not JSON")),
            Ok(value) => {
                let schema = schema.into_iter();
                let misfits = schema.flat_map(|schema| judge.misfits(schema, &value, super::MOST));
                violations.extend(misfits.map(|misfit| {
                    violation(&format!("/{index}{}", misfit.pointer), &misfit.problem)
                }));
            }
        }
        if violations.len() > super::MOST || !judge.spend(1) {
            break;
        }
    }
    violations
}
