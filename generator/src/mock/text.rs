//! Texts of a parameter or form as JSON: what was sent and its schema in, the
//! value that was meant out.

use std::ptr;

use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use super::json;
use crate::sample::{Judge, Spec, list};

/// How deep choices inside of choices are tried.
const DEEPEST: usize = 20;

/// What a style leaves to be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    Text(String),
    List(Vec<Raw>),
    Object(IndexMap<String, Raw>),
}

/// The forms that the values of a schema can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms {
    pub(super) list: bool,
    pub(super) object: bool,
}

impl Forms {
    /// Looks at a schema and at what it chooses between.
    pub(super) fn of<'a>(spec: &Spec<'a>, schema: Option<&'a Json>) -> Self {
        let mut forms = Self::default();
        if let Some(schema) = schema {
            forms.add(spec, schema, &mut Vec::new());
        }
        forms
    }

    fn add<'a>(&mut self, spec: &Spec<'a>, schema: &'a Json, seen: &mut Vec<*const Json>) {
        for part in spec.parts(schema) {
            if seen.contains(&ptr::from_ref(part)) {
                continue;
            }
            seen.push(part);
            let written = part.get("type").and_then(Json::as_str);
            let has = |key: &str| written.is_none() && part.get(key).is_some();
            self.list |= written == Some("array") || has("items");
            self.object |= written == Some("object") || has("properties");
            for key in ["oneOf", "anyOf"] {
                for variant in list(part, key) {
                    self.add(spec, variant, seen);
                }
            }
        }
    }
}

/// The value that was meant.
pub(super) fn meant<'a>(
    judge: &Judge<'_, 'a>,
    spec: &Spec<'a>,
    schema: Option<&'a Json>,
    raw: &Raw,
) -> Json {
    below(judge, spec, schema, raw, DEEPEST)
}

fn below<'a>(
    judge: &Judge<'_, 'a>,
    spec: &Spec<'a>,
    schema: Option<&'a Json>,
    raw: &Raw,
    depth: usize,
) -> Json {
    let Some(depth) = depth.checked_sub(1).filter(|_| judge.spend(1)) else {
        return Json::Null;
    };
    let parts = schema.map_or(Vec::new(), |schema| spec.parts(schema));
    if let (Some(schema), false) = (schema, matches!(raw, Raw::Text(_))) {
        let variants = parts
            .iter()
            .flat_map(|part| ["oneOf", "anyOf"].map(|key| list(part, key)));
        for variant in variants.flatten() {
            let value = below(judge, spec, Some(variant), raw, depth);
            if judge.fits(schema, &value) {
                return value;
            }
        }
    }
    match raw {
        Raw::Text(text) => scalar(judge, schema, &parts, text),
        Raw::List(items) => {
            let item = parts.iter().find_map(|part| part.get("items"));
            let values = items.iter().map(|raw| below(judge, spec, item, raw, depth));
            let values: Json = values.collect();
            // A list of one text looks like a text.
            let alone = match (schema, items.as_slice()) {
                (Some(schema), [only]) if !judge.fits(schema, &values) => {
                    let alone = below(judge, spec, Some(schema), only, depth);
                    judge.fits(schema, &alone).then_some(alone)
                }
                _ => None,
            };
            alone.unwrap_or(values)
        }
        Raw::Object(entries) => {
            let mut object = Map::new();
            for (name, raw) in entries {
                let declared = spec.property(&parts, name).into_iter().next();
                let additional = || {
                    parts
                        .iter()
                        .find_map(|part| part.get("additionalProperties"))
                };
                let schema = declared
                    .or_else(additional)
                    .filter(|schema| schema.is_object());
                let value = below(judge, spec, schema, raw, depth);
                object.insert(name.clone(), value);
            }
            Json::Object(object)
        }
    }
}

/// The first reading that fits; else the one of the right type, so that what is
/// said of it is to the point.
fn scalar<'a>(
    judge: &Judge<'_, 'a>,
    schema: Option<&'a Json>,
    parts: &[&'a Json],
    text: &str,
) -> Json {
    let string = Json::String(text.to_owned());
    let Some(schema) = schema else {
        return string;
    };
    if judge.fits(schema, &string) {
        return string;
    }
    // What JSON calls a number, a boolean, a list or an object.
    let parsed = json::parse(judge, text.as_bytes()).ok();
    let parsed = parsed.filter(|value| !value.is_string() && !value.is_null());
    let written = parts.iter().find_map(|part| part.get("type")?.as_str());
    let of_type = |value: &Json| match written {
        Some("string") => false,
        Some("integer" | "number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    match parsed {
        Some(value) if judge.fits(schema, &value) || of_type(&value) => value,
        _ => string,
    }
}
