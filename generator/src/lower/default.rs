//! `default`: the written value in, a value that Rust code can name out.

use super::Lowerer;
use crate::diagnostic::{Code, nearest};
use crate::graph::SchemaId;
use crate::model::{Default, ItemKind, Scalar, Type};
use crate::normalise::Kind;
use crate::source::{Node, Number, Value};

impl Lowerer<'_> {
    /// The default of a property, where its type has values that can be
    /// written down. Others are documented only.
    pub(super) fn default(&mut self, id: SchemaId, ty: &Type) -> Option<Default> {
        let graph = self.graph;
        let node = graph.schema(id).default.as_ref()?;
        if let Type::Item(item) = ty
            && let ItemKind::Newtype(newtype) = self.api.item(*item).kind
        {
            return match (newtype.inner, &node.value) {
                (Scalar::String, Value::String(value)) => Some(Default::Text(value.clone())),
                (inner, Value::Number(Number::Integer(value))) if fits(inner, *value) => {
                    Some(Default::IntegerNewtype(*value))
                }
                _ => self.unfit(node),
            };
        }
        let behind = self.behind(id);
        let ty = match (ty, &self.shapes.shape(behind).kind) {
            (Type::Item(item), Kind::StringEnum(values)) => {
                return match &node.value {
                    Value::String(value) => {
                        let names = values.iter().map(|known| known.value.as_str());
                        self.unlisted(node, value, names);
                        Some(Default::StringEnum(*item, value.clone()))
                    }
                    _ => self.unfit(node),
                };
            }
            (Type::Item(item), Kind::IntegerEnum(_)) => {
                return match &node.value {
                    Value::Number(Number::Integer(value)) => match i64::try_from(*value) {
                        Ok(value) => Some(Default::IntegerEnum(*item, value)),
                        Err(_) => self.unfit(node),
                    },
                    _ => self.unfit(node),
                };
            }
            // Another name for a type without a definition.
            (Type::Item(_), _) => self.structure(behind),
            _ => ty.clone(),
        };
        let default = match (&ty, &node.value) {
            (_, Value::Null) => return None,
            (Type::Scalar(Scalar::Bool), Value::Bool(value)) => Default::Bool(*value),
            (Type::Scalar(scalar), Value::Number(Number::Integer(value)))
                if fits(*scalar, *value) =>
            {
                Default::Integer(*value)
            }
            (Type::Scalar(Scalar::F32 | Scalar::F64), Value::Number(number)) => {
                Default::Float(match number {
                    Number::Integer(integer) => *integer as f64,
                    Number::Float(float) => *float,
                })
            }
            (Type::Scalar(Scalar::String), Value::String(value)) => Default::String(value.clone()),
            (Type::Scalar(Scalar::Secret | Scalar::Formatted(_)), Value::String(value)) => {
                Default::Text(value.clone())
            }
            // Lists, objects and unions: the documentation says what the API
            // fills in.
            (Type::Array(_) | Type::Map(_) | Type::Item(_) | Type::Foreign(_), _)
            | (Type::Scalar(Scalar::Any), _) => return None,
            _ => return self.unfit(node),
        };
        Some(default)
    }

    fn unfit(&mut self, node: &Node) -> Option<Default> {
        if node.value != Value::Null {
            self.report
                .warn(
                    Code::Contradiction,
                    node.origin,
                    format!(
                        "the default is {}, which its schema does not allow",
                        node.kind()
                    ),
                )
                .help("the client documents it and offers no value for it");
        }
        None
    }

    /// Reports a default that `enum` does not list.
    fn unlisted<'n>(
        &mut self,
        node: &Node,
        value: &str,
        mut names: impl Iterator<Item = &'n str> + Clone,
    ) {
        if names.clone().any(|name| name == value) {
            return;
        }
        let help = match nearest(value, &mut names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "correct the default, or list the value".to_owned(),
        };
        let message = format!("the default is `{value}`, which `enum` does not list");
        self.report
            .warn(Code::Contradiction, node.origin, message)
            .help(help);
    }

    /// The schema that others are only another name for.
    fn behind(&self, id: SchemaId) -> SchemaId {
        match self.shapes.shape(id).kind {
            Kind::Same(same) => self.behind(same),
            _ => id,
        }
    }
}

fn fits(scalar: Scalar, value: i128) -> bool {
    match scalar {
        Scalar::I32 => i32::try_from(value).is_ok(),
        Scalar::I64 => i64::try_from(value).is_ok(),
        Scalar::I128 => true,
        Scalar::U32 => u32::try_from(value).is_ok(),
        Scalar::U64 => u64::try_from(value).is_ok(),
        _ => false,
    }
}
