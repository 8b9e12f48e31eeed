//! `multipart/*` bodies (RFC 2046): only as far as it takes to see which parts
//! there are and what their texts say.

use serde_json::Value as Json;

use super::text::{Forms, Raw};
use crate::sample::Spec;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) content_type: Option<String>,
    /// Its text; that of binary data does not matter.
    pub(super) text: String,
}

/// The parts; `None` where the body does not end with its boundary.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
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
    parts: &[Part],
    spec: &Spec<'a>,
    schema: Option<&'a Json>,
) -> Vec<(String, Raw)> {
    let schemas = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    let mut entries: Vec<(String, Raw)> = Vec::new();
    for part in parts {
        let raw = Raw::Text(part.text.clone());
        let property = spec.property(&schemas, &part.name).into_iter().next();
        let is_list = Forms::of(spec, property).list && !part.text.starts_with('[');
        match entries.iter_mut().find(|(name, _)| *name == part.name) {
            Some((_, Raw::List(items))) => items.push(raw),
            Some((_, known)) => *known = Raw::List(vec![known.clone(), raw]),
            None if is_list => entries.push((part.name.clone(), Raw::List(vec![raw]))),
            None => entries.push((part.name.clone(), raw)),
        }
    }
    entries
}
