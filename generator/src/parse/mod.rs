//! The tree as `openapiv3` has it, and the proof that nothing got lost on the
//! way: a mended tree in, [`OpenAPI`] out.

mod compare;
mod node_deserializer;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, PathItem, Paths, ReferenceOr, Schema};
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

/// Parses paths and schemas one by one, on two threads: at once, `openapiv3`
/// would copy the whole document several times, and name no place where
/// something is wrong.
fn parse_root(root: &Node, report: &mut Report) -> Option<OpenAPI> {
    const PARTS: [&str; 2] = ["paths", "components"];
    let components = root.get("components");
    let mut frame = Node::new(root.origin, Value::Null);
    if let Value::Object(entries) = &root.value {
        let mut rest: Entries = entries
            .iter()
            .filter(|(key, _)| !PARTS.contains(key))
            .map(|(key, node)| (key, node.clone()))
            .collect();
        if let Some(paths) = entries.get("paths") {
            let empty = Node::new(paths.origin, Value::Object(Entries::default()));
            rest.insert("paths".to_owned(), empty);
        }
        frame.value = Value::Object(rest);
    }
    let is_path = |key: &str| !key.starts_with("x-");
    let items: Vec<Item<'_>> = entries(root.get("paths"))
        .filter(|(key, _)| is_path(key))
        .map(Item::Path)
        .chain(entries(components.and_then(|node| node.get("schemas"))).map(Item::Schema))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Made::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match items.get(index) {
                None => return made,
                Some(Item::Path((key, node))) => {
                    made.paths.push((index, *key, node.origin, from_node(node)))
                }
                Some(Item::Schema((key, node))) => {
                    made.schemas
                        .push((index, *key, node.origin, from_node(node)))
                }
            }
        }
    };
    let (here, beside) = both(work, work);
    let mut parts = Parts::default();
    let openapi: Option<OpenAPI> = parts.one(&frame);
    let paths = Paths {
        paths: parts.made(here.paths, beside.paths),
        extensions: parts.map(root.get("paths"), |key| !is_path(key)),
    };
    let schemas = parts.made(here.schemas, beside.schemas);
    let components = components.map(|node| Components {
        schemas,
        ..parts.components(node)
    });
    let is_whole = parts.failures.is_empty();
    for (origin, failure) in parts.failures {
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

/// An entry of an object.
type Entry<'a> = (&'a str, &'a Node);

fn entries(node: Option<&Node>) -> impl Iterator<Item = Entry<'_>> {
    node.and_then(Node::as_object).into_iter().flatten()
}

/// What most of a document consists of.
enum Item<'a> {
    Path(Entry<'a>),
    Schema(Entry<'a>),
}

/// What was made of an item: its number, its key, where it was written, and the
/// value or what does not fit.
type Outcome<'a, T> = (usize, &'a str, Origin, Result<T, String>);

/// What one thread has made.
#[derive(Default)]
struct Made<'a> {
    paths: Vec<Outcome<'a, ReferenceOr<PathItem>>>,
    schemas: Vec<Outcome<'a, ReferenceOr<Schema>>>,
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
            // They are read before.
            schemas: IndexMap::new(),
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

    /// What two threads have made, in the order of the document.
    fn made<'d, T>(
        &mut self,
        mut here: Vec<Outcome<'d, T>>,
        beside: Vec<Outcome<'d, T>>,
    ) -> IndexMap<String, T> {
        here.extend(beside);
        here.sort_unstable_by_key(|(index, ..)| *index);
        let mut map = IndexMap::with_capacity(here.len());
        for (_, key, origin, made) in here {
            match made {
                Ok(value) => {
                    map.insert(key.to_owned(), value);
                }
                Err(failure) => self.failures.push((origin, failure)),
            }
        }
        map
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
            .filter_map(|(key, node)| Some((key.to_owned(), self.one(node)?)))
            .collect()
    }
}
