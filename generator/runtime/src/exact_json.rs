//! [`ExactJson`]: the JSON of a union, with its text. Variants are read from the
//! text, as `serde_json::Value` would round integers beyond 64 bits.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde_json::Value;

use super::decode_error::{self, DecodeError};
use super::tagged::tag_of;
use super::wide_integer::{RAW, Raw, raw};

/// A value of JSON, and its text where the deserializer has one.
pub(crate) struct ExactJson {
    value: Value,
    raw: Option<Raw>,
}

impl ExactJson {
    /// The value; integers beyond 64 bits are rounded.
    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    /// The value; integers beyond 64 bits are rounded.
    pub(crate) fn into_value(self) -> Value {
        self.value
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        match &self.raw {
            Some(raw) if raw.is_original => {
                decode_error::decode(&mut serde_json::Deserializer::from_str(&raw.text))
            }
            // What the text was made of may have been rounded, and a reader gives
            // out no texts as original.
            Some(raw) => {
                let text = raw.text.as_bytes();
                decode_error::decode(&mut serde_json::Deserializer::from_reader(text))
            }
            None => decode_error::decode(&self.value),
        }
    }

    /// The value as one variant, if it is one.
    pub(crate) fn attempt<T: DeserializeOwned>(&self) -> Option<T> {
        self.decode().ok()
    }

    /// Reads one variant; an error keeps its place inside the value.
    pub(crate) fn decode_variant<T: DeserializeOwned, E: Error>(&self) -> Result<T, E> {
        self.decode().map_err(|error| E::custom(error.marked()))
    }

    /// Reads a value and the text of its property `tag`, if it has one.
    pub(crate) fn split<'de, D: Deserializer<'de>>(
        deserializer: D,
        tag: &str,
    ) -> Result<(Option<String>, Self), D::Error> {
        let json = Self::deserialize(deserializer)?;
        Ok((tag_of(&json.value, tag), json))
    }
}

impl<'de> Deserialize<'de> for ExactJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, Whole)
    }
}

struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = ExactJson;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value of JSON")
    }

    /// The deserializer knows no texts of JSON.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<ExactJson, D::Error> {
        let value = Value::deserialize(inner)?;
        Ok(ExactJson { value, raw: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ExactJson, A::Error> {
        let Some(raw) = raw(map)? else {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        };
        let value = decode_error::decode(&mut serde_json::Deserializer::from_str(&raw.text))
            .map_err(|error| A::Error::custom(error.marked()))?;
        Ok(ExactJson {
            value,
            raw: Some(raw),
        })
    }
}
