//! Makes values of schemas: a component in, values of every kind that it
//! allows out, each with what is special about it.

mod broken;
mod cases;
mod object;
mod tags;
mod value;

use std::collections::{BTreeSet, HashMap};
use std::ptr;

use serde_json::Value as Json;

pub(super) use broken::Breach;

use super::fits::Judge;
use super::spec::{Direction, Spec};

/// A value, and what is special about it.
type Case = (String, Json);

/// How deep schemas are followed at most, of which each adds to the value.
const DEEPEST: usize = 40;

/// How much of an object is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Much {
    /// All properties.
    All,
    /// The required ones.
    Required,
}

/// Makes values for one direction.
pub(super) struct Maker<'s, 'a> {
    spec: &'s Spec<'a>,
    /// The components that differ between requests and responses.
    split: &'s BTreeSet<&'s str>,
    direction: Option<Direction>,
    /// The schemas that are being made: one that leads back to itself ends.
    open: Vec<&'a Json>,
    /// The unions whose variant is chosen, with the keyword.
    chosen: Vec<(&'a Json, &'static str)>,
    /// The values of components that were made before. Those that were made on
    /// the way to themselves are shorter, and as right.
    known: HashMap<(*const Json, Much), Json>,
    /// The components that the schema stands in.
    inside: Vec<Option<&'a str>>,
    /// Whether values are made to be looked at: with the examples and defaults
    /// of schemas, and more of what they refer to.
    telling: bool,
}

impl<'s, 'a> Maker<'s, 'a> {
    pub(super) fn new(
        spec: &'s Spec<'a>,
        split: &'s BTreeSet<&'s str>,
        direction: Option<Direction>,
    ) -> Self {
        Self {
            spec,
            split,
            direction,
            open: Vec::new(),
            chosen: Vec::new(),
            known: HashMap::new(),
            inside: Vec::new(),
            telling: false,
        }
    }

    /// One value of a schema that shows what it is for.
    pub(super) fn telling(&mut self, schema: &'a Json) -> Option<Json> {
        self.telling = true;
        let value = self.value(schema, Much::All);
        value.or_else(|| self.value(schema, Much::Required))
    }

    /// The least value of a schema.
    pub(super) fn least(&mut self, schema: &'a Json) -> Option<Json> {
        self.value(schema, Much::Required)
    }

    /// Values of every kind that a schema allows, and which its author knows.
    pub(super) fn all(&mut self, schema: &'a Json) -> Vec<Json> {
        let cases = self.cases(schema, 0).into_iter();
        let known = cases.filter(|(case, _)| !case.contains("unknown"));
        known.map(|(_, value)| value).collect()
    }

    /// All values of a component. `null` is not among them: it belongs to the
    /// places that hold the component.
    pub(super) fn component(&mut self, name: &str) -> Vec<Case> {
        let Some((name, schema)) = self.spec.components().get_key_value(name) else {
            return Vec::new();
        };
        self.inside.push(Some(name));
        let made = self.inline(schema);
        self.inside.pop();
        made
    }

    /// The document.
    pub(super) fn spec(&self) -> &'s Spec<'a> {
        self.spec
    }

    /// All values of a schema, each once.
    pub(super) fn inline(&mut self, schema: &'a Json) -> Vec<Case> {
        let cases = self.cases(schema, 0);
        let mut seen: Vec<Json> = Vec::new();
        let mut kept = Vec::new();
        for (case, value) in cases {
            if !value.is_null() && !seen.contains(&value) {
                seen.push(value.clone());
                kept.push((case, value));
            }
        }
        kept
    }

    fn judge(&self) -> Judge<'s, 'a> {
        Judge::new(self.spec, self.direction)
    }

    /// Does something with what stands behind a reference, unless it is at work
    /// on that already.
    fn guarded<T>(
        &mut self,
        schema: &'a Json,
        work: impl FnOnce(&mut Self, &'a Json) -> T,
    ) -> Option<T> {
        let component = match self.spec.refers(schema) {
            true => self.spec.component(schema),
            false => self.inside.last().copied().flatten(),
        };
        let target = self.spec.meant(schema);
        let known = self.open.iter().any(|open| ptr::eq(*open, target));
        if known || self.open.len() >= DEEPEST || !target.is_object() {
            return None;
        }
        self.open.push(target);
        self.inside.push(component);
        let result = work(self, target);
        self.inside.pop();
        self.open.pop();
        Some(result)
    }

    /// Does something with the parts of schemas that hold at once, unless it is
    /// at work on one of them already.
    fn together<T>(
        &mut self,
        schemas: &[&'a Json],
        work: impl FnOnce(&mut Self, &[&'a Json]) -> T,
    ) -> Option<T> {
        let mut parts: Vec<&'a Json> = Vec::new();
        for part in schemas.iter().flat_map(|schema| self.spec.parts(schema)) {
            if !parts.iter().any(|known| ptr::eq(*known, part)) {
                parts.push(part);
            }
        }
        let targets: Vec<&'a Json> = schemas
            .iter()
            .map(|schema| self.spec.meant(schema))
            .collect();
        let known = |target: &&'a Json| self.open.iter().any(|open| ptr::eq(*open, *target));
        if targets.iter().any(known) || self.open.len() >= DEEPEST {
            return None;
        }
        let depth = self.open.len();
        self.open.extend(targets);
        let result = work(self, &parts);
        self.open.truncate(depth);
        Some(result)
    }
}

/// The components by name, for tests.
#[cfg(test)]
pub(super) fn all_components<'a>(spec: &Spec<'a>) -> Vec<(&'a str, Vec<Case>)> {
    let none = BTreeSet::new();
    let names = spec.components().keys();
    names
        .map(|name| (name.as_str(), Maker::new(spec, &none, None).component(name)))
        .collect()
}
