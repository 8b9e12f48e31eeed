//! `enum`: the written values in, an open enum of strings or integers out, or
//! a union of both.

use super::{EnumValue, Kind, Normaliser, Shape, Union, UnionVariant};
use crate::diagnostic::Code;
use crate::graph::{EnumNote, JsonType, Schema};
use crate::source::{Node, Number, Value};
use crate::string_format::StringType;

impl Normaliser<'_> {
    /// The shape of a schema with known values; `None` where they leave the
    /// type as it is.
    pub(super) fn enumeration(&mut self, schema: &Schema) -> Option<Shape> {
        let (nulls, values): (Vec<&Node>, Vec<&Node>) = schema
            .enumeration
            .iter()
            .partition(|node| node.value == Value::Null);
        let nullable = schema.nullable || !nulls.is_empty();
        let first = values.first()?;
        let notes = &schema.enum_notes;
        let are_texts = match schema.json_type {
            None => values.iter().all(|node| node.as_str().is_some()),
            json_type => json_type == Some(JsonType::String),
        };
        if are_texts && self.string_type(schema) == StringType::Secret {
            // An enum shows what it holds.
            self.report
                .warn(
                    Code::NoEffect,
                    first.origin,
                    "the known values of a secret have no effect",
                )
                .help("it is a `Secret`, which holds any text; remove them, or what makes it a secret");
            return Some(Shape {
                nullable,
                kind: Kind::String(StringType::Secret),
            });
        }
        self.check_secret(schema, schema.json_type);
        let kind = match schema.json_type {
            Some(JsonType::String) => Kind::StringEnum(self.strings(&values, notes)),
            Some(JsonType::Array) if self.are_of_items(schema, &values) => {
                self.values_of_items(schema, first)
            }
            Some(JsonType::Integer | JsonType::Number) => match integers(&values, notes, true) {
                Some(values) => Kind::IntegerEnum(self.distinct(values)),
                None => self.without_effect(schema, first),
            },
            Some(JsonType::Boolean) => self.by_type(schema),
            Some(JsonType::Array | JsonType::Object) => self.without_effect(schema, first),
            None if values.iter().all(|node| node.as_str().is_some()) => {
                Kind::StringEnum(self.strings(&values, notes))
            }
            None => match integers(&values, notes, false) {
                Some(values) => Kind::IntegerEnum(self.distinct(values)),
                None if values.iter().all(|node| node.as_bool().is_some()) => Kind::Boolean,
                None => self
                    .mixed(schema, &values)
                    .unwrap_or_else(|| self.without_effect(schema, first)),
            },
        };
        Some(Shape { nullable, kind })
    }

    fn without_effect(&mut self, schema: &Schema, first: &Node) -> Kind {
        self.report
            .warn(
                Code::NoEffect,
                first.origin,
                "`enum` has no effect: its values are neither all strings nor all integers",
            )
            .help("the type of the schema decides alone");
        self.by_type(schema)
    }

    /// Values of several types: a union of an enum for each.
    fn mixed(&mut self, schema: &Schema, values: &[&Node]) -> Option<Kind> {
        let mut variants = Vec::new();
        for (json_type, is_one) in [
            (JsonType::String, is_string as fn(&Node) -> bool),
            (JsonType::Integer, is_integer),
            (JsonType::Boolean, is_boolean),
        ] {
            let own: Vec<Node> = values
                .iter()
                .filter(|node| is_one(node))
                .map(|node| (*node).clone())
                .collect();
            let Some(first) = own.first() else {
                continue;
            };
            let id = self.graph.add(Schema {
                origin: first.origin,
                json_type: Some(json_type),
                enumeration: own,
                enum_notes: schema.enum_notes.clone(),
                ..Schema::default()
            });
            variants.push(UnionVariant {
                default: false,
                tag: None,
                also: Vec::new(),
                schema: id,
                hint: Some(
                    match json_type {
                        JsonType::String => "string",
                        JsonType::Integer => "integer",
                        _ => "boolean",
                    }
                    .to_owned(),
                ),
            });
        }
        let all = values
            .iter()
            .all(|node| is_string(node) || is_integer(node) || is_boolean(node));
        all.then_some(Kind::Union(Union {
            tag: None,
            variants,
        }))
    }

    /// Whether the values of a list are meant as those of its elements.
    fn are_of_items(&self, schema: &Schema, values: &[&Node]) -> bool {
        let plain = |items: &Schema| {
            items.component.is_none()
                && items.enumeration.is_empty()
                && items.json_type == Some(JsonType::String)
        };
        values.iter().all(|node| node.as_str().is_some())
            && schema
                .items
                .is_some_and(|items| plain(self.graph.schema(items)))
    }

    fn values_of_items(&mut self, schema: &Schema, first: &Node) -> Kind {
        self.report
            .warn(
                Code::Contradiction,
                first.origin,
                "the values of `enum` are strings, and the schema is a list",
            )
            .help("they are taken as the values of its elements; move `enum` into `items`");
        let items = self.graph.add(Schema {
            origin: schema.origin,
            json_type: Some(JsonType::String),
            enumeration: schema.enumeration.clone(),
            enum_notes: schema.enum_notes.clone(),
            ..Schema::default()
        });
        Kind::Array(items)
    }

    fn strings(&mut self, values: &[&Node], notes: &[EnumNote]) -> Vec<EnumValue<String>> {
        let strings = values
            .iter()
            .filter_map(|node| {
                let value = match &node.value {
                    Value::String(string) => string.clone(),
                    Value::Bool(_) | Value::Number(_) => {
                        let value = node.to_json().to_string();
                        self.report
                            .warn(
                                Code::Contradiction,
                                node.origin,
                                format!("{value} stands among the values of a string"),
                            )
                            .help(format!(
                                "quote it if the API sends the string \"{value}\"; it is treated so"
                            ));
                        value
                    }
                    _ => {
                        self.report.warn(
                            Code::Contradiction,
                            node.origin,
                            format!(
                                "{} stands among the values of a string and is left out",
                                node.kind()
                            ),
                        );
                        return None;
                    }
                };
                Some(noted(node, value, notes))
            })
            .collect();
        self.distinct(strings)
    }

    fn distinct<T: Clone + Eq + std::hash::Hash + std::fmt::Debug>(
        &mut self,
        values: Vec<EnumValue<T>>,
    ) -> Vec<EnumValue<T>> {
        let mut seen = foldhash::HashSet::default();
        let mut distinct: Vec<EnumValue<T>> = Vec::new();
        for value in values {
            if seen.insert(value.value.clone()) {
                distinct.push(value);
            } else {
                self.report.warn(
                    Code::NoEffect,
                    value.origin,
                    format!("the value {:?} stands twice", value.value),
                );
            }
        }
        distinct
    }
}

