//! The client crate as plain data: what `lower` plans, `name` names and `emit`
//! writes. Nothing in it refers to a document any more, but for the
//! [`Origin`] on everything.

mod body;
mod check;
mod client;
mod feature;
mod format;
mod header;
mod item;
mod name;
mod operation;
mod pagination;
mod types;

pub use body::{
    Body, BodyChoice, BodyContent, FormEncoding, FormStyle, PartEncoding, PartStyle, PartsStruct,
    PartsUnion, PartsVariant, Sample,
};
pub use check::Check;
pub use client::{
    Namespace, NamespaceId, OperationServer, Scheme, Server, ServerRule, ServerVariable,
};
pub use feature::Feature;
pub use format::Format;
pub use header::{HeaderField, HeaderStruct};
pub use item::{
    Alias, Default, Docs, Enum, Field, Item, ItemId, ItemKind, Newtype, Owner, Presence, Struct,
    Union, UnionVariant, Variant, View,
};
pub use name::Name;
pub use operation::{
    Content, EventData, Example, Operation, Outcome, OutcomeEnum, OutcomeVariant, Parameter,
    ParameterStyle, Response, ResponseExample,
};
pub use pagination::{Mark, Pagination, Slot, Turn};
pub use types::{MapType, Scalar, Type};

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Skipped;
use crate::source::Origin;

/// A client crate.
#[derive(Clone, Debug)]
pub struct Api {
    /// The document.
    pub origin: Origin,
    /// The crate's manifest values.
    pub package: Package,
    /// `info.title`.
    pub title: String,
    /// `info.description`.
    pub description: Option<String>,
    /// What else the document says of itself, each a sentence.
    pub notes: Vec<String>,
    /// The types; [`ItemId`] is an index into it.
    pub items: Vec<Item>,
    /// The operations, in the author's order.
    pub operations: Vec<Operation>,
    /// The operation that the README shows, where the configuration names it: an
    /// index into `operations`.
    pub shown: Option<usize>,
    /// How many examples of bodies no test is made from: those of texts, files
    /// and streams.
    pub untested_examples: usize,
    /// How many bodies and parameters have no value that their schemas are known
    /// to allow.
    pub unknown_samples: usize,
    /// The operations that the configuration leaves out.
    pub skipped: Vec<Skipped>,
    /// The namespaces that tags make; [`NamespaceId`] is an index into it.
    pub namespaces: Vec<Namespace>,
    /// The security schemes, in the author's order.
    pub schemes: Vec<Scheme>,
    /// The servers, in the author's order.
    pub servers: Vec<Server>,
    /// The server of a client that was told none: an index into `servers`.
    pub default_server: Option<usize>,
    /// Servers that follow from a credential, the first that fits wins.
    pub server_rules: Vec<ServerRule>,
    /// Whether each namespace of the client is to be a feature.
    pub per_tag: bool,
    /// The features for parts of the crate, sorted; none unless that is so.
    pub features: Vec<Feature>,
    /// The features of which one has to be on for a module of types. Others are
    /// always there.
    pub type_features: BTreeMap<String, BTreeSet<String>>,
    /// The type of maps.
    pub map: MapType,
    /// Whether integers may be wider than 64 bits: unions keep their JSON as text.
    pub wide_integers: bool,
    /// The property of error bodies that holds a short code.
    pub error_code: Option<String>,
    /// The property of error bodies that holds the id of the request.
    pub error_request_id: Option<String>,
}

/// What the crate's manifest says of itself.
#[derive(Clone, Debug)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// The crate's version.
    pub version: String,
    /// One line for registries.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where the sources are.
    pub repository: Option<String>,
    /// Words for registries.
    pub keywords: Vec<String>,
    /// Registry categories.
    pub categories: Vec<String>,
    /// Whether registries accept the crate.
    pub publish: bool,
    /// Extra dependencies.
    pub dependencies: std::collections::BTreeMap<String, toml::Value>,
    /// Dependencies of the runtime that are used beside it.
    pub known_dependencies: std::collections::BTreeSet<String>,
    /// Extra development dependencies.
    pub dev_dependencies: std::collections::BTreeMap<String, toml::Value>,
}

impl Api {
    /// The type behind an id.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }

    /// What most operations fail with, of those that fail in one way.
    #[must_use]
    pub fn common_failure(&self) -> Option<&Content> {
        let mut counts: BTreeMap<String, (usize, &Content)> = BTreeMap::new();
        for operation in &self.operations {
            if let Outcome::One(content) = &operation.failure {
                let name = crate::surface::content_text(self, content);
                counts.entry(name).or_insert((0, content)).0 += 1;
            }
        }
        let counts = counts.into_values().rev();
        counts
            .max_by_key(|(count, _)| *count)
            .map(|(_, content)| content)
    }

    /// The name under which Rust code uses the crate.
    #[must_use]
    pub fn library(&self) -> String {
        self.package.name.replace('-', "_")
    }
}
