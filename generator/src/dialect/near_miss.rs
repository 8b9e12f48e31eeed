//! Reports extensions, formats and media types that are one edit away from one
//! that has a meaning: they have none, and nothing else would say so.

use super::check::Check;
use super::structure::EXTENSIONS;
use crate::diagnostic::{Code, is_one_edit};
use crate::source::{Entries, Node, Value};
use crate::string_format;

/// The extensions of others that have a meaning beside [`EXTENSIONS`].
const OF_OTHERS: [&str; 14] = [
    "x-deprecated",
    "x-deprecated-reason",
    "x-deprecated-since",
    "x-deprecation",
    "x-enum-description",
    "x-enum-descriptions",
    "x-enum-names",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-extensible-enum",
    "x-ms-enum",
    "x-ms-enum-names",
    "x-nullable",
];

/// The formats of numbers.
const NUMBERS: [&str; 12] = [
    "double", "float", "int16", "int32", "int64", "int8", "integer", "uint", "uint16", "uint32",
    "uint64", "uint8",
];

/// The media types that descriptions have most.
const MEDIA_TYPES: [&str; 15] = [
    "application/json",
    "application/jsonl",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/zip",
    "multipart/form-data",
    "multipart/mixed",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/plain",
];

/// Reports a media type that was probably meant to be a usual one.
pub(super) fn media_type(check: &mut Check<'_>, written: &str, node: &Node) {
    let bare = written.split(';').next().unwrap_or_default().trim();
    let bare = bare.to_ascii_lowercase();
    if MEDIA_TYPES.contains(&bare.as_str()) {
        return;
    }
    let meant = MEDIA_TYPES.iter().find(|known| is_one_edit(&bare, known));
    if let Some(meant) = meant {
        let message = format!("the media type `{written}` is not known");
        check
            .report
            .warn(Code::InvalidValue, node.origin, message)
            .help(format!("did you mean `{meant}`?"));
    }
}

/// Reports an extension without a meaning that was probably meant to be one that has.
pub(super) fn extension(check: &mut Check<'_>, key: &str, node: &Node) {
    if OF_OTHERS.contains(&key) {
        return;
    }
    let ours = EXTENSIONS.iter().map(|extension| extension.name);
    let mut known = ours.chain(OF_OTHERS);
    let meant = known.find(|known| is_one_edit(key, known));
    if let Some(meant) = meant {
        let message = format!("`{key}` is not an extension that has an effect");
        check
            .report
            .warn(Code::UnknownKey, node.origin, message)
            .help(format!("did you mean `{meant}`?"));
    }
}

/// Reports a format that was probably meant to be a known one.
pub(super) fn format(check: &mut Check<'_>, schema: &Entries) {
    let Some(node) = schema.get("format") else {
        return;
    };
    let Value::String(written) = &node.value else {
        return;
    };
    if NUMBERS.contains(&written.as_str()) || string_format::known(written).is_some() {
        return;
    }
    let known = string_format::names().chain(NUMBERS);
    let meant = known.into_iter().find(|known| is_one_edit(written, known));
    if let Some(meant) = meant {
        let message = format!("the format `{written}` is not known");
        check
            .report
            .warn(Code::InvalidValue, node.origin, message)
            .help(format!("did you mean `{meant}`?"));
    }
}
