//! Whether a value fits a schema, by the words of OpenAPI 3.0. In doubt it
//! does: patterns and formats that are not known are not looked at, and one
//! `oneOf` that fits is enough.

use std::collections::BTreeSet;
use std::ptr;

use serde_json::Value as Json;

use super::same::{instant, is_same};
use super::scalar;
use super::spec::{Direction, Spec, list};

/// How deep schemas are followed that lead back to themselves.
const DEEPEST: usize = 200;

/// Judges values.
pub(super) struct Judge<'s, 'a> {
    pub(super) spec: &'s Spec<'a>,
    /// Which way the value travels: properties of the other one are neither
    /// required nor wrong.
    pub(super) direction: Option<Direction>,
}

impl<'a> Judge<'_, 'a> {
    /// Whether the value fits.
    pub(super) fn fits(&self, schema: &'a Json, value: &Json) -> bool {
        self.below(schema, value, DEEPEST)
    }

    fn below(&self, schema: &'a Json, value: &Json, depth: usize) -> bool {
        if value.is_null() {
            return self.spec.nullable(schema);
        }
        let mut declared = BTreeSet::new();
        self.declared(schema, &mut declared, &mut Vec::new());
        self.here(schema, value, &declared, &mut Vec::new(), depth)
    }

    /// The properties that a schema knows, whatever choices it offers.
    fn declared(
        &self,
        schema: &'a Json,
        names: &mut BTreeSet<&'a str>,
        seen: &mut Vec<*const Json>,
    ) {
        let schema = self.spec.target(schema);
        if seen.contains(&ptr::from_ref(schema)) {
            return;
        }
        seen.push(schema);
        let properties = schema.get("properties").and_then(Json::as_object);
        names.extend(
            properties
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str()),
        );
        for key in ["allOf", "oneOf", "anyOf"] {
            for member in list(schema, key) {
                self.declared(member, names, seen);
            }
        }
    }

    /// One object's keywords, then the schemas that speak of the same value,
    /// `path` being those that led here: what leads back to itself says nothing
    /// new.
    fn here(
        &self,
        schema: &'a Json,
        value: &Json,
        declared: &BTreeSet<&'a str>,
        path: &mut Vec<*const Json>,
        depth: usize,
    ) -> bool {
        let schema = self.spec.target(schema);
        let Some(depth) = depth.checked_sub(1) else {
            return true;
        };
        if path.contains(&ptr::from_ref(schema)) {
            return true;
        }
        path.push(schema);
        let mut same = |member: &'a Json| self.here(member, value, declared, path, depth);
        let mut choice = |key| {
            let all = list(schema, key);
            all.is_empty() || all.iter().any(&mut same)
        };
        let not = |not: &'a Json| !self.below(not, value, depth);
        let fits = is_of_type(schema, value)
            && is_listed(schema, value)
            && is_in_bounds(schema, value)
            && self.members_fit(schema, value, declared, depth)
            && choice("oneOf")
            && choice("anyOf")
            && list(schema, "allOf").iter().all(same)
            && schema.get("not").is_none_or(not);
        path.pop();
        fits
    }

    fn members_fit(
        &self,
        schema: &'a Json,
        value: &Json,
        declared: &BTreeSet<&'a str>,
        depth: usize,
    ) -> bool {
        match value {
            Json::Array(items) => {
                let fits =
                    |item: &'a Json| items.iter().all(|value| self.below(item, value, depth));
                schema.get("items").is_none_or(fits)
            }
            Json::Object(object) => {
                let properties = schema.get("properties");
                let property = |name: &str| properties.and_then(|all| all.get(name));
                let additional = schema.get("additionalProperties");
                let all_fit =
                    object
                        .iter()
                        .all(|(name, value)| match (property(name), additional) {
                            (Some(schema), _) => self.below(schema, value, depth),
                            (None, Some(Json::Bool(false))) => declared.contains(name.as_str()),
                            (None, Some(schema @ Json::Object(_)))
                                if !declared.contains(name.as_str()) =>
                            {
                                self.below(schema, value, depth)
                            }
                            _ => true,
                        });
                let left_out = |name: &str| {
                    let schema = property(name).map(|schema| vec![schema]);
                    schema
                        .zip(self.direction)
                        .is_some_and(|(schema, direction)| {
                            self.spec.is_left_out(&schema, direction)
                        })
                };
                let closed = additional == Some(&Json::Bool(false));
                let required = list(schema, "required").iter().filter_map(Json::as_str);
                all_fit
                    && required
                        // What is neither declared nor allowed cannot be asked for.
                        .filter(|name| declared.contains(name) || !closed)
                        .filter(|name| !left_out(name))
                        .all(|name| object.contains_key(name))
            }
            _ => true,
        }
    }
}

