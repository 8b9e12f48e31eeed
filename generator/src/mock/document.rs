//! The document as the mock needs it: the tree in, its operations with all that
//! holds for them out. Schemas stay where they are, as pointers.

mod place;
mod read;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use serde_json::Value as Json;

use super::route::Template;
use crate::graph::{Location, ParameterContent, SchemeKind, Status, Style};

/// What the mock knows of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// The operations, in the author's order.
    pub(super) operations: Vec<Operation>,
    /// The security schemes that say what a request has to carry.
    pub(super) schemes: BTreeMap<String, SchemeKind>,
}

/// One operation.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// `operationId`.
    pub(super) id: Option<String>,
    /// The HTTP method, in upper case.
    pub(super) method: String,
    /// The paths that lead to it: alone, and behind the path of each server.
    pub(super) templates: Vec<Template>,
    /// The path's parameters, overridden and followed by the operation's own.
    pub(super) parameters: Vec<Parameter>,
    /// `requestBody`.
    pub(super) body: Option<Body>,
    /// `responses`.
    pub(super) responses: Vec<Response>,
    /// The alternatives of the security requirement that holds.
    pub(super) security: Vec<Vec<String>>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) location: Location,
    pub(super) required: bool,
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) content: Option<ParameterContent>,
    /// Where its schema stands.
    pub(super) schema: Option<String>,
}

/// A request body.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) required: bool,
    pub(super) media: Vec<Media>,
}

/// A media type of a body or response.
#[derive(Clone, Debug)]
pub(super) struct Media {
    /// As written.
    pub(super) media_type: String,
    /// Where the schema of the whole stands.
    pub(super) schema: Option<String>,
    /// Where the schema of each item stands, of a stream that has one.
    pub(super) item: Option<String>,
    /// `example` and `examples`, with their names.
    pub(super) examples: Vec<(String, Json)>,
    /// The body of an answer with each of the examples, and with a value that is
    /// made, once it was asked for.
    pub(super) written: Vec<OnceLock<Bytes>>,
    /// How properties of a form, or of a multipart body that has styles, are
    /// written, where that is said: style, and whether exploded.
    pub(super) encoding: BTreeMap<String, (Style, bool)>,
    /// The content types that the parts of a multipart body may have, by name,
    /// as written.
    pub(super) part_types: BTreeMap<String, String>,
}

/// A response.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub(super) status: Status,
    pub(super) media: Vec<Media>,
    pub(super) headers: Vec<Header>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) explode: bool,
    /// What separates the items of a list.
    pub(super) delimiter: &'static str,
    /// Whether its value is JSON.
    pub(super) json: bool,
    pub(super) example: Option<Json>,
    pub(super) schema: Option<String>,
}
