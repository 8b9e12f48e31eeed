//! Scalars that were written with another type than the one that was meant:
//! YAML reads `version: 1.0` as a number. A node in, the value that was meant
//! out.

use crate::source::{Node, Number, Source, Value};

/// The scalar as text: a number as it was written, `1.10` say.
pub(super) fn text(node: &Node, source: &Source) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(written(node, source).unwrap_or_else(|| value.to_string())),
        Value::Number(number) => Some(written(node, source).unwrap_or_else(|| shown(*number))),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn written(node: &Node, source: &Source) -> Option<String> {
    let written = source.written(node.origin)?.trim();
    // Anything else than a bare word is not the number itself: a tag before
    // it, for instance.
    let bare = !written.is_empty() && !written.contains(|c: char| c.is_whitespace() || c == '!');
    bare.then(|| written.to_owned())
}

fn shown(number: Number) -> String {
    match number {
        Number::Integer(integer) => integer.to_string(),
        Number::Float(float) => format!("{float:?}"),
    }
}

/// The boolean that a string spells.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The number that a string spells.
pub(super) fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    if let Ok(integer) = text.parse() {
        return Some(Number::Integer(integer));
    }
    let float: f64 = text.parse().ok()?;
    float.is_finite().then_some(Number::Float(float))
}

/// The number as floating point, to be compared.
pub(super) fn float(number: Number) -> f64 {
    match number {
        Number::Integer(integer) => integer as f64,
        Number::Float(float) => float,
    }
}

/// The number of things that a number stands for: an integer from 0 on that
/// fits 64 bits.
pub(super) fn count(number: Number) -> Option<u64> {
    /// From here on, not every integer is a float of its own.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    match number {
        Number::Integer(integer) => u64::try_from(integer).ok(),
        Number::Float(float) => {
            let fits = float.fract() == 0.0 && (0.0..=LARGEST).contains(&float);
            fits.then_some(float as u64)
        }
    }
}
