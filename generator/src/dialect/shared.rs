//! What references may name, noted before the tree is taken apart: a tree in,
//! the names of its components out.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::source::{Entries, Node, Value};

/// The sections of what a client can do without.
const OTHERS: [&str; 4] = ["headers", "examples", "links", "callbacks"];

/// The components that mends ask for.
pub(super) struct Shared {
    /// The name and the place of each parameter.
    parameters: HashMap<String, (String, String)>,
    /// The names of all schemas.
    schemas: BTreeSet<String>,
    /// The names of what a client can do without, with their sections.
    others: HashSet<(&'static str, String)>,
    /// References that name nothing.
    missing: HashSet<String>,
    /// The media types that OpenAPI 3.2 has there.
    media_types: HashMap<String, Node>,
}

impl Shared {
    /// Notes the components of a document, and the references that name nothing.
    pub(super) fn of(root: &Node, missing: HashSet<String>) -> Self {
        let section = |name: &str| {
            let section = root.get("components").and_then(|node| node.get(name));
            section.and_then(Node::as_object).into_iter().flatten()
        };
        let schemas = section("schemas")
            .map(|(name, _)| name.to_owned())
            .collect();
        let parameters = section("parameters")
            .filter_map(|(key, parameter)| {
                let name = parameter.get("name")?.as_str()?.to_owned();
                let place = parameter.get("in")?.as_str()?.to_ascii_lowercase();
                Some((key.to_owned(), (name, place)))
            })
            .collect();
        let media_types = section("mediaTypes")
            .map(|(name, node)| (name.to_owned(), node.clone()))
            .collect();
        let others = OTHERS
            .into_iter()
            .flat_map(|kind| section(kind).map(move |(name, _)| (kind, name.to_owned())))
            .collect();
        Self {
            others,
            missing,
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

    /// What a reference calls the schema that it names, where there is none: a
    /// component or something in it.
    pub(super) fn missing_schema(&self, reference: &str) -> Option<String> {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if self.missing.contains(reference) {
            return Some(decoded(name));
        }
        let name = reference.strip_prefix("#/components/schemas/")?;
        // Encoded names are not worth a guess.
        let plain = !name.contains(['%', '/']);
        let missing = plain && !self.schemas.contains(&decoded(name));
        missing.then(|| decoded(name))
    }

    /// What a reference calls the header, example, link or callback that it
    /// names, where there is none.
    pub(super) fn missing_other(&self, reference: &str) -> Option<String> {
        let (_, name) = reference.rsplit_once('/')?;
        if self.missing.contains(reference) {
            return Some(decoded(name));
        }
        let (kind, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
        let kind = OTHERS.into_iter().find(|known| *known == kind)?;
        let plain = !name.contains(['%', '/']);
        let missing = plain && !self.others.contains(&(kind, decoded(name)));
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
    node.value = Value::Object(Entries::default());
}
