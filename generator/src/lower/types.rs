//! Type expressions: a schema in, the Rust type of its values out.

use super::Lowerer;
use crate::graph::SchemaId;
use crate::model::{Scalar, Type};
use crate::normalise::{IntegerFormat, Kind, NumberFormat};
use crate::string_format::{StringType, is_path};

impl Lowerer<'_> {
    /// The type of a schema's values, `null` included where it is allowed.
    pub(super) fn ty(&self, id: SchemaId) -> Type {
        let bare = self.bare(id);
        // Every value includes `null`.
        if self.is_nullable(id) && bare != Type::Scalar(Scalar::Any) {
            Type::Nullable(Box::new(bare))
        } else {
            bare
        }
    }

    /// The type of a schema's values other than `null`.
    pub(super) fn bare(&self, id: SchemaId) -> Type {
        match self.items.get(&id) {
            Some(item) => Type::Item(*item),
            None => self.structure(id),
        }
    }

    /// The type that a schema amounts to, were it no type of its own.
    pub(super) fn structure(&self, id: SchemaId) -> Type {
        if let Some(path) = self.foreign.get(&id) {
            return Type::Foreign(path.clone());
        }
        Type::Scalar(match &self.shapes.shape(id).kind {
            Kind::Boolean => Scalar::Bool,
            Kind::Integer(IntegerFormat::I64) => match self.config.formats.get(INTEGER) {
                Some(choice) if is_path(choice) => return Type::Foreign(choice.clone()),
                _ => self.integer(IntegerFormat::I64),
            },
            Kind::Integer(format) => self.integer(*format),
            Kind::Number(NumberFormat::F32) => Scalar::F32,
            Kind::Number(NumberFormat::F64) => Scalar::F64,
            Kind::String(StringType::Text) => Scalar::String,
            Kind::String(StringType::Secret) => Scalar::Secret,
            Kind::String(StringType::Formatted(format)) => Scalar::Formatted(*format),
            Kind::String(StringType::Foreign(path)) => return Type::Foreign(path.clone()),
            Kind::Array(items) => return Type::Array(Box::new(self.ty(*items))),
            Kind::Map(values) => return Type::Map(Box::new(self.ty(*values))),
            Kind::Same(same) => return self.bare(*same),
            // The others are types of their own, always.
            Kind::Any
            | Kind::StringEnum(_)
            | Kind::IntegerEnum(_)
            | Kind::Object { .. }
            | Kind::Union(_) => Scalar::Any,
        })
    }

    /// The type of integers that are not of a type of their own.
    pub(super) fn integer(&self, format: IntegerFormat) -> Scalar {
        match format {
            IntegerFormat::I32 => Scalar::I32,
            IntegerFormat::U32 => Scalar::U32,
            IntegerFormat::U64 => Scalar::U64,
            IntegerFormat::I64 => match self.config.formats.get(INTEGER) {
                Some(choice) if choice == "i128" => Scalar::I128,
                _ => Scalar::I64,
            },
        }
    }

    /// Whether `null` is a value of the schema.
    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        let shape = self.shapes.shape(id);
        shape.nullable
            || match shape.kind {
                Kind::Same(same) => self.is_nullable(same),
                _ => false,
            }
    }
}

/// The key of `[formats]` for integers that no format makes narrower than 64
/// bits.
pub(super) const INTEGER: &str = "integer";
