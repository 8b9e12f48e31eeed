//! One schema with every keyword where it was written, its children as ids.

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::source::{Node, Origin};

/// A schema of a [`Graph`](super::Graph).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub(crate) u32);

/// A schema (OpenAPI 3.0, section 4.7.24) as written, flat.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Where it was written.
    pub origin: Origin,
    /// The key under `components/schemas`, for a component.
    pub component: Option<String>,
    /// `x-rust-name`: the Rust name its author chose.
    pub rust_name: Option<String>,
    /// `x-rust-type`: the Rust type that its author chose.
    pub rust_type: Option<Box<Node>>,
    /// `x-rust-newtype`: that it is a type of its own, and its name.
    pub rust_newtype: Option<Box<Node>>,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `externalDocs`, as a Markdown link.
    pub external_docs: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What `x-deprecated-…` says.
    pub deprecation: Option<String>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `x-sensitive`: the value is a secret.
    pub sensitive: bool,
    /// `default`.
    pub default: Option<Box<Node>>,
    /// `example`.
    pub example: Option<Box<Node>>,
    /// `nullable`.
    pub nullable: bool,
    /// `type`.
    pub json_type: Option<JsonType>,
    /// `format`.
    pub format: Option<String>,
    /// The content type of a part with this schema, where it says one:
    /// `contentMediaType`, `contentEncoding`.
    pub content_type: Option<String>,
    /// `enum`.
    pub enumeration: Vec<Node>,
    /// What `x-enum-varnames`, `x-enum-descriptions` and their like say of the
    /// values of `enum`.
    pub enum_notes: Vec<EnumNote>,
    /// `properties`, in the author's order.
    pub properties: IndexMap<String, Property, RandomState>,
    /// `required`.
    pub required: Vec<Required>,
    /// `additionalProperties`.
    pub additional: Additional,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Box<Discriminator>>,
    /// Keywords that narrow the values without changing the type.
    pub constraints: Constraints,
    /// The schemas that hold under a condition: `then`, `else` and
    /// `dependentSchemas`.
    pub conditional: Vec<Conditional>,
    /// What else there is to document, in words of ours.
    pub notes: Vec<String>,
    /// Which side it is of, where requests and responses differ.
    pub view: Option<View>,
}

/// A way that values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}

/// One side of a schema that differs between requests and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// What responses hold.
    Response,
    /// What requests hold, of the schema whose other side this is.
    Request(SchemaId),
}

/// A property of a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// Where the property was written; its schema may stand elsewhere.
    pub origin: Origin,
    /// The schema of its value.
    pub schema: SchemaId,
}

/// A schema that holds under a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// The condition, a phrase: "where `kind` is `card`".
    pub condition: String,
    /// The schema.
    pub schema: SchemaId,
}

/// What is said of one value of an `enum`.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumNote {
    /// The value.
    pub value: Node,
    /// A name for it.
    pub name: Option<String>,
    /// What it means.
    pub description: Option<String>,
}

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// `boolean`.
    Boolean,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

/// The value of `additionalProperties`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// Not written.
    #[default]
    Unwritten,
    /// `false`.
    Forbidden,
    /// `true`.
    Any,
    /// A schema.
    Schema(SchemaId),
}

/// `discriminator` (OpenAPI 3.0, section 4.7.25).
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// Where it was written.
    pub origin: Origin,
    /// `propertyName`.
    pub property: String,
    /// `mapping`: tag → schema.
    pub mapping: Vec<(String, SchemaId)>,
    /// `defaultMapping` (OpenAPI 3.2): the schema of values without a tag, or with
    /// one that stands for no schema.
    pub default: Option<SchemaId>,
}

/// Keywords that narrow the values without changing the type; documented in
/// the output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Each keyword with its value, as written, in a fixed order.
    pub keywords: Vec<(&'static str, String)>,
}

/// A name under `required`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// Where it was written.
    pub origin: Origin,
    /// The name of the property.
    pub name: String,
}

impl Schema {
    /// Whether the strings that it describes are secrets.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.sensitive || self.format.as_deref() == Some("password")
    }

    /// Whether `required` names the property.
    #[must_use]
    pub fn requires(&self, property: &str) -> bool {
        self.required
            .iter()
            .any(|required| required.name == property)
    }

    /// `minProperties`; 0 where it is absent.
    #[must_use]
    pub fn least_properties(&self) -> usize {
        let mut keywords = self.constraints.keywords.iter();
        let least = keywords.find(|(keyword, _)| *keyword == "minProperties");
        least
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or_default()
    }

    /// Whether nothing but annotations was written: any value fits.
    #[must_use]
    pub fn is_annotation_only(&self) -> bool {
        self.json_type.is_none()
            && self.format.is_none()
            && !self.sensitive
            && self.enumeration.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional == Additional::Unwritten
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.conditional.is_empty()
    }
}
