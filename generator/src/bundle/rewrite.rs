//! Making one document: a tree whose references lead to other documents, and
//! the names of the parts they lead to, in; a tree with only `#/…` out.

use std::collections::BTreeMap;

use super::gather::mapped;
use super::kind::{Kind, Version};
use super::shelf::{Destination, Place, Shelf};
use crate::source::{Entries, Node, Origin, Value, pointer_token};

/// The names of all parts.
pub(super) type Names = BTreeMap<(Kind, Origin), String>;

pub(super) struct Rewrite<'s, 'a> {
    pub(super) shelf: &'s mut Shelf<'a>,
    pub(super) version: Version,
    pub(super) names: &'s Names,
}

impl Rewrite<'_, '_> {
    /// Rewrites all references in a tree. A part in it gives way to a
    /// reference, unless the tree is the part.
    pub(super) fn tree(&mut self, node: &mut Node, kind: Kind) {
        if let Some(reference) = node.get("$ref").and_then(Node::as_str)
            && !matches!(kind, Kind::Value | Kind::Prose | Kind::Extension)
            && let Some(rewritten) = self.rewritten(node, reference.to_owned(), kind)
            && let Value::Object(entries) = &mut node.value
            && let Some(reference) = entries.get_mut("$ref")
        {
            reference.value = Value::String(rewritten);
        }
        match kind {
            Kind::Value | Kind::Prose | Kind::Extension => return,
            Kind::Mapping => return self.mapping(node),
            _ => {}
        }
        match &mut node.value {
            Value::Array(elements) => {
                for element in elements {
                    self.inner(element, kind.element());
                }
            }
            Value::Object(entries) => {
                for (key, value) in entries {
                    if kind == Kind::Schema && matches!(key, "$defs" | "definitions") {
                        self.definitions(value);
                    }
                    self.inner(value, kind.child(key));
                }
            }
            _ => {}
        }
    }

    /// Definitions that have become components need no other name.
    fn definitions(&self, node: &mut Node) {
        if let Value::Object(definitions) = &mut node.value {
            definitions.retain(|_, definition| {
                definition.get("$ref").is_some()
                    || !self.shelf.is_elsewhere(definition.origin)
                    || self.component(Kind::Schema, definition.origin).is_none()
            });
        }
    }

    fn inner(&mut self, node: &mut Node, kind: Kind) {
        if !self.shelf.is_elsewhere(node.origin) || node.get("$ref").is_some() {
            return self.tree(node, kind);
        }
        match self.component(kind, node.origin) {
            Some(reference) => *node = reference_to(reference, node.origin),
            None => self.tree(node, kind),
        }
    }

    /// The reference to the component that was made of a part.
    fn component(&self, kind: Kind, origin: Origin) -> Option<String> {
        let section = kind.section(self.version)?;
        let name = self.names.get(&(kind, origin))?;
        Some(format!("#/{}/{}", section.join("/"), pointer_token(name)))
    }

    fn rewritten(&mut self, node: &Node, reference: String, kind: Kind) -> Option<String> {
        let origin = node.get("$ref").map_or(node.origin, |node| node.origin);
        if !self.shelf.is_elsewhere(origin) && reference.starts_with('#') {
            return None;
        }
        match self.shelf.destination(origin, &reference) {
            Ok(found) => self.named(found, kind),
            // Nobody shall look it up in the entry.
            Err(_) if reference.starts_with('#') => {
                let document = self.shelf.source.document(origin)?;
                Some(format!("{}{reference}", document.reference))
            }
            Err(_) => None,
        }
    }

    fn named(&self, found: Destination, kind: Kind) -> Option<String> {
        match found {
            Destination::Entry(fragment) => Some(format!("#{}", fragment.replace('%', "%25"))),
            Destination::Place(place) => {
                let whole = self.component(kind, self.origin(&place)?);
                whole.or_else(|| self.inside(kind, &place))
            }
        }
    }

    /// A reference into the middle of a part.
    fn inside(&self, kind: Kind, place: &Place) -> Option<String> {
        let (named, rest) = self.shelf.enclosing(place)?;
        let component = self.component(kind, self.origin(&named)?)?;
        Some(format!("{component}{}", rest.replace('%', "%25")))
    }

    fn origin(&self, place: &Place) -> Option<Origin> {
        self.shelf.node(place).map(|node| node.origin)
    }

    fn mapping(&mut self, node: &mut Node) {
        match &mut node.value {
            Value::Object(entries) => entries.retain(|_, value| self.target(value)),
            _ => {
                let _ = self.target(node);
            }
        }
    }

    /// Rewrites what a mapping names. `false` where it names nothing, which has
    /// been said.
    fn target(&mut self, value: &mut Node) -> bool {
        match mapped(self.shelf, value) {
            None => true,
            Some(Ok(found)) => {
                if let Some(reference) = self.named(found, Kind::Schema) {
                    value.value = Value::String(reference);
                }
                true
            }
            Some(Err(_)) => false,
        }
    }
}

/// A reference in the place of what was written at `origin`.
fn reference_to(reference: String, origin: Origin) -> Node {
    let text = Node::new(origin, Value::String(reference));
    let entries = Entries::from_iter([("$ref", text)]);
    Node::new(origin, Value::Object(entries))
}
