//! JSON of requests: parsed as far as its values fit into memory. An object with
//! one entry takes a hundred times the room of its text.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::sample::Judge;

/// How many units of memory (32 bytes) the first entry of an object takes, and
/// each of the others.
const FIRST_ENTRY: usize = 20;
const ENTRY: usize = 4;

/// Parses a text, which fails as well where the budget of the judge is exceeded.
pub(super) fn parse(judge: &Judge<'_, '_>, text: &[u8]) -> serde_json::Result<Json> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = One(judge).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// One value.
#[derive(Clone, Copy)]
struct One<'j, 's, 'a>(&'j Judge<'s, 'a>);

impl One<'_, '_, '_> {
    fn hold<E: Error>(self, units: usize) -> Result<(), E> {
        match self.0.hold(units) {
            true => Ok(()),
            false => Err(E::custom("there are too many values")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for One<'_, '_, '_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for One<'_, '_, '_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            self.hold(1)?;
            all.push(item);
        }
        Ok(Json::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut all = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.hold(if all.is_empty() { FIRST_ENTRY } else { ENTRY })?;
            all.insert(key, entries.next_value_seed(self)?);
        }
        Ok(Json::Object(all))
    }
}
