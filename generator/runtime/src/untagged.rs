//! Unions without a discriminator: a JSON value and the shapes of the variants
//! go in, the variants worth trying come out, the likeliest first.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decode_error;

/// What is known of a variant before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The kind of JSON value.
    pub(crate) json: JsonKind,
    /// Properties without which it is another variant.
    pub(crate) required: &'static [&'static str],
    /// All properties that the variant knows. Between variants that all accept
    /// a value, the one that knows most of its properties loses least.
    pub(crate) properties: &'static [&'static str],
    /// Properties that have one certain text.
    pub(crate) constants: &'static [(&'static str, &'static str)],
}

/// The kinds of JSON value, as a schema tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonKind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The variants that a value may be, as indices into `shapes`: the best fit
/// first, equally good ones in the given order.
pub(crate) fn candidates(value: &Value, shapes: &[Shape]) -> Vec<usize> {
    let mut fits: Vec<(usize, usize)> = shapes
        .iter()
        .enumerate()
        .filter_map(|(index, shape)| shape.fit(value).map(|fit| (index, fit)))
        .collect();
    // Stable, so the given order decides between equals.
    fits.sort_by_key(|(_, fit)| std::cmp::Reverse(*fit));
    fits.into_iter().map(|(index, _)| index).collect()
}

/// The value as one variant, if it is one.
pub(crate) fn attempt<T: DeserializeOwned>(value: &Value) -> Option<T> {
    decode_error::decode(value).ok()
}

impl Shape {
    /// How well a value fits; `None` where it cannot be this variant.
    fn fit(&self, value: &Value) -> Option<usize> {
        let kind = match (self.json, value) {
            (JsonKind::Any, _) => return Some(0),
            (JsonKind::Number, Value::Number(_)) => 1,
            (JsonKind::Integer, Value::Number(number)) if !number.is_f64() => 2,
            (JsonKind::Null, Value::Null)
            | (JsonKind::Boolean, Value::Bool(_))
            | (JsonKind::String, Value::String(_))
            | (JsonKind::Array, Value::Array(_))
            | (JsonKind::Object, Value::Object(_)) => 1,
            _ => return None,
        };
        let has = |name: &&&str| value.get(**name).is_some();
        let is =
            |(name, text): &(&str, &str)| value.get(name).and_then(Value::as_str) == Some(*text);
        let possible = self.required.iter().all(|name| has(&name)) && self.constants.iter().all(is);
        possible.then(|| kind + self.properties.iter().filter(has).count())
    }
}
