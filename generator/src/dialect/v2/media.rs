//! `consumes` and `produces`: lists of media types in, those that can hold what
//! a schema describes out.

use crate::diagnostic::{Code, Report};
use crate::source::{Node, Value};

/// The media types of a list; `None` where there is none.
pub(super) fn list(node: Option<&Node>, report: &mut Report) -> Option<Vec<String>> {
    let node = node?;
    let names = match &node.value {
        Value::Array(names) => names.as_slice(),
        Value::String(_) => std::slice::from_ref(node),
        _ => &[],
    };
    let names: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let text = name.as_str().map(str::trim).filter(|text| !text.is_empty());
            if text.is_none() {
                report.warn(
                    Code::WrongType,
                    name.origin,
                    format!("a media type should be a string, not {}", name.kind()),
                );
            }
            text.map(str::to_owned)
        })
        .collect();
    (!names.is_empty()).then_some(names)
}

/// The type and subtype in small letters.
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether bodies of this media type have a structure that a schema can
/// describe.
pub(super) fn is_structured(name: &str) -> bool {
    let name = essence(name);
    name.contains("json")
        || name.contains("xml")
        || name.contains("yaml")
        || name.starts_with("text/")
        || is_form(&name)
        || name.contains('*')
}

/// Whether bodies of this media type are forms.
pub(super) fn is_form(name: &str) -> bool {
    let name = essence(name);
    name == "application/x-www-form-urlencoded" || name.starts_with("multipart/")
}
