//! Strings that hold something else: `contentEncoding` and `contentMediaType`
//! in, `format` out.

use super::string;
use crate::dialect::check::Check;
use crate::source::{Entries, Node};

/// Brings the keywords about content into `format`.
pub(super) fn content(check: &mut Check<'_>, entries: &mut Entries) {
    let encoding = entries.remove("contentEncoding");
    let media_type = entries.remove("contentMediaType");
    if let Some(encoding) = &encoding {
        check.came_with_3_1(encoding.origin, "contentEncoding", "`format`");
    } else if let Some(media_type) = &media_type {
        check.came_with_3_1(media_type.origin, "contentMediaType", "`format`");
    }
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
            if let Some(encoding) = encoding {
                check.no_effect(encoding.origin, "contentEncoding");
            } else if let Some(media_type) = media_type {
                check.no_effect(media_type.origin, "contentMediaType");
            }
        }
    }
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
