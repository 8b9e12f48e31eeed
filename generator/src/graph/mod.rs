//! The document after its `$ref`s are followed: plain data linked by ids, with
//! path-level parameters, security and servers handed down to the operations
//! they hold for. `resolve` makes it, `normalise` reads it.

mod operation;
mod schema;

pub use operation::{
    ApiKeyLocation, Body, Content, Location, Media, Operation, Parameter, Response, ResponseHeader,
    SchemeKind, SecurityScheme, Server, Skipped, Status, Style, Tag,
};
pub use schema::{
    Additional, Constraints, Discriminator, EnumNote, JsonType, Property, Schema, SchemaId,
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
    /// The security schemes, in the author's order.
    pub security_schemes: Vec<SecurityScheme>,
    /// The document's servers, in the author's order.
    pub servers: Vec<Server>,
    /// The declared tags, in the author's order.
    pub tags: Vec<Tag>,
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
