//! The uniform form of a schema.

use crate::graph::{Schema, SchemaId};
use crate::source::Origin;
use crate::string_format::StringType;

/// What values a schema allows, in the one form that later stages know.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Whether `null` is allowed beside what `kind` says.
    pub nullable: bool,
    /// The values other than `null`.
    pub kind: Kind,
}

impl Shape {
    /// The schemas of the values inside.
    #[must_use]
    pub fn children(&self) -> Vec<SchemaId> {
        match &self.kind {
            Kind::Array(child) | Kind::Map(child) | Kind::Same(child) => vec![*child],
            Kind::Object { fields, additional } => fields
                .iter()
                .map(|field| field.schema)
                .chain(*additional)
                .collect(),
            Kind::Union(union) => union
                .variants
                .iter()
                .map(|variant| variant.schema)
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl Shape {
    /// [`children`](Self::children), to be replaced.
    pub(super) fn children_mut(&mut self) -> Vec<&mut SchemaId> {
        match &mut self.kind {
            Kind::Array(child) | Kind::Map(child) | Kind::Same(child) => vec![child],
            Kind::Object { fields, additional } => fields
                .iter_mut()
                .map(|field| &mut field.schema)
                .chain(additional)
                .collect(),
            Kind::Union(union) => union
                .variants
                .iter_mut()
                .map(|variant| &mut variant.schema)
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// The kinds of [`Shape`].
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(IntegerFormat),
    /// A number.
    Number(NumberFormat),
    /// A string.
    String(StringType),
    /// One of several known strings, or another that the API may add.
    StringEnum(Vec<EnumValue<String>>),
    /// One of several known integers, or another that the API may add.
    IntegerEnum(Vec<EnumValue<i64>>),
    /// A list.
    Array(SchemaId),
    /// An object of like values under any keys.
    Map(SchemaId),
    /// An object of known properties.
    Object {
        /// The properties, in the author's order.
        fields: Vec<Field>,
        /// The schema of properties that are not known, where they are kept.
        additional: Option<SchemaId>,
    },
    /// One of several schemas.
    Union(Union),
    /// What another schema is.
    Same(SchemaId),
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Where it was written.
    pub origin: Origin,
    /// Its name in JSON.
    pub wire: String,
    /// The schema of its value.
    pub schema: SchemaId,
    /// Whether it is always there.
    pub required: bool,
    /// The conditions under which it is described, as phrases; of a property
    /// without one, none.
    pub conditions: Vec<String>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue<T> {
    /// Where it was written.
    pub origin: Origin,
    /// The value.
    pub value: T,
    /// The name that its author gave it.
    pub name: Option<String>,
    /// What it means.
    pub description: Option<String>,
}

/// A choice between schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Union {
    /// The property that tells the variants apart, if one does.
    pub tag: Option<String>,
    /// The variants, in the author's order.
    pub variants: Vec<UnionVariant>,
}

/// One schema of a [`Union`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionVariant {
    /// The value of the tag, where the union has one and the variant too.
    pub tag: Option<String>,
    /// Other values of the tag that stand for it as well.
    pub also: Vec<String>,
    /// The schema.
    pub schema: SchemaId,
    /// What the variant may be named after, if its schema has no name.
    pub hint: Option<String>,
    /// Whether values without a tag, and with any other, are of this variant.
    pub default: bool,
}

/// The integers a schema allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerFormat {
    /// `int32`.
    I32,
    /// `int64`, another format or none.
    I64,
    /// `uint32`.
    U32,
    /// `uint64`.
    U64,
}

impl IntegerFormat {
    pub(super) fn of(schema: &Schema) -> Self {
        match schema.format.as_deref() {
            Some("int32" | "int16" | "int8") => Self::I32,
            Some("uint32" | "uint16" | "uint8") => Self::U32,
            Some("uint64" | "uint") => Self::U64,
            _ if schema.exceeds_i64() => Self::U64,
            _ => Self::I64,
        }
    }
}

/// The numbers a schema allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// `float`.
    F32,
    /// `double`, another format or none.
    F64,
}

impl Schema {
    /// Whether the bounds allow integers that only an unsigned type holds, and
    /// none that is negative.
    fn exceeds_i64(&self) -> bool {
        let bound = |wanted: &str| {
            let keywords = &self.constraints.keywords;
            let found = keywords.iter().find(|(keyword, _)| *keyword == wanted);
            found.and_then(|(_, value)| value.parse::<f64>().ok())
        };
        let large = bound("maximum").is_some_and(|maximum| maximum >= 9_223_372_036_854_775_808.0);
        large && bound("minimum").is_some_and(|minimum| minimum >= 0.0)
    }
}

impl NumberFormat {
    pub(super) fn of(format: Option<&str>) -> Self {
        match format {
            Some("float") => Self::F32,
            _ => Self::F64,
        }
    }
}
