//! The cases of a schema: what is special about its values, one thing at a time.

use serde_json::{Value as Json, json};

use super::tags::{discriminator, tagged};
use super::value::{says_more, scalars};
use super::{Case, Maker, Much};
use crate::sample::spec::list;

impl<'a> Maker<'_, 'a> {
    /// Values of every kind that a schema allows.
    pub(super) fn cases(&mut self, schema: &'a Json, depth: usize) -> Vec<Case> {
        let cases = self.guarded(schema, |maker, schema| {
            let parts = maker.spec.parts(schema);
            let mut cases = maker.unchecked(schema, &parts, depth);
            let judge = maker.judge();
            // The members of a family have their own tags.
            if maker.family(schema).is_empty() {
                for (_, value) in &mut cases {
                    *value = maker.finished(&parts, value.take());
                }
            }
            cases.retain(|(case, value)| case.starts_with("unknown") || judge.fits(schema, value));
            cases.extend(maker.unknown(schema, &parts));
            cases
        });
        let mut cases = cases.unwrap_or_default();
        if depth > 0 && self.spec.nullable(schema) {
            cases.push(("null".to_owned(), Json::Null));
        }
        cases
    }

    fn unchecked(&mut self, schema: &'a Json, parts: &[&'a Json], depth: usize) -> Vec<Case> {
        let mut cases = Vec::new();
        for (child, property, tags) in self.family(schema) {
            for tag in &tags {
                for much in [Much::All, Much::Required] {
                    let value = self.itself(child, much);
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
            let inline = !self.spec.refers(variant);
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
                let refers = self.spec.refers(schemas[0]);
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
        let bound = |key| {
            let all = parts.iter().filter_map(move |part| part.get(key));
            all.filter_map(Json::as_u64)
        };
        let least = bound("minItems").max().unwrap_or(0) as usize;
        let mut cases = named("list", self.arrays(parts, Much::All));
        let items: Vec<&'a Json> = parts.iter().filter_map(|part| part.get("items")).collect();
        if !items.is_empty() && depth < 2 {
            let refers = items.iter().any(|items| self.spec.refers(items));
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
                let mut items = vec![value];
                let more = known.iter().filter(|known| !items.contains(known));
                let more: Vec<Json> = more.take(least.saturating_sub(1)).cloned().collect();
                items.extend(more);
                cases.push((format!("{unknown}item: {case}"), Json::Array(items)));
            }
            let most = bound("maxItems").min().unwrap_or(u64::MAX) as usize;
            let known = known.into_iter().take(most).collect();
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
        let family = self.family(schema);
        if unions || !family.is_empty() {
            let inherited = family.first().map(|(_, property, _)| *property);
            // Every tag is known where one schema is the default.
            let default = "/discriminator/x-driftless-default-mapping";
            let all_known = parts.iter().any(|part| part.pointer(default).is_some());
            let property = discriminator(schema).or(inherited);
            if let Some(property) = property.filter(|_| !all_known) {
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
        // Integers may be listed as strings.
        let numbers = parts.iter().any(|part| {
            let json_type = part.get("type").and_then(Json::as_str);
            matches!(json_type, Some("integer" | "number"))
        });
        if !numbers && values.iter().all(|value| value.is_string()) {
            cases.push(("unknown value".to_owned(), json!("unheard-of value")));
        } else if values.iter().all(|value| value.is_i64()) {
            cases.push(("unknown value".to_owned(), json!(987_654)));
        }
        cases
    }

    /// The cases of a property that several parts may declare.
    pub(super) fn cases_of_property(&mut self, schemas: &[&'a Json], depth: usize) -> Vec<Case> {
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
}

fn named(name: &str, values: Vec<Json>) -> Vec<Case> {
    let values = values.into_iter();
    values.map(|value| (name.to_owned(), value)).collect()
}
