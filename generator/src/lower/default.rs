//! `default`: the written value in, a value that Rust code can name out.

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::SchemaId;
use crate::model::{Default, Scalar, Type};
use crate::normalise::Kind;
use crate::source::{Number, Value};

impl Lowerer<'_> {
    /// The default of a property, where its type has values that can be
    /// written down. Others are documented only.
    pub(super) fn default(&mut self, id: SchemaId, ty: &Type) -> Option<Default> {
        let node = self.graph.schema(id).default.as_ref()?;
        let default = match (ty, &node.value) {
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
            (Type::Item(item), Value::String(value)) if self.is_string_enum(id) => {
                Default::StringEnum(*item, value.clone())
            }
            (Type::Item(item), Value::Number(Number::Integer(value)))
                if self.is_integer_enum(id) && fits(Scalar::I64, *value) =>
            {
                Default::IntegerEnum(*item, *value as i64)
            }
            // Lists, objects and texts with a format: the documentation says
            // what the API fills in.
            (Type::Array(_) | Type::Map(_) | Type::Item(_), _) => return None,
            (Type::Scalar(Scalar::Any), _) => return None,
            (Type::Scalar(_), Value::String(_)) if is_text(ty) => return None,
            _ => {
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
                return None;
            }
        };
        Some(default)
    }

    fn is_integer_enum(&self, id: SchemaId) -> bool {
        match &self.shapes.shape(id).kind {
            Kind::IntegerEnum(_) => true,
            Kind::Same(same) => self.is_integer_enum(*same),
            _ => false,
        }
    }

    fn is_string_enum(&self, id: SchemaId) -> bool {
        match &self.shapes.shape(id).kind {
            Kind::StringEnum(_) => true,
            Kind::Same(same) => self.is_string_enum(*same),
            _ => false,
        }
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Scalar(
            Scalar::Secret | Scalar::Timestamp | Scalar::Date | Scalar::Uuid | Scalar::Base64
        )
    )
}

fn fits(scalar: Scalar, value: i128) -> bool {
    match scalar {
        Scalar::I32 => i32::try_from(value).is_ok(),
        Scalar::I64 => i64::try_from(value).is_ok(),
        Scalar::U32 => u32::try_from(value).is_ok(),
        Scalar::U64 => u64::try_from(value).is_ok(),
        _ => false,
    }
}
