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
use crate::source::{Node, Source, Value, with_stack};

/// Parses the entry document, which `dialect` has made fit, and reports every
/// key whose value the result does not have.
pub fn parse(source: &Source, report: &mut Report) -> Option<OpenAPI> {
    let root = &source.entry().root;
    with_stack(|| {
        let openapi = parse_root(root, report)?;
        compare::compare(root, &openapi, report);
        Some(openapi)
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
        let mut rest: IndexMap<_, _> = entries
            .iter()
            .filter(|(key, _)| !PARTS.contains(&key.as_str()))
            .map(|(key, node)| (key.clone(), node.clone()))
            .collect();
        if let Some(paths) = entries.get("paths") {
            let empty = Node::new(paths.origin, Value::Object(IndexMap::new()));
            rest.insert("paths".to_owned(), empty);
        }
        frame.value = Value::Object(rest);
    }
    let mut parts = Parts {
        report,
        failed: false,
    };
    let openapi: Option<OpenAPI> = parts.one(&frame);
    let paths = Paths {
        paths: parts.map(root.get("paths"), |key| !key.starts_with("x-")),
        extensions: parts.map(root.get("paths"), |key| key.starts_with("x-")),
    };
    let components = root.get("components").map(|node| Components {
        schemas: parts.map(node.get("schemas"), |_| true),
        responses: parts.map(node.get("responses"), |_| true),
        parameters: parts.map(node.get("parameters"), |_| true),
        examples: parts.map(node.get("examples"), |_| true),
        request_bodies: parts.map(node.get("requestBodies"), |_| true),
        headers: parts.map(node.get("headers"), |_| true),
        security_schemes: parts.map(node.get("securitySchemes"), |_| true),
        links: parts.map(node.get("links"), |_| true),
        callbacks: parts.map(node.get("callbacks"), |_| true),
        extensions: parts.map(Some(node), |key| key.starts_with("x-")),
    });
    let openapi = openapi.filter(|_| !parts.failed)?;
    Some(OpenAPI {
        paths,
        components,
        ..openapi
    })
}

/// Parses parts of a document. That one does not parse is a gap in what
/// `dialect` checks.
struct Parts<'a> {
    report: &'a mut Report,
    failed: bool,
}

impl Parts<'_> {
    fn one<T: DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        match from_node(node) {
            Ok(part) => Some(part),
            Err(failure) => {
                self.failed = true;
                self.report.error(
                    Code::WrongType,
                    node.origin,
                    format!("this cannot be read: {failure}"),
                );
                None
            }
        }
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
