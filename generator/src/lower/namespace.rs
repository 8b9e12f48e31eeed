//! Namespaces: the tags in use in, the accessors of the client out.

use heck::ToSnakeCase;

use super::Lowerer;
use crate::graph::Tag;
use crate::model::{Docs, Namespace, NamespaceId};
use crate::source::Origin;

impl Lowerer<'_> {
    /// The namespace of an operation with these tags: the first decides.
    pub(super) fn namespace(&mut self, tags: &[String], operation: Origin) -> Option<NamespaceId> {
        let first = tags.first()?;
        let graph = self.graph;
        let declared = graph.tags.iter().find(|tag| tag.name == *first);
        let path = declared
            .and_then(|tag| tag.rust_path.clone())
            .unwrap_or_else(|| vec![first.clone()]);
        let mut parent = None;
        for length in 1..=path.len() {
            let path = &path[..length];
            let found = self
                .api
                .namespaces
                .iter()
                .position(|namespace| same_path(&namespace.path, path));
            parent = Some(match found {
                Some(index) => NamespaceId(index),
                None => self.add_namespace(path, parent, operation),
            });
        }
        parent
    }

    fn add_namespace(
        &mut self,
        path: &[String],
        parent: Option<NamespaceId>,
        operation: Origin,
    ) -> NamespaceId {
        let tag = self.graph.tags.iter().find(|tag| leads_to(tag, path));
        let origin = tag.map_or(operation, |tag| tag.origin);
        let words = path.last().map_or("", String::as_str);
        // An author's accessor is a name already; only a tag's is made up.
        let name = self.name(words, None, origin);
        let id = NamespaceId(self.api.namespaces.len());
        self.api.namespaces.push(Namespace {
            origin,
            parent,
            path: path.to_vec(),
            accessor: name.clone(),
            handle: name,
            module: Vec::new(),
            docs: Docs {
                text: tag.and_then(|tag| tag.description.clone()),
                notes: tag
                    .and_then(|tag| tag.external_docs.clone())
                    .into_iter()
                    .collect(),
            },
        });
        id
    }
}

fn leads_to(tag: &Tag, path: &[String]) -> bool {
    match &tag.rust_path {
        Some(rust_path) => same_path(rust_path, path),
        None => same_path(std::slice::from_ref(&tag.name), path),
    }
}

/// Whether two paths are the same in Rust: tags that differ in case or
/// punctuation alone share a namespace.
fn same_path(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            one == other
                || (one.to_snake_case() == other.to_snake_case() && !one.to_snake_case().is_empty())
        })
}
