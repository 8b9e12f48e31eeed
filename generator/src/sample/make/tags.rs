//! Tags: the property that tells apart what a schema offers, by `oneOf` or by
//! the schemas that build on it.

use std::ptr;

use serde_json::{Value as Json, json};

use super::Maker;
use crate::sample::spec::list;

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
