//! Values that break their schema in one thing: what has to be refused somewhere
//! on the way, by the type, by `validate()`, or by the mock alone.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::Maker;
use super::object::is_required;

/// Who has to notice what is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::sample) enum Breach {
    /// The type: what it cannot hold does not decode.
    Type,
    /// `validate()`, where there is one: bounds of values that a type can hold.
    Bound,
    /// Nobody in the client: enums are open.
    Open,
}

/// A broken value, what is broken about it, and who has to notice.
pub(in crate::sample) type Broken = (String, Breach, Json);

/// Lengths beyond that are not tried.
const LONGEST: u64 = 1000;

impl<'a> Maker<'_, 'a> {
    /// What becomes of a valid value of a component when one thing in it is
    /// broken. Of a choice, another variant may take what is broken in one.
    pub(in crate::sample) fn broken(&self, name: &str, valid: &Json) -> Vec<Broken> {
        let Some(schema) = self.spec.components().get(name) else {
            return Vec::new();
        };
        let parts = self.spec.parts(self.spec.meant(schema));
        if !self.is_plain(&parts) || !self.family(self.spec.meant(schema)).is_empty() {
            return Vec::new();
        }
        let mut all = self.of_value(&parts, valid);
        let Json::Object(object) = valid else {
            return all;
        };
        for (name, schemas) in self.properties(&parts) {
            let Some(value) = object.get(name) else {
                continue;
            };
            let left_out = |direction| self.spec.is_left_out(&schemas, direction);
            if is_required(&parts, name) && !self.direction.is_some_and(left_out) {
                let mut rest = object.clone();
                rest.remove(name);
                all.push((format!("without `{name}`"), Breach::Type, rest.into()));
            }
            let [schema] = schemas[..] else {
                continue;
            };
            let inner = self.spec.parts(self.spec.meant(schema));
            if !self.is_plain(&inner) || value.is_null() {
                continue;
            }
            for (case, breach, value) in self.of_value(&inner, value) {
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
            if kind == "string" {
                let value = json!("unheard-of value");
                all.push(("not listed".to_owned(), Breach::Open, value));
            }
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
        Json::Number(_) => [
            (
                "too small",
                number("minimum", exclusive("exclusiveMinimum"), -1),
            ),
            (
                "too large",
                number("maximum", exclusive("exclusiveMaximum"), 1),
            ),
        ],
        // Those of a format have to stay of it.
        Json::String(_) if schema.get("format").is_none() => {
            let text = |length: u64| json!("x".repeat(length as usize));
            let least = bound("minLength").filter(|least| (1..=LONGEST).contains(least));
            let most = bound("maxLength").filter(|most| *most <= LONGEST);
            [
                ("too short", least.map(|least| text(least - 1))),
                ("too long", most.map(|most| text(most + 1))),
            ]
        }
        Json::Array(items) => {
            let least = bound("minItems").filter(|least| *least > 0);
            let most = bound("maxItems").filter(|most| *most <= LONGEST);
            let repeated = |most: u64| Some(json!(vec![items.first()?; most as usize + 1]));
            [
                ("too few", least.map(|_| json!([]))),
                ("too many", most.and_then(repeated)),
            ]
        }
        _ => return Vec::new(),
    };
    let found = found.into_iter();
    found
        .filter_map(|(case, value)| Some((case, value?)))
        .collect()
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
}
