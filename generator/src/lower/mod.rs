//! Lower: shapes in, the plan of the client crate ([`Api`]) out. Names are
//! proposals yet; `name` makes them final.

mod body;
mod default;
mod example;
mod header;
mod namespace;
mod operation;
mod outcome;
mod package;
mod place;
mod recursion;
mod server;
mod structure;
#[cfg(test)]
mod tests;
mod types;

use std::collections::HashMap;

use crate::config::Config;
use crate::diagnostic::Report;
use crate::graph::{Graph, SchemaId};
use crate::model::{Api, Docs, ItemId, Name, Scheme};
use crate::normalise::Shapes;
use crate::source::{Origin, Source};

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
        items: HashMap::new(),
        api: Api {
            origin: graph.origin,
            package: package::package(graph, config, crate_name),
            title: graph.title.clone(),
            description: graph.description.clone(),
            notes: graph.notes.clone(),
            items: Vec::new(),
            operations: Vec::new(),
            untested_examples: 0,
            skipped: graph.skipped.clone(),
            namespaces: Vec::new(),
            schemes: Vec::new(),
            servers: Vec::new(),
            default_server: None,
            server_rules: Vec::new(),
            error_code: config.error.code.clone(),
            error_request_id: config.error.request_id.clone(),
        },
    };
    lowerer.formats();
    lowerer.schemes();
    lowerer.servers();
    lowerer.place_items();
    lowerer.define_items();
    lowerer.operations();
    recursion::break_cycles(&mut lowerer.api);
    lowerer.unused_configuration();
    lowerer.api
}

struct Lowerer<'a> {
    shapes: &'a Shapes,
    graph: &'a Graph,
    source: &'a Source,
    config: &'a Config,
    report: &'a mut Report,
    /// The schemas that became types of their own.
    items: HashMap<SchemaId, ItemId>,
    api: Api,
}

impl Lowerer<'_> {
    /// A name made from `words`, unless its author chose one.
    fn name(&self, words: &str, chosen: Option<&String>, origin: Origin) -> Name {
        let pin = self.config.pins.get(&self.pointer(origin));
        Name::new(words, pin.or(chosen).cloned(), origin)
    }

    /// The JSON pointer of a place, as configuration and headers write it.
    fn pointer(&self, origin: Origin) -> String {
        format!("#{}", self.source.pointer(origin))
    }

    fn schemes(&mut self) {
        for scheme in &self.graph.security_schemes {
            let name = self.name(&scheme.name, scheme.rust_name.as_ref(), scheme.origin);
            self.api.schemes.push(Scheme {
                origin: scheme.origin,
                wire: scheme.name.clone(),
                name,
                kind: scheme.kind.clone(),
                docs: Docs {
                    text: scheme.description.clone(),
                    notes: Vec::new(),
                },
            });
        }
    }
}
