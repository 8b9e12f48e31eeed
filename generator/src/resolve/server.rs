//! Servers: those of the document, a path or an operation in, with their
//! variables out.

use super::{Resolver, text};
use crate::diagnostic::Code;
use crate::graph::{Server, ServerVariable};
use crate::source::Node;

impl<'a> Resolver<'a> {
    /// The servers of the document.
    pub(super) fn servers(&mut self) {
        for server in self.server_list(self.root) {
            if self.graph.base_path.is_empty() {
                self.graph.base_path = path_of(&server);
            }
            if server.is_relative() {
                self.report
                    .warn(
                        Code::NoEffect,
                        server.origin,
                        format!(
                            "the server `{}` is relative to where the document was found",
                            if server.url.is_empty() { "/" } else { &server.url }
                        ),
                    )
                    .help("write the whole address; without one, callers of the client must give a base URL");
                continue;
            }
            if self
                .graph
                .servers
                .iter()
                .any(|known| known.is_same(&server))
            {
                self.report
                    .warn(
                        Code::Contradiction,
                        server.origin,
                        format!("the server `{}` is in the list twice", server.url),
                    )
                    .help("the first counts; remove one of the two");
                continue;
            }
            self.graph.servers.push(server);
        }
    }

    /// The servers that replace the document's for an operation.
    pub(super) fn own_servers(&mut self, path_item: &'a Node, operation: &'a Node) -> Vec<Server> {
        let mut servers = self.server_list(operation);
        if servers.is_empty() {
            servers = self.server_list(path_item);
        }
        let document = &self.graph.servers;
        let same = servers.len() == document.len()
            && servers
                .iter()
                .zip(document)
                .all(|(own, other)| own.is_same(other));
        if same {
            return Vec::new();
        }
        for other in servers.iter().skip(1) {
            self.report
                .warn(
                    Code::NoEffect,
                    other.origin,
                    format!(
                        "the server `{}` of an operation is not its first",
                        other.url
                    ),
                )
                .help("the first counts; for another one, make a client with its base URL");
        }
        servers.truncate(1);
        servers
    }

    fn server_list(&mut self, holder: &'a Node) -> Vec<Server> {
        let list = holder.get("servers").and_then(Node::as_array);
        let mut servers = Vec::new();
        for node in list.into_iter().flatten() {
            servers.extend(self.server(node));
        }
        servers
    }

    /// Reads a server; `None` where no client can use it.
    fn server(&mut self, node: &'a Node) -> Option<Server> {
        let url = text(Some(node), "url").unwrap_or_default();
        let url = with_plain_scheme(url.trim());
        let url = match url.ends_with("://") {
            true => url,
            false => url.trim_end_matches('/').to_owned(),
        };
        // Before anything is said that quotes the address.
        if self.refuses_user(&url, node.origin) {
            return None;
        }
        let declared = node.get("variables").and_then(Node::as_object);
        let mut variables: Vec<ServerVariable> = Vec::new();
        for name in variable_names(&url) {
            if variables.iter().any(|known| known.name == name) {
                continue;
            }
            match declared.and_then(|declared| declared.get(name)) {
                Some(variable) => {
                    let variable = self.server_variable(name, variable);
                    variables.push(variable);
                }
                None => {
                    self.report
                        .warn(
                            Code::MissingKey,
                            node.origin,
                            format!("the variable `{name}` of the server `{url}` is not declared"),
                        )
                        .help("callers must set it; declare it with a default under `variables`");
                    variables.push(ServerVariable {
                        origin: node.origin,
                        name: name.to_owned(),
                        rust_name: None,
                        default: String::new(),
                        values: Vec::new(),
                        description: None,
                    });
                }
            }
        }
        for (name, unused) in declared.into_iter().flatten() {
            if !variables.iter().any(|known| known.name == *name) && !name.starts_with("x-") {
                self.report.warn(
                    Code::NoEffect,
                    unused.origin,
                    format!("the variable `{name}` is not in the server `{url}`"),
                );
            }
        }
        let mut server = Server {
            origin: node.origin,
            rust_name: text(Some(node), "x-rust-name"),
            url,
            description: text(Some(node), "description"),
            variables,
        };
        self.is_usable(&mut server).then_some(server)
    }

    fn server_variable(&mut self, name: &str, node: &'a Node) -> ServerVariable {
        let default = text(Some(node), "default").unwrap_or_default();
        let list = |key| node.get(key).and_then(Node::as_array).into_iter().flatten();
        let mut names = list("x-enum-varnames").map(|name| name.as_str().map(str::to_owned));
        let mut values: Vec<(String, Option<String>)> = Vec::new();
        for value in list("enum").filter_map(Node::as_str) {
            let name = names.next().flatten();
            if !values.iter().any(|(known, _)| known == value) {
                values.push((value.to_owned(), name));
            }
        }
        if !values.is_empty() && !values.iter().any(|(value, _)| *value == default) {
            self.report
                .warn(
                    Code::Contradiction,
                    node.get("default").map_or(node.origin, |node| node.origin),
                    format!("the default `{default}` of `{name}` is not one of its values"),
                )
                .help("it is taken as one more");
            values.push((default.clone(), None));
        }
        ServerVariable {
            origin: node.origin,
            name: name.to_owned(),
            rust_name: text(Some(node), "x-rust-name"),
            default,
            values,
            description: text(Some(node), "description"),
        }
    }
}

/// The address, its scheme in lower case (RFC 3986, section 3.1).
fn with_plain_scheme(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('{') => {
            format!("{}://{rest}", scheme.to_ascii_lowercase())
        }
        _ => url.to_owned(),
    }
}

/// The names in braces, in order.
fn variable_names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// The path of a server, where no variable has a part in it.
fn path_of(server: &Server) -> String {
    let path = match server.url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None if server.url.starts_with('/') => &server.url,
        None => "",
    };
    match path.contains('{') {
        true => String::new(),
        false => path.to_owned(),
    }
}
