//! Encodings: the `encoding` of a form or multipart body in, how each of its
//! properties is written out.

use super::Resolver;
use super::media_type::is_valid;
use crate::diagnostic::Code;
use crate::graph::{Encoding, EncodingStyle};
use crate::source::Node;

/// `explode`, under the name by which `dialect` gets it past the parser.
const EXPLODE: &str = "x-driftless-explode";

impl<'a> Resolver<'a> {
    /// The encodings of a media type. `multipart` bodies have no styles (OpenAPI
    /// 3.0, section 4.7.15.1), forms no headers.
    pub(super) fn encodings(&mut self, media_type: &'a Node, multipart: bool) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for (property, node) in media_type
            .get("encoding")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            if node.as_object().is_none() {
                continue;
            }
            if multipart {
                let keys = ["style", EXPLODE, "allowReserved"];
                for (key, node) in keys.iter().filter_map(|key| Some((key, node.get(key)?))) {
                    let key = key.trim_start_matches("x-driftless-");
                    self.no_effect(node, key, "multipart bodies");
                }
            } else if let Some(node) = node.get("headers") {
                self.no_effect(node, "headers", "forms");
            }
            let headers = node.get("headers").and_then(Node::as_object);
            encodings.push(Encoding {
                origin: node.origin,
                property: property.to_owned(),
                content_type: self.part_type(node),
                style: if multipart { None } else { style(node) },
                allow_reserved: flag(node, "allowReserved") == Some(true) && !multipart,
                headers: headers
                    .filter(|_| multipart)
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name.to_owned())
                    // OpenAPI: described separately, here without meaning.
                    .filter(|name| !name.eq_ignore_ascii_case("content-type"))
                    .collect(),
            });
        }
        encodings
    }

    fn part_type(&mut self, encoding: &'a Node) -> Option<String> {
        let node = encoding.get("contentType")?;
        let text = node.as_str()?;
        if is_valid(text) {
            return Some(text.to_owned());
        }
        self.report.warn(
            Code::InvalidValue,
            node.origin,
            "the content type cannot stand in a header, so it is left out",
        );
        None
    }

    fn no_effect(&mut self, node: &Node, key: &str, bodies: &str) {
        self.report.warn(
            Code::NoEffect,
            node.origin,
            format!("`{key}` has no effect on {bodies}"),
        );
    }
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key).and_then(Node::as_bool)
}

fn style(node: &Node) -> Option<EncodingStyle> {
    let style = node.get("style").and_then(Node::as_str);
    let explode = flag(node, EXPLODE);
    Some(match (style, explode) {
        (None, None) => return None,
        (Some("deepObject"), _) => EncodingStyle::Deep,
        (Some("spaceDelimited"), Some(false) | None) => EncodingStyle::Joined("%20"),
        (Some("pipeDelimited"), Some(false) | None) => EncodingStyle::Joined("%7C"),
        (_, Some(false)) => EncodingStyle::Joined(","),
        _ => EncodingStyle::Exploded,
    })
}
