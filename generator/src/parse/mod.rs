//! The tree as `openapiv3` has it, and the proof that nothing got lost on the
//! way: a mended tree in, [`OpenAPI`] out.

mod compare;
mod node_deserializer;

#[cfg(test)]
mod tests;

use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;

use node_deserializer::Reading;

use crate::diagnostic::{Code, Report, Severity};
use crate::source::{Node, Source, Value, with_stack};

/// Parses the entry document, which `dialect` has made fit, and reports every
/// key whose value the result does not have.
pub fn parse(source: &Source, report: &mut Report) -> Option<OpenAPI> {
    with_stack(|| parse_root(&source.entry().root, report))
}

fn parse_root(root: &Node, report: &mut Report) -> Option<OpenAPI> {
    match from_node::<OpenAPI>(root) {
        Ok(openapi) => {
            compare::compare(root, &openapi, report);
            Some(openapi)
        }
        Err(message) => {
            report_failure(root, &message, report);
            None
        }
    }
}

/// A part of a tree as a type that `serde` can read.
///
/// # Errors
///
/// Says what does not fit, in words for people.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    T::deserialize(Reading(node)).map_err(|error| error.to_string())
}

/// Finds out which part does not parse. That is a gap in what `dialect` checks,
/// so it costs no more than the place to look at.
fn report_failure(root: &Node, message: &str, report: &mut Report) {
    use openapiv3::{PathItem, ReferenceOr, Schema};
    let before = report.count(Severity::Error);
    let mut check = |node: &Node, failure: Option<String>| {
        if let Some(failure) = failure {
            report.error(
                Code::WrongType,
                node.origin,
                format!("this cannot be read: {failure}"),
            );
        }
    };
    for (_, item) in entries(root.get("paths")) {
        check(item, from_node::<ReferenceOr<PathItem>>(item).err());
    }
    let components = root.get("components");
    for (_, schema) in entries(components.and_then(|node| node.get("schemas"))) {
        check(schema, from_node::<ReferenceOr<Schema>>(schema).err());
    }
    if report.count(Severity::Error) == before {
        report.error(
            Code::WrongType,
            root.origin,
            format!("the document cannot be read: {message}"),
        );
    }
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = (&str, &Node)> {
    let object = match node {
        Some(Node {
            value: Value::Object(object),
            ..
        }) => Some(object),
        _ => None,
    };
    object
        .into_iter()
        .flatten()
        .map(|(key, node)| (key.as_str(), node))
        .filter(|(key, _)| !key.starts_with("x-"))
}
