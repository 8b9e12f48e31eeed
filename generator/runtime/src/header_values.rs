//! The values of response headers (style `simple`): the texts of a header in, a
//! value of any type that one can hold out.

use std::fmt;

use http::HeaderMap;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};

use super::decode_error::DecodeError;

/// Reads a header; `None` where it is not there.
pub(crate) fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    explode: bool,
) -> Result<Option<T>, DecodeError> {
    values(headers, name, explode, ',')
}

/// Reads a header whose items stand between other delimiters than commas
/// (`collectionFormat` of Swagger 2.0).
pub(crate) fn delimited<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    delimiter: char,
) -> Result<Option<T>, DecodeError> {
    values(headers, name, false, delimiter)
}

fn values<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    explode: bool,
    delimiter: char,
) -> Result<Option<T>, DecodeError> {
    let Some(text) = text(headers, name, delimiter)? else {
        return Ok(None);
    };
    let value = HeaderText {
        text: &text,
        explode,
        delimiter,
    };
    let value = T::deserialize(value).map_err(|_| misfit(name))?;
    Ok(Some(value))
}

/// Reads a header whose value is JSON.
pub(crate) fn json<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, DecodeError> {
    let Some(text) = text(headers, name, ',')? else {
        return Ok(None);
    };
    let value = serde_json::from_str(&text).map_err(|_| misfit(name))?;
    Ok(Some(value))
}

/// The value of a header that must be there.
pub(crate) fn required<T>(name: &'static str, value: Option<T>) -> Result<T, DecodeError> {
    value.ok_or_else(|| DecodeError::at(name, "the header is missing"))
}

fn misfit(name: &'static str) -> DecodeError {
    DecodeError::at(name, "the header does not fit its type")
}

/// The values of a header's lines, with commas between them (RFC 9110, 5.2), or
/// with what separates the items.
fn text(
    headers: &HeaderMap,
    name: &'static str,
    delimiter: char,
) -> Result<Option<String>, DecodeError> {
    let mut lines = Vec::new();
    for line in headers.get_all(name) {
        // Obsolete, but allowed: anything beyond ASCII.
        let line = std::str::from_utf8(line.as_bytes())
            .map_err(|_| DecodeError::at(name, "the header is not UTF-8"))?;
        lines.push(line.trim());
    }
    let between = match delimiter {
        ',' => ", ".to_owned(),
        other => other.to_string(),
    };
    Ok((!lines.is_empty()).then(|| lines.join(&between)))
}

/// A text that is read as what the type asks for.
#[derive(Clone, Copy)]
struct HeaderText<'a> {
    text: &'a str,
    /// Whether objects are written `key=value`, not `key,value`.
    explode: bool,
    delimiter: char,
}

impl<'a> HeaderText<'a> {
    fn items(self) -> impl Iterator<Item = HeaderText<'a>> {
        let items = self.text.split(self.delimiter).map(str::trim);
        items
            .filter(|item| !item.is_empty())
            .map(move |text| HeaderText { text, ..self })
    }
}

/// Why a header does not fit; its text may quote the value and is dropped.
#[derive(Debug)]
struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value does not fit")
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> IntoDeserializer<'de, Misfit> for HeaderText<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// `deserialize_x` for types that are read by `FromStr`.
macro_rules! parsed {
    ($($method:ident => $visit:ident),*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            visitor.$visit(self.text.parse().map_err(|_| Misfit)?)
        })*
    };
}

impl<'de> Deserializer<'de> for HeaderText<'_> {
    type Error = Misfit;

    parsed! {
        deserialize_bool => visit_bool, deserialize_i8 => visit_i8, deserialize_i16 => visit_i16,
        deserialize_i32 => visit_i32, deserialize_i64 => visit_i64, deserialize_i128 => visit_i128,
        deserialize_u8 => visit_u8, deserialize_u16 => visit_u16, deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64, deserialize_u128 => visit_u128,
        deserialize_f32 => visit_f32, deserialize_f64 => visit_f64, deserialize_char => visit_char
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_seq(SeqDeserializer::new(self.items()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let mut items = self.items();
        let mut pairs = Vec::new();
        while let Some(key) = items.next() {
            let pair = if self.explode {
                let (name, text) = key.text.split_once('=').ok_or(Misfit)?;
                (name, HeaderText { text, ..key })
            } else {
                (key.text, items.next().ok_or(Misfit)?)
            };
            pairs.push(pair);
        }
        visitor.visit_map(MapDeserializer::new(pairs.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct tuple tuple_struct enum identifier ignored_any
    }
}