fn is_string(node: &Node) -> bool {
    node.as_str().is_some()
}

fn is_integer(node: &Node) -> bool {
    integer(node, false).is_some()
}

fn is_boolean(node: &Node) -> bool {
    node.as_bool().is_some()
}

/// The values as integers, if all are; texts of integers too, where the type
/// says that integers are meant.
fn integers(values: &[&Node], notes: &[EnumNote], texts: bool) -> Option<Vec<EnumValue<i64>>> {
    values
        .iter()
        .map(|node| Some(noted(node, integer(node, texts)?, notes)))
        .collect()
}

fn integer(node: &Node, texts: bool) -> Option<i64> {
    match &node.value {
        Value::Number(Number::Integer(integer)) => i64::try_from(*integer).ok(),
        // Integers of which every float is exact.
        Value::Number(Number::Float(float))
            if float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0 =>
        {
            Some(*float as i64)
        }
        Value::String(text) if texts => text.parse().ok(),
        _ => None,
    }
}

fn noted<T>(node: &Node, value: T, notes: &[EnumNote]) -> EnumValue<T> {
    let of = |note: &&EnumNote| note.value.value == node.value;
    EnumValue {
        origin: node.origin,
        value,
        name: notes.iter().filter(of).find_map(|note| note.name.clone()),
        description: notes
            .iter()
            .filter(of)
            .find_map(|note| note.description.clone()),
    }
}
