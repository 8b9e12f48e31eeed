//! `multipart/*` bodies (RFC 2046): only as far as it takes to see which parts
//! there are and what their texts say.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::parameter::add;
use super::text::{Forms, Raw};
use crate::sample::Judge;

/// How many units of memory (32 bytes) a part counts as: no body has more than
/// ten thousand parts.
const UNITS: usize = 200;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) content_type: Option<String>,
    /// Its text; that of binary data does not matter.
    pub(super) text: String,
}

/// The parts; `None` where the body does not end with its boundary, or has more
/// parts than the budget of the judge allows.
pub(super) fn parts(judge: &Judge<'_, '_>, content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_boundary = name.trim().eq_ignore_ascii_case("boundary");
        is_boundary.then(|| value.trim().trim_matches('"').to_owned())
    })?;
    if boundary.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    let delimiter = format!("--{boundary}");
    let mut sections = text.split(delimiter.as_str()).skip(1);
    let mut parts = Vec::new();
    loop {
        let section = sections.next()?;
        if section.starts_with("--") {
            return Some(parts);
        }
        if !judge.hold(UNITS) {
            return None;
        }
        let section = section.strip_prefix("\r\n").unwrap_or(section);
        let (head, content) = match section.strip_prefix("\r\n") {
            Some(content) => ("", content),
            None => section.split_once("\r\n\r\n")?,
        };
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let name = name(head).unwrap_or_else(|| parts.len().to_string());
        parts.push(Part {
            name,
            content_type: header(head, "content-type").map(|value| value.trim().to_owned()),
            text: content.to_owned(),
        });
    }
}

/// The value of a header.
fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(wanted).then_some(value)
    })
}

/// The name in `Content-Disposition`.
fn name(head: &str) -> Option<String> {
    let (_, rest) = header(head, "content-disposition")?.split_once("; name=")?;
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").replace("%22", "\""),
        None => rest.split(';').next().unwrap_or("").trim().to_owned(),
    })
}

/// The parts as an object of texts; those of one name are a list.
pub(super) fn texts<'a>(
    judge: &Judge<'_, 'a>,
    parts: Vec<Part>,
    schema: Option<&'a Json>,
) -> IndexMap<String, Raw> {
    let spec = judge.spec();
    let schemas = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    let mut entries = IndexMap::new();
    for part in parts {
        let is_list = || {
            let property = spec.property(&schemas, &part.name).into_iter().next();
            Forms::of(spec, property).list && !part.text.starts_with('[')
        };
        let first_of_list = !entries.contains_key(&part.name) && is_list();
        let text = Raw::Text(part.text);
        match first_of_list {
            true => add(&mut entries, &part.name, Raw::List(vec![text])),
            false => add(&mut entries, &part.name, text),
        }
    }
    entries
}
