//! Operations: path items in, operations with all that holds for them out.

use std::collections::{HashMap, HashSet};

use openapiv3::{OpenAPI, Operation as Parsed, PathItem, RequestBody};

use super::deprecation::{deprecation, is_deprecated};
use super::media::Direction;
use super::{Resolver, info, origin_of, text};
use crate::diagnostic::Code;
use crate::graph::{
    Body, KeyHeader, Media, Operation, Response, Skipped, Status, is_header_name, is_key_header,
};
use crate::parse;
use crate::source::Node;

/// The methods of a path item, as its keys and as they are sent.
const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
];

impl<'a> Resolver<'a> {
    pub(super) fn operations(&mut self, api: &OpenAPI) {
        let mut templates: HashMap<String, &str> = HashMap::new();
        for (path, node) in parse::paths(self.root) {
            let same = templates.insert(without_names(path), path);
            if let Some(same) = same {
                let message = format!(
                    "the paths `{same}` and `{path}` differ only in the names of parameters"
                );
                self.report
                    .warn(Code::Contradiction, node.origin, message)
                    .help("OpenAPI allows one of them: put their operations into one path item");
            }
            let Some(node) = self.fitting::<PathItem>(node) else {
                continue;
            };
            // The methods in the author's order.
            for (key, own) in node.as_object().into_iter().flatten() {
                if key == "x-driftless-operations" {
                    self.more_operations(api, path, node, own);
                    continue;
                }
                if let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == key) {
                    self.add_operation(api, path, method, node, own);
                }
            }
        }
    }

    /// Operations of methods that OpenAPI 3.0 has no key for.
    fn more_operations(&mut self, api: &OpenAPI, path: &str, path_item: &'a Node, more: &'a Node) {
        for (method, node) in more.as_object().into_iter().flatten() {
            let token =
                |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            if method.is_empty() || !method.bytes().all(token) {
                self.report
                    .error(
                        Code::InvalidValue,
                        node.origin,
                        format!("`{method}` cannot be an HTTP method"),
                    )
                    .help("a method is one word without blanks");
                continue;
            }
            // What stands in an extension is read by nobody else.
            if let Some((_, own)) = self.item::<Parsed>(node) {
                self.add_operation(api, path, method, path_item, own);
            }
        }
    }

    fn add_operation(
        &mut self,
        api: &OpenAPI,
        path: &str,
        method: &str,
        path_item: &'a Node,
        own: &'a Node,
    ) {
        let Some(parsed) = self.read_as(own, parse::operation(own)) else {
            return;
        };
        if let Some(skipped) = self.skipped(path, method, &parsed) {
            self.graph.skipped.push(skipped);
            return;
        }
        self.undeclared_tags(&parsed.tags, own);
        let operation = self.operation(api, path, method, &parsed, path_item, own);
        self.graph.operations.push(operation);
    }

    /// Reports tags that are not declared, where others are.
    fn undeclared_tags(&mut self, tags: &[String], operation: &Node) {
        let declared = &self.graph.tags;
        if declared.is_empty() {
            return;
        }
        let nodes = operation.get("tags");
        for (index, tag) in tags.iter().enumerate() {
            let is_declared = declared.iter().any(|declared| declared.name == *tag);
            if is_declared || !self.undeclared.insert(tag.clone()) {
                continue;
            }
            let origin = origin_of(nodes.and_then(|nodes| nodes.at(index)), operation);
            let names = declared.iter().map(|tag| tag.name.as_str());
            let meant = self.guesses.nearest(tag, names);
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "declare it under `tags` of the document".to_owned(),
            };
            let message = format!("the tag `{tag}` is not declared, and others are");
            self.report
                .warn(Code::UnresolvedReference, origin, message)
                .help(help);
        }
    }

    fn skipped(&self, path: &str, method: &str, parsed: &Parsed) -> Option<Skipped> {
        let id = parsed.operation_id.clone()?;
        let reason = self.skip.get(&id)?.clone();
        Some(Skipped {
            id,
            method: method.to_owned(),
            path: path.to_owned(),
            reason,
        })
    }

    fn operation(
        &mut self,
        api: &OpenAPI,
        path: &str,
        method: &str,
        parsed: &Parsed,
        path_item: &'a Node,
        node: &'a Node,
    ) -> Operation {
        // Those that are references travel as an extension.
        let mut callbacks = Vec::new();
        for key in ["callbacks", "x-driftless-callbacks"] {
            let Some(node) = node.get(key) else {
                continue;
            };
            let names = node.as_object().into_iter().flatten().map(|(name, _)| name);
            let names: Vec<&str> = names.filter(|name| !name.starts_with("x-")).collect();
            if names.is_empty() {
                continue;
            }
            callbacks.extend(names.into_iter().map(str::to_owned));
            self.report.warn(
                Code::NoEffect,
                node.origin,
                "`callbacks` describe requests to the caller, nothing is generated for them",
            );
        }
        let (security, scopes) =
            self.security(parsed.security.as_ref(), api.security.as_ref(), node);
        Operation {
            origin: node.origin,
            method: method.to_owned(),
            path: path.to_owned(),
            operation_id: parsed.operation_id.clone(),
            id_origin: origin_of(node.get("operationId"), node),
            rust_name: text(Some(node), "x-rust-name"),
            tags: parsed.tags.clone(),
            // What is said of the path holds for each of its operations.
            summary: parsed
                .summary
                .clone()
                .or_else(|| text(Some(path_item), "summary")),
            description: parsed
                .description
                .clone()
                .or_else(|| text(Some(path_item), "description")),
            external_docs: info::external_docs(node),
            deprecated: parsed.deprecated || is_deprecated(node),
            deprecation: deprecation(node),
            idempotent: self.idempotent(node),
            idempotency_key: self.idempotency_key(node),
            pagination: node.get("x-pagination").cloned(),
            parameters: self.parameters(path_item, node),
            body: node.get("requestBody").and_then(|body| self.body(body)),
            responses: self.responses(node, method),
            security,
            servers: self.own_servers(path_item, node),
            links: self.links(node),
            callbacks,
            scopes,
        }
    }

    fn idempotent(&mut self, operation: &Node) -> Option<bool> {
        let said = operation.get("x-idempotent")?;
        if said.as_bool().is_none() {
            let message = "`x-idempotent` should be true or false";
            self.report
                .warn(Code::WrongType, said.origin, message)
                .help("it has no effect; the method decides");
        }
        said.as_bool()
    }

    fn idempotency_key(&mut self, operation: &Node) -> Option<KeyHeader> {
        let said = operation.get("x-idempotency-key")?;
        match (said.as_str(), said.as_bool()) {
            (Some(name), _) if is_key_header(name) => Some(KeyHeader::Named(name.to_owned())),
            (Some(name), _) if is_header_name(name) => {
                let message = format!("an idempotency key in the header `{name}` is ignored");
                self.report
                    .warn(Code::NoEffect, said.origin, message)
                    .help("the header has another meaning; write `x-idempotency-key: Idempotency-Key`, say");
                None
            }
            (_, Some(false)) => Some(KeyHeader::Without),
            _ => {
                let message = "`x-idempotency-key` should be the name of a header, or false";
                self.report
                    .warn(Code::WrongType, said.origin, message)
                    .help("it has no effect; write `x-idempotency-key: Idempotency-Key`, say");
                None
            }
        }
    }

    fn body(&mut self, node: &'a Node) -> Option<Body> {
        let node = self.fitting::<RequestBody>(node)?;
        let required = node.get("required").and_then(Node::as_bool);
        Some(Body {
            origin: node.origin,
            description: text(Some(node), "description"),
            required: required.unwrap_or(false),
            media: Some(self.media(node.get("content"), Direction::Request))
                .filter(|media| !media.is_empty())?,
        })
    }

    fn responses(&mut self, operation: &'a Node, method: &str) -> Vec<Response> {
        let mut responses: Vec<Response> = operation
            .get("responses")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(key, node)| {
                let status = status(key)?;
                let node = self.fitting::<openapiv3::Response>(node)?;
                if let Some(links) = node.get("links") {
                    self.report.warn(
                        Code::NoEffect,
                        origin_of(Some(links), node),
                        "`links` have no effect on the client",
                    );
                }
                let mut response = Response {
                    origin: node.origin,
                    status,
                    description: text(Some(node), "description").unwrap_or_default(),
                    media: Vec::new(),
                    headers: self.headers(node),
                };
                response.media = self.response_media(node, &response, method);
                Some(response)
            })
            .collect();
        responses.sort_by_key(|response| response.status);
        responses
    }

    /// The links of all responses, each with what it leads to.
    fn links(&mut self, operation: &'a Node) -> Vec<(String, String)> {
        let mut links: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        let responses = operation.get("responses").and_then(Node::as_object);
        for response in responses.into_iter().flatten().map(|(_, node)| node) {
            let Some(found) = self.follow(response).and_then(|node| node.get("links")) else {
                continue;
            };
            for (name, link) in found.as_object().into_iter().flatten() {
                let Some(link) = self.follow(link) else {
                    continue;
                };
                let target = text(Some(link), "operationId")
                    .or_else(|| text(Some(link), "operationRef"))
                    .unwrap_or_default();
                let link = (name.to_owned(), target);
                if !name.starts_with("x-") && seen.insert(link.clone()) {
                    links.push(link);
                }
            }
        }
        links
    }

    /// The media types of a response, unless it cannot have a body, or one that
    /// nobody reads.
    fn response_media(&mut self, node: &'a Node, response: &Response, method: &str) -> Vec<Media> {
        let status = response.status;
        let content = node.get("content");
        if !status.has_no_body() && method != "HEAD" && !response.is_redirect() {
            return self.media(content, Direction::Response);
        }
        if let Some(content) = content.filter(|content| {
            content
                .as_object()
                .is_some_and(|media_types| !media_types.is_empty())
        }) {
            let what = if method == "HEAD" {
                "responses to HEAD have no body".to_owned()
            } else if response.is_redirect() {
                "what a redirect has beside its `Location` is not read".to_owned()
            } else {
                format!("responses of status {status} have no body")
            };
            self.report
                .warn(
                    Code::NoEffect,
                    content.origin,
                    format!("{what}, so `content` has no effect"),
                )
                .help("remove it");
        }
        Vec::new()
    }
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let Some(hundred) = key.strip_suffix("XX") {
        return hundred.parse().ok().map(Status::Range);
    }
    key.parse().ok().map(Status::Code)
}

/// A path template without the names of its parameters.
fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('}').map_or(part, |(_, rest)| rest);
        bare.push_str("{}");
        bare.push_str(rest);
    }
    bare
}
