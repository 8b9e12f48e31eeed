//! Namespaces: the tags in use in, the accessors of the client out.

use std::collections::HashMap;

use super::Lowerer;
use crate::graph::Tag;
use crate::model::{Docs, Namespace, NamespaceId};
use crate::name::{Case, identifier};
use crate::source::Origin;

impl<'a> Lowerer<'a> {
    /// The namespace of an operation with these tags: the first decides.
    pub(super) fn namespace(&mut self, tags: &[String], operation: Origin) -> Option<NamespaceId> {
        let first = tags.first()?;
        let path = self
            .tag(first)
            .and_then(|tag| tag.rust_path.clone())
            .unwrap_or_else(|| vec![first.clone()]);
        let mut parent = None;
        for length in 1..=path.len() {
            let path = &path[..length];
            parent = Some(match self.namespaces.get(&in_rust(path)) {
                Some(found) => *found,
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
        let tag = self.leading_to(path);
        let origin = tag.map_or(operation, |tag| tag.origin);
        let words = path.last().map_or("", String::as_str);
        // An author's accessor is a name already; only a tag's is made up.
        let name = self.name(words, None, origin);
        let id = NamespaceId(self.api.namespaces.len());
        self.namespaces.insert(in_rust(path), id);
        self.api.namespaces.push(Namespace {
            origin,
            parent,
            path: path.to_vec(),
            accessor: name.clone(),
            handle: name,
            module: Vec::new(),
            feature: None,
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

    /// The declaration of a tag.
    fn tag(&mut self, name: &str) -> Option<&'a Tag> {
        let graph = self.graph;
        self.index_tags();
        let index = *self.tags.by_name.get(name)?;
        graph.tags.get(index)
    }

    /// The first tag whose operations stand below this path.
    fn leading_to(&mut self, path: &[String]) -> Option<&'a Tag> {
        let graph = self.graph;
        self.index_tags();
        let index = *self.tags.by_path.get(&in_rust(path))?;
        graph.tags.get(index)
    }

    fn index_tags(&mut self) {
        if !self.tags.by_name.is_empty() {
            return;
        }
        for (index, tag) in self.graph.tags.iter().enumerate() {
            self.tags.by_name.entry(tag.name.clone()).or_insert(index);
            let path = match &tag.rust_path {
                Some(path) => in_rust(path),
                None => in_rust(std::slice::from_ref(&tag.name)),
            };
            self.tags.by_path.entry(path).or_insert(index);
        }
    }
}

/// The declared tags by what they are looked up by.
#[derive(Default)]
pub(super) struct Tags {
    by_name: HashMap<String, usize>,
    by_path: HashMap<Vec<String>, usize>,
}

/// A path as it reads in Rust: tags that differ in case or punctuation alone
/// share a namespace.
fn in_rust(path: &[String]) -> Vec<String> {
    path.iter()
        .map(|words| identifier(words, Case::Snake))
        .collect()
}
