//! Discriminators whose tags are the names of schemas: the one document and the
//! schemas that have another name in it than in their own in; out the same
//! document, with the tags that these names were written into mappings.

use std::collections::BTreeMap;

use super::kind::{Kind, Version};
use crate::source::{Entries, Node, Value, pointer_token};

/// The names that schemas have in the bundle → those in their own documents.
pub(super) type Renamed = BTreeMap<String, String>;

/// Keeps the tags of renamed schemas. Swagger 2.0 has no mappings to keep them
/// in.
pub(super) fn keep(root: &mut Node, renamed: &Renamed, version: Version) {
    if renamed.is_empty() || version == Version::Two {
        return;
    }
    let tags: BTreeMap<String, &String> = renamed
        .iter()
        .map(|(name, tag)| (reference(name), tag))
        .collect();
    // Parents of hierarchies: who is made of them says so.
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, schema) in super::components(root, Kind::Schema, version) {
        for parent in references(schema, "allOf") {
            children.entry(parent).or_default().push(reference(name));
        }
    }
    if let Some(schemas) = root
        .get_mut("components")
        .and_then(|components| components.get_mut("schemas"))
        && let Value::Object(schemas) = &mut schemas.value
    {
        for (name, schema) in schemas {
            if let Some(children) = children.get(&reference(name)) {
                map(schema, children, &tags);
            }
        }
    }
    unions(root, Kind::Document, &tags);
}

/// Looks for unions wherever schemas are.
fn unions(node: &mut Node, kind: Kind, tags: &BTreeMap<String, &String>) {
    if matches!(kind, Kind::Value | Kind::Prose | Kind::Extension) {
        return;
    }
    if kind == Kind::Schema {
        let members: Vec<String> = ["oneOf", "anyOf"]
            .into_iter()
            .flat_map(|key| references(node, key))
            .collect();
        map(node, &members, tags);
    }
    match &mut node.value {
        Value::Array(elements) => {
            for element in elements {
                unions(element, kind.element(), tags);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                unions(value, kind.child(key), tags);
            }
        }
        _ => {}
    }
}

/// Writes the tags of renamed members into the mapping of a discriminator,
/// where neither it nor another member has them.
fn map(schema: &mut Node, members: &[String], tags: &BTreeMap<String, &String>) {
    let Some(discriminator) = schema.get_mut("discriminator") else {
        return;
    };
    let origin = discriminator.origin;
    let Value::Object(entries) = &mut discriminator.value else {
        return;
    };
    for member in members {
        let Some(tag) = tags.get(member) else {
            continue;
        };
        if members.contains(&reference(tag)) {
            continue;
        }
        let mapping = entries.get_or_insert_with("mapping", || {
            Node::new(origin, Value::Object(Entries::default()))
        });
        let Value::Object(mapping) = &mut mapping.value else {
            return;
        };
        let named = mapping
            .values()
            .any(|target| target.as_str() == Some(member));
        if !named && !mapping.contains_key(tag) {
            let target = Node::new(origin, Value::String(member.clone()));
            mapping.insert((*tag).clone(), target);
        }
    }
}

fn reference(name: &str) -> String {
    format!("#/components/schemas/{}", pointer_token(name))
}

/// The references in a list of schemas.
fn references(schema: &Node, key: &str) -> Vec<String> {
    schema
        .get(key)
        .and_then(Node::as_array)
        .into_iter()
        .flatten()
        .filter_map(|member| member.get("$ref")?.as_str().map(str::to_owned))
        .collect()
}
