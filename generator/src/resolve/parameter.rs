//! Parameters: those of a path overridden and followed by an operation's own.

use std::collections::{HashMap, HashSet};

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as Parsed, ParameterSchemaOrContent, PathStyle, QueryStyle,
};

use driftless_runtime::rules::is_framing_header;

use super::deprecation::{deprecation, is_deprecated};
use super::{Resolver, any_schema, origin_of, text};
use crate::diagnostic::Code;
use crate::graph::{
    JsonType, Location, Parameter, ParameterContent, Schema, SchemaId, Style,
    is_described_elsewhere, is_header_name,
};
use crate::source::Node;

impl<'a> Resolver<'a> {
    /// The parameters that hold for an operation.
    pub(super) fn parameters(
        &mut self,
        path_item: &'a Node,
        operation: &'a Node,
    ) -> Vec<Parameter> {
        let mut parameters = self.parameter_list(path_item);
        let places = parameters.iter().enumerate();
        let inherited: HashMap<_, _> = places
            .map(|(place, parameter)| ((parameter.name.clone(), parameter.location), place))
            .collect();
        for own in self.parameter_list(operation) {
            match inherited.get(&(own.name.clone(), own.location)) {
                Some(place) => parameters[*place] = own,
                None => parameters.push(own),
            }
        }
        parameters
    }

    fn parameter_list(&mut self, holder: &'a Node) -> Vec<Parameter> {
        let mut list: Vec<Parameter> = Vec::new();
        let mut seen = HashSet::new();
        for node in holder
            .get("parameters")
            .and_then(Node::as_array)
            .into_iter()
            .flatten()
        {
            let Some(parameter) = self.parameter(node) else {
                continue;
            };
            if !seen.insert((parameter.name.clone(), parameter.location)) {
                self.report
                    .warn(
                        Code::Contradiction,
                        node.origin,
                        format!(
                            "the {} parameter `{}` stands twice in one list",
                            parameter.location.as_str(),
                            parameter.name
                        ),
                    )
                    .help("the first counts; remove one of the two");
                continue;
            }
            list.push(parameter);
        }
        list
    }

    fn parameter(&mut self, node: &'a Node) -> Option<Parameter> {
        let target = self.follow(node)?;
        // Hundreds of operations have the same few parameters.
        if let Some(parameter) = self.parameters.get(&std::ptr::from_ref(target)) {
            return Some(parameter.clone());
        }
        let parameter = self.parameter_at(node, target)?;
        if !std::ptr::eq(node, target) {
            self.parameters.insert(target, parameter.clone());
        }
        Some(parameter)
    }

    /// Reads the parameter that the one at `place` stands for.
    fn parameter_at(&mut self, place: &'a Node, node: &'a Node) -> Option<Parameter> {
        let parsed = self.typed::<Parsed>(place, node)?;
        let (location, style) = location_and_style(&parsed, node);
        if let Some(empty) = node
            .get("allowEmptyValue")
            .filter(|_| location == Location::Query)
        {
            self.report
                .warn(
                    Code::NoEffect,
                    empty.origin,
                    "`allowEmptyValue` has no effect on the client",
                )
                .help("a text may be empty anyway");
        }
        let parsed = parsed.parameter_data();
        if location == Location::Header && self.is_ignored_header(&parsed.name, node) {
            return None;
        }
        if location == Location::Header && !is_header_name(&parsed.name) {
            self.report
                .warn(
                    Code::InvalidValue,
                    origin_of(node.get("name"), node),
                    format!("`{}` cannot be the name of a header", parsed.name),
                )
                .help("calls that set it are refused; a header's name is one word");
        }
        let (schema, content) = match &parsed.format {
            ParameterSchemaOrContent::Schema(_) => (self.schema(node.get("schema")?), None),
            ParameterSchemaOrContent::Content(_) => self.parameter_content(node),
        };
        let required = parsed.required || location == Location::Path;
        if !parsed.required && location == Location::Path {
            self.report
                .warn(
                    Code::Contradiction,
                    node.origin,
                    format!(
                        "the path parameter `{}` is not marked as required",
                        parsed.name
                    ),
                )
                .help("write `required: true`; it is treated so");
        }
        Some(Parameter {
            origin: node.origin,
            rust_name: text(Some(node), "x-rust-name"),
            location,
            required,
            deprecated: parsed.deprecated.unwrap_or(false) || is_deprecated(node),
            deprecation: deprecation(node),
            description: parsed.description,
            style,
            explode: self.explode(style, parsed.explode, node),
            reserved: node.get("allowReserved").and_then(Node::as_bool) == Some(true),
            content,
            schema,
            example: self
                .examples(node)
                .into_iter()
                .next()
                .map(|(_, value)| value),
            name: parsed.name,
        })
    }

