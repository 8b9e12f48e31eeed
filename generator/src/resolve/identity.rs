//! Identity of schemas: finds the schema that was read from a node.
//!
//! Overlays and rewrites copy nodes together with their origins and then change
//! some of the copies, so an origin alone does not identify a schema: of the
//! nodes with one origin, those that are equal are one schema.

use foldhash::{HashMap, HashMapExt};

use crate::graph::SchemaId;
use crate::source::{Node, Origin};

/// The schemas that were read, by the nodes that they were read from.
pub(super) struct Identities<'a> {
    /// The first node of each origin. Few have others.
    first: HashMap<Origin, (&'a Node, SchemaId)>,
    /// Further nodes of an origin.
    others: HashMap<Origin, Vec<(&'a Node, SchemaId)>>,
}

impl<'a> Identities<'a> {
    pub(super) fn new() -> Self {
        Self {
            first: HashMap::new(),
            others: HashMap::new(),
        }
    }

    /// Returns the schema that was read from `node`, or from an equal node of the
    /// same origin.
    pub(super) fn get(&self, node: &Node) -> Option<SchemaId> {
        let origin = node.origin;
        let known = || {
            let others = self.others.get(&origin).into_iter().flatten();
            self.first.get(&origin).into_iter().chain(others)
        };
        known()
            .find(|(other, _)| std::ptr::eq(*other, node))
            .or_else(|| known().find(|(other, _)| *other == node))
            .map(|(_, id)| *id)
    }

    /// Notes that `id` is read from `node`.
    pub(super) fn insert(&mut self, node: &'a Node, id: SchemaId) {
        match self.first.get(&node.origin) {
            None => {
                self.first.insert(node.origin, (node, id));
            }
            Some(_) => self.others.entry(node.origin).or_default().push((node, id)),
        }
    }
}
