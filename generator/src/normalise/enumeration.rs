//! `enum`: the written values in, an open enum of strings or integers out.

use super::{EnumValue, Kind, Normaliser, Shape};
use crate::diagnostic::Code;
use crate::graph::{JsonType, Schema};
use crate::source::{Node, Number, Value};

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
        let kind = if schema.json_type == Some(JsonType::String)
            || values.iter().all(|node| node.as_str().is_some())
        {
            Kind::StringEnum(self.strings(&values))
        } else if let Some(values) = integers(&values) {
            Kind::IntegerEnum(self.distinct(values))
        } else {
            if values
                .iter()
                .any(|node| !matches!(node.value, Value::Bool(_)))
            {
                self.report
                    .warn(
                        Code::NoEffect,
                        first.origin,
                        "`enum` has no effect: its values are neither all strings nor all integers",
                    )
                    .help("the type of the schema decides alone");
            }
            self.by_type(schema)
        };
        Some(Shape { nullable, kind })
    }

    fn strings(&mut self, values: &[&Node]) -> Vec<EnumValue<String>> {
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
                Some(EnumValue {
                    origin: node.origin,
                    value,
                })
            })
            .collect();
        self.distinct(strings)
    }

    fn distinct<T: std::fmt::Debug>(&mut self, values: Vec<EnumValue<T>>) -> Vec<EnumValue<T>> {
        let mut distinct: Vec<EnumValue<T>> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for value in values {
            if !seen.insert(format!("{:?}", value.value)) {
                self.report.warn(
                    Code::NoEffect,
                    value.origin,
                    format!("the value {:?} stands twice", value.value),
                );
            } else {
                distinct.push(value);
            }
        }
        distinct
    }
}

fn integers(values: &[&Node]) -> Option<Vec<EnumValue<i64>>> {
    values
        .iter()
        .map(|node| match node.value {
            Value::Number(Number::Integer(integer)) => Some(EnumValue {
                origin: node.origin,
                value: i64::try_from(integer).ok()?,
            }),
            _ => None,
        })
        .collect()
}
