//! One value of a schema, or the few that may fit: of what matters for the
//! value alone.

use std::ptr;

use serde_json::{Value as Json, json};

use super::tags::{discriminator, tagged};
use super::{Maker, Much};
use crate::sample::same::is_same;
use crate::sample::scalar;
use crate::sample::spec::list;

/// The most items that a sample has.
const MOST_ITEMS: u64 = 100;

/// The depth at which the cases of items are those of one thing at a time.
const DEEPEST_CASES: usize = 2;

impl<'a> Maker<'_, 'a> {
    /// One value of a schema.
    pub(super) fn value(&mut self, schema: &'a Json, much: Much) -> Option<Json> {
        if let Some(given) = self.given(schema) {
            return Some(given);
        }
        let key = (ptr::from_ref(self.spec.meant(schema)), much);
        let reusable = self.chosen.is_empty() && self.spec.refers(schema);
        if let Some(known) = self.known.get(&key).filter(|_| reusable) {
            return Some(known.clone());
        }
        let value = self.guarded(schema, |maker, schema| maker.plain(schema, much));
        if let Some(Some(value)) = value.as_ref().filter(|_| reusable) {
            self.known.insert(key, value.clone());
        }
        let nullable = || self.spec.nullable(schema).then_some(Json::Null);
        value.flatten().or_else(nullable)
    }

    /// The example or default of a schema, where it is asked for and fits.
    fn given(&self, schema: &'a Json) -> Option<Json> {
        if !self.telling {
            return None;
        }
        let judge = self.judge();
        let all = [schema, self.spec.target(schema), self.spec.meant(schema)];
        let given = ["example", "default"]
            .into_iter()
            .flat_map(|key| all.map(|schema| schema.get(key)));
        let mut fitting = given.flatten().filter(|value| judge.fits(schema, value));
        fitting.next().cloned()
    }

    fn plain(&mut self, schema: &'a Json, much: Much) -> Option<Json> {
        let family = self.family(schema);
        let member = family.into_iter().find_map(|(member, property, tags)| {
            let value = self.itself(member, much)?;
            Some(tagged(value, property, tags.first()?))
        });
        if member.is_some() {
            return member;
        }
        self.own(schema, much)
    }

    /// One value of a member of a family, and of none that builds on it.
    pub(super) fn itself(&mut self, member: &'a Json, much: Much) -> Option<Json> {
        if self.open.last().is_some_and(|open| ptr::eq(*open, member)) {
            return self.own(member, much);
        }
        self.guarded(member, |maker, schema| maker.own(schema, much))
            .flatten()
    }

    fn own(&mut self, schema: &'a Json, much: Much) -> Option<Json> {
        let parts = self.spec.parts(schema);
        let candidates = self.of_parts(&parts, much);
        let candidates = candidates
            .into_iter()
            .map(|value| self.finished(&parts, value));
        let mut candidates: Vec<Json> = candidates.collect();
        if self.telling {
            // The largest of all numbers is nothing to look at.
            let is_huge = |value: &Json| value.as_f64().is_some_and(|float| float.abs() > 1e9);
            candidates.sort_by_key(is_huge);
        }
        let judge = self.judge();
        candidates
            .into_iter()
            .find(|value| judge.fits(schema, value))
    }

    /// Values that may fit all parts, the best first.
    pub(super) fn of_parts(&mut self, parts: &[&'a Json], much: Much) -> Vec<Json> {
        if let Some((union, key)) = self.union_among(parts) {
            let alone = parts.len() == 1 && !says_more(union);
            let mut found = Vec::new();
            for variant in list(union, key) {
                let value = self.variant(parts, union, key, variant, much);
                found.extend(value.into_iter().flatten());
                // Alone, it fits.
                if found.len() > 3 || (alone && !found.is_empty()) {
                    break;
                }
            }
            return found;
        }
        for part in parts {
            if part.get("enum").is_some() {
                return list(part, "enum").to_vec();
            }
        }
        match self.kind(parts) {
            Some("object") => self.object(parts, much).into_iter().collect(),
            Some("array") => self.arrays(parts, much),
            Some(kind) => scalars(kind, parts),
            None => vec![json!({"any": ["value", 1, null]})],
        }
    }

    /// The first choice that is still to be made, and its keyword.
    pub(super) fn union_among(&self, parts: &[&'a Json]) -> Option<(&'a Json, &'static str)> {
        let unions = parts
            .iter()
            .flat_map(|part| ["oneOf", "anyOf"].map(|key| (*part, key)));
        unions
            .filter(|(part, key)| !list(part, key).is_empty())
            // A choice between schemas that build on the one with the choice is
            // not what they are made of.
            .filter(|(part, key)| {
                let is_first = parts.first().is_some_and(|first| ptr::eq(*first, *part));
                is_first || !self.is_choice_of_heirs(part, key)
            })
            .find(|(part, key)| {
                let same = |(known, other): &(&'a Json, &'static str)| {
                    ptr::eq(*known, *part) && other == key
                };
                !self.chosen.iter().any(same)
            })
    }

    /// Values with one variant of a union among the parts chosen.
    pub(super) fn variant(
        &mut self,
        parts: &[&'a Json],
        union: &'a Json,
        key: &'static str,
        variant: &'a Json,
        much: Much,
    ) -> Option<Vec<Json>> {
        let tags = self.tags(union, variant);
        // The variant alone, where nothing else is said.
        let mut values = if parts.len() == 1 && !says_more(union) {
            vec![self.value(variant, much)?]
        } else {
            self.guarded(variant, |maker, target| {
                let mut all = parts.to_vec();
                for part in maker.spec.parts(target) {
                    if !all.iter().any(|known| ptr::eq(*known, part)) {
                        all.push(part);
                    }
                }
                maker.chosen.push((union, key));
                let values = maker.of_parts(&all, much);
                maker.chosen.pop();
                values
            })?
        };
        if let (Some(property), Some(tag)) = (discriminator(union), tags.first()) {
            values = values
                .into_iter()
                .map(|value| tagged(value, property, tag))
                .collect();
        }
        Some(values)
    }

    /// The type that the parts speak of.
    pub(super) fn kind(&self, parts: &[&'a Json]) -> Option<&'a str> {
        let written = parts.iter().find_map(|part| part.get("type"));
        let has = |key: &str| parts.iter().any(|part| part.get(key).is_some());
        match written.and_then(Json::as_str) {
            Some(kind) => Some(kind),
            None if has("properties") || has("additionalProperties") => Some("object"),
            None if has("items") => Some("array"),
            None if has("minLength") || has("maxLength") || has("pattern") => Some("string"),
            None => None,
        }
    }

    /// A value for a property that several parts may declare.
    pub(super) fn of_property(&mut self, schemas: &[&'a Json], much: Much) -> Option<Json> {
        if let [schema] = schemas {
            return self.value(schema, much);
        }
        let values = self.together(schemas, |maker, parts| maker.of_parts(parts, much));
        let judge = self.judge();
        values
            .into_iter()
            .flatten()
            .chain([Json::Null])
            .find(|value| schemas.iter().all(|schema| judge.fits(schema, value)))
    }

    pub(super) fn arrays(&mut self, parts: &[&'a Json], much: Much) -> Vec<Json> {
        let bound = |key| {
            let all = parts.iter().filter_map(move |part| part.get(key));
            all.filter_map(Json::as_u64)
        };
        let least = bound("minItems").max().unwrap_or(0).min(MOST_ITEMS) as usize;
        let most = bound("maxItems")
            .min()
            .unwrap_or(MOST_ITEMS)
            .min(MOST_ITEMS) as usize;
        let unique = parts
            .iter()
            .any(|part| part.get("uniqueItems") == Some(&json!(true)));
        let items: Vec<&'a Json> = parts.iter().filter_map(|part| part.get("items")).collect();
        let mut all = Vec::new();
        let much_of_items = match items.iter().any(|item| self.spec.refers(item)) {
            true => self.referred(much),
            false => much,
        };
        let value = match items.as_slice() {
            [] => Some(json!("any")),
            items => self.of_property(items, much_of_items),
        };
        let count = match much {
            Much::All => least.max(1),
            Much::Required => least,
        };
        let count = count.min(most);
        if let Some(tuple) = self.tuple(parts, much_of_items, count) {
            return vec![tuple];
        }
        if let Some(value) = value {
            let filled = match unique && count > 1 {
                true => self.distinct(&items, value, count),
                false => vec![value; count],
            };
            all.push(Json::Array(filled));
        }
        if least == 0 {
            all.push(json!([]));
        }
        all
    }

    /// A list whose elements have schemas of their own, by `prefixItems`.
    fn tuple(&mut self, parts: &[&'a Json], much: Much, count: usize) -> Option<Json> {
        let part = parts
            .iter()
            .find(|part| part.get("x-driftless-prefix").is_some())?;
        let (alternatives, positions) = part.get("items").zip(part.get("x-driftless-prefix"))?;
        let alternatives = list(alternatives, "anyOf");
        let (of, positions) = positions.as_array()?.split_last()?;
        // Alternatives may have become one.
        if of.as_u64() != Some(alternatives.len() as u64) {
            return None;
        }
        let mut items = Vec::new();
        for index in 0..count {
            let position = match positions.get(index) {
                Some(position) => usize::try_from(position.as_u64()?).ok()?,
                // The rest is of the last.
                None => alternatives.len() - 1,
            };
            items.push(self.value(alternatives.get(position)?, much)?);
        }
        Some(Json::Array(items))
    }

    /// Different values for the items of a list, the first given; fewer than
    /// asked for where no more are known.
    fn distinct(&mut self, items: &[&'a Json], first: Json, count: usize) -> Vec<Json> {
        let mut values = vec![first];
        let cases = self.cases_of_property(items, DEEPEST_CASES);
        let known = cases
            .into_iter()
            .filter(|(case, _)| !case.contains("unknown"));
        let judge = self.judge();
        let add = |values: &mut Vec<Json>, value: Json| {
            let is_new = values.len() < count && !values.iter().any(|known| is_same(known, &value));
            if is_new && items.iter().all(|item| judge.fits(item, &value)) {
                values.push(value);
            }
        };
        for (_, value) in known {
            add(&mut values, value);
        }
        // Of a value of many, others are made.
        let models = values.clone();
        for number in 1..=count * 2 {
            for model in &models {
                add(&mut values, varied(model, number));
            }
        }
        values
    }
}

/// The value with its first text or number changed.
fn varied(value: &Json, number: usize) -> Json {
    match value {
        Json::String(text) => json!(format!("{text}{number}")),
        Json::Number(known) => match known
            .as_i64()
            .and_then(|known| known.checked_sub(number as i64))
        {
            Some(less) => json!(less),
            None => json!(number),
        },
        Json::Array(items) => {
            let mut items = items.clone();
            for item in &mut items {
                let other = varied(item, number);
                if other != *item {
                    *item = other;
                    break;
                }
            }
            Json::Array(items)
        }
        Json::Object(object) => {
            let mut object = object.clone();
            for value in object.values_mut() {
                let other = varied(value, number);
                if other != *value {
                    *value = other;
                    break;
                }
            }
            Json::Object(object)
        }
        other => other.clone(),
    }
}

/// Whether a union says something of its values beside its variants.
pub(super) fn says_more(union: &Json) -> bool {
    let says = [
        "properties",
        "required",
        "enum",
        "additionalProperties",
        "items",
    ];
    let both = !list(union, "oneOf").is_empty() && !list(union, "anyOf").is_empty();
    both || says.iter().any(|key| union.get(key).is_some())
}

/// Values without values inside.
pub(super) fn scalars(kind: &str, parts: &[&Json]) -> Vec<Json> {
    let format = parts.iter().find_map(|part| part.get("format"));
    let format = format.and_then(Json::as_str).unwrap_or("");
    match kind {
        "boolean" => vec![json!(true), json!(false)],
        "integer" => [scalar::integers(format), scalar::bounded(parts, true)].concat(),
        // Formats of integers are those of numbers, too.
        "number" if scalar::is_of_integers(format) => {
            [scalar::integers(format), scalar::bounded(parts, true)].concat()
        }
        "number" => [scalar::numbers(), scalar::bounded(parts, false)].concat(),
        _ => {
            let given = ["example", "default"].map(|key| {
                let mut all = parts.iter().filter_map(|part| part.get(key));
                all.next().filter(|value| value.is_string()).cloned()
            });
            let patterned = parts.iter().any(|part| part.get("pattern").is_some());
            let given = given.into_iter().flatten().filter(|_| patterned);
            let plain = scalar::strings(format).into_iter().map(|value| {
                let text = value.as_str().unwrap_or("");
                match format {
                    "" => json!(scalar::sized(text, parts)),
                    _ => value,
                }
            });
            given.chain(plain).collect()
        }
    }
}
