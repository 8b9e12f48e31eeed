//! Lower: shapes in, the plan of the client crate ([`Api`]) out. Names are
//! proposals yet; `name` makes them final.

mod alternatives;
mod body;
mod checks;
mod default;
mod derives;
mod error_body;
mod example;
mod format;
mod header;
mod media;
mod misfit;
mod namespace;
mod newtype;
mod operation;
mod outcome;
mod package;
mod pagination;
mod parameter;
mod part_form;
mod parts;
mod place;
mod recursion;
mod replacement;
mod scheme;
mod secrets;
mod server;
mod shared;
mod structure;
#[cfg(test)]
mod tests;
mod type_path;
mod types;
mod union;
mod views;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use foldhash::{HashMap, HashMapExt};

use crate::config::{Config, Features};
use crate::diagnostic::{Report, nearest};
use crate::graph::{Graph, SchemaId};
use crate::model::{Api, ItemId, Name, NamespaceId};
use crate::normalise::Shapes;
use crate::source::{Origin, Source};

pub(crate) use package::api_title;

/// Plans the client crate.
#[must_use]
pub fn lower(
    shapes: &Shapes,
    source: &Source,
    config: &Config,
    crate_name: Option<&str>,
    report: &mut Report,
) -> Api {
    let graph = &shapes.graph;
    let mut lowerer = Lowerer {
        shapes,
        graph,
        source,
        config,
        report,
        foreign: HashMap::new(),
        items: HashMap::new(),
        schemas: Vec::new(),
        namespaces: HashMap::new(),
        tags: namespace::Tags::default(),
        pinned: Mutex::default(),
        api: Api {
            origin: graph.origin,
            package: package::package(graph, config, crate_name),
            title: graph.title.clone(),
            description: graph.description.clone(),
            notes: graph.notes.clone(),
            items: Vec::new(),
            operations: Vec::new(),
            shown: None,
            untested_examples: 0,
            unknown_samples: 0,
            skipped: graph.skipped.clone(),
            namespaces: Vec::new(),
            schemes: Vec::new(),
            servers: Vec::new(),
            default_server: None,
            server_rules: Vec::new(),
            per_tag: config.features == Features::PerTag,
            features: Vec::new(),
            type_features: BTreeMap::new(),
            map: config.map,
            wide_integers: config
                .formats
                .get(types::INTEGER)
                .is_some_and(|choice| choice != "i64"),
            error_code: config.error.code.clone(),
            error_request_id: config.error.request_id.clone(),
        },
    };
    lowerer.formats();
    lowerer.replacements();
    lowerer.schemes();
    lowerer.servers();
    lowerer.place_items();
    lowerer.define_items();
    lowerer.idempotency();
    lowerer.operations();
    lowerer.schema_examples();
    lowerer.error_body();
    recursion::break_cycles(&mut lowerer.api);
    views::derive(&mut lowerer.api);
    lowerer.pagination();
    lowerer.derives();
    lowerer.checks();
    secrets::mark(&mut lowerer.api);
    lowerer.shown();
    lowerer.unused_configuration();
    lowerer.api
}

struct Lowerer<'a> {
    shapes: &'a Shapes,
    graph: &'a Graph,
    source: &'a Source,
    config: &'a Config,
    report: &'a mut Report,
    /// The schemas whose type its author or the configuration names: the type
    /// as Rust writes it.
    foreign: HashMap<SchemaId, String>,
    /// The schemas that became types of their own. Those of one newtype share
    /// one type.
    items: HashMap<SchemaId, ItemId>,
    /// The schema of each type, by its id.
    schemas: Vec<SchemaId>,
    /// The namespaces met so far, by their paths in Rust.
    namespaces: HashMap<Vec<String>, NamespaceId>,
    tags: namespace::Tags,
    /// The pins that named something.
    pinned: Mutex<BTreeSet<String>>,
    api: Api,
}

impl Lowerer<'_> {
    /// Looks up the operation that `[readme] example` names.
    fn shown(&mut self) {
        let Some(wanted) = &self.config.readme.example else {
            return;
        };
        let operations = &self.api.operations;
        self.api.shown = operations
            .iter()
            .position(|operation| operation.id == *wanted);
        if self.api.shown.is_some() {
            return;
        }
        let known = operations.iter().map(|operation| operation.id.as_str());
        let help = match nearest(wanted, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name an operation of the client by its operationId".to_owned(),
        };
        let message = format!("`[readme] example` names no operation of the client: `{wanted}`");
        let path = ["readme", "example"];
        self.config.error(self.report, &path, message).help(help);
    }

    /// A name made from `words`, unless its author chose one.
    fn name(&self, words: &str, chosen: Option<&String>, origin: Origin) -> Name {
        let pin = self.pin(origin);
        Name::new(words, pin.or(chosen).cloned(), origin)
    }

    /// The name that the configuration gives to what was written at a place.
    fn pin(&self, origin: Origin) -> Option<&String> {
        if self.config.pins.is_empty() {
            return None;
        }
        let pointer = self.pointer(origin);
        let pin = self.config.pins.get(&pointer)?;
        let pinned = self.pinned.lock();
        pinned
            .unwrap_or_else(PoisonError::into_inner)
            .insert(pointer);
        Some(pin)
    }

    /// The JSON pointer of a place, as configuration and headers write it.
    fn pointer(&self, origin: Origin) -> String {
        self.source.reference(origin)
    }
}
