//! Objects: the properties of all schemas that hold at once.

use serde_json::{Map, Value as Json, json};

use super::{Maker, Much};
use crate::sample::spec::list;

/// How deep references are followed for more than what is required, in values
/// that are made to be looked at.
const DEEPEST_TELLING: usize = 4;

/// The most properties that a sample gets for the sake of `minProperties`.
const MOST_PROPERTIES: u64 = 100;

impl<'a> Maker<'_, 'a> {
    pub(super) fn object(&mut self, parts: &[&'a Json], much: Much) -> Option<Json> {
        let mut object = Map::new();
        for (name, schemas) in self.properties(parts) {
            let required = is_required(parts, name);
            if !required && much == Much::Required {
                continue;
            }
            // A component has values of its own elsewhere.
            let refers = schemas.iter().any(|schema| self.spec.refers(schema));
            let much = match refers {
                true => self.referred(much),
                false => much,
            };
            match self.of_property(&schemas, much) {
                Some(value) => {
                    object.insert(name.to_owned(), value);
                }
                None if required => return None,
                None => {}
            }
        }
        // Where all travel the other way, the others are unknown nevertheless.
        let no_names = parts.iter().all(|part| {
            let properties = part.get("properties").and_then(Json::as_object);
            properties.is_none_or(Map::is_empty)
        });
        let closed = parts
            .iter()
            .any(|part| part.get("additionalProperties") == Some(&json!(false)));
        for name in undeclared(parts) {
            // No value is required and forbidden at once; the client requires it.
            let value = match conditional(parts, name) {
                Some(schema) => self.value(schema, Much::Required),
                None if closed => Some(json!("text")),
                None => self.additional(parts).values().next().cloned(),
            };
            object.insert(name.to_owned(), value?);
        }
        if much == Much::All && no_names && !closed {
            // One is enough to look at.
            let most = if self.telling { 1 } else { 2 };
            object.extend(self.additional(parts).into_iter().take(most));
        }
        self.counted(parts, &mut object, closed);
        Some(Json::Object(object))
    }

    /// Adds properties until there are as many as `minProperties` asks for, and
    /// takes out optional ones where `maxProperties` allows fewer.
    fn counted(&mut self, parts: &[&'a Json], object: &mut Map<String, Json>, closed: bool) {
        let bound = |key| {
            let all = parts.iter().filter_map(move |part| part.get(key));
            all.filter_map(Json::as_u64)
        };
        let least = bound("minProperties")
            .max()
            .unwrap_or(0)
            .min(MOST_PROPERTIES) as usize;
        let most = bound("maxProperties").min().unwrap_or(u64::MAX);
        if object.len() < least {
            for (name, schemas) in self.properties(parts) {
                if object.len() >= least {
                    break;
                }
                if !object.contains_key(name)
                    && let Some(value) = self.of_property(&schemas, Much::Required)
                {
                    object.insert(name.to_owned(), value);
                }
            }
        }
        if object.len() < least && !closed {
            let more = self.additional(parts);
            let value = more.values().next().cloned();
            let numbered = (1..=least).map(|number| format!("extra{number}"));
            for name in more.keys().cloned().chain(numbered) {
                if object.len() < least
                    && let Some(value) = &value
                {
                    object.entry(name).or_insert_with(|| value.clone());
                }
            }
        }
        let optional: Vec<String> = object
            .keys()
            .rev()
            .filter(|name| !is_required(parts, name))
            .cloned()
            .collect();
        for name in optional {
            if object.len() as u64 > most {
                object.remove(&name);
            }
        }
    }

    /// The properties of all parts, but for those that travel the other way.
    pub(super) fn properties(&self, parts: &[&'a Json]) -> Vec<(&'a str, Vec<&'a Json>)> {
        let mut names: Vec<&'a str> = Vec::new();
        for part in parts {
            let properties = part.get("properties").and_then(Json::as_object);
            for name in properties.into_iter().flat_map(Map::keys) {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        let inside = self.inside.last().copied().flatten();
        let split = inside.is_some_and(|name| self.split.contains(name));
        names
            .into_iter()
            .map(|name| (name, self.spec.property(parts, name)))
            .filter(|(_, schemas)| {
                let left_out = |direction| self.spec.is_left_out(schemas, direction);
                !(split || self.telling) || !self.direction.is_some_and(left_out)
            })
            .collect()
    }

    /// How much is made of what a schema refers to.
    pub(super) fn referred(&self, much: Much) -> Much {
        match self.telling && self.open.len() < DEEPEST_TELLING {
            true => much,
            false => Much::Required,
        }
    }

    /// Two properties that are not declared, where such are kept.
    pub(super) fn additional(&mut self, parts: &[&'a Json]) -> Map<String, Json> {
        let mut all = parts.iter().map(|part| part.get("additionalProperties"));
        let values = match all.find_map(|written| written) {
            None | Some(Json::Bool(true)) => vec![json!("text"), json!({"nested": [1, null]})],
            Some(schema) => match self.value(schema, Much::All) {
                Some(value) => vec![value.clone(), value],
                None => Vec::new(),
            },
        };
        let names = ["extra", "x-ü /~\""].map(str::to_owned);
        names.into_iter().zip(values).collect()
    }
}

/// The schema of a property that is declared under a condition only.
fn conditional<'a>(parts: &[&'a Json], name: &str) -> Option<&'a Json> {
    let mut all = parts
        .iter()
        .flat_map(|part| list(part, "x-driftless-conditional"));
    all.find_map(|inner| inner.get("schema")?.get("properties")?.get(name))
}

pub(super) fn is_required(parts: &[&Json], name: &str) -> bool {
    let mut all = parts.iter().flat_map(|part| list(part, "required"));
    all.any(|required| required == name)
}

/// The names that are required and not declared.
pub(super) fn undeclared<'a>(parts: &[&'a Json]) -> Vec<&'a str> {
    let required = parts.iter().flat_map(|part| list(part, "required"));
    let declared = |name: &&str| {
        let mut all = parts.iter().filter_map(|part| part.get("properties"));
        all.any(|properties| properties.get(*name).is_some())
    };
    let names = required.filter_map(Json::as_str);
    names.filter(|name| !declared(name)).collect()
}
