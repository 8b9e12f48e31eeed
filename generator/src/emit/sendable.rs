//! Which values of parameters can be sent: a value without anything in it is
//! not, and neither is one whose items hold what separates them.

use serde_json::Value;

use crate::graph::{Location, Style};
use crate::model::{Parameter, ParameterStyle};

/// Whether a call with this value is made and has the parameter.
pub(super) fn is_sent(parameter: &Parameter, value: &Value) -> bool {
    let ParameterStyle::Styled {
        style,
        explode,
        reserved,
    } = parameter.style
    else {
        return true;
    };
    let needs_value = parameter.required || parameter.location == Location::Path;
    let texts = texts(value);
    if needs_value && texts.is_empty() {
        return false;
    }
    if parameter.location == Location::Path
        && style == Style::Simple
        && let Some(text) = scalar(value)
    {
        return !matches!(text.as_str(), "" | "." | "..");
    }
    let delimiter = match (style, explode, parameter.location) {
        (Style::Simple, _, Location::Header) => ",",
        (Style::Label, true, _) if value.is_array() => ".",
        (Style::SpaceDelimited, false, _) => " ",
        (Style::PipeDelimited, false, _) => "|",
        (Style::TabDelimited, false, _) => "\t",
        (Style::Form, false, Location::Query) if reserved => ",",
        _ => return true,
    };
    scalar(value).is_some() || !texts.iter().any(|text| text.contains(delimiter))
}

/// The text of a value that is no list or object.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) | Value::Object(_) | Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The texts of a value: of items, or of names and what they have. Null is none.
fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        Value::Object(entries) => entries
            .iter()
            .filter_map(|(name, value)| Some([name.clone(), text(value)?]))
            .flatten()
            .collect(),
        other => text(other).into_iter().collect(),
    }
}
