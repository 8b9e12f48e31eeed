//! Media types: the name of one in, what kind of content it stands for out.

use crate::graph::Framing;

/// What a media type stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// JSON.
    Json,
    /// Text of any kind.
    Text,
    /// Anything else.
    Binary,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/event-stream`.
    Events,
    /// A stream of JSON documents.
    Items(Framing),
    /// Any media type: the schema tells.
    Wildcard,
}

/// What a media type stands for.
pub(crate) fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type);
    match essence.as_str() {
        "*/*" | "*" | "application/*" => Kind::Wildcard,
        "application/json" | "text/json" | "application/x-json" => Kind::Json,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/x-jsonlines"
        | "application/jsonlines"
        | "application/stream+json"
        | "text/x-ndjson" => Kind::Items(Framing::Lines),
        "application/json-seq" | "application/geo+json-seq" => Kind::Items(Framing::Records),
        "text/event-stream" => Kind::Events,
        "application/x-www-form-urlencoded" => Kind::Form,
        "application/xml"
        | "application/yaml"
        | "application/x-yaml"
        | "application/toml"
        | "application/csv"
        | "application/graphql"
        | "application/javascript"
        | "application/ecmascript"
        | "application/sql"
        | "application/x-pem-file"
        | "application/jwt"
        | "image/svg+xml" => Kind::Text,
        _ if essence.ends_with("+json") || essence.starts_with("application/json+") => Kind::Json,
        _ if essence.ends_with("+xml")
            || essence.ends_with("+yaml")
            || essence.starts_with("text/") =>
        {
            Kind::Text
        }
        _ if essence.starts_with("multipart/") => Kind::Multipart,
        _ => Kind::Binary,
    }
}

/// Whether it is a way to write what JSON can say too.
pub(crate) fn is_notation(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    ["xml", "yaml", "toml", "cbor", "msgpack", "protobuf", "bson"]
        .iter()
        .any(|notation| subtype.ends_with(notation))
}

/// Whether it is JSON and says nothing more.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    matches!(
        essence(media_type).as_str(),
        "application/json"
            | "text/json"
            | "application/x-json"
            | "application/*+json"
            | "application/*"
            | "*/*"
            | "*"
    )
}

/// Whether the text can stand in a header.
pub(crate) fn is_valid(media_type: &str) -> bool {
    !media_type.trim().is_empty() && media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The type and subtype in lower case, parameters left off (RFC 9110, section
/// 8.3.1).
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_told_by_their_essence() {
        for (media_type, expected) in [
            ("application/json", Kind::Json),
            ("Application/JSON; charset=utf-8", Kind::Json),
            ("application/vnd.api+json;version=1", Kind::Json),
            ("application/problem+json", Kind::Json),
            ("application/x-ndjson", Kind::Items(Framing::Lines)),
            ("application/json-seq", Kind::Items(Framing::Records)),
            ("text/event-stream", Kind::Events),
            ("text/plain", Kind::Text),
            ("application/atom+xml", Kind::Text),
            ("application/apply-patch+yaml", Kind::Text),
            ("multipart/mixed", Kind::Multipart),
            ("application/pdf", Kind::Binary),
            ("image/*", Kind::Binary),
            ("*/*", Kind::Wildcard),
        ] {
            assert_eq!(kind(media_type), expected, "{media_type}");
        }
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_no_media_type() {
        assert!(is_valid("application/json; charset=utf-8"));
        for media_type in ["", " ", "a/b\r\nX: y", "a/\u{e9}", "a/\u{7f}"] {
            assert!(!is_valid(media_type), "{media_type:?}");
        }
    }
}
