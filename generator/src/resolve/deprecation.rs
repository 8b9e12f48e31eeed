//! Deprecation: `deprecated` and the extensions beside it in, whether something
//! is deprecated and what its author says about it out.

use crate::source::{Node, Value};

/// Whether `x-deprecated` says so, where `deprecated` does not.
pub(super) fn is_deprecated(node: &Node) -> bool {
    node.get("x-deprecated")
        .is_some_and(|value| matches!(value.value, Value::Bool(true) | Value::String(_)))
}

/// What `x-deprecated`, `x-deprecated-reason`, `x-deprecation-date` and their
/// like say.
pub(super) fn deprecation(node: &Node) -> Option<String> {
    let texts: Vec<String> = node
        .as_object()?
        .iter()
        .filter_map(|(key, value)| {
            let about = key
                .strip_prefix("x-deprecated")
                .or_else(|| key.strip_prefix("x-deprecation"))?;
            let text = match &value.value {
                Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
                Value::Number(_) => value.to_json().to_string(),
                _ => return None,
            };
            let about = about.trim_start_matches('-');
            Some(match about {
                "" | "message" | "reason" | "description" | "note" | "notes" | "comment" => text,
                about => format!("({}: {text})", about.replace('-', " ")),
            })
        })
        .filter(|text| !text.is_empty())
        .collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}
