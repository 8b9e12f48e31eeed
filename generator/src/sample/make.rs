//! Makes values of schemas: a component in, values of every kind that it
//! allows out, each with what is special about it.

use std::collections::BTreeSet;
use std::ptr;

use serde_json::{Map, Value as Json, json};

use super::fits::Judge;
use super::scalar;
use super::spec::{Direction, Spec, list};

/// A value, and what is special about it.
type Case = (String, Json);

/// How deep schemas are followed at most, of which each adds to the value.
const DEEPEST: usize = 40;

/// How much of an object is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The components that the schema stands in.
    inside: Vec<Option<&'a str>>,
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
            inside: Vec::new(),
        }
    }

    /// All values of a component. `null` is not among them: it belongs to the
    /// places that hold the component.
    pub(super) fn component(&mut self, name: &str) -> Vec<Case> {
        let Some((name, schema)) = self.spec.components().get_key_value(name) else {
            return Vec::new();
        };
        self.inside.push(Some(name));
        let cases = self.cases(schema, 0);
        self.inside.pop();
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
        Judge {
            spec: self.spec,
            direction: self.direction,
        }
    }

    /// One value of a schema.
    fn value(&mut self, schema: &'a Json, much: Much) -> Option<Json> {
        self.guarded(schema, |maker, schema| {
            let value = maker.plain(schema, much);
            match value {
                None if maker.spec.nullable(schema) => Some(Json::Null),
                value => value,
            }
        })
        .flatten()
    }

    /// Does something with what stands behind a reference, unless it is at work
    /// on that already.
    fn guarded<T>(
        &mut self,
        schema: &'a Json,
        work: impl FnOnce(&mut Self, &'a Json) -> T,
    ) -> Option<T> {
        let component = match schema.get("$ref") {
            Some(_) => self.spec.component(schema),
            None => self.inside.last().copied().flatten(),
        };
        let target = self.spec.target(schema);
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

    fn plain(&mut self, schema: &'a Json, much: Much) -> Option<Json> {
        let children = self.children(schema);
        let heirs = children.into_iter().find_map(|(child, tags)| {
            let property = discriminator(schema)?;
            let value = self.value(child, much)?;
            Some(tagged(value, property, tags.first()?))
        });
        if heirs.is_some() {
            return heirs;
        }
        let parts = self.spec.parts(schema);
        let candidates = self.of_parts(&parts, much);
        let candidates = candidates
            .into_iter()
            .map(|value| self.finished(&parts, value));
        let candidates: Vec<Json> = candidates.collect();
        let judge = self.judge();
        candidates
            .into_iter()
            .find(|value| judge.fits(schema, value))
    }

    /// Values that may fit all parts, the best first.
    fn of_parts(&mut self, parts: &[&'a Json], much: Much) -> Vec<Json> {
        if let Some((union, key)) = self.union_among(parts) {
            let mut found = Vec::new();
            for variant in list(union, key) {
                let value = self.variant(parts, union, key, variant, much);
                found.extend(value.into_iter().flatten());
                if found.len() > 3 {
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
    fn union_among(&self, parts: &[&'a Json]) -> Option<(&'a Json, &'static str)> {
        let unions = parts
            .iter()
            .flat_map(|part| ["oneOf", "anyOf"].map(|key| (*part, key)));
        unions
            .filter(|(part, key)| !list(part, key).is_empty())
            .find(|(part, key)| {
                let same = |(known, other): &(&'a Json, &'static str)| {
                    ptr::eq(*known, *part) && other == key
                };
                !self.chosen.iter().any(same)
            })
    }

    /// Values with one variant of a union among the parts chosen.
    fn variant(
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
    fn kind(&self, parts: &[&'a Json]) -> Option<&'a str> {
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

    fn object(&mut self, parts: &[&'a Json], much: Much) -> Option<Json> {
        let mut object = Map::new();
        for (name, schemas) in self.properties(parts) {
            let required = is_required(parts, name);
            if !required && much == Much::Required {
                continue;
            }
            // A component has values of its own elsewhere.
            let refers = schemas.iter().any(|schema| schema.get("$ref").is_some());
            let much = match refers {
                true => Much::Required,
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
        let no_names = self.properties(parts).is_empty();
        let closed = parts
            .iter()
            .any(|part| part.get("additionalProperties") == Some(&json!(false)));
        for name in undeclared(parts).into_iter().filter(|_| !closed) {
            let value = self.additional(parts).values().next().cloned();
            object.insert(name.to_owned(), value?);
        }
        if much == Much::All && no_names && !closed {
            object.extend(self.additional(parts));
        }
        Some(Json::Object(object))
    }

    /// A value for a property that several parts may declare.
    fn of_property(&mut self, schemas: &[&'a Json], much: Much) -> Option<Json> {
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

    /// The cases of a property that several parts may declare.
    fn cases_of_property(&mut self, schemas: &[&'a Json], depth: usize) -> Vec<Case> {
        if let [schema] = schemas {
            return self.cases(schema, depth);
        }
        let cases = self.together(schemas, |maker, parts| {
            let mut cases = match parts {
                [] => Vec::new(),
                [first, ..] => maker.unchecked(first, parts, depth),
            };
            cases.push(("null".to_owned(), Json::Null));
            cases
        });
        let judge = self.judge();
        let mut cases = cases.unwrap_or_default();
        cases.retain(|(_, value)| schemas.iter().all(|schema| judge.fits(schema, value)));
        cases
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
            .map(|schema| self.spec.target(schema))
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

    /// The properties of all parts, but for those that travel the other way.
    fn properties(&self, parts: &[&'a Json]) -> Vec<(&'a str, Vec<&'a Json>)> {
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
                !split || !self.direction.is_some_and(left_out)
            })
            .collect()
    }

    /// Two properties that are not declared, where such are kept.
    fn additional(&mut self, parts: &[&'a Json]) -> Map<String, Json> {
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

    fn arrays(&mut self, parts: &[&'a Json], much: Much) -> Vec<Json> {
        let bound = |key| {
            let all = parts.iter().filter_map(move |part| part.get(key));
            all.filter_map(Json::as_u64)
        };
        let least = bound("minItems").max().unwrap_or(0).min(20) as usize;
        let most = bound("maxItems").min().unwrap_or(u64::MAX).min(20) as usize;
        let items: Vec<&'a Json> = parts.iter().filter_map(|part| part.get("items")).collect();
        let filled = |value: Json, count: usize| Json::Array(vec![value; count]);
        let mut all = Vec::new();
        let much_of_items = match items.iter().any(|item| item.get("$ref").is_some()) {
            true => Much::Required,
            false => much,
        };
        let value = match items.as_slice() {
            [] => Some(json!("any")),
            items => self.of_property(items, much_of_items),
        };
        if let Some(value) = value {
            let count = match much {
                Much::All => least.max(1),
                Much::Required => least,
            };
            all.push(filled(value, count.min(most)));
        }
        if least == 0 {
            all.push(json!([]));
        }
        all
    }

    /// Adds the tag that tells a component apart from those that share a
    /// parent with it.
    fn finished(&self, parts: &[&'a Json], value: Json) -> Json {
        let mut value = value;
        let Some(name) = parts.first().and_then(|own| self.spec.component(own)) else {
            return value;
        };
        for parent in parts.iter().skip(1) {
            let Some(property) = discriminator(parent) else {
                continue;
            };
            if list(parent, "oneOf").is_empty() && list(parent, "anyOf").is_empty() {
                let tags = self.tags_of(parent, name, parts);
                if let Some(tag) = tags.first() {
                    value = tagged(value, property, tag);
                }
            }
        }
        value
    }

    /// The components that are a kind of this one: they name it in `allOf`, and
    /// it tells them apart by a property. Each with its tags.
    fn children(&self, parent: &'a Json) -> Vec<(&'a Json, Vec<String>)> {
        let chosen = list(parent, "oneOf").is_empty() && list(parent, "anyOf").is_empty();
        if discriminator(parent).is_none() || !chosen {
            return Vec::new();
        }
        let all = self.spec.components().iter();
        all.filter_map(|(name, component)| {
            let parts = self.spec.parts(component);
            let below = parts.iter().skip(1).any(|part| ptr::eq(*part, parent));
            below.then(|| (component, self.tags_of(parent, name, &parts)))
        })
        .collect()
    }

    /// The values of the tag that stand for a variant of a union.
    fn tags(&self, union: &'a Json, variant: &'a Json) -> Vec<String> {
        if discriminator(union).is_none() {
            return Vec::new();
        }
        let target = self.spec.target(variant);
        // A union in a union has tags of its own.
        if discriminator(target).is_some() {
            return Vec::new();
        }
        let parts = self.spec.parts(variant);
        self.tags_of(union, self.spec.component(variant).unwrap_or(""), &parts)
    }

    fn tags_of(&self, owner: &'a Json, name: &str, parts: &[&'a Json]) -> Vec<String> {
        let mapping = owner.pointer("/discriminator/mapping");
        let mapping = mapping.and_then(Json::as_object).into_iter().flatten();
        let mapped: Vec<String> = mapping
            .filter(|(_, target)| {
                let target = target.as_str().unwrap_or("");
                let named = target.rsplit('/').next().unwrap_or(target);
                named.replace("~1", "/").replace("~0", "~") == name && !name.is_empty()
            })
            .map(|(tag, _)| tag.clone())
            .collect();
        let property = discriminator(owner).unwrap_or("");
        let listed: Vec<String> = self
            .spec
            .property(parts, property)
            .into_iter()
            .flat_map(|schema| self.spec.parts(schema))
            .flat_map(|part| list(part, "enum"))
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        let both = |tag: &&String| listed.contains(tag);
        match (mapped.is_empty(), listed.is_empty()) {
            (false, false) if mapped.iter().any(|tag| both(&tag)) => {
                mapped.iter().filter(both).cloned().collect()
            }
            (false, _) => mapped,
            (true, false) => listed,
            (true, true) if name.is_empty() => Vec::new(),
            (true, true) => vec![name.to_owned()],
        }
    }

    /// Values of every kind that a schema allows.
    fn cases(&mut self, schema: &'a Json, depth: usize) -> Vec<Case> {
        let cases = self.guarded(schema, |maker, schema| {
            let parts = maker.spec.parts(schema);
            let mut cases = maker.unchecked(schema, &parts, depth);
            let judge = maker.judge();
            for (_, value) in &mut cases {
                *value = maker.finished(&parts, value.take());
            }
            cases.retain(|(case, value)| case.starts_with("unknown") || judge.fits(schema, value));
            cases.extend(maker.unknown(schema, &parts));
            if depth > 0 && maker.spec.nullable(schema) {
                cases.push(("null".to_owned(), Json::Null));
            }
            cases
        });
        cases.unwrap_or_default()
    }

    fn unchecked(&mut self, schema: &'a Json, parts: &[&'a Json], depth: usize) -> Vec<Case> {
        let mut cases = Vec::new();
        for (child, tags) in self.children(schema) {
            let property = discriminator(schema).unwrap_or("");
            for tag in &tags {
                for much in [Much::All, Much::Required] {
                    let value = self.value(child, much);
                    let value = value.map(|value| tagged(value, property, tag));
                    cases.extend(value.map(|value| (format!("child {tag}"), value)));
                }
            }
        }
        if !cases.is_empty() {
            return cases;
        }
        if let Some((union, key)) = self.union_among(parts) {
            return self.union(parts, union, key, depth);
        }
        if let Some(part) = parts.iter().find(|part| part.get("enum").is_some()) {
            let values = list(part, "enum").iter();
            return values
                .filter(|value| !value.is_null())
                .map(|value| (format!("the value {value}"), value.clone()))
                .collect();
        }
        match self.kind(parts) {
            Some("object") => self.objects(parts, depth),
            Some("array") => self.lists(parts, depth),
            Some(kind) => named(kind, scalars(kind, parts)),
            None => named(
                "any value",
                vec![
                    json!({"any": ["value", 1, null]}),
                    json!("text"),
                    json!(1.5),
                ],
            ),
        }
    }

    fn union(
        &mut self,
        parts: &[&'a Json],
        union: &'a Json,
        key: &'static str,
        depth: usize,
    ) -> Vec<Case> {
        let mut cases = Vec::new();
        for (number, variant) in list(union, key).iter().enumerate() {
            let name = self.spec.component(variant);
            let name = name.map_or_else(|| format!("{number}"), str::to_owned);
            for much in [Much::All, Much::Required] {
                let values = self.variant(parts, union, key, variant, much);
                for value in values.into_iter().flatten() {
                    cases.push((format!("variant {name}"), value));
                }
            }
            let inline = variant.get("$ref").is_none();
            if parts.len() == 1 && !says_more(union) && (inline || depth == 0) {
                let more = self.cases(variant, depth + 1);
                let tags = self.tags(union, variant);
                for (case, value) in more.into_iter().take(40) {
                    let value = match (discriminator(union), tags.first()) {
                        (Some(property), Some(tag)) => tagged(value, property, tag),
                        _ => value,
                    };
                    cases.push((format!("variant {name}: {case}"), value));
                }
            }
            for tag in self.tags(union, variant).iter().skip(1) {
                let value = self.value(variant, Much::All);
                let property = discriminator(union).unwrap_or("");
                let value = value.map(|value| tagged(value, property, tag));
                cases.extend(value.map(|value| (format!("tag {tag}"), value)));
            }
        }
        cases
    }

    fn objects(&mut self, parts: &[&'a Json], depth: usize) -> Vec<Case> {
        let mut cases = Vec::new();
        let all = self.object(parts, Much::All);
        let least = self.object(parts, Much::Required);
        cases.extend(
            all.clone()
                .map(|value| ("all properties".to_owned(), value)),
        );
        cases.extend(
            least
                .clone()
                .map(|value| ("required properties".to_owned(), value)),
        );
        let Some(Json::Object(least)) = least else {
            return cases;
        };
        let properties = self.properties(parts);
        if let Some(Json::Object(mut object)) = all {
            for (name, schemas) in &properties {
                if schemas.iter().all(|schema| self.spec.nullable(schema)) {
                    object.insert((*name).to_owned(), Json::Null);
                }
            }
            cases.push(("every null".to_owned(), Json::Object(object)));
        }
        if depth < 2 {
            for (name, schemas) in &properties {
                // A component has its own cases; here it matters how it is held.
                let refers = schemas[0].get("$ref").is_some();
                let mut values =
                    self.cases_of_property(schemas, if refers { 2 } else { depth + 1 });
                values.truncate(if refers { 8 } else { 60 });
                for (case, value) in values {
                    let unknown = match case.starts_with("unknown") {
                        true => "unknown: ",
                        false => "",
                    };
                    let mut object = least.clone();
                    object.insert((*name).to_owned(), value);
                    cases.push((format!("{unknown}`{name}`: {case}"), Json::Object(object)));
                }
            }
        }
        let written = parts.iter().any(|part| {
            let written = part.get("additionalProperties");
            written.is_some_and(|written| *written != json!(false))
        });
        if written
            && !parts
                .iter()
                .any(|part| part.get("additionalProperties") == Some(&json!(false)))
        {
            let mut object = least;
            object.extend(self.additional(parts));
            cases.push(("further properties".to_owned(), Json::Object(object)));
        }
        cases
    }

    fn lists(&mut self, parts: &[&'a Json], depth: usize) -> Vec<Case> {
        let mut cases = named("list", self.arrays(parts, Much::All));
        let items: Vec<&'a Json> = parts.iter().filter_map(|part| part.get("items")).collect();
        if !items.is_empty() && depth < 2 {
            let refers = items.iter().any(|items| items.get("$ref").is_some());
            let mut values = self.cases_of_property(&items, if refers { 2 } else { depth + 1 });
            values.truncate(12);
            let known: Vec<Json> = values
                .iter()
                .filter(|(case, _)| !case.starts_with("unknown"))
                .map(|(_, value)| value.clone())
                .collect();
            for (case, value) in values {
                let unknown = if case.starts_with("unknown") {
                    "unknown: "
                } else {
                    ""
                };
                cases.push((format!("{unknown}item: {case}"), json!([value])));
            }
            cases.push(("many items".to_owned(), Json::Array(known)));
        }
        cases
    }

    /// Values that the API may add: of enums, and of tags.
    fn unknown(&mut self, schema: &'a Json, parts: &[&'a Json]) -> Vec<Case> {
        let constant = |part: &&Json| part.get("x-driftless-const").is_some();
        if parts.iter().any(constant) {
            return Vec::new();
        }
        let mut cases = Vec::new();
        let unions = parts
            .iter()
            .any(|part| !list(part, "oneOf").is_empty() || !list(part, "anyOf").is_empty());
        if unions || !self.children(schema).is_empty() {
            if let Some(property) = discriminator(schema) {
                let value = json!({"kept": ["as", {"it": "is"}]});
                let value = tagged(value, property, "unheard-of tag");
                cases.push(("unknown tag".to_owned(), value));
            }
            return cases;
        }
        let values = parts.iter().flat_map(|part| list(part, "enum"));
        let values: Vec<&Json> = values.filter(|value| !value.is_null()).collect();
        if values.is_empty() {
            return cases;
        }
        if values.iter().all(|value| value.is_string()) {
            cases.push(("unknown value".to_owned(), json!("unheard-of value")));
        } else if values.iter().all(|value| value.is_i64()) {
            cases.push(("unknown value".to_owned(), json!(987_654)));
        }
        cases
    }
}

/// The property that tells apart what a schema offers.
fn discriminator(schema: &Json) -> Option<&str> {
    schema.pointer("/discriminator/propertyName")?.as_str()
}

/// Whether a union says something of its values beside its variants.
fn says_more(union: &Json) -> bool {
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

fn tagged(value: Json, property: &str, tag: &str) -> Json {
    match value {
        Json::Object(mut object) => {
            object.insert(property.to_owned(), json!(tag));
            Json::Object(object)
        }
        other => other,
    }
}

fn is_required(parts: &[&Json], name: &str) -> bool {
    let mut all = parts.iter().flat_map(|part| list(part, "required"));
    all.any(|required| required == name)
}

/// The names that are required and not declared.
fn undeclared<'a>(parts: &[&'a Json]) -> Vec<&'a str> {
    let required = parts.iter().flat_map(|part| list(part, "required"));
    let declared = |name: &&str| {
        let mut all = parts.iter().filter_map(|part| part.get("properties"));
        all.any(|properties| properties.get(*name).is_some())
    };
    let names = required.filter_map(Json::as_str);
    names.filter(|name| !declared(name)).collect()
}

fn named(name: &str, values: Vec<Json>) -> Vec<Case> {
    let values = values.into_iter();
    values.map(|value| (name.to_owned(), value)).collect()
}

/// Values without values inside.
fn scalars(kind: &str, parts: &[&Json]) -> Vec<Json> {
    let format = parts.iter().find_map(|part| part.get("format"));
    let format = format.and_then(Json::as_str).unwrap_or("");
    match kind {
        "boolean" => vec![json!(true), json!(false)],
        "integer" => [scalar::integers(format), scalar::bounded(parts, true)].concat(),
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

/// The components by name, for tests.
#[cfg(test)]
pub(super) fn all_components<'a>(spec: &Spec<'a>) -> Vec<(&'a str, Vec<Case>)> {
    let none = BTreeSet::new();
    let names = spec.components().keys();
    names
        .map(|name| (name.as_str(), Maker::new(spec, &none, None).component(name)))
        .collect()
}
