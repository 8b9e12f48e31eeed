//! Encodings: the `encoding` of a form or multipart body in, how each of its
//! properties is written out.

use super::Resolver;
use super::media_type::{essence, is_valid};
use crate::diagnostic::Code;
use crate::graph::{Encoding, EncodingStyle};
use crate::source::Node;

/// `explode`, under the name by which `dialect` gets it past the parser.
const EXPLODE: &str = "x-driftless-explode";

/// A style that OpenAPI 3.0 does not have: `tsv` of Swagger 2.0.
const STYLE: &str = "x-driftless-style";

impl<'a> Resolver<'a> {
    /// The encodings of a form.
    pub(super) fn form_encodings(&mut self, media_type: &'a Node) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for (property, node) in written(media_type) {
            if let Some(node) = node.get("headers") {
                self.no_effect(node, "headers", "forms");
            }
            let style = style(node);
            encodings.push(Encoding {
                origin: node.origin,
                property: property.to_owned(),
                content_type: self.content_type(node, true),
                style,
                allow_reserved: flag(node, "allowReserved") == Some(true),
                headers: Vec::new(),
            });
        }
        encodings
    }

    /// The encodings of a multipart body. Whether styles count depends on the
    /// version of the document, and on the body: only form data has them.
    pub(super) fn part_encodings(&mut self, name: &str, media_type: &'a Node) -> Vec<Encoding> {
        let is_form = essence(name) == "multipart/form-data";
        let has_styles = is_form && self.graph.part_rules.styles;
        let mut encodings = Vec::new();
        for (property, node) in written(media_type) {
            if !has_styles {
                for (key, node) in style_keys(node) {
                    match is_form {
                        true => self.no_effect(node, key, "multipart bodies in OpenAPI 3.0"),
                        false => self.no_effect(node, key, &format!("`{name}`")),
                    }
                }
            }
            let headers = node.get("headers").and_then(Node::as_object);
            for (header, node) in headers.into_iter().flatten() {
                // The client writes it, with the names of the part and its file.
                if header.eq_ignore_ascii_case("content-disposition") {
                    self.no_effect(node, header, "the parts of multipart bodies");
                }
            }
            encodings.push(Encoding {
                origin: node.origin,
                property: property.to_owned(),
                content_type: self.content_type(node, has_styles),
                style: part_style(node).filter(|_| has_styles),
                // Nothing in a part is encoded.
                allow_reserved: false,
                headers: headers
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name.to_owned())
                    // OpenAPI: described separately, here without meaning.
                    .filter(|name| !name.eq_ignore_ascii_case("content-type"))
                    .filter(|name| !name.eq_ignore_ascii_case("content-disposition"))
                    .collect(),
            });
        }
        encodings
    }

    /// The content type, unless there is a style and the version says that it
    /// is the style that counts then.
    fn content_type(&mut self, encoding: &'a Node, styles_count: bool) -> Option<String> {
        let content_type = self.part_type(encoding)?;
        let style = style_keys(encoding).next();
        match style.filter(|_| styles_count && self.graph.part_rules.styles) {
            Some((key, _)) => {
                let node = encoding.get("contentType").unwrap_or(encoding);
                self.no_effect(node, "contentType", &format!("a property with `{key}`"));
                None
            }
            None => Some(content_type),
        }
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

/// The properties and their encodings.
fn written(media_type: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let encodings = media_type.get("encoding").and_then(Node::as_object);
    let encodings = encodings.into_iter().flatten();
    encodings.filter(|(_, node)| node.as_object().is_some())
}

/// The keys of an encoding that say how it is serialised, with their names.
fn style_keys(encoding: &Node) -> impl Iterator<Item = (&'static str, &Node)> {
    let keys = [
        ("style", "style"),
        (EXPLODE, "explode"),
        ("allowReserved", "allowReserved"),
    ];
    keys.into_iter()
        .filter_map(|(key, name)| Some((name, encoding.get(key)?)))
}

fn flag(node: &Node, key: &str) -> Option<bool> {
    node.get(key).and_then(Node::as_bool)
}

/// The style of a part; any of its keys stands for all.
fn part_style(node: &Node) -> Option<EncodingStyle> {
    let reserved = node.get("allowReserved");
    style(node).or(reserved.map(|_| EncodingStyle::Exploded))
}

fn style(node: &Node) -> Option<EncodingStyle> {
    let style = node.get(STYLE).or(node.get("style")).and_then(Node::as_str);
    let explode = flag(node, EXPLODE);
    Some(match (style, explode) {
        (None, None) => return None,
        (Some("deepObject"), _) => EncodingStyle::Deep,
        (Some("spaceDelimited"), Some(false) | None) => EncodingStyle::Joined("%20"),
        (Some("pipeDelimited"), Some(false) | None) => EncodingStyle::Joined("%7C"),
        (Some("tabDelimited"), _) => EncodingStyle::Joined("%09"),
        (_, Some(false)) => EncodingStyle::Joined(","),
        _ => EncodingStyle::Exploded,
    })
}
