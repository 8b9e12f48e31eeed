//! Tags: the members of a union and its discriminator in, a variant for each
//! out, with the values of the property that stand for it.

use std::collections::{HashMap, HashSet};

use super::{Normaliser, UnionVariant};
use crate::diagnostic::Code;
use crate::graph::{Discriminator, JsonType, SchemaId};
use crate::source::Value;

/// How deep unions of unions, and schemas made of schemas, are searched.
const DEEPEST_SEARCH: usize = 16;

impl Normaliser<'_> {
    /// The variants of a union with a discriminator. A member has the tags that
    /// the mapping gives it; else, if it is a union itself, those of its
    /// members; else the values that it lists for the property, where no other
    /// member does; else the name of its component (OpenAPI 3.0, section
    /// 4.7.25). What has none of these is chosen by its shape.
    pub(super) fn tagged(
        &mut self,
        members: Vec<SchemaId>,
        base: Option<SchemaId>,
        discriminator: &Discriminator,
    ) -> Vec<UnionVariant> {
        let listed: Vec<Vec<String>> = members
            .iter()
            .map(|member| {
                let values = self.tag_values(*member, &discriminator.property);
                let name = self.graph.schema(*member).component.as_ref();
                let Some(name) = name.filter(|name| values.contains(name)) else {
                    return values;
                };
                // Of what a base lists for all that build on it, one is named
                // after the member.
                let base = self.hierarchy.discriminator(&self.graph, *member);
                let inherited = base
                    .filter(|(base, _)| base != member)
                    .is_some_and(|(base, own)| self.tag_values(base, &own.property) == values);
                match inherited {
                    true => vec![name.clone()],
                    false => values,
                }
            })
            .collect();
        // How many members list each.
        let mut lists: HashMap<&String, usize> = HashMap::new();
        for tags in &listed {
            for tag in tags.iter().collect::<HashSet<_>>() {
                *lists.entry(tag).or_default() += 1;
            }
        }
        let mut mappings: HashMap<SchemaId, Vec<String>> = HashMap::new();
        for (tag, target) in &discriminator.mapping {
            mappings.entry(*target).or_default().push(tag.clone());
        }
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (index, member) in members.iter().copied().enumerate() {
            let hint = self.hint(member);
            let schema = match base {
                Some(base) => self.intersection(vec![base, member]),
                None => member,
            };
            let mapped = mappings.get(&member).cloned().unwrap_or_default();
            let default = discriminator.default == Some(member);
            if mapped.len() > 1 {
                variants.extend(mapped.into_iter().map(|tag| UnionVariant {
                    hint: Some(tag.clone()),
                    tag: Some(tag),
                    also: Vec::new(),
                    schema,
                    default: false,
                }));
                variants.extend(default.then(|| UnionVariant {
                    hint: Some("other".to_owned()),
                    tag: None,
                    also: Vec::new(),
                    schema,
                    default,
                }));
                continue;
            }
            let alone = |tags: &[String]| {
                !tags.is_empty() && tags.iter().all(|tag| lists.get(tag) == Some(&1))
            };
            let nested = self.nested_tags(member, discriminator, &mut HashSet::new(), 0);
            let tags = if !mapped.is_empty() {
                mapped
            } else if !self.may_be_object(member, &mut HashSet::new(), 0) {
                Vec::new()
            } else if !nested.is_empty() {
                nested
            } else if alone(&listed[index]) {
                listed[index].clone()
            } else {
                let component = self.graph.schema(member).component.clone();
                if component.is_none() {
                    self.report
                        .warn(
                            Code::Contradiction,
                            self.graph.schema(member).origin,
                            "no value of the discriminator stands for this inline schema",
                        )
                        .help("make it a component, whose name is its tag; it is chosen by its shape now");
                }
                component.into_iter().collect()
            };
            let mut tags = tags.into_iter();
            variants.push(UnionVariant {
                hint: hint.or_else(|| tags.as_slice().first().cloned()),
                tag: tags.next(),
                also: tags.collect(),
                schema,
                default,
            });
        }
        // A tag stands for the first that has it.
        let mut seen: HashSet<String> = HashSet::new();
        for variant in &mut variants {
            let own = variant
                .tag
                .take()
                .into_iter()
                .chain(std::mem::take(&mut variant.also));
            let mut fresh: Vec<String> = Vec::new();
            for tag in own {
                if seen.insert(tag.clone()) {
                    fresh.push(tag);
                }
            }
            let mut fresh = fresh.into_iter();
            variant.tag = fresh.next();
            variant.also = fresh.collect();
        }
        variants
    }

    /// The tags of the members of a member, if it is a union by the same
    /// property.
    fn nested_tags(
        &self,
        id: SchemaId,
        outer: &Discriminator,
        met: &mut HashSet<SchemaId>,
        depth: usize,
    ) -> Vec<String> {
        let mut tags = Vec::new();
        let schema = self.graph.schema(id);
        let members: Vec<SchemaId> = schema
            .one_of
            .iter()
            .chain(&schema.any_of)
            .copied()
            .collect();
        if depth > DEEPEST_SEARCH || members.is_empty() {
            return tags;
        }
        let own = schema
            .discriminator
            .as_deref()
            .filter(|own| own.property == outer.property);
        for member in members {
            // Met on another way, it has given its tags.
            if !met.insert(member) {
                continue;
            }
            let before = tags.len();
            for discriminator in own.into_iter().chain([outer]) {
                let mapped = discriminator
                    .mapping
                    .iter()
                    .filter(|(_, target)| *target == member)
                    .map(|(tag, _)| tag.clone());
                tags.extend(mapped);
                if tags.len() > before {
                    break;
                }
            }
            if tags.len() == before {
                tags.extend(self.nested_tags(member, outer, met, depth + 1));
            }
            if tags.len() == before {
                tags.extend(self.tag_values(member, &outer.property));
            }
            if tags.len() == before {
                tags.extend(self.graph.schema(member).component.clone());
            }
        }
        tags
    }

    /// The values that a schema lists for a property, as texts.
    pub(super) fn tag_values(&self, id: SchemaId, property: &str) -> Vec<String> {
        self.values_of(id, property, &mut HashSet::new(), 0)
            .unwrap_or_default()
    }

    fn values_of(
        &self,
        id: SchemaId,
        property: &str,
        met: &mut HashSet<SchemaId>,
        depth: usize,
    ) -> Option<Vec<String>> {
        if depth > DEEPEST_SEARCH || !met.insert(id) {
            return None;
        }
        let schema = self.graph.schema(id);
        // What is said last narrows what was said before.
        if let Some(property) = schema.properties.get(property)
            && let Some(values) = self.listed(property.schema, &mut HashSet::new(), 0)
        {
            return Some(values);
        }
        schema
            .all_of
            .iter()
            .rev()
            .find_map(|member| self.values_of(*member, property, met, depth + 1))
    }

    fn listed(
        &self,
        id: SchemaId,
        met: &mut HashSet<SchemaId>,
        depth: usize,
    ) -> Option<Vec<String>> {
        let schema = self.graph.schema(id);
        if !schema.enumeration.is_empty() {
            let values = schema
                .enumeration
                .iter()
                .filter_map(|node| match &node.value {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(_) | Value::Bool(_) => Some(node.to_json().to_string()),
                    _ => None,
                });
            return Some(values.collect());
        }
        if depth > DEEPEST_SEARCH || !met.insert(id) {
            return None;
        }
        schema
            .all_of
            .iter()
            .rev()
            .find_map(|member| self.listed(*member, met, depth + 1))
    }

    /// Whether an object can be a value of the schema.
    fn may_be_object(&self, id: SchemaId, met: &mut HashSet<SchemaId>, depth: usize) -> bool {
        let schema = self.graph.schema(id);
        match schema.json_type {
            Some(JsonType::Object) => true,
            Some(_) => false,
            None => {
                // Where one that was met before could not be, this is not asked.
                depth > DEEPEST_SEARCH
                    || !met.insert(id)
                    || schema
                        .all_of
                        .iter()
                        .all(|member| self.may_be_object(*member, met, depth + 1))
            }
        }
    }

    /// What a variant may be named after: its component, its title, or the one
    /// value of a property that has one.
    pub(super) fn hint(&self, id: SchemaId) -> Option<String> {
        let schema = self.graph.schema(id);
        if let Some(name) = schema.component.as_ref().or(schema.title.as_ref()) {
            return Some(name.clone());
        }
        schema.properties.iter().find_map(|(name, property)| {
            let values = self.listed(property.schema, &mut HashSet::new(), 0)?;
            let [only] = values.as_slice() else {
                return None;
            };
            let is_word = only.chars().any(char::is_alphabetic);
            (schema.requires(name) && is_word).then(|| only.clone())
        })
    }
}
