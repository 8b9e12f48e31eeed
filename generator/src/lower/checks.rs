//! Checks: the keywords that narrow values in, what `validate` checks of each
//! type out.

use std::collections::BTreeSet;

use driftless_runtime::patterns;

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::{Schema, SchemaId};
use crate::model::{Check, ItemId, ItemKind};
use crate::normalise::Kind;

impl Lowerer<'_> {
    /// Gives every type that can be sent its checks, where the configuration
    /// asks for them.
    pub(super) fn checks(&mut self) {
        self.unusable_patterns();
        if self.config.validate != Some(true) {
            return;
        }
        for (item, id) in self.schemas.clone().into_iter().enumerate() {
            if self.is_checked(ItemId(item)) {
                self.api.items[item].checks = self.inside(id);
            }
        }
        self.prune();
    }

    /// Whether a type can have checks: it is no other name, and can be encoded.
    fn is_checked(&self, item: ItemId) -> bool {
        let item = self.api.item(item);
        item.serialize
            && match &item.kind {
                ItemKind::Struct(_) | ItemKind::Union(_) | ItemKind::Newtype(_) => true,
                ItemKind::Alias(alias) => alias.newtype,
                ItemKind::StringEnum(_) | ItemKind::IntegerEnum(_) => false,
            }
    }

    /// The checks of a value where its schema is used.
    fn here(&self, id: SchemaId) -> Vec<Check> {
        if let Some(alike) = self.shapes.alike.get(&id) {
            let all = [id].into_iter().chain(alike.iter().copied());
            let lists: Vec<Vec<Check>> = all.map(|id| self.inside(id)).collect();
            // One of which nothing is checked allows every value.
            return match lists.iter().any(Vec::is_empty) {
                true => Vec::new(),
                false => vec![Check::Any(lists)],
            };
        }
        match self.items.get(&id) {
            // A place of a newtype may be narrower than others.
            Some(item)
                if self.is_newtype(id) && self.inside(self.schemas[item.0]) != self.inside(id) =>
            {
                self.inside(id)
            }
            Some(item) if self.is_checked(*item) => vec![Check::Type(*item)],
            // What is only received is not checked.
            Some(item) if !self.api.item(*item).serialize => Vec::new(),
            _ => self.inside(id),
        }
    }

    /// The checks that a schema spells out.
    fn inside(&self, id: SchemaId) -> Vec<Check> {
        if self.foreign.contains_key(&id) {
            return Vec::new();
        }
        let mut checks = keywords(self.graph.schema(id));
        let below = match &self.shapes.shape(id).kind {
            Kind::Same(same) => {
                // Members of an `allOf` that only narrow the one.
                let members = self.graph.schema(id).all_of.iter();
                checks.extend(
                    members
                        .filter(|member| *member != same)
                        .flat_map(|member| keywords(self.graph.schema(*member))),
                );
                checks.extend(self.here(*same));
                return checks;
            }
            Kind::Array(items) => vec![Check::Items(self.here(*items))],
            Kind::Map(values) => vec![Check::Others(Vec::new(), self.here(*values))],
            Kind::Object { fields, additional } => {
                let names = || {
                    let mut names: Vec<_> = fields.iter().map(|it| it.wire.clone()).collect();
                    names.sort_unstable();
                    names
                };
                fields
                    .iter()
                    // What holds under a condition only is not checked.
                    .filter(|field| field.conditions.is_empty())
                    .map(|field| Check::Property(field.wire.clone(), self.here(field.schema)))
                    .chain(additional.map(|values| Check::Others(names(), self.here(values))))
                    .collect()
            }
            Kind::Union(union) => {
                let variants = union.variants.iter();
                let lists = variants.map(|variant| self.here(variant.schema)).collect();
                let item = self.items.get(&id);
                item.map(|item| Check::Variants(*item, lists))
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        };
        checks.extend(below);
        checks
    }

    /// Removes what checks nothing, until nothing is left of that kind.
    fn prune(&mut self) {
        loop {
            let empty: BTreeSet<ItemId> = (0..self.api.items.len())
                .map(ItemId)
                .filter(|item| !matters(self, *item, &mut BTreeSet::new()))
                .collect();
            let mut changed = false;
            for item in &mut self.api.items {
                let before = item.checks.clone();
                pruned(&mut item.checks, &empty);
                changed |= before != item.checks;
            }
            if !changed {
                return;
            }
        }
    }

    fn unusable_patterns(&mut self) {
        let graph = self.graph;
        let mut seen = BTreeSet::new();
        for schema in &graph.schemas {
            for (keyword, value) in &schema.constraints.keywords {
                let usable = match *keyword {
                    "pattern" => patterns::check(value),
                    _ => Ok(()),
                };
                if let Err(why) = usable
                    && seen.insert((schema.origin, value))
                {
                    let shown = shortened(value);
                    self.report
                        .warn(
                            Code::NoEffect,
                            schema.origin,
                            format!("the pattern `{shown}` {why}, so nothing checks it"),
                        )
                        .help(
                            "patterns are regular expressions of ECMA-262, without flags such as \
                             `(?i)`; see \"Validation\" in the guide",
                        );
                }
            }
        }
    }
}

