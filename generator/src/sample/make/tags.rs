//! Tags: the property that tells apart what a schema offers, by `oneOf` or by
//! the schemas that build on it.

use std::ptr;

use serde_json::{Value as Json, json};

use super::Maker;
use crate::sample::spec::{list, names};

impl<'a> Maker<'_, 'a> {
    /// Adds the tag that tells a component apart from those that share a
    /// parent with it.
    pub(super) fn finished(&self, parts: &[&'a Json], value: Json) -> Json {
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

    /// Whether a choice is one between schemas that build on what offers it.
    pub(super) fn is_choice_of_heirs(&self, union: &'a Json, key: &str) -> bool {
        list(union, key).iter().any(|variant| {
            let parts = self.spec.parts(self.spec.meant(variant));
            parts.iter().skip(1).any(|part| ptr::eq(*part, union))
        })
    }

    /// What may stand where a schema is asked for on which others build: those,
    /// and it itself, where it has a tag. Nothing where none builds on it.
    pub(super) fn family(&self, base: &'a Json) -> Vec<(&'a Json, &'a str, Vec<String>)> {
        let mut family = self.children(base);
        let parts = self.spec.parts(base);
        let owner = parts.iter().find(|part| discriminator(part).is_some());
        let name = self.spec.component(base);
        if let (Some((_, property, _)), Some(owner), Some(name)) = (family.first(), owner, name) {
            // A mapping says who belongs to the family; so do listed values,
            // where the name is not among them.
            let mapping = owner.pointer("/discriminator/mapping");
            let mut tags = match mapping.and_then(Json::as_object) {
                Some(mapping) if !mapping.is_empty() => mapped(owner, name),
                _ => self.tags_of(owner, name, &parts),
            };
            if mapping.is_none() && !tags.iter().any(|tag| tag == name) {
                tags.clear();
            }
            tags.retain(|tag| family.iter().all(|(.., others)| !others.contains(tag)));
            if !tags.is_empty() {
                family.push((base, *property, tags));
            }
        }
        family
    }

    /// The components that are a kind of this one: they name it in `allOf`, and
    /// a property tells them apart, which it declares or inherits. Each with the
    /// property and its tags.
    pub(super) fn children(&self, parent: &'a Json) -> Vec<(&'a Json, &'a str, Vec<String>)> {
        let offers =
            |part: &Json| !list(part, "oneOf").is_empty() || !list(part, "anyOf").is_empty();
        let parts = self.spec.parts(parent);
        let owner = parts.iter().find(|part| discriminator(part).is_some());
        let Some(owner) = owner.filter(|owner| !offers(owner) && !offers(parent)) else {
            return Vec::new();
        };
        let property = discriminator(owner).unwrap_or("");
        let all = self.spec.components().iter();
        all.filter_map(|(name, component)| {
            let parts = self.spec.parts(component);
            let below = parts.iter().skip(1).any(|part| ptr::eq(*part, parent));
            below.then(|| (component, property, self.tags_of(owner, name, &parts)))
        })
        .collect()
    }

    /// The values of the tag that stand for a variant of a union.
    pub(super) fn tags(&self, union: &'a Json, variant: &'a Json) -> Vec<String> {
        if discriminator(union).is_none() {
            return Vec::new();
        }
        let target = self.spec.meant(variant);
        // A union in a union has tags of its own.
        if discriminator(target).is_some() {
            return Vec::new();
        }
        let parts = self.spec.parts(variant);
        self.tags_of(union, self.spec.component(variant).unwrap_or(""), &parts)
    }

    pub(super) fn tags_of(&self, owner: &'a Json, name: &str, parts: &[&'a Json]) -> Vec<String> {
        let mapped = mapped(owner, name);
        let property = discriminator(owner).unwrap_or("");
        let mut listed = self.listed(parts, property);
        // Of what the owner lists for all of its heirs, one is named after it.
        let inherited = !parts.first().is_some_and(|own| ptr::eq(*own, owner));
        let named = listed.iter().any(|tag| tag == name);
        if inherited && named && listed == self.listed(&[owner], property) {
            listed = vec![name.to_owned()];
        }
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

    /// The values that all parts allow for a property, where they list some.
    fn listed(&self, parts: &[&'a Json], property: &str) -> Vec<String> {
        let schemas = self.spec.property(parts, property).into_iter();
        let lists = schemas
            .flat_map(|schema| self.spec.parts(schema))
            .map(|part| list(part, "enum"))
            .filter(|values| !values.is_empty());
        let lists: Vec<&[Json]> = lists.collect();
        let values = lists.first().copied().unwrap_or_default().iter();
        values
            .filter(|value| lists.iter().all(|list| list.contains(value)))
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    }
}

/// The tags that a mapping gives to a component.
fn mapped(owner: &Json, name: &str) -> Vec<String> {
    let mapping = owner.pointer("/discriminator/mapping");
    let mapping = mapping.and_then(Json::as_object).into_iter().flatten();
    mapping
        .filter(|(_, target)| names(target, name))
        .map(|(tag, _)| tag.clone())
        .collect()
}

/// The property that tells apart what a schema offers.
pub(super) fn discriminator(schema: &Json) -> Option<&str> {
    schema.pointer("/discriminator/propertyName")?.as_str()
}

pub(super) fn tagged(value: Json, property: &str, tag: &str) -> Json {
    match value {
        Json::Object(mut object) => {
            object.insert(property.to_owned(), json!(tag));
            Json::Object(object)
        }
        other => other,
    }
}
