//! Whether a value fits a schema, by the words of OpenAPI 3.0, and if not, why
//! and where. There are two ways to judge. For samples, in doubt it does:
//! patterns and formats that are not known are not looked at, and one `oneOf`
//! that fits is enough. By the word, all keywords count.

mod budget;
mod keyword;
mod misfit;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::ptr;

use serde_json::Value as Json;

pub(crate) use budget::{Budget, Exceeded};
pub(crate) use misfit::Misfit;
use misfit::Misfits;

use super::spec::{Direction, Spec, escaped, list, names};

/// How deep schemas are followed that lead back to themselves.
const DEEPEST: usize = 200;

/// How many schemas are held against parts of one value of a sample. Choices
/// inside of choices can multiply; a value that takes longer is taken as it is.
const MOST_STEPS: usize = 100_000;

/// How many names or listed values to look at count as a step.
const A_STEP: usize = 64;

/// How many bytes of a text count as a step.
const CHARACTERS: usize = 1024;

/// Judges values.
pub(crate) struct Judge<'s, 'a> {
    spec: &'s Spec<'a>,
    /// Which way the value travels: properties of the other one are neither
    /// required nor wrong.
    direction: Option<Direction>,
    /// What the whole check may cost, of one by all keywords.
    budget: Option<&'s Budget<'s>>,
    /// How many steps are left for the value, of a sample.
    steps: Cell<usize>,
    /// The schemas of which it is known whether they allow `null`.
    nullable: RefCell<HashMap<*const Json, bool>>,
}

impl<'s, 'a> Judge<'s, 'a> {
    /// Judges as samples need it.
    pub(crate) fn new(spec: &'s Spec<'a>, direction: Option<Direction>) -> Self {
        Self {
            spec,
            direction,
            budget: None,
            steps: Cell::new(0),
            nullable: RefCell::default(),
        }
    }

    /// Judges by all keywords. Where the budget is exceeded, what is found means
    /// nothing.
    pub(crate) fn by_the_word(
        spec: &'s Spec<'a>,
        direction: Direction,
        budget: &'s Budget<'s>,
    ) -> Self {
        Self {
            budget: Some(budget),
            ..Self::new(spec, Some(direction))
        }
    }

    /// Takes steps; `false` where there are none left, and nothing more is worth
    /// looking at.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        if let Some(budget) = self.budget {
            return budget.spend(steps);
        }
        let left = self.steps.get().checked_sub(steps);
        self.steps.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Takes units of memory from the budget; `false` where there are none left.
    pub(crate) fn hold(&self, units: usize) -> bool {
        self.budget.is_none_or(|budget| budget.hold(units))
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
            if self.spend(1) && !self.allows_null(schema) {
                found.add("is null");
            }
            return;
        }
        let mut declared = BTreeSet::new();
        if value.is_object() {
            let choices = self.budget.is_none();
            self.declared(schema, choices, &mut declared, &mut Vec::new());
        }
        self.here(schema, value, &declared, &mut Vec::new(), depth, found);
    }

    fn allows_null(&self, schema: &'a Json) -> bool {
        let key = ptr::from_ref(schema);
        let mut known = self.nullable.borrow_mut();
        *known
            .entry(key)
            .or_insert_with(|| self.spec.nullable(schema))
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
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        let listed = list(schema, "enum").len();
        if !self.spend(1 + (listed + declared.len()) / A_STEP) {
            return;
        }
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
        let length = value.as_str().map_or(0, str::len);
        if self.budget.is_some() && self.spend(length / CHARACTERS) {
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
        if all.is_empty() || found.is_full() || !self.spend(all.len() / A_STEP) {
            return;
        }
        let by_the_word = self.budget.is_some();
        let mut check = |variant: &'a Json, found: &mut Misfits| {
            if by_the_word {
                let mut declared = declared.clone();
                self.declared(variant, false, &mut declared, &mut Vec::new());
                self.here(variant, value, &declared, path, depth, found);
            } else {
                self.here(variant, value, declared, path, depth, found);
            }
        };
        if let Some(variant) = self.tagged(schema, all, value).filter(|_| by_the_word) {
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
                if !by_the_word || key == "anyOf" {
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
                let offered = OnceCell::new();
                let is_declared = |name: &str| {
                    declared.contains(name)
                        || offered.get_or_init(|| self.offered(schema)).contains(name)
                };
                for (name, value) in object {
                    if found.is_full() {
                        return;
                    }
                    found.inside(name, |found| match (property(name), additional) {
                        (Some(schema), _) => self.below(schema, value, depth, found),
                        (None, Some(Json::Bool(false))) if !is_declared(name) => {
                            found.add("is no property that is allowed");
                        }
                        (None, Some(schema @ Json::Object(_))) if !is_declared(name) => {
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

    /// The properties that a schema knows, with those of all its choices.
    fn offered(&self, schema: &'a Json) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        self.declared(schema, true, &mut names, &mut Vec::new());
        names
    }
}
