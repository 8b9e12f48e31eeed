//! The tree as `openapiv3` has it, and the proof that nothing got lost on the
//! way: a mended tree in, [`OpenAPI`] out.

mod compare;
mod node_deserializer;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, PathItem, Paths, ReferenceOr, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;

use node_deserializer::Reading;

use crate::diagnostic::{Code, Report};
use crate::source::{Entries, Node, Origin, Source, Value, all, with_stack};

/// Parses the entry document, which `dialect` has made fit, and reports every
/// key of it that got lost on the way. The schemas of components are parsed for
/// that alone: `resolve` reads schemas from the tree, and most of a large
/// document would be there twice.
pub fn parse(source: &Source, report: &mut Report) -> Option<OpenAPI> {
    let root = &source.entry().root;
    with_stack(|| parse_root(root, report))
}

/// A part of a tree as a type that `serde` can read.
///
/// # Errors
///
/// Says what does not fit, in words for people.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, String> {
    T::deserialize(Reading(node)).map_err(|error| error.to_string())
}

/// Parses paths and schemas one by one, on all threads: at once, `openapiv3`
/// would copy the whole document several times, and name no place where
/// something is wrong.
fn parse_root(root: &Node, report: &mut Report) -> Option<OpenAPI> {
    let components = root.get("components");
    let is_path = |key: &str| !key.starts_with("x-");
    let paths = entries(root.get("paths")).filter(|(key, _)| is_path(key));
    let schemas = entries(components.and_then(|node| node.get("schemas")));
    let items: Vec<Item<'_>> = (components.into_iter().map(Item::Components))
        .chain(paths.map(Item::Path))
        .chain(schemas.map(Item::Schema))
        .collect();
    let next = AtomicUsize::new(0);
    let made = all(|| {
        let mut made = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return made;
            };
            let mut parts = Parts::default();
            let value = match item {
                Item::Components(node) => Made::Components(Box::new(parts.components(node))),
                Item::Path((key, node)) => match parts.one(key, node) {
                    Some(path) => Made::Path(key, Box::new(path)),
                    None => Made::Nothing,
                },
                Item::Schema((key, node)) => {
                    parts.one::<ReferenceOr<Schema>>(key, node);
                    Made::Nothing
                }
            };
            made.push((index, value, parts));
        }
    });
    let mut made: Vec<_> = made.into_iter().flatten().collect();
    made.sort_unstable_by_key(|(index, ..)| *index);
    let mut parts = Parts::default();
    let mut paths = IndexMap::new();
    let mut components = None;
    for (_, value, others) in made {
        match value {
            Made::Components(all) => components = Some(*all),
            Made::Path(key, path) => {
                paths.insert(key.to_owned(), *path);
            }
            Made::Nothing => {}
        }
        parts.append(others);
    }
    let openapi: Option<OpenAPI> = parts.one("", &frame(root));
    let paths = Paths {
        paths,
        extensions: parts.map(root.get("paths"), |key| !is_path(key)),
    };
    let is_whole = parts.failures.is_empty();
    for (origin, failure) in parts.failures {
        let message = format!("this cannot be read: {failure}");
        report.error(Code::WrongType, origin, message);
    }
    let openapi = openapi.filter(|_| is_whole)?;
    report.append(parts.lost);
    Some(OpenAPI {
        paths,
        components,
        ..openapi
    })
}

/// The document without what is parsed part by part.
fn frame(root: &Node) -> Node {
    let entries = entries(root.as_object().map(|_| root));
    let kept = entries.filter_map(|(key, node)| match key {
        "components" => None,
        // There has to be one.
        "paths" => Some((
            key,
            Node::new(node.origin, Value::Object(Entries::default())),
        )),
        _ => Some((key, node.clone())),
    });
    Node::new(root.origin, Value::Object(kept.collect()))
}

/// An entry of an object.
type Entry<'a> = (&'a str, &'a Node);

fn entries(node: Option<&Node>) -> impl Iterator<Item = Entry<'_>> {
    node.and_then(Node::as_object).into_iter().flatten()
}

/// What most of a document consists of.
enum Item<'a> {
    /// All but their schemas.
    Components(&'a Node),
    Path(Entry<'a>),
    Schema(Entry<'a>),
}

/// What is kept of an item. Path items take kilobytes each.
enum Made<'a> {
    Components(Box<Components>),
    Path(&'a str, Box<ReferenceOr<PathItem>>),
    Nothing,
}

/// Parses parts of a document. That one does not parse, or gets lost, is a gap
/// in what `dialect` checks.
#[derive(Default)]
struct Parts {
    failures: Vec<(Origin, String)>,
    lost: Report,
}

impl Parts {
    fn components(&mut self, node: &Node) -> Components {
        const SECTIONS: [&str; 9] = [
            "schemas",
            "responses",
            "parameters",
            "examples",
            "requestBodies",
            "headers",
            "securitySchemes",
            "links",
            "callbacks",
        ];
        let others = entries(Some(node)).filter(|(key, _)| !SECTIONS.contains(key));
        let others = others.map(|(key, node)| (key, node.clone())).collect();
        let others = Node::new(node.origin, Value::Object(others));
        let components: Option<Components> = self.one("components", &others);
        Components {
            responses: self.map(node.get("responses"), |_| true),
            parameters: self.map(node.get("parameters"), |_| true),
            examples: self.map(node.get("examples"), |_| true),
            request_bodies: self.map(node.get("requestBodies"), |_| true),
            headers: self.map(node.get("headers"), |_| true),
            security_schemes: self.map(node.get("securitySchemes"), |_| true),
            links: self.map(node.get("links"), |_| true),
            callbacks: self.map(node.get("callbacks"), |_| true),
            ..components.unwrap_or_default()
        }
    }

    /// Parses the value under a key.
    fn one<T: DeserializeOwned + Serialize>(&mut self, key: &str, node: &Node) -> Option<T> {
        match from_node(node) {
            Ok(part) => {
                compare::compare(key, node, &part, &mut self.lost);
                Some(part)
            }
            Err(failure) => {
                self.failures.push((node.origin, failure));
                None
            }
        }
    }

    /// The values under the keys that are `wanted`.
    fn map<T: DeserializeOwned + Serialize>(
        &mut self,
        node: Option<&Node>,
        wanted: impl Fn(&str) -> bool,
    ) -> IndexMap<String, T> {
        entries(node)
            .filter(|(key, _)| wanted(key))
            .filter_map(|(key, node)| Some((key.to_owned(), self.one(key, node)?)))
            .collect()
    }

    fn append(&mut self, others: Self) {
        self.failures.extend(others.failures);
        self.lost.append(others.lost);
    }
}
