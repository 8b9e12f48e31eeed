//! Strings that hold something else: `contentEncoding` and `contentMediaType`
//! in, `format` out.

use super::string;
use crate::diagnostic::Code;
use crate::dialect::check::Check;
use crate::resolve::media_type::is_valid;
use crate::source::{Entries, Node};

/// The key of the upgraded tree for the content type of a part.
pub(crate) const CONTENT_TYPE: &str = "x-driftless-content-type";

/// Brings the keywords about content into `format`.
pub(super) fn content(check: &mut Check<'_>, entries: &mut Entries) {
    let encoding = entries.remove("contentEncoding");
    let media_type = entries.remove("contentMediaType");
    if let Some(encoding) = &encoding {
        check.came_with_3_1(encoding.origin, "contentEncoding", "`format`");
    } else if let Some(media_type) = &media_type {
        check.came_with_3_1(media_type.origin, "contentMediaType", "`format`");
    }
    part_type(entries, encoding.as_ref(), media_type.as_ref());
    let has_format = entries.contains_key("format");
    let format = match (&encoding, &media_type) {
        (Some(encoding), _) => match encoding.as_str().map(str::to_ascii_lowercase).as_deref() {
            Some("base64") => Some(("byte", encoding)),
            Some("base64url") => Some(("base64url", encoding)),
            // The bytes as they are.
            Some("binary" | "8bit" | "7bit" | "identity") => Some(("binary", encoding)),
            _ => None,
        },
        (None, Some(media_type)) if !is_text(media_type) => Some(("binary", media_type)),
        _ => None,
    };
    match format {
        Some((format, node)) if !has_format => {
            entries.insert("format", string(node.origin, format));
            if !entries.contains_key("type") {
                entries.insert("type", string(node.origin, "string"));
            }
        }
        Some(_) => {}
        None => {
            let keyword = encoding.map(|node| (node, "contentEncoding"));
            let keyword = keyword.or(media_type.map(|node| (node, "contentMediaType")));
            if let Some((node, key)) = keyword {
                check.report.warn(
                    Code::NoEffect,
                    node.origin,
                    format!("`{key}` has no effect but on parts of multipart bodies"),
                );
            }
        }
    }
}

/// Keeps the content type of a part with this schema (OpenAPI 3.1.1, section
/// 4.8.15.1.1), which 3.0 cannot say.
fn part_type(entries: &mut Entries, encoding: Option<&Node>, media_type: Option<&Node>) {
    let content_type = match (media_type, encoding) {
        (Some(media_type), _) => string_of(media_type),
        (None, Some(encoding)) => Some(string(encoding.origin, "application/octet-stream")),
        (None, None) => None,
    };
    if let Some(content_type) = content_type {
        entries.insert(CONTENT_TYPE, content_type);
    }
}

/// A media type that can be sent.
fn string_of(media_type: &Node) -> Option<Node> {
    let name = media_type.as_str()?;
    let can_be_sent = is_valid(name) && !name.contains([',', '*']);
    can_be_sent.then(|| string(media_type.origin, name))
}

/// Whether what has this media type is a string as it is.
fn is_text(media_type: &Node) -> bool {
    let Some(name) = media_type.as_str() else {
        return true;
    };
    let name = name.to_ascii_lowercase();
    let essence = name.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || essence.ends_with("json")
        || essence.ends_with("xml")
        || essence.ends_with("yaml")
        || essence.ends_with("javascript")
        || essence == "application/jwt"
        || essence == "application/x-www-form-urlencoded"
}
