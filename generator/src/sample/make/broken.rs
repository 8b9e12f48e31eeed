//! Values that break their schema in one thing: what has to be refused somewhere
//! on the way, by the type, by `validate()`, or by the mock alone.

use driftless_runtime::patterns;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::Maker;
use super::object::is_required;
use super::value::says_more;
use crate::sample::spec::list;

/// Who has to notice what is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::sample) enum Breach {
    /// The type: what it cannot hold does not decode.
    Type,
    /// `validate()`, where there is one: bounds of values that a type can hold.
    Bound,
    /// `validate()`, of a value in a variant of a union.
    Variant,
    /// Nobody in the client: enums and unions are open.
    Open,
}

/// A broken value, what is broken about it, and who has to notice.
pub(in crate::sample) type Broken = (String, Breach, Json);

/// Lengths beyond that are not tried.
const LONGEST: u64 = 1000;

impl<'a> Maker<'_, 'a> {
    /// What becomes of a valid value of a schema when one thing in it is broken.
    /// Of a choice, another variant may take what is broken in one: whoever
    /// calls leaves out what fits the whole by all keywords.
    pub(in crate::sample) fn broken(&self, schema: &'a Json, valid: &Json) -> Vec<Broken> {
        let meant = self.spec.meant(schema);
        let parts = self.spec.parts(meant);
        if !self.family(meant).is_empty() {
            return Vec::new();
        }
        match self.is_plain(&parts) {
            true => self.of_object(&parts, valid),
            false => self.of_variants(&parts, valid),
        }
    }

    /// What is broken inside of the variants of a union without tags, which is
    /// the whole schema: nobody but `validate()` and the mock can tell, since
    /// unions keep what fits no variant.
    fn of_variants(&self, parts: &[&'a Json], valid: &Json) -> Vec<Broken> {
        let ([union], judge) = (parts, self.judge()) else {
            return Vec::new();
        };
        let speaks = |key: &&str| union.get(key).is_some();
        if ["discriminator", "not"].iter().any(speaks) || says_more(union) {
            return Vec::new();
        }
        let variants = ["oneOf", "anyOf"].iter().flat_map(|key| list(union, key));
        let mut all = Vec::new();
        for (number, variant) in variants.enumerate() {
            let parts = self.spec.parts(self.spec.meant(variant));
            if !self.is_plain(&parts) || !judge.fits(variant, valid) {
                continue;
            }
            let broken = self.of_object(&parts, valid).into_iter();
            all.extend(broken.map(|(case, breach, value)| {
                // Unions are open, too.
                let breach = match breach {
                    Breach::Bound => Breach::Variant,
                    Breach::Variant | Breach::Type | Breach::Open => Breach::Open,
                };
                (format!("variant {number}: {case}"), breach, value)
            }));
        }
        all
    }

    fn of_object(&self, parts: &[&'a Json], valid: &Json) -> Vec<Broken> {
        let mut all = self.of_value(parts, valid);
        let Json::Object(object) = valid else {
            return all;
        };
        for (name, schemas) in self.properties(parts) {
            let Some(value) = object.get(name) else {
                continue;
            };
            let left_out = |direction| self.spec.is_left_out(&schemas, direction);
            if is_required(parts, name) && !self.direction.is_some_and(left_out) {
                let mut rest = object.clone();
                rest.remove(name);
                all.push((format!("without `{name}`"), Breach::Type, rest.into()));
            }
            let [schema] = schemas[..] else {
                continue;
            };
            if value.is_null() {
                continue;
            }
            let meant = self.spec.meant(schema);
            let inner = self.spec.parts(meant);
            let broken = match self.is_plain(&inner) {
                true => self.of_value(&inner, value),
                false if self.family(meant).is_empty() => self.of_variants(&inner, value),
                false => continue,
            };
            for (case, breach, value) in broken {
                let mut object = object.clone();
                object.insert(name.to_owned(), value);
                all.push((format!("`{name}`: {case}"), breach, object.into()));
            }
        }
        all
    }

    /// Whether a value that breaks a part is broken.
    fn is_plain(&self, parts: &[&'a Json]) -> bool {
        let chooses = |part: &&Json| {
            ["oneOf", "anyOf", "discriminator", "not"]
                .iter()
                .any(|key| part.get(key).is_some())
        };
        !parts.iter().any(chooses)
    }

    /// The value itself, broken.
    fn of_value(&self, parts: &[&'a Json], valid: &Json) -> Vec<Broken> {
        let Some(kind) = self.kind(parts) else {
            return Vec::new();
        };
        let other = match kind {
            "string" => json!({"no": "text"}),
            "array" => json!("no list"),
            "object" => json!("no object"),
            _ => json!(["no scalar"]),
        };
        // Properties alone do not ask for an object.
        let typed = parts.iter().any(|part| part.get("type").is_some());
        let other = typed.then_some(("of another type".to_owned(), Breach::Type, other));
        let mut all: Vec<Broken> = other.into_iter().collect();
        if parts.iter().any(|part| part.get("enum").is_some()) {
            let value = match kind {
                "string" => json!("unheard-of value"),
                "integer" => json!(987_654),
                _ => return all,
            };
            all.push(("not listed".to_owned(), Breach::Open, value));
            return all;
        }
        let beyond = parts.iter().flat_map(|part| beyond(part, valid));
        all.extend(beyond.map(|(case, value)| (case.to_owned(), Breach::Bound, value)));
        if let (Json::Array(items), Some(item)) =
            (valid, parts.iter().find_map(|part| part.get("items")))
        {
            let inner = self.spec.parts(self.spec.meant(item));
            let first = items.first().filter(|first| !first.is_null());
            for (case, breach, value) in first
                .filter(|_| self.is_plain(&inner))
                .map_or(Vec::new(), |first| self.of_value(&inner, first))
            {
                all.push((format!("item {case}"), breach, json!([value])));
            }
        }
        all
    }
}

/// Values just beyond the bounds of a schema.
fn beyond(schema: &Json, valid: &Json) -> Vec<(&'static str, Json)> {
    let bound = |key: &str| schema.get(key).and_then(Json::as_u64);
    let exclusive = |key: &str| schema.get(key) == Some(&json!(true));
    let number = |key: &str, exclusive: bool, step: i64| {
        let bound = schema.get(key)?;
        match (exclusive, bound.as_i64()) {
            (true, _) => Some(bound.clone()),
            (false, Some(integer)) => integer.checked_add(step).map(|next| json!(next)),
            (false, None) => {
                let float = bound.as_f64()?;
                let next = float + step as f64;
                (next != float).then(|| json!(next))
            }
        }
    };
    let found = match valid {
        Json::Number(_) => vec![
            (
                "too small",
                number("minimum", exclusive("exclusiveMinimum"), -1),
            ),
            (
                "too large",
                number("maximum", exclusive("exclusiveMaximum"), 1),
            ),
            (
                "no multiple",
                schema
                    .get("multipleOf")
                    .and_then(|unit| no_multiple(unit, valid)),
            ),
        ],
        // Those of a format have to stay of it.
        Json::String(_) if schema.get("format").is_none() => {
            let text = |length: u64| json!("x".repeat(length as usize));
            let least = bound("minLength").filter(|least| (1..=LONGEST).contains(least));
            let most = bound("maxLength").filter(|most| *most <= LONGEST);
            let pattern = schema.get("pattern").and_then(Json::as_str);
            vec![
                ("too short", least.map(|least| text(least - 1))),
                ("too long", most.map(|most| text(most + 1))),
                ("of no such pattern", pattern.and_then(unmatched)),
            ]
        }
        Json::Array(items) => {
            let least = bound("minItems").filter(|least| *least > 0);
            let most = bound("maxItems").filter(|most| *most <= LONGEST);
            let repeated = |most: u64| Some(json!(vec![items.first()?; most as usize + 1]));
            let unique = schema.get("uniqueItems") == Some(&json!(true));
            let twice = || {
                let first = items.first().filter(|_| unique)?;
                let mut items = items.clone();
                items.push(first.clone());
                Some(Json::Array(items))
            };
            vec![
                ("too few", least.map(|_| json!([]))),
                ("too many", most.and_then(repeated)),
                ("an item twice", twice()),
            ]
        }
        Json::Object(object) => {
            let least = bound("minProperties").filter(|least| *least > 0);
            let most = bound("maxProperties").filter(|most| *most <= LONGEST);
            let required = list(schema, "required");
            let kept = |name: &&String| required.iter().any(|required| required == name.as_str());
            let fewer = || {
                let fewer = object.iter().filter(|(name, _)| kept(name));
                let fewer: Map<String, Json> = fewer
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                (fewer.len() < least? as usize).then_some(Json::Object(fewer))
            };
            // Values of the kind that is there.
            let more = || {
                let declared = schema.get("properties").is_some();
                let value = object.values().next().filter(|_| !declared)?;
                let names = (0..=most?).map(|number| (format!("more{number}"), value.clone()));
                Some(Json::Object(
                    object.clone().into_iter().chain(names).collect(),
                ))
            };
            vec![
                ("too few properties", fewer()),
                ("too many properties", more()),
            ]
        }
        _ => return Vec::new(),
    };
    let found = found.into_iter();
    found
        .filter_map(|(case, value)| Some((case, value?)))
        .collect()
}

/// A number that is no multiple of the unit, near a valid one.
fn no_multiple(unit: &Json, valid: &Json) -> Option<Json> {
    if let (Some(unit), Some(valid)) = (unit.as_i64(), valid.as_i64()) {
        return valid
            .checked_add(1)
            .filter(|_| unit.abs() > 1)
            .map(|next| json!(next));
    }
    let (unit, valid) = (unit.as_f64()?, valid.as_f64()?);
    (unit > 0.0 && valid.abs() < 1e6).then(|| json!(valid + unit / 2.0))
}

/// A text that a pattern does not match.
fn unmatched(pattern: &str) -> Option<Json> {
    patterns::check(pattern).ok()?;
    let texts = ["", "\u{1}", "no such text", "0", "~~~~", "AAAA"];
    let mut texts = texts.into_iter();
    let text = texts.find(|text| patterns::matches(pattern, text) == Some(false));
    text.map(|text| json!(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_broken_by_the_least_there_is() {
        let schema = json!({"minimum": 1, "maximum": 5, "exclusiveMaximum": true});
        let expected = vec![("too small", json!(0)), ("too large", json!(5))];
        assert_eq!(beyond(&schema, &json!(2)), expected);
        let schema = json!({"minLength": 1, "maxLength": 2});
        let expected = vec![("too short", json!("")), ("too long", json!("xxx"))];
        assert_eq!(beyond(&schema, &json!("a")), expected);
        let schema = json!({"minItems": 1, "maxItems": 1});
        let expected = vec![("too few", json!([])), ("too many", json!([1, 1]))];
        assert_eq!(beyond(&schema, &json!([1])), expected);
    }
    #[test]
    fn the_other_keywords_are_broken() {
        let one = |schema: Json, valid: Json| beyond(&schema, &valid);
        assert_eq!(
            one(json!({"multipleOf": 5}), json!(10)),
            [("no multiple", json!(11))]
        );
        assert_eq!(
            one(json!({"multipleOf": 0.5}), json!(1.5)),
            [("no multiple", json!(1.75))]
        );
        assert_eq!(one(json!({"multipleOf": 1}), json!(10)), []);
        assert_eq!(
            one(json!({"pattern": "^[a-z]*$"}), json!("a")),
            [("of no such pattern", json!("\u{1}"))]
        );
        assert_eq!(one(json!({"pattern": "("}), json!("a")), []);
        assert_eq!(
            one(json!({"uniqueItems": true}), json!([1])),
            [("an item twice", json!([1, 1]))]
        );
        assert_eq!(
            one(
                json!({"minProperties": 2, "maxProperties": 2, "required": ["a"]}),
                json!({"a": 1, "b": 1})
            ),
            [
                ("too few properties", json!({"a": 1})),
                (
                    "too many properties",
                    json!({"a": 1, "b": 1, "more0": 1, "more1": 1, "more2": 1})
                ),
            ]
        );
    }
}
