//! Schemas: nodes of the tree in, [`Schema`]s of the graph out.

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::deprecation::{deprecation, is_deprecated};
use super::depth::DEEPEST;
use super::{Resolver, any_schema, enumeration, info, text};
use crate::diagnostic::Code;
use crate::dialect::CONTENT_TYPE;
use crate::graph::{
    Additional, Conditional, Constraints, Discriminator, JsonType, Property, Required, Schema,
    SchemaId,
};
use crate::source::{Node, Number, Value, percent_decoded};

/// Keywords that narrow values without changing the type.
const CONSTRAINTS: [&str; 13] = [
    "multipleOf",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl<'a> Resolver<'a> {
    /// Gives every component schema its id first, so that any schema may refer
    /// to any other.
    pub(super) fn component_schemas(&mut self) {
        let Some(components) = self
            .root
            .pointer("/components/schemas")
            .and_then(Node::as_object)
        else {
            return;
        };
        for (name, node) in components {
            let id = self.graph.add(Schema {
                origin: node.origin,
                component: Some(name.to_owned()),
                ..Schema::default()
            });
            self.ids.insert(node, id);
            self.graph.components.push(id);
        }
        for (index, node) in components.values().enumerate() {
            let id = self.graph.components[index];
            let component = self.graph.schema(id).component.clone();
            let mut schema = if node.get("$ref").is_some() {
                // A component that is only a reference: another name for it.
                Schema {
                    all_of: self
                        .follow(node)
                        .map(|_| self.schema(node))
                        .into_iter()
                        .collect(),
                    ..any_schema(node.origin)
                }
            } else {
                self.read(node)
            };
            schema.component = component;
            self.graph.schemas[id.0 as usize] = schema;
        }
    }

    /// The id of the schema at `node`, or behind it if it is a reference.
    pub(super) fn schema(&mut self, node: &'a Node) -> SchemaId {
        let target = if node.get("$ref").is_some() {
            let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
                return self.graph.add(any_schema(node.origin));
            };
            // One step only: a component that is itself a reference keeps its
            // name where it is used.
            let step = reference
                .strip_prefix('#')
                .and_then(|pointer| self.root.pointer(&percent_decoded(pointer)))
                .and_then(|target| self.ids.get(target));
            if let Some(id) = step {
                return id;
            }
            let Some(target) = self.follow(node) else {
                return self.graph.add(any_schema(node.origin));
            };
            target
        } else {
            node
        };
        if let Some(id) = self.ids.get(target) {
            return id;
        }
        let id = self.graph.add(any_schema(target.origin));
        self.ids.insert(target, id);
        if self.depth == DEEPEST {
            self.too_deep(target.origin);
            return id;
        }
        self.depth += 1;
        let schema = self.read(target);
        self.depth -= 1;
        self.graph.schemas[id.0 as usize] = schema;
        id
    }

    fn read(&mut self, node: &'a Node) -> Schema {
        if !matches!(node.value, Value::Object(_)) {
            self.report.error(
                Code::WrongType,
                node.origin,
                format!("a schema is an object, this is {}", node.kind()),
            );
            return any_schema(node.origin);
        }
        let flag = |key: &str| node.get(key).and_then(Node::as_bool).unwrap_or(false);
        let boxed = |key: &str| node.get(key).cloned().map(Box::new);
        let not = node.get("not");
        if let Some(not) = not {
            self.report.warn(
                Code::NoEffect,
                not.origin,
                "`not` has no effect on the client",
            );
        }
        if let Some(xml) = node.get("x-driftless-xml") {
            self.report
                .warn(
                    Code::NoEffect,
                    xml.origin,
                    "`xml` has no effect on the client",
                )
                .help("XML bodies are sent and received as text");
        }
        Schema {
            origin: node.origin,
            component: None,
            rust_name: text(Some(node), "x-rust-name"),
            rust_type: boxed("x-rust-type"),
            rust_newtype: boxed("x-rust-newtype"),
            title: text(Some(node), "title"),
            description: text(Some(node), "description"),
            external_docs: info::external_docs(node),
            deprecated: flag("deprecated") || is_deprecated(node),
            deprecation: deprecation(node),
            read_only: flag("readOnly"),
            write_only: flag("writeOnly"),
            sensitive: flag("x-sensitive"),
            default: boxed("default"),
            example: boxed("example"),
            nullable: flag("nullable") || flag("x-nullable"),
            json_type: node.get("type").and_then(Node::as_str).and_then(json_type),
            format: text(Some(node), "format"),
            content_type: text(Some(node), CONTENT_TYPE),
            enumeration: enumeration::values(node),
            enum_notes: enumeration::notes(node),
            properties: self.properties(node),
            required: required(node),
            additional: match node.get("additionalProperties") {
                None => Additional::Unwritten,
                Some(additional) => match additional.as_bool() {
                    Some(true) => Additional::Any,
                    Some(false) => Additional::Forbidden,
                    None => Additional::Schema(self.schema(additional)),
                },
            },
            items: node.get("items").map(|items| self.schema(items)),
            all_of: self.list(node, "allOf"),
            one_of: self.list(node, "oneOf"),
            any_of: self.list(node, "anyOf"),
            not: not.map(|not| self.schema(not)),
            discriminator: self.discriminator(node).map(Box::new),
            constraints: self.constraints(node),
            conditional: self.conditional(node),
            notes: strings(node, "x-driftless-notes"),
            view: None,
        }
    }

    fn properties(&mut self, node: &'a Node) -> IndexMap<String, Property, RandomState> {
        node.get("properties")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
            .map(|(name, node)| {
                let property = Property {
                    origin: node.origin,
                    schema: self.schema(node),
                };
                (name.to_owned(), property)
            })
            .collect()
    }

    fn conditional(&mut self, node: &'a Node) -> Vec<Conditional> {
        node.get("x-driftless-conditional")
            .and_then(Node::as_array)
            .into_iter()
            .flatten()
            .filter_map(|conditional| {
                Some(Conditional {
                    condition: text(Some(conditional), "condition")?,
                    schema: self.schema(conditional.get("schema")?),
                })
            })
            .collect()
    }

    fn list(&mut self, node: &'a Node, key: &str) -> Vec<SchemaId> {
        node.get(key)
            .and_then(Node::as_array)
            .into_iter()
            .flatten()
            .map(|member| self.schema(member))
            .collect()
    }

    fn discriminator(&mut self, node: &'a Node) -> Option<Discriminator> {
        let discriminator = node.get("discriminator")?;
        let property = text(Some(discriminator), "propertyName")?;
        let mapping = discriminator
            .get("mapping")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(tag, target)| {
                let id = self.mapped(target)?;
                Some((tag.to_owned(), id))
            })
            .collect();
        let default = discriminator
            .get("x-driftless-default-mapping")
            .and_then(|target| self.mapped(target));
        Some(Discriminator {
            origin: discriminator.origin,
            property,
            mapping,
            default,
        })
    }

    /// The keywords that narrow values; two that leave none are reported.
    fn constraints(&mut self, node: &'a Node) -> Constraints {
        for (least, most) in [
            ("minimum", "maximum"),
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
            ("minProperties", "maxProperties"),
        ] {
            let (Some(low), Some(high)) = (node.get(least), node.get(most)) else {
                continue;
            };
            if let (Some(lower), Some(upper)) = (number(low), number(high))
                && lower > upper
            {
                self.report
                    .warn(
                        Code::Contradiction,
                        high.origin,
                        format!("`{most}` is less than `{least}`, so no value fits"),
                    )
                    .help("exchange the two, or correct the one that is wrong");
            }
        }
        constraints(node)
    }

    /// The schema a mapping names: by its component name, or by a reference.
    fn mapped(&mut self, target: &'a Node) -> Option<SchemaId> {
        let name = target.as_str()?;
        let pointer = name.strip_prefix('#').map_or_else(
            || {
                format!(
                    "/components/schemas/{}",
                    name.replace('~', "~0").replace('/', "~1")
                )
            },
            percent_decoded,
        );
        let Some(node) = self.root.pointer(&pointer) else {
            self.report
                .warn(
                    Code::UnresolvedReference,
                    target.origin,
                    format!("the mapping's `{name}` names no schema"),
                )
                .help("name a component schema, or write `#/components/schemas/…`; values with this tag are kept as they are");
            return None;
        };
        Some(self.schema(node))
    }
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "boolean" => JsonType::Boolean,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "string" => JsonType::String,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}

fn strings(node: &Node, key: &str) -> Vec<String> {
    node.get(key)
        .and_then(Node::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(Number::Integer(integer)) => Some(*integer as f64),
        Value::Number(Number::Float(float)) => Some(*float),
        _ => None,
    }
}

fn constraints(node: &Node) -> Constraints {
    Constraints {
        keywords: CONSTRAINTS
            .into_iter()
            .filter_map(|keyword| {
                let value = node.get(keyword)?;
                let text = match &value.value {
                    Value::Bool(false) => return None,
                    Value::String(pattern) => pattern.clone(),
                    // JSON's own numbers round those beyond 64 bits.
                    Value::Number(Number::Integer(integer)) => integer.to_string(),
                    _ => value.to_json().to_string(),
                };
                Some((keyword, text))
            })
            .collect(),
    }
}

fn required(schema: &Node) -> Vec<Required> {
    let names = schema.get("required").and_then(Node::as_array);
    let names = names.into_iter().flatten();
    names
        .filter_map(|node| {
            Some(Required {
                origin: node.origin,
                name: node.as_str()?.to_owned(),
            })
        })
        .collect()
}
