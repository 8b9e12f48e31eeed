//! Copies of what references name, where no component can stand for it: a
//! reference and its place in, the value in the place of it out.

use std::sync::Arc;

use super::gather::{Followed, Gather};
use super::kind::Kind;
use super::shelf::Place;
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Value};

/// How many values copies may have together, besides one for each byte that
/// was read: what is named once costs less than its text is long.
const MOST_COPIED: usize = 1_000_000;

impl Gather<'_, '_> {
    /// Puts a copy of what the reference names in its place, below what stands
    /// beside the reference.
    pub(super) fn copy(
        &mut self,
        node: &mut Node,
        kind: Kind,
        place: &Place,
        reference: &Node,
    ) -> Followed {
        let Some(mut copy) = self.cloned(place, reference) else {
            return Followed::Gone;
        };
        let origin = copy.origin;
        if let Some((_, callbacks)) = self.open.iter().find(|(open, _)| *open == origin) {
            return self.circle(*callbacks, kind, reference);
        }
        if !kind.may_be_a_reference(self.version) && kind != Kind::Value {
            self.shelf
                .report
                .warn(
                    Code::WrongType,
                    reference.origin,
                    "a reference stands where OpenAPI allows none",
                )
                .help("it is followed all the same; other tools may refuse it");
        }
        let beside = match std::mem::replace(&mut node.value, Value::Null) {
            Value::Object(entries) => entries,
            _ => Entries::default(),
        };
        for (key, value) in beside.into_iter().filter(|(key, _)| **key != *"$ref") {
            self.beside(&mut copy, key, value);
        }
        *node = copy;
        self.open.push((origin, self.callbacks));
        let kept = self.expand(node, kind);
        self.open.pop();
        match kept {
            true => Followed::Copied,
            false => Followed::Gone,
        }
    }

    /// What stands beside a reference is written on its copy.
    fn beside(&mut self, copy: &mut Node, key: Arc<str>, value: Node) {
        let Value::Object(entries) = &mut copy.value else {
            self.shelf.report.warn(
                Code::NoEffect,
                value.origin,
                format!("`{key}` has no effect beside `$ref`"),
            );
            return;
        };
        if let Some(hidden) = entries.get(&key) {
            self.shelf.report.warn(
                Code::NoEffect,
                hidden.origin,
                format!("`{key}` has no effect: it stands beside the reference to this, too"),
            );
        }
        entries.insert(key, value);
    }

    /// A reference that leads to what it stands in.
    fn circle(&mut self, callbacks: usize, kind: Kind, reference: &Node) -> Followed {
        let text = reference.as_str().unwrap_or_default();
        if kind == Kind::PathItem && callbacks < self.callbacks {
            self.shelf
                .report
                .warn(
                    Code::NoEffect,
                    reference.origin,
                    format!("the callback `{text}` is the path that it stands in, and is left out"),
                )
                .help("callbacks are not generated");
        } else {
            self.shelf
                .report
                .error(
                    Code::CircularReference,
                    reference.origin,
                    format!("the reference `{text}` leads to what it stands in"),
                )
                .help("let one of the references in the circle name something else");
        }
        Followed::Gone
    }

    /// A copy of a value, if there is room for it.
    pub(super) fn cloned(&mut self, place: &Place, reference: &Node) -> Option<Node> {
        let node = self.shelf.node(place)?;
        let room = (MOST_COPIED + self.shelf.length()).checked_sub(self.copied)?;
        let Some(count) = count(node, room) else {
            self.shelf
                .report
                .error(
                    Code::Unsupported,
                    reference.origin,
                    "references bring in more values than the generator takes",
                )
                .help("the same file is copied again and again: refer to smaller parts of it");
            return None;
        };
        self.copied += count;
        Some(node.clone())
    }
}

/// How many values a tree has; `None` where there are more than `most`.
fn count(node: &Node, most: usize) -> Option<usize> {
    let most = most.checked_sub(1)?;
    let mut sum = 1;
    match &node.value {
        Value::Array(elements) => {
            for element in elements {
                sum += count(element, (most + 1).checked_sub(sum)?)?;
            }
        }
        Value::Object(entries) => {
            for value in entries.values() {
                sum += count(value, (most + 1).checked_sub(sum)?)?;
            }
        }
        _ => {}
    }
    Some(sum)
}
