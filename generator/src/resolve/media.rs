//! Bodies: the media types of a request or response in, the one that the
//! client sends or asks for out.

use super::Resolver;
use crate::diagnostic::Code;
use crate::graph::{Content, Media};
use crate::source::Node;

impl<'a> Resolver<'a> {
    /// The media type of `content` that is used: JSON before text before
    /// bytes. The others are reported as left out.
    pub(super) fn media(&mut self, content: Option<&'a Node>) -> Option<Media> {
        let content = content?.as_object()?;
        let (media_type, node) = content
            .iter()
            .min_by_key(|(media_type, _)| preference(media_type))?;
        for (other, node) in content {
            if other != media_type {
                self.report
                    .warn(
                        Code::NoEffect,
                        node.origin,
                        format!("`{other}` is left out, the client uses `{media_type}`"),
                    )
                    .help("remove it, or give it an operation of its own");
            }
        }
        let content = match kind(media_type) {
            Kind::Json => match node.get("schema") {
                Some(schema) => Content::Json(self.schema(schema)),
                None => Content::Json(self.graph.add(super::any_schema(node.origin))),
            },
            Kind::Text => Content::Text,
            Kind::Binary => Content::Binary,
            Kind::Form | Kind::Stream => {
                self.report
                    .error(
                        Code::Unsupported,
                        node.origin,
                        format!("the media type `{media_type}` is not supported yet"),
                    )
                    .help("offer `application/json` beside it, or skip the operation in client.toml with a reason");
                return None;
            }
        };
        if let Some(encoding) = node.get("encoding") {
            self.report.warn(
                Code::NoEffect,
                encoding.origin,
                format!("`encoding` has no effect on `{media_type}`"),
            );
        }
        Some(Media {
            origin: node.origin,
            media_type: media_type.clone(),
            content,
            examples: self.examples(node),
        })
    }

    /// `example` and `examples` of a parameter or media type, by name.
    pub(super) fn examples(&mut self, node: &'a Node) -> Vec<(String, Node)> {
        let mut examples = Vec::new();
        if let Some(example) = node.get("example") {
            examples.push(("example".to_owned(), example.clone()));
        }
        for (name, example) in node
            .get("examples")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let Some(example) = self.follow(example) else {
                continue;
            };
            match (example.get("value"), example.get("externalValue")) {
                (Some(value), _) => examples.push((name.clone(), value.clone())),
                (None, Some(external)) => {
                    self.report.warn(
                        Code::NoEffect,
                        external.origin,
                        "`externalValue` is not read: the network is never asked",
                    );
                }
                (None, None) => {}
            }
        }
        examples
    }
}

enum Kind {
    Json,
    Text,
    Binary,
    Form,
    Stream,
}

fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" => Kind::Json,
        "application/x-ndjson"
        | "application/jsonl"
        | "application/json-seq"
        | "text/event-stream" => Kind::Stream,
        "application/x-www-form-urlencoded" => Kind::Form,
        "application/xml" => Kind::Text,
        _ if essence.ends_with("+json") => Kind::Json,
        _ if essence.ends_with("+xml") || essence.starts_with("text/") => Kind::Text,
        _ if essence.starts_with("multipart/") => Kind::Form,
        _ => Kind::Binary,
    }
}

fn preference(media_type: &str) -> u8 {
    match kind(media_type) {
        Kind::Json if essence(media_type) == "application/json" => 0,
        Kind::Json => 1,
        Kind::Text => 2,
        Kind::Binary => 3,
        Kind::Stream => 4,
        Kind::Form => 5,
    }
}

/// The type and subtype in lower case, parameters left off (RFC 9110, section
/// 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}
