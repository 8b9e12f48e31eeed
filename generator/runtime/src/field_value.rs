//! [`FieldValue`]: the value of a field of a form or multipart body. Anything
//! that serialises to JSON goes in; out comes the same with its numbers as
//! texts and its properties in their order.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::wide_integer::{RAW, raw};

/// A JSON value, scalars as the texts that forms hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldValue {
    Null,
    Text(String),
    /// A number or boolean: like a text, but JSON has it without quotes.
    Bare(String),
    List(Vec<FieldValue>),
    Object(Vec<(String, FieldValue)>),
}

impl FieldValue {
    /// By way of JSON's own text, which has all numbers as they are sent.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        let text = serde_json::to_string(value)?;
        let read = |is_exact| {
            let any = AnyValue { is_exact };
            any.deserialize(&mut serde_json::Deserializer::from_str(&text))
        };
        let value = read(false)?;
        let mut runs = text.split(|character: char| !character.is_ascii_digit());
        match runs.any(|digits| digits.len() > NARROW) {
            true => read(true),
            false => Ok(value),
        }
    }

    /// Writes the value as JSON.
    pub(crate) fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => "null".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Bare(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::to_json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(properties) => {
                let properties: Vec<String> = properties
                    .iter()
                    .map(|(name, value)| format!("{}:{}", quoted(name), value.to_json()))
                    .collect();
                format!("{{{}}}", properties.join(","))
            }
        }
    }

    /// The values that a delimiter goes between: the items of a list, or the
    /// names and values of an object in turn; fails with a scalar.
    pub(crate) fn into_delimited(self) -> Result<Vec<Self>, Self> {
        match self {
            Self::List(items) => Ok(items),
            Self::Object(properties) => Ok(properties
                .into_iter()
                .flat_map(|(name, value)| [Self::Text(name), value])
                .collect()),
            scalar => Err(scalar),
        }
    }

    /// The text of a scalar; nothing for null; JSON for what is no scalar.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) | Self::Bare(text) => text,
            Self::List(_) | Self::Object(_) => self.to_json(),
        }
    }
}

/// Integers of so many digits have no more than 64 bits.
const NARROW: usize = 18;

/// Reads any value of JSON.
#[derive(Clone, Copy)]
struct AnyValue {
    /// Whether numbers are taken from their texts: integers beyond 64 bits would
    /// be rounded otherwise.
    is_exact: bool,
}

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = FieldValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FieldValue, D::Error> {
        match self.is_exact {
            true => deserializer.deserialize_newtype_struct(RAW, RawField),
            false => deserializer.deserialize_any(self),
        }
    }
}

/// Takes the text of a value.
struct RawField;

impl<'de> Visitor<'de> for RawField {
    type Value = FieldValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<FieldValue, A::Error> {
        let Some(raw) = raw(map)? else {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        };
        if raw
            .text
            .starts_with(|first: char| first == '-' || first.is_ascii_digit())
        {
            return Ok(FieldValue::Bare(raw.text));
        }
        let value = serde_json::Deserializer::from_str(&raw.text)
            .deserialize_any(AnyValue { is_exact: true });
        value.map_err(|_| A::Error::custom("it is not JSON"))
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = FieldValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<FieldValue, E> {
        Ok(FieldValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<FieldValue, E> {
        Ok(FieldValue::Bare(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<FieldValue, E> {
        Ok(FieldValue::Bare(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<FieldValue, E> {
        Ok(FieldValue::Bare(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<FieldValue, E> {
        // As JSON writes it: with an exponent where it is large.
        Ok(FieldValue::Bare(serde_json::Value::from(value).to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<FieldValue, E> {
        Ok(FieldValue::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<FieldValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(FieldValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<FieldValue, A::Error> {
        let mut object = Vec::new();
        while let Some(name) = entries.next_key()? {
            object.push((name, entries.next_value_seed(self)?));
        }
        Ok(FieldValue::Object(object))
    }
}
