//! Type expressions: a schema in, the Rust type of its values out.

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::SchemaId;
use crate::model::{Scalar, Type};
use crate::normalise::{IntegerFormat, Kind, NumberFormat, StringFormat};

/// The string formats whose Rust type can be chosen, and the choices, the
/// default first.
const FORMATS: [(&str, [&str; 2]); 3] = [
    ("date-time", ["jiff", "string"]),
    ("date", ["jiff", "string"]),
    ("uuid", ["uuid", "string"]),
];

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
        Type::Scalar(match &self.shapes.shape(id).kind {
            Kind::Boolean => Scalar::Bool,
            Kind::Integer(IntegerFormat::I32) => Scalar::I32,
            Kind::Integer(IntegerFormat::I64) => Scalar::I64,
            Kind::Integer(IntegerFormat::U32) => Scalar::U32,
            Kind::Integer(IntegerFormat::U64) => Scalar::U64,
            Kind::Number(NumberFormat::F32) => Scalar::F32,
            Kind::Number(NumberFormat::F64) => Scalar::F64,
            Kind::String(format) => self.string(*format),
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

    /// Whether `null` is a value of the schema.
    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        let shape = self.shapes.shape(id);
        shape.nullable
            || match shape.kind {
                Kind::Same(same) => self.is_nullable(same),
                _ => false,
            }
    }

    fn string(&self, format: StringFormat) -> Scalar {
        match format {
            StringFormat::DateTime if self.is_typed("date-time") => Scalar::Timestamp,
            StringFormat::Date if self.is_typed("date") => Scalar::Date,
            StringFormat::Uuid if self.is_typed("uuid") => Scalar::Uuid,
            StringFormat::Secret => Scalar::Secret,
            StringFormat::Byte => Scalar::Base64,
            StringFormat::Text
            | StringFormat::DateTime
            | StringFormat::Date
            | StringFormat::Uuid => Scalar::String,
        }
    }

    fn is_typed(&self, format: &str) -> bool {
        self.config
            .formats
            .get(format)
            .is_none_or(|choice| choice != "string")
    }

    /// Reports choices of formats that do not exist.
    pub(super) fn formats(&mut self) {
        for (format, choice) in &self.config.formats {
            match FORMATS.iter().find(|(name, _)| name == format) {
                None => {
                    let known = FORMATS.map(|(name, _)| name).join("`, `");
                    self.report
                        .error_without_place(
                            Code::Configuration,
                            format!("`[formats]` has no format `{format}`"),
                        )
                        .help(format!("the formats are `{known}`"));
                }
                Some((_, choices)) if !choices.contains(&choice.as_str()) => {
                    self.report
                        .error_without_place(
                            Code::Configuration,
                            format!("`[formats]` cannot make `{format}` a `{choice}`"),
                        )
                        .help(format!("write `{}`", choices.join("` or `")));
                }
                Some(_) => {}
            }
        }
    }
}
