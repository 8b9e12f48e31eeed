//! The tree as `openapiv3` has it, and the proof that nothing got lost on the
//! way: a mended tree in, [`OpenAPI`] out.

mod compare;
mod node_deserializer;

#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Paths};
use serde::de::DeserializeOwned;

use node_deserializer::Reading;

use crate::diagnostic::{Code, Report};
use crate::source::{Entries, Node, Origin, Source, Value, both, with_stack};

/// Parses the entry document, which `dialect` has made fit.
pub fn parse(source: &Source, report: &mut Report) -> Option<OpenAPI> {
    let root = &source.entry().root;
    with_stack(|| parse_root(root, report))
}

/// Reports every key of the entry document whose value `parsed` does not have.
#[must_use]
pub fn lost(source: &Source, parsed: &OpenAPI) -> Report {
    with_stack(|| {
        let mut report = Report::default();
        compare::compare(&source.entry().root, parsed, &mut report);
        report
    })
}

/// A part of a tree as a type that `serde` can read.
///
/// # Errors
///
/// Says what does not fit, in words for people.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    T::deserialize(Reading(node)).map_err(|error| error.to_string())
}

/// Parses paths and components one by one: at once, `openapiv3` would copy the
/// whole document several times, and name no place where something is wrong.
fn parse_root(root: &Node, report: &mut Report) -> Option<OpenAPI> {
    const PARTS: [&str; 2] = ["paths", "components"];
    let mut frame = Node::new(root.origin, Value::Null);
    if let Value::Object(entries) = &root.value {
        let mut rest: Entries = entries
            .iter()
            .filter(|(key, _)| !PARTS.contains(&key.as_str()))
            .map(|(key, node)| (key.clone(), node.clone()))
            .collect();
        if let Some(paths) = entries.get("paths") {
            let empty = Node::new(paths.origin, Value::Object(Entries::default()));
            rest.insert("paths".to_owned(), empty);
        }
        frame.value = Value::Object(rest);
    }
    // Each is about half of most documents.
    let ((openapi, paths, mut failures), (components, others)) = both(
        || {
            let mut parts = Parts::default();
            let openapi: Option<OpenAPI> = parts.one(&frame);
            let paths = Paths {
                paths: parts.map(root.get("paths"), |key| !key.starts_with("x-")),
                extensions: parts.map(root.get("paths"), |key| key.starts_with("x-")),
            };
            (openapi, paths, parts.failures)
        },
        || {
            let mut parts = Parts::default();
            let components = root.get("components");
            let components = components.map(|node| parts.components(node));
            (components, parts.failures)
        },
    );
    failures.extend(others);
    let is_whole = failures.is_empty();
    for (origin, failure) in failures {
        let message = format!("this cannot be read: {failure}");
        report.error(Code::WrongType, origin, message);
    }
    let openapi = openapi.filter(|_| is_whole)?;
    Some(OpenAPI {
        paths,
        components,
        ..openapi
    })
}

/// Parses parts of a document. That one does not parse is a gap in what
/// `dialect` checks.
#[derive(Default)]
struct Parts {
    failures: Vec<(Origin, String)>,
}

impl Parts {
    fn components(&mut self, node: &Node) -> Components {
        Components {
            schemas: self.map(node.get("schemas"), |_| true),
            responses: self.map(node.get("responses"), |_| true),
            parameters: self.map(node.get("parameters"), |_| true),
            examples: self.map(node.get("examples"), |_| true),
            request_bodies: self.map(node.get("requestBodies"), |_| true),
            headers: self.map(node.get("headers"), |_| true),
            security_schemes: self.map(node.get("securitySchemes"), |_| true),
            links: self.map(node.get("links"), |_| true),
            callbacks: self.map(node.get("callbacks"), |_| true),
            extensions: self.map(Some(node), |key| key.starts_with("x-")),
        }
    }

    fn one<T: DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        let part = from_node(node);
        part.map_err(|failure| self.failures.push((node.origin, failure)))
            .ok()
    }

    /// The values under the keys that are `wanted`.
    fn map<T: DeserializeOwned>(
        &mut self,
        node: Option<&Node>,
        wanted: impl Fn(&str) -> bool,
    ) -> IndexMap<String, T> {
        let object = node.and_then(Node::as_object);
        object
            .into_iter()
            .flatten()
            .filter(|(key, _)| wanted(key))
            .filter_map(|(key, node)| Some((key.clone(), self.one(node)?)))
            .collect()
    }
}