fn is_of_type(schema: &Json, value: &Json) -> bool {
    let format = schema.get("format").and_then(Json::as_str).unwrap_or("");
    match schema.get("type").and_then(Json::as_str) {
        Some("boolean") => value.is_boolean(),
        Some("integer") => is_integer(value, format),
        Some("number") if scalar::is_of_integers(format) => is_integer(value, format),
        Some("number") => value.is_number(),
        Some("string") => value
            .as_str()
            .is_some_and(|text| is_of_format(text, format)),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    }
}

fn is_integer(value: &Json, format: &str) -> bool {
    let whole = value.as_f64().is_some_and(|float| float.fract() == 0.0);
    let signed = value.as_i64();
    let within = match format {
        "int32" => signed.is_some_and(|integer| i32::try_from(integer).is_ok()),
        "uint32" => signed.is_some_and(|integer| u32::try_from(integer).is_ok()),
        "int64" => signed.is_some(),
        "uint64" => value.as_u64().is_some(),
        _ => true,
    };
    // `1.0` is an integer, too.
    whole && (within || !(value.is_i64() || value.is_u64()))
}

fn is_of_format(text: &str, format: &str) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match format {
        "date-time" => instant(text).is_some(),
        "date" => instant(&format!("{text}T00:00:00Z")).is_some(),
        "uuid" => {
            let lengths: Vec<_> = text.split('-').map(str::len).collect();
            lengths == [8, 4, 4, 4, 12] && text.split('-').all(hexadecimal)
        }
        "byte" => {
            let data = text.trim_end_matches('=');
            let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
            text.len().is_multiple_of(4) && text.len() - data.len() <= 2 && data.bytes().all(known)
        }
        "int64" | "int32" => text.parse::<i64>().is_ok(),
        "uint64" | "uint32" => text.parse::<u64>().is_ok(),
        _ => true,
    }
}

fn is_listed(schema: &Json, value: &Json) -> bool {
    schema
        .get("enum")
        .and_then(Json::as_array)
        .is_none_or(|all| all.iter().any(|known| is_same(known, value)))
}

fn is_in_bounds(schema: &Json, value: &Json) -> bool {
    let number = |key: &str| schema.get(key).and_then(Json::as_f64);
    let flag = |key: &str| schema.get(key) == Some(&Json::Bool(true));
    let count = |least: &str, most: &str, count: usize| {
        let count = count as f64;
        number(least).is_none_or(|least| count >= least)
            && number(most).is_none_or(|most| count <= most)
    };
    match value {
        Json::Number(_) => {
            let value = value.as_f64().unwrap_or_default();
            let above = number("minimum").is_none_or(|least| match flag("exclusiveMinimum") {
                true => value > least,
                false => value >= least,
            });
            let below = number("maximum").is_none_or(|most| match flag("exclusiveMaximum") {
                true => value < most,
                false => value <= most,
            });
            above && below
        }
        Json::String(text) => count("minLength", "maxLength", text.chars().count()),
        Json::Array(items) => count("minItems", "maxItems", items.len()),
        Json::Object(object) => count("minProperties", "maxProperties", object.len()),
        Json::Null | Json::Bool(_) => true,
    }
}
