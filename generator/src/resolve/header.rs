//! Response headers: those of a response in, with the schema of each out.

use super::{Resolver, text};
use crate::diagnostic::Code;
use crate::graph::ResponseHeader;
use crate::source::Node;

impl<'a> Resolver<'a> {
    pub(super) fn headers(&mut self, response: &'a Node) -> Vec<ResponseHeader> {
        let mut headers = Vec::new();
        for (name, node) in response
            .get("headers")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            // OpenAPI 3.0, section 4.7.16.1.
            if name.eq_ignore_ascii_case("content-type") {
                self.report.warn(
                    Code::NoEffect,
                    node.origin,
                    "the header `Content-Type` has no effect: it follows from `content`",
                );
                continue;
            }
            let Some(node) = self.follow(node) else {
                continue;
            };
            let flag = |key: &str| node.get(key).and_then(Node::as_bool).unwrap_or(false);
            let content = node.get("content").and_then(Node::as_object);
            let content = content.and_then(|content| content.iter().next());
            let json = content.is_some_and(|(media_type, _)| media_type.contains("json"));
            let schema = match content {
                Some((_, media)) if json => media.get("schema"),
                _ => node.get("schema"),
            };
            headers.push(ResponseHeader {
                origin: node.origin,
                name: name.to_owned(),
                rust_name: text(Some(node), "x-rust-name"),
                description: text(Some(node), "description"),
                required: flag("required"),
                deprecated: flag("deprecated"),
                // The name by which `dialect` gets it past the parser.
                explode: flag("x-driftless-explode"),
                delimiter: match text(Some(node), "x-driftless-style").as_deref() {
                    Some("spaceDelimited") => ' ',
                    Some("pipeDelimited") => '|',
                    Some("tabDelimited") => '\t',
                    _ => ',',
                },
                json,
                schema: match schema {
                    Some(schema) => self.schema(schema),
                    // Text, as every header is.
                    None => self.graph.add(crate::graph::Schema {
                        json_type: Some(crate::graph::JsonType::String),
                        ..super::any_schema(node.origin)
                    }),
                },
            });
        }
        headers
    }
}
