//! Whether a value fits a schema, by the words of OpenAPI 3.0, and if not, why
//! and where. There are two ways to judge. For samples, in doubt it does:
//! patterns and formats that are not known are not looked at, and one `oneOf`
//! that fits is enough. By the word, all keywords count.

mod keyword;
mod misfit;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ptr;

use serde_json::Value as Json;

pub(crate) use misfit::Misfit;
use misfit::Misfits;

use super::spec::{Direction, Spec, escaped, list, names};

/// How deep schemas are followed that lead back to themselves.
const DEEPEST: usize = 200;

/// How many schemas are held against parts of one value. Choices inside of
/// choices can multiply; a value that takes longer is taken as it is.
const MOST_STEPS: u32 = 100_000;

/// Judges values.
pub(crate) struct Judge<'s, 'a> {
    spec: &'s Spec<'a>,
    /// Which way the value travels: properties of the other one are neither
    /// required nor wrong.
    direction: Option<Direction>,
    /// Whether all keywords count.
    by_the_word: bool,
    /// How many steps are left for the value.
    steps: Cell<u32>,
}

impl<'s, 'a> Judge<'s, 'a> {
    /// Judges as samples need it.
    pub(crate) fn new(spec: &'s Spec<'a>, direction: Option<Direction>) -> Self {
        Self {
            spec,
            direction,
            by_the_word: false,
            steps: Cell::new(0),
        }
    }

    /// Judges by all keywords.
    pub(crate) fn by_the_word(spec: &'s Spec<'a>, direction: Direction) -> Self {
        Self {
            by_the_word: true,
            ..Self::new(spec, Some(direction))
        }
    }

    /// The document.
    pub(crate) fn spec(&self) -> &'s Spec<'a> {
        self.spec
    }

    /// Whether the value fits.
    pub(crate) fn fits(&self, schema: &'a Json, value: &Json) -> bool {
        self.misfits(schema, value, 1).is_empty()
    }

    /// What does not fit, up to a number.
    pub(crate) fn misfits(&self, schema: &'a Json, value: &Json, most: usize) -> Vec<Misfit> {
        let mut found = Misfits::up_to(most);
        self.steps.set(MOST_STEPS);
        self.below(schema, value, DEEPEST, &mut found);
        found.all
    }

    fn below(&self, schema: &'a Json, value: &Json, depth: usize, found: &mut Misfits) {
        if found.is_full() {
            return;
        }
        if value.is_null() {
            if !self.spec.nullable(schema) {
                found.add("is null");
            }
            return;
        }
        let mut declared = BTreeSet::new();
        self.declared(schema, !self.by_the_word, &mut declared, &mut Vec::new());
        self.here(schema, value, &declared, &mut Vec::new(), depth, found);
    }

    /// The properties that a schema knows, with `choices` in those that it
    /// offers as well.
    fn declared(
        &self,
        schema: &'a Json,
        choices: bool,
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
        let keys: &[&str] = match choices {
            true => &["allOf", "oneOf", "anyOf"],
            false => &["allOf"],
        };
        for key in keys {
            for member in list(schema, key) {
                self.declared(member, choices, names, seen);
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
        found: &mut Misfits,
    ) {
        let schema = self.spec.target(schema);
        let (Some(depth), Some(steps)) = (depth.checked_sub(1), self.steps.get().checked_sub(1))
        else {
            return;
        };
        self.steps.set(steps);
        if found.is_full() || path.contains(&ptr::from_ref(schema)) {
            return;
        }
        // Of a value of another type, nothing else is worth saying.
        if !keyword::check_type(schema, value, found) {
            return;
        }
        path.push(schema);
        keyword::check_listed(schema, value, found);
        keyword::check_bounds(schema, value, found);
        if self.by_the_word {
            keyword::check_the_rest(schema, value, found);
        }
        self.check_members(schema, value, declared, depth, found);
        for key in ["oneOf", "anyOf"] {
            self.check_choice(schema, key, value, declared, path, depth, found);
        }
        for member in list(schema, "allOf") {
            self.here(member, value, declared, path, depth, found);
        }
        if let Some(not) = schema.get("not") {
            let mut against = Misfits::up_to(1);
            self.below(not, value, depth, &mut against);
            if against.is_empty() {
                found.add("fits the schema of `not`");
            }
        }
        path.pop();
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a part of `here`, which has all but two of them"
    )]
    fn check_choice(
        &self,
        schema: &'a Json,
        key: &str,
        value: &Json,
        declared: &BTreeSet<&'a str>,
        path: &mut Vec<*const Json>,
        depth: usize,
        found: &mut Misfits,
    ) {
        let all = list(schema, key);
        if all.is_empty() || found.is_full() {
            return;
        }
        let mut check = |variant: &'a Json, found: &mut Misfits| {
            if self.by_the_word {
                let mut declared = declared.clone();
                self.declared(variant, false, &mut declared, &mut Vec::new());
                self.here(variant, value, &declared, path, depth, found);
            } else {
                self.here(variant, value, declared, path, depth, found);
            }
        };
        if let Some(variant) = self.tagged(schema, all, value).filter(|_| self.by_the_word) {
            check(variant, found);
            return;
        }
        let mut fitting = 0;
        let mut nearest: Option<Misfits> = None;
        for variant in all {
            let mut against = found.aside();
            check(variant, &mut against);
            if against.is_empty() {
                fitting += 1;
                if !self.by_the_word || key == "anyOf" {
                    break;
                }
            } else if nearest
                .as_ref()
                .is_none_or(|known| against.all.len() < known.all.len())
            {
                nearest = Some(against);
            }
        }
        match (fitting, nearest) {
            (0, Some(only)) if all.len() == 1 => found.all.extend(only.all),
            (0, _) => found.add(format!("fits none of the {} of `{key}`", all.len())),
            (1, _) => {}
            (many, _) => found.add(format!("fits {many} of `{key}`, and has to fit one")),
        }
    }

