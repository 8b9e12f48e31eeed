//! [`FieldValue`]: the value of a field of a form or multipart body. Anything
//! that serialises to JSON goes in; out comes the same with its numbers as
//! texts and its properties in their order.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

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
        serde_json::from_str(&serde_json::to_string(value)?)
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

impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

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
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(FieldValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<FieldValue, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(FieldValue::Object(object))
    }
}
