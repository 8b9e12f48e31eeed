//! What OpenAPI 3.1 says otherwise than 3.0: a tree with it in, one that 3.0
//! allows out. In older documents the same is done with a warning: their
//! authors meant what 3.1 allows.

mod conditional;
mod content;
mod document;
mod keywords;
mod list;
mod null;
mod object;
mod one_value;
mod reference;
mod types;

pub(crate) use content::CONTENT_TYPE;
pub(super) use document::{components, document, path_item};

use super::check::Check;
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Origin, Value};

use keywords::Keywords;

/// Rewrites a schema that is no reference.
pub(super) fn schema(check: &mut Check<'_>, node: &mut Node) {
    reference::with_siblings(check, node);
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    let mut keywords = Keywords::of(entries);
    if keywords.has(Keywords::NULLABLE) {
        null::nullable(check, entries);
    }
    if keywords.has(Keywords::UNION) {
        reference::members(check, entries);
        // The only alternative beside null takes the schema's place, and may
        // be a union itself.
        while null::alternatives(check, entries) {}
        keywords = Keywords::of(entries);
    }
    if keywords.has(Keywords::CONST) {
        one_value::constant(check, entries);
    }
    if keywords.has(Keywords::EXAMPLES) {
        one_value::examples(check, entries);
    }
    if keywords.has(Keywords::LIST) {
        list::items(check, entries);
    }
    if keywords.has(Keywords::OBJECT) {
        object::properties(check, entries);
    }
    if keywords.has(Keywords::CONTENT) {
        content::content(check, entries);
    }
    if keywords.has(Keywords::CONDITIONAL) {
        conditional::schemas(check, entries);
    }
    if keywords.has(Keywords::IGNORED) {
        keywords::without_effect(check, entries);
    }
    // Keywords for one type move with their types, so these come last.
    if keywords.has(Keywords::TYPE) {
        types::types(check, entries);
    }
}

impl Check<'_> {
    /// Says that an older document uses what came with OpenAPI 3.1.
    fn came_with_3_1(&mut self, origin: Origin, key: &str, taken: &str) {
        if self.is_3_1() {
            return;
        }
        let version = self.version.name();
        self.report
            .warn(
                Code::UnknownKey,
                origin,
                format!("`{key}` came with OpenAPI 3.1; this document is {version}"),
            )
            .help(format!("it is taken as {taken}"));
    }

    /// Says that a keyword does nothing.
    fn no_effect(&mut self, origin: Origin, key: &str) {
        self.report.warn(
            Code::NoEffect,
            origin,
            format!("`{key}` has no effect on the client"),
        );
    }
}

/// A boolean that a transform writes.
fn boolean(origin: Origin, value: bool) -> Node {
    Node::new(origin, Value::Bool(value))
}

/// A string that a transform writes.
fn string(origin: Origin, text: &str) -> Node {
    Node::new(origin, Value::String(text.to_owned()))
}

/// Whether two nodes hold the same data, wherever they were written.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        (one, other) => one == other,
    }
}

/// One schema for all of `schemas`, made of what was written at `origin`.
fn any_of(origin: Origin, schemas: Vec<Node>) -> Node {
    let mut different: Vec<Node> = Vec::new();
    for schema in schemas {
        if !different.iter().any(|other| same(other, &schema)) {
            different.push(schema);
        }
    }
    let whole = |schema: &Node| schema.as_object().is_some_and(Entries::is_empty);
    if let Some(any) = different.iter().position(whole) {
        return different.swap_remove(any);
    }
    if different.len() == 1 {
        return different.swap_remove(0);
    }
    let any_of = Node::new(origin, Value::Array(different));
    Node::new(
        origin,
        Value::Object(Entries::from_iter([("anyOf", any_of)])),
    )
}