    /// The variant that the value's tag names, where there is one.
    fn tagged(&self, union: &'a Json, variants: &'a [Json], value: &Json) -> Option<&'a Json> {
        let discriminator = union.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let tag = value.get(property).and_then(Json::as_str);
        let mapping = discriminator.get("mapping");
        let mapped = tag.and_then(|tag| mapping?.get(tag));
        let is_named = |variant: &&Json, named: &dyn Fn(&str) -> bool| {
            self.spec.component(variant).is_some_and(named)
        };
        let mut chosen = variants.iter().filter(|variant| match mapped {
            Some(target) => is_named(variant, &|name| names(target, name)),
            None => is_named(variant, &|name| Some(name) == tag),
        });
        chosen.next().or_else(|| {
            let default = discriminator.get("x-driftless-default-mapping")?;
            let mut variants = variants.iter().filter(|_| value.is_object());
            variants.find(|variant| is_named(variant, &|name| names(default, name)))
        })
    }

    fn check_members(
        &self,
        schema: &'a Json,
        value: &Json,
        declared: &BTreeSet<&'a str>,
        depth: usize,
        found: &mut Misfits,
    ) {
        match value {
            Json::Array(items) => {
                let Some(item) = schema.get("items") else {
                    return;
                };
                for (index, value) in items.iter().enumerate() {
                    if found.is_full() {
                        return;
                    }
                    found.inside(&index.to_string(), |found| {
                        self.below(item, value, depth, found);
                    });
                }
            }
            Json::Object(object) => {
                let properties = schema.get("properties");
                let property = |name: &str| properties.and_then(|all| all.get(name));
                let additional = schema.get("additionalProperties");
                for (name, value) in object {
                    let is_declared =
                        || declared.contains(name.as_str()) || self.declares(schema, name);
                    found.inside(name, |found| match (property(name), additional) {
                        (Some(schema), _) => self.below(schema, value, depth, found),
                        (None, Some(Json::Bool(false))) if !is_declared() => {
                            found.add("is no property that is allowed");
                        }
                        (None, Some(schema @ Json::Object(_))) if !is_declared() => {
                            self.below(schema, value, depth, found);
                        }
                        _ => {}
                    });
                }
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
                let missing = required
                    .filter(|name| !object.contains_key(*name))
                    // What is neither declared nor allowed cannot be asked for.
                    .filter(|name| declared.contains(name) || !closed)
                    .filter(|name| !left_out(name));
                for name in missing {
                    found.inside(name, |found| found.add("is missing"));
                }
            }
            _ => {}
        }
    }

    /// Whether a schema knows a property, whatever it offers.
    fn declares(&self, schema: &'a Json, name: &str) -> bool {
        let mut names = BTreeSet::new();
        self.declared(schema, true, &mut names, &mut Vec::new());
        names.contains(name)
    }
}
