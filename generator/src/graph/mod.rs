//! The document after its `$ref`s are followed: plain data linked by ids, with
//! path-level parameters, security and servers handed down to the operations
//! they hold for. `resolve` makes it, `normalise` reads it.

mod body;
pub(crate) mod circle;
mod operation;
mod schema;

pub use body::{
    Body, Content, Encoding, EncodingStyle, EventData, Framing, Media, PartRules, Response,
    ResponseHeader, Status,
};
pub use operation::{
    ApiKeyLocation, Flow, KeyHeader, Location, Operation, Parameter, ParameterContent, SchemeKind,
    SecurityScheme, Server, ServerVariable, Skipped, Style, Tag, is_described_elsewhere,
    is_header_name, is_key_header,
};
pub use schema::{
    Additional, Conditional, Constraints, Direction, Discriminator, EnumNote, JsonType, Property,
    Required, Schema, SchemaId, View,
};

use crate::source::Origin;

/// A whole document.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The document itself.
    pub origin: Origin,
    /// `info.title`.
    pub title: String,
    /// `info.description`.
    pub description: Option<String>,
    /// What else the document says of itself: version, terms, contact, licence,
    /// each a sentence.
    pub notes: Vec<String>,
    /// Every schema that was met; [`SchemaId`] is an index into it.
    pub schemas: Vec<Schema>,
    /// The component schemas, in the author's order.
    pub components: Vec<SchemaId>,
    /// The operations, in the author's order.
    pub operations: Vec<Operation>,
    /// The operations that the configuration leaves out.
    pub skipped: Vec<Skipped>,
    /// Where what filters removed was written, as `#/…`.
    pub left_out: Vec<String>,
    /// The security schemes, in the author's order.
    pub security_schemes: Vec<SecurityScheme>,
    /// The document's servers, in the author's order, without relative ones.
    pub servers: Vec<Server>,
    /// The path of the document's first server, where that is known.
    pub base_path: String,
    /// The declared tags, in the author's order.
    pub tags: Vec<Tag>,
    /// The rules for parts of multipart bodies.
    pub part_rules: PartRules,
    /// Whether schemas lead on further than later stages follow them, which is
    /// an error that has been reported.
    pub too_deep: bool,
}

impl Graph {
    /// The schema behind an id.
    #[must_use]
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0 as usize]
    }

    /// Adds a schema.
    pub fn add(&mut self, schema: Schema) -> SchemaId {
        let id = SchemaId(self.schemas.len() as u32);
        self.schemas.push(schema);
        id
    }
}
