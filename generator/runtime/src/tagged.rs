//! Unions with a discriminator: JSON goes in and comes out with its tag, so
//! that the generated code only has to match on it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::decode_error;
use super::tagged_variant::TaggedVariant;

/// Reads a value and the text of its property `tag`, if it has one. Numbers and
/// booleans count as their JSON texts.
pub(crate) fn split<'de, D>(deserializer: D, tag: &str) -> Result<(Option<String>, Value), D::Error>
where
    D: Deserializer<'de>,
{
    let value = Value::deserialize(deserializer)?;
    Ok((tag_of(&value, tag), value))
}

/// The text of the property `tag` of a value, if it has one.
pub(crate) fn tag_of(value: &Value, tag: &str) -> Option<String> {
    match value.get(tag) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(tag @ (Value::Number(_) | Value::Bool(_))) => Some(tag.to_string()),
        _ => None,
    }
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
    let tagged = TaggedVariant {
        tag,
        tag_value,
        variant,
    };
    tagged.serialize(serializer)
}

/// A variant under its name, for checks: they belong to the variant that is
/// held. JSON does not show the name.
pub(crate) struct Named<'a, T: ?Sized>(pub(crate) &'static str, pub(crate) &'a T);

impl<T: Serialize + ?Sized> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(self.0, self.1)
    }
}
