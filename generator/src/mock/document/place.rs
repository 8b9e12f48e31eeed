//! A place in the document, for walking it: references are followed on the way.

use crate::dialect::WRITTEN_AS;
use crate::graph::PartRules;
use crate::sample::escaped;
use crate::source::{Node, percent_decoded};

/// How many references may lead from one to the next.
const LONGEST_CHAIN: usize = 100;

/// A node that is no reference, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    root: &'a Node,
    pub(super) node: &'a Node,
    pub(super) pointer: String,
}

impl<'a> Place<'a> {
    pub(super) fn root(root: &'a Node) -> Self {
        Self {
            root,
            node: root,
            pointer: String::new(),
        }
    }

    /// What is under a key, or what the reference there leads to.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.at(self.node.get(key)?, key)
    }

    /// The entries of an object, in the author's order.
    pub(super) fn entries(&self) -> Vec<(&'a str, Self)> {
        let all = self.node.as_object().into_iter().flatten();
        all.filter_map(|(key, node)| Some((key, self.at(node, key)?)))
            .collect()
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Vec<Self> {
        let all = self.node.as_array().into_iter().flatten().enumerate();
        all.filter_map(|(index, node)| self.at(node, &index.to_string()))
            .collect()
    }

    /// The rules of the document for parts of bodies.
    pub(super) fn part_rules(&self) -> PartRules {
        PartRules::of_version(self.root.get(WRITTEN_AS).and_then(Node::as_str))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.node.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.node.get(key)?.as_bool()
    }

    /// Where a schema under a key stands, reference or not.
    pub(super) fn schema(&self, key: &str) -> Option<String> {
        self.node.get(key)?;
        Some(format!("{}/{}", self.pointer, escaped(key)))
    }

    fn at(&self, node: &'a Node, key: &str) -> Option<Self> {
        let mut place = Self {
            root: self.root,
            node,
            pointer: format!("{}/{}", self.pointer, escaped(key)),
        };
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = place.node.get("$ref").and_then(Node::as_str) else {
                return Some(place);
            };
            place.pointer = percent_decoded(reference.strip_prefix('#')?);
            place.node = self.root.pointer(&place.pointer)?;
        }
        None
    }
}
