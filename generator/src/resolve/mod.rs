//! Resolve: the parsed document in, a [`Graph`] out. Every `$ref` is followed,
//! and what paths and the document hand down stands on each operation.
//!
//! Operations, parameters, responses and the rest are read through their
//! `openapiv3` types, with the node of the tree beside each for its origin.
//! Schemas are read from the tree itself: `openapiv3` turns large bounds into
//! floats and sorts the keys of defaults and examples.

mod address;
mod deprecation;
mod depth;
mod encoding;
mod enumeration;
mod form;
mod header;
mod identity;
mod info;
mod media;
pub(crate) mod media_type;
mod operation;
mod parameter;
mod reference;
mod schema;
mod security;
mod server;
#[cfg(test)]
mod tests;

use std::any::TypeId;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet, HashSetExt};
use openapiv3::OpenAPI;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Guesses, Report};
use crate::dialect::WRITTEN_AS;
use crate::graph::{Graph, Parameter, PartRules, Schema, Tag};
use crate::parse;
use crate::source::{Node, Origin};
use identity::Identities;

/// Follows every `$ref` of the document whose tree is `root`. Operations whose
/// id is in `skip` (id → reason) are only listed.
#[must_use]
pub fn resolve(
    api: &OpenAPI,
    root: &Node,
    skip: &BTreeMap<String, String>,
    report: &mut Report,
) -> Graph {
    let mut resolver = Resolver {
        root,
        skip,
        report,
        graph: Graph {
            origin: root.origin,
            title: api.info.title.clone(),
            description: api.info.description.clone(),
            notes: info::notes(root),
            part_rules: PartRules::of_version(root.get(WRITTEN_AS).and_then(Node::as_str)),
            ..Graph::default()
        },
        ids: Identities::new(),
        fits: HashSet::new(),
        parameters: HashMap::default(),
        guesses: Guesses::default(),
        undeclared: HashSet::new(),
        depth: 0,
    };
    resolver.servers();
    resolver.tags(api);
    resolver.security_schemes();
    resolver.component_schemas();
    resolver.operations(api);
    resolver.bounded();
    resolver.graph
}

struct Resolver<'a> {
    root: &'a Node,
    skip: &'a BTreeMap<String, String>,
    report: &'a mut Report,
    graph: Graph,
    /// The schemas met so far.
    ids: Identities<'a>,
    /// The targets of references that are known to be of a type. By address:
    /// two copies of a value have one origin, and need not be mended alike.
    fits: HashSet<(*const Node, TypeId)>,
    /// The parameters that references name, by address as well.
    parameters: HashMap<*const Node, Parameter>,
    guesses: Guesses,
    /// The tags that have been reported as not declared.
    undeclared: HashSet<String>,
    /// How deep in schemas the schema is that is being read.
    depth: usize,
}

impl<'a> Resolver<'a> {
    fn tags(&mut self, api: &OpenAPI) {
        for (index, tag) in api.tags.iter().enumerate() {
            let node = self.root.get("tags").and_then(|node| node.at(index));
            let rust_path = node
                .and_then(|node| node.get("x-rust-path"))
                .and_then(|path| self.rust_path(path));
            self.graph.tags.push(Tag {
                origin: origin_of(node, self.root),
                name: tag.name.clone(),
                description: tag.description.clone(),
                external_docs: node.and_then(info::external_docs),
                rust_path,
            });
        }
    }

    fn rust_path(&mut self, path: &Node) -> Option<Vec<String>> {
        let names: Option<Vec<String>> = path.as_array().and_then(|names| {
            names
                .iter()
                .map(|name| name.as_str().map(str::to_owned))
                .collect()
        });
        if names.as_ref().is_none_or(Vec::is_empty) {
            self.report
                .error(
                    Code::InvalidValue,
                    path.origin,
                    "`x-rust-path` is not a list of names",
                )
                .help("write the accessors in order, `[sso, saml]` for `client.sso().saml()`");
            return None;
        }
        names
    }

    /// Follows `node` if it is a reference to a `T`. Without one there is
    /// nothing to read: that `node` is a `T` is [proven](parse::prove) with what
    /// it stands in.
    fn fitting<T: DeserializeOwned + 'static>(&mut self, node: &'a Node) -> Option<&'a Node> {
        if node.get("$ref").is_none() {
            return Some(node);
        }
        let target = self.follow(node)?;
        // Hundreds of operations have the same few responses.
        let fit = (std::ptr::from_ref(target), TypeId::of::<T>());
        if !self.fits.contains(&fit) {
            self.typed::<T>(node, target)?;
            self.fits.insert(fit);
        }
        Some(target)
    }

    /// Follows `node` if it is a reference and reads what it leads to.
    fn item<T: DeserializeOwned>(&mut self, node: &'a Node) -> Option<(T, &'a Node)> {
        let target = self.follow(node)?;
        Some((self.typed(node, target)?, target))
    }

    /// Reads what the reference at `node` leads to.
    fn typed<T: DeserializeOwned>(&mut self, node: &Node, target: &Node) -> Option<T> {
        self.read_as(node, parse::from_node(target))
    }

    /// What was read for `node`; none and an error where it does not fit.
    fn read_as<T>(&mut self, node: &Node, read: Result<T, String>) -> Option<T> {
        read.map_err(|problem| {
            self.report.error(
                Code::WrongType,
                node.origin,
                format!("the value does not fit its place: {problem}"),
            );
        })
        .ok()
    }
}

/// The origin of a node, or of the nearest one that stands for it.
fn origin_of(node: Option<&Node>, nearest: &Node) -> Origin {
    node.map_or(nearest.origin, |node| node.origin)
}

/// The string under a key.
fn text(node: Option<&Node>, key: &str) -> Option<String> {
    node?.get(key)?.as_str().map(str::to_owned)
}

/// A schema that stands for one that could not be read.
fn any_schema(origin: Origin) -> Schema {
    Schema {
        origin,
        ..Schema::default()
    }
}
