//! Unions with a discriminator: JSON goes in and comes out with its tag, so
//! that the generated code only has to match on it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::decode_error;

/// Reads a value and the text of its property `tag`, if it has one. Numbers and
/// booleans count as their JSON texts.
pub(crate) fn split<'de, D>(deserializer: D, tag: &str) -> Result<(Option<String>, Value), D::Error>
where
    D: Deserializer<'de>,
{
    let value = Value::deserialize(deserializer)?;
    let tag = match value.get(tag) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(tag @ (Value::Number(_) | Value::Bool(_))) => Some(tag.to_string()),
        _ => None,
    };
    Ok((tag, value))
}

/// Reads one variant; an error keeps its place inside the value.
pub(crate) fn decode_variant<T, E>(value: Value) -> Result<T, E>
where
    T: DeserializeOwned,
    E: serde::de::Error,
{
    decode_error::decode(&value).map_err(|error| E::custom(error.marked()))
}

/// Writes one variant with its tag. A type that writes the property itself
/// knows better: several tags may stand for it. What is no object has none.
pub(crate) fn encode_variant<T, S>(
    tag: &str,
    tag_value: &str,
    variant: &T,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    T: Serialize + ?Sized,
    S: Serializer,
{
    with_tag(tag, tag_value, serde_json::to_vec(variant))
        .map_err(serde::ser::Error::custom)?
        .serialize(serializer)
}

/// By way of the text: `Value` would widen the digits of an `f32`.
fn with_tag(
    tag: &str,
    tag_value: &str,
    json: Result<Vec<u8>, serde_json::Error>,
) -> Result<Value, &'static str> {
    const UNWRITABLE: &str = "a variant cannot be written as JSON";
    let json = json.map_err(|_| UNWRITABLE)?;
    let mut value: Value = serde_json::from_slice(&json).map_err(|_| UNWRITABLE)?;
    if let Value::Object(object) = &mut value {
        object.entry(tag).or_insert_with(|| tag_value.into());
    }
    Ok(value)
}
