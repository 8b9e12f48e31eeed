//! Servers, and the rules that choose one where the caller does not.

use std::sync::PoisonError;

use super::Lowerer;
use crate::diagnostic::nearest;
use crate::graph::{self, SchemeKind};
use crate::model::{Docs, Name, OperationServer, Server, ServerRule, ServerVariable, Variant};
use crate::source::pointer_token;

impl Lowerer<'_> {
    pub(super) fn servers(&mut self) {
        for server in &self.graph.servers {
            let words = server
                .description
                .as_deref()
                .filter(|description| description.split_whitespace().count() <= 3)
                .unwrap_or(&server.url);
            let name = self.name(words, server.rust_name.as_ref(), server.origin);
            let builder =
                (!server.variables.is_empty()).then(|| Name::new("", None, server.origin));
            let variables = server.variables.iter();
            let variables = variables.map(|variable| self.server_variable(variable));
            let variables = variables.collect();
            self.api.servers.push(Server {
                origin: server.origin,
                name,
                url: server.url.clone(),
                builder,
                variables,
                docs: Docs {
                    text: server.description.clone(),
                    notes: Vec::new(),
                },
            });
        }
        let choice = &self.config.server;
        self.api.default_server = match &choice.default {
            Some(name) => self.server_named(name, "[server] default", &["server", "default"]),
            None => (!self.api.servers.is_empty()).then_some(0),
        };
        for (index, rule) in choice.select.iter().enumerate() {
            let index = index.to_string();
            let basic = self
                .graph
                .security_schemes
                .iter()
                .any(|scheme| scheme.name == rule.scheme && scheme.kind == SchemeKind::Basic);
            if !basic {
                let message = format!(
                    "`[[server.select]]` names the security scheme `{}`, which is no http basic \
                     scheme of the document",
                    rule.scheme
                );
                let schemes = self.graph.security_schemes.iter();
                let schemes = schemes.filter(|scheme| scheme.kind == SchemeKind::Basic);
                let help = match nearest(&rule.scheme, schemes.map(|scheme| scheme.name.as_str())) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "only http basic credentials have a username to look at".to_owned(),
                };
                self.config
                    .error(
                        self.report,
                        &["server", "select", &index, "scheme"],
                        message,
                    )
                    .help(help);
            }
            if let Some(server) = self.server_named(
                &rule.server,
                "[[server.select]] server",
                &["server", "select", &index, "server"],
            ) {
                self.api.server_rules.push(ServerRule {
                    scheme: rule.scheme.clone(),
                    username_prefix: rule.username_prefix.clone(),
                    server,
                });
            }
        }
    }

    fn server_variable(&self, variable: &graph::ServerVariable) -> ServerVariable {
        let values = (!variable.values.is_empty()).then(|| {
            let variants = variable.values.iter().map(|(value, name)| Variant {
                value: value.clone(),
                name: Name::new(name.as_ref().unwrap_or(value), None, variable.origin),
                description: None,
            });
            (Name::new("", None, variable.origin), variants.collect())
        });
        ServerVariable {
            wire: variable.name.clone(),
            name: self.name(&variable.name, variable.rust_name.as_ref(), variable.origin),
            default: variable.default.clone(),
            values,
            docs: Docs {
                text: variable.description.clone(),
                notes: Vec::new(),
            },
        }
    }

    /// Where an operation goes, if not to the client's server.
    pub(super) fn operation_server(&self, operation: &graph::Operation) -> Option<OperationServer> {
        let server = operation.servers.first()?;
        if server.is_relative() {
            let own = match server.default_url().as_str() {
                "" => String::new(),
                path if path.starts_with('/') => path.to_owned(),
                path => format!("/{}", path.trim_start_matches("./")),
            };
            let usual = self.graph.base_path.clone();
            return (own != usual).then_some(OperationServer::Path { usual, own });
        }
        let variables = server.variables.iter().map(|variable| {
            let values = variable.values.iter().map(|(value, _)| value.clone());
            (
                variable.name.clone(),
                variable.default.clone(),
                values.collect(),
            )
        });
        Some(OperationServer::At {
            url: server.url.clone(),
            variables: variables.collect(),
        })
    }

    /// The server that `client.toml` names by its `x-rust-name` or address.
    fn server_named(&mut self, name: &str, key: &str, path: &[&str]) -> Option<usize> {
        let found = self.graph.servers.iter().position(|server| {
            server.rust_name.as_deref() == Some(name) || server.url == name.trim_end_matches('/')
        });
        if found.is_none() {
            let message =
                format!("`{key}` names the server `{name}`, which the document does not have");
            let servers = self.graph.servers.iter();
            let known = servers.flat_map(|server| {
                let name = server.rust_name.as_deref();
                name.into_iter().chain([server.url.as_str()])
            });
            let help = match nearest(name, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a server by its `x-rust-name` or its url".to_owned(),
            };
            self.config.error(self.report, path, message).help(help);
        }
        found
    }

    /// Reports configuration that matched nothing.
    pub(super) fn unused_configuration(&mut self) {
        for (id, reason) in &self.config.skip {
            let known = self.graph.skipped.iter().any(|skipped| skipped.id == *id);
            if !known {
                let message = format!(
                    "`[skip]` names the operation `{id}`, which the document does not have"
                );
                let known = self.api.operations.iter();
                let help = match nearest(id, known.map(|operation| operation.id.as_str())) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "remove the line".to_owned(),
                };
                self.config
                    .error(self.report, &["skip", id], message)
                    .help(help);
            }
            if reason.trim().is_empty() {
                let message = format!("`[skip]` gives no reason for `{id}`");
                self.config
                    .error(self.report, &["skip", id], message)
                    .help("say why the operation is left out");
            }
        }
        self.unused_pins();
    }

    fn unused_pins(&mut self) {
        let pinned = self.pinned.get_mut();
        let pinned = std::mem::take(pinned.unwrap_or_else(PoisonError::into_inner));
        for pointer in self.config.pins.keys() {
            let below = |gone: &String| {
                pointer
                    .strip_prefix(gone)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if pinned.contains(pointer) || self.graph.left_out.iter().any(below) {
                continue;
            }
            let known = pointer
                .strip_prefix('#')
                .and_then(|pointer| self.source.entry().root.pointer(pointer))
                .is_some();
            if known {
                let message =
                    format!("`[pins]` names `{pointer}`, which has no name of its own in Rust");
                self.config
                    .error(self.report, &["pins", pointer], message)
                    .help(
                        "pin the schema, property, enum value, parameter, operation or tag itself",
                    );
            } else {
                let message =
                    format!("`[pins]` names `{pointer}`, which the document does not have");
                let help = self.pointer_help(pointer);
                self.config
                    .error(self.report, &["pins", pointer], message)
                    .help(help);
            }
        }
    }

    /// What to do about a pointer of the configuration that leads nowhere: the
    /// one that was probably meant.
    pub(super) fn pointer_help(&self, pointer: &str) -> String {
        match self.nearest_pointer(pointer) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove the line, or correct the pointer: `#/components/schemas/…`".to_owned(),
        }
    }

    /// The pointer with its first wrong token mended.
    fn nearest_pointer(&self, pointer: &str) -> Option<String> {
        let mut node = &self.source.entry().root;
        let mut tokens: Vec<&str> = pointer.strip_prefix("#/")?.split('/').collect();
        for index in 0..tokens.len() {
            let key = tokens[index].replace("~1", "/").replace("~0", "~");
            if let Some(next) = node.pointer(&format!("/{}", tokens[index])) {
                node = next;
                continue;
            }
            let keys = node.as_object()?.keys();
            let meant = pointer_token(nearest(&key, keys)?);
            tokens[index] = &meant;
            let meant = tokens.join("/");
            let root = &self.source.entry().root;
            return root
                .pointer(&format!("/{meant}"))
                .map(|_| format!("#/{meant}"));
        }
        None
    }
}
