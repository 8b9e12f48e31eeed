//! Operations: path items in, operations with all that holds for them out.

use openapiv3::{OpenAPI, Operation as Parsed, PathItem, RequestBody};

use super::{Resolver, info, origin_of, text};
use crate::diagnostic::Code;
use crate::graph::{Body, Operation, Response, ResponseHeader, Skipped, Status};
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
        let Some(paths) = self.root.get("paths") else {
            return;
        };
        for path in api.paths.paths.keys() {
            let Some(node) = paths.get(path) else {
                continue;
            };
            let Some((item, node)) = self.item::<PathItem>(node) else {
                continue;
            };
            // The methods in the author's order.
            for key in node.as_object().into_iter().flatten().map(|(key, _)| key) {
                let method = METHODS.iter().find(|(name, _)| name == key);
                let parsed = method.and_then(|(name, _)| {
                    item.iter()
                        .find(|(other, _)| other == name)
                        .map(|(_, parsed)| parsed)
                });
                if let (Some((_, method)), Some(parsed), Some(own)) =
                    (method, parsed, node.get(key))
                {
                    if let Some(skipped) = self.skipped(path, method, parsed) {
                        self.graph.skipped.push(skipped);
                        continue;
                    }
                    let operation = self.operation(api, path, method, parsed, node, own);
                    self.graph.operations.push(operation);
                }
            }
        }
    }

    fn skipped(&self, path: &str, method: &'static str, parsed: &Parsed) -> Option<Skipped> {
        let id = parsed.operation_id.clone()?;
        let reason = self.skip.get(&id)?.clone();
        Some(Skipped {
            id,
            method,
            path: path.to_owned(),
            reason,
        })
    }

    fn operation(
        &mut self,
        api: &OpenAPI,
        path: &str,
        method: &'static str,
        parsed: &Parsed,
        path_item: &'a Node,
        node: &'a Node,
    ) -> Operation {
        if let Some(callbacks) = node.get("callbacks") {
            self.report.warn(
                Code::NoEffect,
                callbacks.origin,
                "`callbacks` describe requests to the caller, nothing is generated for them",
            );
        }
        let (security, scopes) =
            self.security(parsed.security.as_ref(), api.security.as_ref(), node);
        Operation {
            origin: node.origin,
            method,
            path: path.to_owned(),
            operation_id: parsed.operation_id.clone(),
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
            deprecated: parsed.deprecated,
            parameters: self.parameters(path_item, node),
            body: node.get("requestBody").and_then(|body| self.body(body)),
            responses: self.responses(node),
            security,
            servers: self.own_servers(path_item, node),
            scopes,
        }
    }

    fn body(&mut self, node: &'a Node) -> Option<Body> {
        let (parsed, node) = self.item::<RequestBody>(node)?;
        Some(Body {
            origin: node.origin,
            description: parsed.description,
            required: parsed.required,
            media: self.media(node.get("content"))?,
        })
    }

    fn responses(&mut self, operation: &'a Node) -> Vec<Response> {
        let mut responses: Vec<Response> = operation
            .get("responses")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(key, node)| {
                let status = status(key)?;
                let (parsed, node) = self.item::<openapiv3::Response>(node)?;
                if let Some(links) = node.get("links") {
                    self.report.warn(
                        Code::NoEffect,
                        origin_of(Some(links), node),
                        "`links` have no effect on the client",
                    );
                }
                Some(Response {
                    origin: node.origin,
                    status,
                    description: parsed.description,
                    media: self.media(node.get("content")),
                    headers: self.headers(node),
                })
            })
            .collect();
        responses.sort_by_key(|response| response.status);
        responses
    }

    fn headers(&mut self, response: &'a Node) -> Vec<ResponseHeader> {
        response
            .get("headers")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(name, node)| {
                let node = self.follow(node)?;
                Some(ResponseHeader {
                    name: name.clone(),
                    description: text(Some(node), "description"),
                })
            })
            .collect()
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
