//! The keywords that speak of one value, whatever is inside it.

use std::collections::{BTreeMap, HashSet};

use driftless_runtime::{patterns, rules};
use serde_json::{Number, Value as Json};

use super::misfit::Misfits;
use crate::sample::same::{instant, is_same};
use crate::sample::scalar;
use crate::string_format;

/// Whether the value has the type of the schema.
pub(super) fn check_type(schema: &Json, value: &Json, found: &mut Misfits) -> bool {
    let format = schema.get("format").and_then(Json::as_str).unwrap_or("");
    let integers = scalar::is_of_integers(format);
    let before = found.all.len();
    match schema.get("type").and_then(Json::as_str) {
        Some("boolean") if !value.is_boolean() => found.add("is not a boolean"),
        Some("integer") if !is_integer(value, format) => found.add(not_an_integer(value, format)),
        Some("number") if integers && !is_integer(value, format) => {
            found.add(not_an_integer(value, format));
        }
        Some("number") if !value.is_number() => found.add("is not a number"),
        Some("string") => match value.as_str() {
            None => found.add("is not a string"),
            Some(text) if !is_of_format(text, format) => {
                found.add(format!("is not of the format `{format}`"));
            }
            Some(_) => {}
        },
        Some("array") if !value.is_array() => found.add("is not a list"),
        Some("object") if !value.is_object() => found.add("is not an object"),
        _ => {}
    }
    found.all.len() == before
}

fn not_an_integer(value: &Json, format: &str) -> String {
    match value.is_i64() || value.is_u64() {
        true => format!("is out of the range of `{format}`"),
        false => "is not an integer".to_owned(),
    }
}

fn is_integer(value: &Json, format: &str) -> bool {
    let whole = value.as_f64().is_some_and(|float| float.fract() == 0.0);
    let signed = value.as_i64();
    let within = match format {
        "int32" => signed.is_some_and(|integer| i32::try_from(integer).is_ok()),
        "uint32" => signed.is_some_and(|integer| u32::try_from(integer).is_ok()),
        "int64" => signed.is_some(),
        "uint64" => value.as_u64().is_some(),
        _ => true,
    };
    // `1.0` is an integer, too.
    whole && (within || !(value.is_i64() || value.is_u64()))
}

fn is_of_format(text: &str, format: &str) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let format = string_format::known(format).map_or(format, |known| known.name);
    match format {
        "date-time" => instant(text).is_some(),
        "date" => instant(&format!("{text}T00:00:00Z")).is_some(),
        "uuid" => {
            let lengths: Vec<_> = text.split('-').map(str::len).collect();
            lengths == [8, 4, 4, 4, 12] && text.split('-').all(hexadecimal)
        }
        "byte" => {
            let data = text.trim_end_matches('=');
            let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
            text.len().is_multiple_of(4) && text.len() - data.len() <= 2 && data.bytes().all(known)
        }
        "int64" | "int32" => text.parse::<i64>().is_ok(),
        "uint64" | "uint32" => text.parse::<u64>().is_ok(),
        _ => true,
    }
}

/// `enum`.
pub(super) fn check_listed(schema: &Json, value: &Json, found: &mut Misfits) {
    let listed = schema.get("enum").and_then(Json::as_array);
    if listed.is_none_or(|all| all.iter().any(|known| is_same(known, value))) {
        return;
    }
    let all = listed.map_or(&[][..], Vec::as_slice);
    let shown: Vec<String> = all.iter().take(10).map(|one| format!("`{one}`")).collect();
    let more = if all.len() > 10 { ", …" } else { "" };
    found.add(format!("is none of {}{more}", shown.join(", ")));
}