    /// Whether a header parameter is ignored; reports it then.
    fn is_ignored_header(&mut self, name: &str, node: &Node) -> bool {
        let help = if is_described_elsewhere(name) {
            "describe it by the media types of the body and responses, or by a security scheme"
        } else if is_framing_header(name) {
            "remove it: the header belongs to the connection, and the client sends what is right"
        } else {
            return false;
        };
        let message = format!("a header parameter `{name}` is ignored");
        self.report
            .warn(Code::NoEffect, node.origin, message)
            .help(help);
        true
    }

    /// `explode`, or the default of the style. `deepObject` has no other form
    /// than the exploded one.
    fn explode(&mut self, style: Style, written: Option<bool>, node: &Node) -> bool {
        if style == Style::DeepObject && written == Some(false) {
            let origin = node.get("explode").map_or(node.origin, |node| node.origin);
            self.report
                .warn(
                    Code::UndefinedStyle,
                    origin,
                    "the style `deepObject` is not defined without `explode`",
                )
                .help("it is taken as exploded: `name[key]=value`");
        }
        written.unwrap_or(style == Style::Form) || style == Style::DeepObject
    }

    /// The schema of a parameter with `content`, and how its value is written.
    fn parameter_content(&mut self, node: &'a Node) -> (SchemaId, Option<ParameterContent>) {
        let mut entries = node
            .get("content")
            .and_then(Node::as_object)
            .into_iter()
            .flatten();
        let whole = node.get("x-driftless-querystring").and_then(Node::as_bool) == Some(true);
        let Some((media_type, media)) = entries.next() else {
            let schema = self.graph.add(any_schema(node.origin));
            return (schema, Some(ParameterContent::Json));
        };
        for (other, rest) in entries {
            self.report.warn(
                Code::NoEffect,
                rest.origin,
                format!(
                    "a parameter has one media type: `{media_type}` counts, `{other}` does not"
                ),
            );
        }
        for key in ["encoding", "x-driftless-item-schema"] {
            if let Some(ignored) = media.get(key) {
                let key = key.trim_start_matches("x-driftless-");
                self.report.warn(
                    Code::NoEffect,
                    ignored.origin,
                    format!("`{key}` has no effect in a parameter"),
                );
            }
        }
        let essence = super::media_type::essence(media_type);
        let is_json = essence == "application/json" || essence.ends_with("+json");
        let is_form = essence == "application/x-www-form-urlencoded";
        let content = match (whole, is_json, is_form) {
            (false, true, _) => ParameterContent::Json,
            (true, true, _) => ParameterContent::QueryJson,
            (true, _, true) => ParameterContent::QueryForm,
            (true, _, _) => ParameterContent::QueryText,
            (false, _, _) => ParameterContent::Text,
        };
        let schema = media.get("schema");
        let as_text = matches!(
            content,
            ParameterContent::Text | ParameterContent::QueryText
        );
        if as_text {
            let is_text = schema
                .and_then(|schema| self.follow(schema))
                .is_none_or(|schema| schema.get("type").and_then(Node::as_str) == Some("string"));
            if is_text {
                if let Some(schema) = schema {
                    return (self.schema(schema), Some(content));
                }
            } else {
                self.report
                    .warn(
                        Code::NoEffect,
                        schema.map_or(media.origin, |schema| schema.origin),
                        format!("the schema of a parameter in `{media_type}` has no effect"),
                    )
                    .help("the client takes a text and sends it as it is");
            }
            let schema = self.graph.add(Schema {
                json_type: Some(JsonType::String),
                ..any_schema(media.origin)
            });
            return (schema, Some(content));
        }
        let schema = match schema {
            Some(schema) => self.schema(schema),
            None => self.graph.add(any_schema(media.origin)),
        };
        (schema, Some(content))
    }
}

/// Where a parameter stands and its style, which `dialect` has made fit.
fn location_and_style(parsed: &Parsed, node: &Node) -> (Location, Style) {
    let extension = node.get("x-driftless-style").and_then(Node::as_str);
    let delimited = match extension {
        Some("spaceDelimited") => Some(Style::SpaceDelimited),
        Some("pipeDelimited") => Some(Style::PipeDelimited),
        Some("tabDelimited") => Some(Style::TabDelimited),
        _ => None,
    };
    match (parsed, delimited) {
        (Parsed::Path { .. }, Some(style)) => return (Location::Path, style),
        (Parsed::Header { .. }, Some(style)) => return (Location::Header, style),
        (Parsed::Query { .. }, Some(style)) => return (Location::Query, style),
        _ => {}
    }
    match parsed {
        Parsed::Path { style, .. } => (
            Location::Path,
            match style {
                PathStyle::Simple => Style::Simple,
                PathStyle::Label => Style::Label,
                PathStyle::Matrix => Style::Matrix,
            },
        ),
        Parsed::Header {
            style: HeaderStyle::Simple,
            ..
        } => (Location::Header, Style::Simple),
        Parsed::Cookie {
            style: CookieStyle::Form,
            ..
        } => (Location::Cookie, Style::Form),
        Parsed::Query { style, .. } => (
            Location::Query,
            match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            },
        ),
    }
}