/// The first characters of a pattern, which can be long.
fn shortened(pattern: &str) -> String {
    match pattern.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &pattern[..end]),
        None => pattern.to_owned(),
    }
}

/// Whether anything is checked of a type, by itself or by way of others.
fn matters(lowerer: &Lowerer<'_>, item: ItemId, seen: &mut BTreeSet<ItemId>) -> bool {
    fn any(lowerer: &Lowerer<'_>, checks: &[Check], seen: &mut BTreeSet<ItemId>) -> bool {
        checks.iter().any(|check| match check {
            Check::Type(item) => matters(lowerer, *item, seen),
            Check::Property(_, checks) | Check::Items(checks) | Check::Others(_, checks) => {
                any(lowerer, checks, seen)
            }
            Check::Any(lists) | Check::Variants(_, lists) => {
                lists.iter().any(|checks| any(lowerer, checks, seen))
            }
            _ => true,
        })
    }
    seen.insert(item) && any(lowerer, &lowerer.api.item(item).checks, seen)
}

fn pruned(checks: &mut Vec<Check>, empty: &BTreeSet<ItemId>) {
    checks.retain_mut(|check| match check {
        Check::Type(item) => !empty.contains(item),
        Check::Property(_, checks) | Check::Items(checks) | Check::Others(_, checks) => {
            pruned(checks, empty);
            !checks.is_empty()
        }
        Check::Variants(_, lists) => {
            lists.iter_mut().for_each(|checks| pruned(checks, empty));
            lists.iter().any(|checks| !checks.is_empty())
        }
        _ => true,
    });
}

/// The checks that a schema's own keywords are.
fn keywords(schema: &Schema) -> Vec<Check> {
    let exclusive = |keyword: &str| {
        schema
            .constraints
            .keywords
            .iter()
            .any(|(name, value)| *name == keyword && value == "true")
    };
    let mut checks = Vec::new();
    for (keyword, value) in &schema.constraints.keywords {
        let count = |name| {
            let count = value.parse::<u64>().ok()?;
            Some(Check::Count(name, count))
        };
        let number = |name| {
            let is_number = value.parse::<f64>().is_ok_and(f64::is_finite);
            is_number.then(|| Check::Number(name, value.clone()))
        };
        checks.extend(match *keyword {
            "minLength" => count("MinLength"),
            "maxLength" => count("MaxLength"),
            "minItems" => count("MinItems"),
            "maxItems" => count("MaxItems"),
            "minProperties" => count("MinProperties"),
            "maxProperties" => count("MaxProperties"),
            "multipleOf" => number("MultipleOf"),
            "minimum" if exclusive("exclusiveMinimum") => number("ExclusiveMinimum"),
            "minimum" => number("Minimum"),
            "maximum" if exclusive("exclusiveMaximum") => number("ExclusiveMaximum"),
            "maximum" => number("Maximum"),
            // Beside a bound these are flags; alone they may be the bound.
            "exclusiveMinimum" => number("ExclusiveMinimum"),
            "exclusiveMaximum" => number("ExclusiveMaximum"),
            "pattern" => patterns::check(value)
                .is_ok()
                .then(|| Check::Pattern(value.clone())),
            "uniqueItems" => (value == "true").then_some(Check::UniqueItems),
            _ => None,
        });
    }
    checks
}