/// The bounds of numbers, lengths and counts.
pub(super) fn check_bounds(schema: &Json, value: &Json, found: &mut Misfits) {
    let number = |key: &str| schema.get(key).and_then(Json::as_f64);
    let (least, most, count, of) = match value {
        Json::Number(value) => return check_number(schema, value, found),
        Json::String(text) => ("minLength", "maxLength", text.chars().count(), "characters"),
        Json::Array(items) => ("minItems", "maxItems", items.len(), "items"),
        Json::Object(object) => ("minProperties", "maxProperties", object.len(), "properties"),
        Json::Null | Json::Bool(_) => return,
    };
    if let Some(least) = number(least).filter(|least| (count as f64) < *least) {
        found.add(format!("has fewer than {least} {of}"));
    }
    if let Some(most) = number(most).filter(|most| count as f64 > *most) {
        found.add(format!("has more than {most} {of}"));
    }
}

fn check_number(schema: &Json, value: &Number, found: &mut Misfits) {
    let compared = |key: &str| {
        let bound = schema.get(key)?.as_number()?;
        let order = rules::compare_numbers(&value.to_string(), &bound.to_string())?;
        Some((bound, order))
    };
    let flag = |key: &str| schema.get(key) == Some(&Json::Bool(true));
    if let Some((least, order)) = compared("minimum")
        && (order.is_lt() || order.is_eq() && flag("exclusiveMinimum"))
    {
        found.add(format!("is below the minimum, {least}"));
    }
    if let Some((most, order)) = compared("maximum")
        && (order.is_gt() || order.is_eq() && flag("exclusiveMaximum"))
    {
        found.add(format!("is above the maximum, {most}"));
    }
}

/// What samples need not look at: patterns, multiples, repetitions, and formats
/// of texts that clients send as they are.
pub(super) fn check_the_rest(schema: &Json, value: &Json, found: &mut Misfits) {
    match value {
        Json::String(text) => {
            let pattern = schema.get("pattern").and_then(Json::as_str);
            // Texts are not held against what is no regular expression.
            if let Some(pattern) = pattern.filter(|pattern| patterns::check(pattern).is_ok()) {
                match patterns::matches(pattern, text) {
                    Some(true) => {}
                    Some(false) => found.add(format!("does not match the pattern `{pattern}`")),
                    None => found.add(format!(
                        "could not be checked against the pattern `{pattern}`: \
                         the text is too long, or matching takes too many steps"
                    )),
                }
            }
            let format = schema.get("format").and_then(Json::as_str).unwrap_or("");
            if !is_of_text_format(text, format) {
                found.add(format!("is not of the format `{format}`"));
            }
        }
        Json::Number(number) => {
            let unit = schema.get("multipleOf").and_then(Json::as_number);
            let is_multiple = |unit: &Number| {
                // In doubt it is one.
                rules::is_multiple(&number.to_string(), &unit.to_string()).unwrap_or(true)
            };
            if let Some(unit) = unit.filter(|unit| !is_multiple(unit)) {
                found.add(format!("is not a multiple of {unit}"));
            }
        }
        Json::Array(items) if schema.get("uniqueItems") == Some(&Json::Bool(true)) => {
            let mut seen = HashSet::new();
            if !items.iter().all(|item| seen.insert(canonical(item))) {
                found.add("holds the same item twice");
            }
        }
        _ => {}
    }
}

/// Returns a text that equal values share: of numbers the value counts, of
/// objects not the order (JSON Schema 2020-12, section 4.2.2).
fn canonical(value: &Json) -> String {
    match value {
        Json::Number(number) => {
            let text = number.to_string();
            rules::canonical_number(&text).unwrap_or(text)
        }
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Json::Object(entries) => {
            let entries: BTreeMap<&String, String> = entries
                .iter()
                .map(|(name, value)| (name, canonical(value)))
                .collect();
            format!("{entries:?}")
        }
        other => other.to_string(),
    }
}

fn is_of_text_format(text: &str, format: &str) -> bool {
    match format {
        "email" | "idn-email" => text.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !text.contains(char::is_whitespace)
        }),
        "uri" | "url" | "iri" => text.split_once(':').is_some_and(|(scheme, rest)| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.bytes().all(allowed)
                && !rest.is_empty()
                && !text.contains(char::is_whitespace)
        }),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        "ip" => text.parse::<std::net::IpAddr>().is_ok(),
        _ => true,
    }
}
