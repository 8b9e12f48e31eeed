//! What references may name, noted before the tree is taken apart: a tree in,
//! the names of its components out.

use std::collections::{BTreeSet, HashMap};

use crate::source::{Node, Value};

/// The components that mends ask for.
pub(super) struct Shared {
    /// The name and the place of each parameter.
    parameters: HashMap<String, (String, String)>,
    /// The names of all schemas.
    schemas: BTreeSet<String>,
    /// The media types that OpenAPI 3.2 has there.
    media_types: HashMap<String, Node>,
}

impl Shared {
    /// Notes the components of a document.
    pub(super) fn of(root: &Node) -> Self {
        let section = |name: &str| {
            let section = root.get("components").and_then(|node| node.get(name));
            section.and_then(Node::as_object).into_iter().flatten()
        };
        let schemas = section("schemas").map(|(name, _)| name.clone()).collect();
        let parameters = section("parameters")
            .filter_map(|(key, parameter)| {
                let name = parameter.get("name")?.as_str()?.to_owned();
                let place = parameter.get("in")?.as_str()?.to_ascii_lowercase();
                Some((key.clone(), (name, place)))
            })
            .collect();
        let media_types = section("mediaTypes")
            .map(|(name, node)| (name.clone(), node.clone()))
            .collect();
        Self {
            parameters,
            schemas,
            media_types,
        }
    }

    /// The name and the place of the parameter that a reference names.
    pub(super) fn parameter(&self, reference: &str) -> Option<(String, String)> {
        let name = reference
            .strip_prefix("#/components/parameters/")
            .or_else(|| reference.strip_prefix("#/parameters/"))?;
        self.parameters.get(&decoded(name)).cloned()
    }

    /// The media type that a reference names.
    pub(super) fn media_type(&self, reference: &str) -> Option<&Node> {
        let name = reference.strip_prefix("#/components/mediaTypes/")?;
        self.media_types.get(&decoded(name))
    }

    /// The name that a reference to a component schema has for it, where there
    /// is no such schema.
    pub(super) fn missing_schema(&self, reference: &str) -> Option<String> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let name = name.split('/').next().unwrap_or_default();
        // Encoded names are not worth a guess.
        let missing = !name.contains('%') && !self.schemas.contains(&decoded(name));
        missing.then(|| decoded(name))
    }

    /// The names of all schemas.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &str> {
        self.schemas.iter().map(String::as_str)
    }
}

fn decoded(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// What stands in for a schema that nobody has written: any value.
pub(super) fn any(node: &mut Node) {
    node.value = Value::Object(indexmap::IndexMap::new());
}
