//! Reads integers of 128 bits digit by digit, whether they are written `100`,
//! `100.0` or `1e2`.
//!
//! Serde's data model has numbers of JSON beyond 64 bits as `f64` only, so the
//! text of the number is asked for (`serde_json`'s `RawValue`). A deserializer
//! that knows no such text is asked for the integer itself.

use std::fmt;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Unexpected, Visitor};

use super::exact_number::{ExactNumber, Whole};

/// The name of the struct by which `serde_json` gives out texts of JSON, and of
/// its only property.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

/// The type of an integer.
#[derive(Clone, Copy)]
pub(crate) enum Width {
    I128,
    U128,
}

/// Reads an integer and hands it to the visitor.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    visitor: V,
    width: Width,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, Wide { visitor, width })
}

struct Wide<V> {
    visitor: V,
    width: Width,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Wide<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    /// The deserializer knows no texts of JSON.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        match self.width {
            Width::I128 => inner.deserialize_i128(self.visitor),
            Width::U128 => inner.deserialize_u128(self.visitor),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        match raw(map)? {
            Some(raw) => self.number(&raw),
            None => Err(A::Error::invalid_type(Unexpected::Map, &self.visitor)),
        }
    }
}

impl<'de, V: Visitor<'de>> Wide<V> {
    fn number<E: Error>(self, raw: &Raw) -> Result<V::Value, E> {
        let text = &*raw.text;
        let Some(number) = ExactNumber::parse(text) else {
            return Err(E::invalid_type(kind(text), &self.visitor));
        };
        match number.whole() {
            Whole::Fraction => {
                let value = text.parse().unwrap_or_default();
                Err(E::invalid_type(Unexpected::Float(value), &self.visitor))
            }
            // A `serde_json::Value` has rounded it.
            Whole::Integer { size, .. } if raw.may_be_rounded() && u64::try_from(size).is_err() => {
                let found = Unexpected::Other("integer beyond 64 bits, kept as a float");
                Err(E::invalid_value(found, &self.visitor))
            }
            Whole::Integer { is_negative, size } => {
                let signed = match is_negative {
                    true => 0_i128.checked_sub_unsigned(size),
                    false => i128::try_from(size).ok(),
                };
                match (self.width, signed) {
                    (Width::I128, Some(value)) => self.visitor.visit_i128(value),
                    (Width::U128, _) if !is_negative => self.visitor.visit_u128(size),
                    _ => self.out_of_range(),
                }
            }
            Whole::TooLarge => self.out_of_range(),
        }
    }

    fn out_of_range<E: Error>(self) -> Result<V::Value, E> {
        let found = Unexpected::Other("integer out of range");
        Err(E::invalid_value(found, &self.visitor))
    }
}

/// The text of a value of JSON.
pub(crate) struct Raw {
    pub(crate) text: String,
    /// Whether it is the text that was received. Otherwise, a value in memory
    /// may have been written as JSON again.
    pub(crate) is_original: bool,
}

impl Raw {
    fn may_be_rounded(&self) -> bool {
        !self.is_original && self.text.contains(['.', 'e', 'E'])
    }
}

/// The text that `serde_json` gives out; `None` where this is another map.
pub(crate) fn raw<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<Raw>, A::Error> {
    let key: Option<String> = map.next_key()?;
    if key.is_some_and(|key| key == RAW) {
        return map.next_value::<RawText>().map(|raw| Some(raw.0));
    }
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(None)
}

struct RawText(Raw);

impl<'de> serde::Deserialize<'de> for RawText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text of JSON")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<RawText, E> {
        Ok(RawText(Raw {
            text: text.to_owned(),
            is_original: true,
        }))
    }

    fn visit_str<E>(self, text: &str) -> Result<RawText, E> {
        Ok(RawText(Raw {
            text: text.to_owned(),
            is_original: false,
        }))
    }
}

/// What a text of JSON holds that is no number.
fn kind(text: &str) -> Unexpected<'_> {
    match text.as_bytes().first() {
        Some(b'"') => Unexpected::Str(text.trim_matches('"')),
        Some(b'[') => Unexpected::Seq,
        Some(b'{') => Unexpected::Map,
        Some(b't') => Unexpected::Bool(true),
        Some(b'f') => Unexpected::Bool(false),
        _ => Unexpected::Unit,
    }
}
