//! Operations: those of the graph in, the calls that the client offers out.

use std::collections::{HashMap, HashSet};

use super::Lowerer;
use super::example::Examples;
use crate::diagnostic::{Code, nearest};
use crate::graph::{self, KeyHeader, Location};
use crate::model::{Docs, Name, Operation, OperationServer, Parameter, Response};

/// The methods whose calls may need a key.
const METHODS: [&str; 4] = ["POST", "PATCH", "PUT", "DELETE"];

impl Lowerer<'_> {
    pub(super) fn operations(&mut self) {
        let graph = self.graph;
        let examples = self.examples();
        for (operation, examples) in graph.operations.iter().zip(examples) {
            let operation = self.operation(operation, examples);
            self.api.operations.push(operation);
        }
        self.duplicate_ids();
    }

    fn operation(&mut self, operation: &graph::Operation, examples: Examples) -> Operation {
        let words = operation.operation_id.clone().unwrap_or_else(|| {
            format!(
                "{} {}",
                operation.method.to_lowercase(),
                path_words(&operation.path)
            )
        });
        let name = self.name(&words, operation.rust_name.as_ref(), operation.origin);
        self.check_path(operation);
        let (path_parameters, parameters): (Vec<Parameter>, Vec<Parameter>) = operation
            .parameters
            .iter()
            .map(|parameter| self.parameter(parameter))
            .partition(|parameter| parameter.location == Location::Path);
        let path_parameters = self.in_template_order(operation, path_parameters);
        let (output, failure) = self.outcomes(&operation.responses, operation.origin);
        let (successes, failures): (Vec<&graph::Response>, Vec<&graph::Response>) = operation
            .responses
            .iter()
            .partition(|response| response.is_success());
        let output_headers = self.headers(&successes, "headers", operation.origin);
        let failure_headers = self.headers(&failures, "failure headers", operation.origin);
        let body = operation.body.as_ref();
        let body = body.map(|body| self.body(body, examples.body));
        Operation {
            origin: operation.origin,
            pointer: self.pointer(operation.origin),
            id: operation
                .operation_id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path)),
            method: operation.method.clone(),
            path: operation.path.clone(),
            namespace: self.namespace(&operation.tags, operation.origin),
            marker: name.clone(),
            call: Name::new("", None, operation.origin),
            name,
            module: Vec::new(),
            docs: self.operation_docs(operation),
            deprecated: operation.deprecated,
            idempotent: operation.idempotent,
            idempotency_key: self.idempotency_key(operation),
            pagination: None,
            required_name: parameters
                .iter()
                .any(|parameter| parameter.required)
                .then(|| Name::new("", None, operation.origin)),
            path_parameters,
            parameters,
            body,
            accept: accept(operation),
            output,
            failure,
            output_headers,
            failure_headers,
            security: operation.security.clone(),
            server: self.operation_server(operation),
            responses: operation
                .responses
                .iter()
                .map(|response| Response {
                    origin: response.origin,
                    status: response.status,
                    is_redirect: response.is_redirect(),
                    description: response.description.clone(),
                    media: response
                        .media
                        .iter()
                        .map(|media| {
                            let success = response.is_success();
                            let content = self.content(&media.content, success);
                            (media.media_type.clone(), content)
                        })
                        .collect(),
                })
                .collect(),
            examples: examples.responses,
        }
    }

    /// The document decides, then the configuration.
    fn idempotency_key(&self, operation: &graph::Operation) -> Option<String> {
        let configured = &self.config.idempotency;
        match &operation.idempotency_key {
            Some(KeyHeader::Named(name)) => return Some(name.clone()),
            Some(KeyHeader::Without) => return None,
            None => {}
        }
        let is_named = |method: &String| method.eq_ignore_ascii_case(&operation.method);
        let has_keys = match &configured.methods {
            Some(methods) => methods.iter().any(is_named),
            None => ["POST", "PATCH"].contains(&operation.method.as_str()),
        };
        configured.header.clone().filter(|_| has_keys)
    }

    /// What `[idempotency]` says that cannot be.
    pub(super) fn idempotency(&mut self) {
        let configured = &self.config.idempotency;
        let header = configured.header.as_deref();
        if let Some(header) = header.filter(|header| !graph::is_key_header(header)) {
            let message =
                format!("`[idempotency]` has the header `{header}`, which cannot hold a key");
            self.config
                .error(self.report, &["idempotency", "header"], message)
                .help("write one word that is no header of HTTP: `Idempotency-Key`");
        }
        let methods = configured.methods.iter().flatten().enumerate();
        for (index, method) in methods {
            let operations = &self.graph.operations;
            let is_used = operations
                .iter()
                .any(|operation| operation.method.eq_ignore_ascii_case(method));
            if is_used || METHODS.contains(&method.to_ascii_uppercase().as_str()) {
                continue;
            }
            let message = format!("`[idempotency] methods` has `{method}`, which no operation has");
            let help = match nearest(method, METHODS) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("write methods such as `{}`", METHODS.join("`, `")),
            };
            let path = ["idempotency", "methods", &index.to_string()];
            self.config.error(self.report, &path, message).help(help);
        }
        if header.is_none() && configured.methods.is_some() {
            self.config
                .error(
                    self.report,
                    &["idempotency"],
                    "`[idempotency]` names no `header`",
                )
                .help("name the header that keys go in, or remove the table");
        }
    }

    fn operation_docs(&self, operation: &graph::Operation) -> Docs {
        let text = match (&operation.summary, &operation.description) {
            (Some(summary), Some(description)) if !description.starts_with(summary.as_str()) => {
                Some(format!("{}\n\n{description}", summary.trim_end()))
            }
            (summary, description) => description.clone().or_else(|| summary.clone()),
        };
        let mut notes = vec![format!("`{} {}`", operation.method, operation.path)];
        notes.extend(super::scheme::scopes(operation));
        notes.extend(match self.operation_server(operation) {
            Some(OperationServer::At { url, .. }) => Some(format!(
                "Goes to the server `{}`, unless the client was given a base URL.",
                url.replace('`', "'")
            )),
            Some(OperationServer::Path { own, .. }) => Some(format!(
                "Lies below the path `{}` of the server, unlike other operations.",
                if own.is_empty() { "/" } else { &own }.replace('`', "'")
            )),
            None => None,
        });
        notes.extend(self.idempotency_key(operation).map(|header| {
            format!(
                "A key in the header `{header}`, new for each call unless it is set, lets the API tell a \
                 request that is sent again from a new one. So all attempts are safe."
            )
        }));
        notes.extend(operation.external_docs.clone());
        if !operation.links.is_empty() {
            let links: Vec<String> = operation
                .links
                .iter()
                .map(|(name, target)| {
                    let (name, target) = (super::scheme::code(name), super::scheme::code(target));
                    format!("{name} to {target}")
                })
                .collect();
            notes.push(format!("Links: {}.", links.join(", ")));
        }
        if !operation.callbacks.is_empty() {
            let names = operation.callbacks.iter();
            let names: Vec<String> = names.map(|name| super::scheme::code(name)).collect();
            notes.push(format!(
                "Callbacks, which are not generated: {}.",
                names.join(", ")
            ));
        }
        for response in &operation.responses {
            for header in &response.headers {
                let description = header
                    .description
                    .as_deref()
                    .map(|text| {
                        format!(
                            ": {}",
                            text.split_whitespace().collect::<Vec<_>>().join(" ")
                        )
                    })
                    .unwrap_or_default();
                let note = format!(
                    "Response header `{}` ({}){description}",
                    header.name.replace('`', "'"),
                    response.status
                );
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        let mut docs = Docs { text, notes };
        docs.deprecate(operation.deprecation.as_ref());
        docs
    }

    fn duplicate_ids(&mut self) {
        let mut firsts: HashMap<&str, &graph::Operation> = HashMap::new();
        for (operation, node) in self.api.operations.iter().zip(&self.graph.operations) {
            let first = *firsts.entry(&operation.id).or_insert(node);
            if first.origin != node.origin {
                let position = self.source.position(first.id_origin);
                let place = match first.id_origin.document == node.id_origin.document {
                    true => format!("line {}", position.line),
                    false => format!("{}:{}", position.path, position.line),
                };
                let (method, path) = (&first.method, &first.path);
                self.report
                    .warn(
                        Code::Contradiction,
                        node.id_origin,
                        format!(
                            "the operationId `{}` is also that of `{method} {path}`, {place}",
                            operation.id
                        ),
                    )
                    .help("operationIds are unique in a document; give one of the two another");
            }
        }
    }
}

/// The words of a path: `/pets/{pet_id}` reads "pets by pet_id".
fn path_words(path: &str) -> String {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| segment.replace('{', "by ").replace('}', " "))
        .collect::<Vec<_>>()
        .join(" ")
}

fn accept(operation: &graph::Operation) -> String {
    let mut seen = HashSet::new();
    let media = operation
        .responses
        .iter()
        .flat_map(|response| &response.media);
    let types: Vec<&str> = media
        .map(|media| media.media_type.as_str())
        .filter(|media_type| seen.insert(*media_type))
        .collect();
    types.join(", ")
}
