//! Parameters: those of a path overridden and followed by an operation's own.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as Parsed, ParameterSchemaOrContent, PathStyle, QueryStyle,
};

use super::deprecation::{deprecation, is_deprecated};
use super::{Resolver, origin_of, text};
use crate::diagnostic::Code;
use crate::graph::{Location, Parameter, Style};
use crate::source::Node;

/// Header parameters of these names are ignored (OpenAPI 3.0, section
/// 4.7.12.1): other parts of the document describe them.
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Resolver<'a> {
    /// The parameters that hold for an operation.
    pub(super) fn parameters(
        &mut self,
        path_item: &'a Node,
        operation: &'a Node,
    ) -> Vec<Parameter> {
        let mut parameters = self.parameter_list(path_item);
        for own in self.parameter_list(operation) {
            let inherited = parameters
                .iter_mut()
                .find(|other| other.name == own.name && other.location == own.location);
            match inherited {
                Some(inherited) => *inherited = own,
                None => parameters.push(own),
            }
        }
        parameters
    }

    fn parameter_list(&mut self, holder: &'a Node) -> Vec<Parameter> {
        let mut list: Vec<Parameter> = Vec::new();
        for node in holder
            .get("parameters")
            .and_then(Node::as_array)
            .into_iter()
            .flatten()
        {
            let Some(parameter) = self.parameter(node) else {
                continue;
            };
            let twice = list
                .iter()
                .any(|other| other.name == parameter.name && other.location == parameter.location);
            if twice {
                self.report
                    .error(
                        Code::Contradiction,
                        node.origin,
                        format!(
                            "the {} parameter `{}` stands twice in one list",
                            parameter.location.as_str(),
                            parameter.name
                        ),
                    )
                    .help("remove one of the two");
                continue;
            }
            list.push(parameter);
        }
        list
    }

    fn parameter(&mut self, node: &'a Node) -> Option<Parameter> {
        let (parsed, node) = self.item::<Parsed>(node)?;
        let (location, style) = self.location_and_style(&parsed, node)?;
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
        if location == Location::Header
            && DESCRIBED_ELSEWHERE.contains(&parsed.name.to_ascii_lowercase().as_str())
        {
            self.report.warn(
                Code::NoEffect,
                node.origin,
                format!("a header parameter `{}` is ignored", parsed.name),
            )
            .help("describe it by the media types of the body and responses, or by a security scheme");
            return None;
        }
        let schema = match &parsed.format {
            ParameterSchemaOrContent::Schema(_) => self.schema(node.get("schema")?),
            ParameterSchemaOrContent::Content(_) => {
                self.report
                    .error(
                        Code::Unsupported,
                        origin_of(node.get("content"), node),
                        format!(
                            "the parameter `{}` has `content`, which is not supported yet",
                            parsed.name
                        ),
                    )
                    .help("describe it with `schema`");
                return None;
            }
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
            explode: parsed.explode.unwrap_or(style == Style::Form),
            schema,
            example: self
                .examples(node)
                .into_iter()
                .next()
                .map(|(_, value)| value),
            name: parsed.name,
        })
    }

    fn location_and_style(&mut self, parsed: &Parsed, node: &Node) -> Option<(Location, Style)> {
        let style = match parsed {
            Parsed::Path {
                style: PathStyle::Simple,
                ..
            } => return Some((Location::Path, Style::Simple)),
            Parsed::Header {
                style: HeaderStyle::Simple,
                ..
            } => {
                return Some((Location::Header, Style::Simple));
            }
            Parsed::Cookie {
                style: CookieStyle::Form,
                ..
            } => {
                return Some((Location::Cookie, Style::Form));
            }
            Parsed::Query {
                allow_reserved: true,
                ..
            } => "allowReserved",
            Parsed::Query {
                style: QueryStyle::Form,
                ..
            } => return Some((Location::Query, Style::Form)),
            Parsed::Query {
                style: QueryStyle::SpaceDelimited,
                ..
            } => "style `spaceDelimited`",
            Parsed::Query {
                style: QueryStyle::PipeDelimited,
                ..
            } => "style `pipeDelimited`",
            Parsed::Query {
                style: QueryStyle::DeepObject,
                ..
            } => "style `deepObject`",
            Parsed::Path {
                style: PathStyle::Matrix,
                ..
            } => "style `matrix`",
            Parsed::Path {
                style: PathStyle::Label,
                ..
            } => "style `label`",
        };
        self.report
            .error(
                Code::Unsupported,
                origin_of(node.get("style"), node),
                format!(
                    "the parameter `{}` has {style}, which is not supported yet",
                    parsed.parameter_data_ref().name
                ),
            )
            .help("use the default style of its location, or skip the operation in client.toml with a reason");
        None
    }
}
