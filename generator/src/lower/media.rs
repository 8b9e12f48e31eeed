//! The content types of parts: what is written for one in, what can be sent so
//! out.

use crate::resolve::media_type::{self, Kind};

/// What the values of a content type are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// JSON, or JSON among others: that is sent then.
    Json,
    /// Texts of one type.
    Text,
    /// Texts of several types.
    Several,
    /// Something that is no text.
    Binary,
    /// Anything.
    Any,
}

/// What the values of a content type are, which may be a list of them.
pub(super) fn of(content_type: &str) -> Media {
    let kinds: Vec<Kind> = types(content_type).map(media_type::kind).collect();
    let is_json = |kind: &Kind| matches!(kind, Kind::Json);
    let is_text = |kind: &Kind| !matches!(kind, Kind::Binary | Kind::Multipart);
    if kinds.iter().any(is_json) {
        Media::Json
    } else if kinds.contains(&Kind::Wildcard) {
        Media::Any
    } else if !kinds.iter().all(is_text) {
        Media::Binary
    } else if single(content_type).is_some() {
        Media::Text
    } else {
        Media::Several
    }
}

/// The one type that can be sent; `None` for a list, and for a range.
pub(super) fn single(content_type: &str) -> Option<&str> {
    let mut types = types(content_type);
    match (types.next(), types.next()) {
        (Some(one), None) if !one.contains('*') => Some(one),
        _ => None,
    }
}

/// The JSON in a list.
pub(super) fn json(content_type: &str) -> Option<&str> {
    types(content_type).find(|one| media_type::kind(one) == Kind::Json && !one.contains('*'))
}

pub(super) fn types(content_type: &str) -> impl Iterator<Item = &str> {
    content_type.split(',').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges_are_told_from_single_types() {
        for (content_type, media, one) in [
            ("application/json", Media::Json, Some("application/json")),
            (
                "text/csv; header=present",
                Media::Text,
                Some("text/csv; header=present"),
            ),
            ("application/xml", Media::Text, Some("application/xml")),
            ("text/csv, application/xml", Media::Several, None),
            ("text/*", Media::Several, None),
            ("image/png", Media::Binary, Some("image/png")),
            ("image/png, image/jpeg", Media::Binary, None),
            ("text/csv, application/vnd.ms-excel", Media::Binary, None),
            ("*/*", Media::Any, None),
        ] {
            assert_eq!(
                (of(content_type), single(content_type)),
                (media, one),
                "{content_type}"
            );
        }
        assert_eq!(of("application/xml, application/a+json"), Media::Json);
        assert_eq!(
            json("application/xml, application/a+json"),
            Some("application/a+json")
        );
    }
}
