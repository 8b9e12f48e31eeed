//! Bodies and responses: media types, what they hold and how it is written.

use super::SchemaId;
use crate::source::{Node, Origin};

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it was written.
    pub origin: Origin,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// The media types that can be sent, the preferred one first; at least one.
    pub media: Vec<Media>,
}

/// A media type of a body or response that the client handles.
#[derive(Clone, Debug)]
pub struct Media {
    /// Where it was written.
    pub origin: Origin,
    /// The media type as written, `application/json; charset=utf-8` say.
    pub media_type: String,
    /// How its content is read or written.
    pub content: Content,
    /// `example` and `examples`, each with its name (`example` for the single
    /// one).
    pub examples: Vec<(String, Node)>,
}

/// How content is read or written.
#[derive(Clone, Debug)]
pub enum Content {
    /// JSON of a schema.
    Json(SchemaId),
    /// `application/x-www-form-urlencoded` of an object schema.
    Form(SchemaId, Vec<Encoding>),
    /// `multipart/*` of an object schema.
    Multipart(SchemaId, Vec<Encoding>),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// `text/event-stream`.
    Events(EventData),
    /// A stream of JSON documents of a schema.
    Items(SchemaId, Framing),
}

impl Content {
    /// The schema that says what is in it, if one does.
    #[must_use]
    pub fn schema(&self) -> Option<SchemaId> {
        match self {
            Content::Json(schema)
            | Content::Form(schema, _)
            | Content::Multipart(schema, _)
            | Content::Items(schema, _)
            | Content::Events(EventData::Json(schema) | EventData::Whole(schema)) => Some(*schema),
            Content::Text | Content::Binary | Content::Events(EventData::Text) => None,
        }
    }

    /// The same, to be replaced.
    pub fn schema_mut(&mut self) -> Option<&mut SchemaId> {
        match self {
            Content::Json(schema)
            | Content::Form(schema, _)
            | Content::Multipart(schema, _)
            | Content::Items(schema, _)
            | Content::Events(EventData::Json(schema) | EventData::Whole(schema)) => Some(schema),
            Content::Text | Content::Binary | Content::Events(EventData::Text) => None,
        }
    }
}

/// What the events of a `text/event-stream` hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {
    /// Their data is text.
    Text,
    /// Their data is JSON of a schema.
    Json(SchemaId),
    /// The schema describes the whole event: an object with `data`, `event`,
    /// `id` and `retry`.
    Whole(SchemaId),
}

/// How JSON documents follow one another in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framing {
    /// One on each line.
    Lines,
    /// Each begins with a record separator (RFC 7464).
    Records,
}

/// In what the versions of OpenAPI differ about the parts of multipart bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartRules {
    /// Whether a part without a type is a file (OpenAPI 3.1.1, section
    /// 4.8.15.1.1).
    pub untyped_is_file: bool,
    /// Whether `style`, `explode` and `allowReserved` count, instead of
    /// `contentType` (section 4.8.15.1.2).
    pub styles: bool,
}

impl PartRules {
    /// Those of the version in which the document was written; `None` is 3.0.
    #[must_use]
    pub fn of_version(version: Option<&str>) -> Self {
        Self {
            untyped_is_file: version.is_some_and(|version| version != "2.0"),
            // Of Swagger 2.0, where `collectionFormat` is the style.
            styles: version.is_some(),
        }
    }
}

/// How a property of a form or multipart body is written (OpenAPI 3.0, section
/// 4.7.15).
#[derive(Clone, Debug)]
pub struct Encoding {
    /// Where it was written.
    pub origin: Origin,
    /// The property.
    pub property: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `style`, where it or `explode` is written.
    pub style: Option<EncodingStyle>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// The names of the part's documented headers.
    pub headers: Vec<String>,
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodingStyle {
    /// Exploded `form`.
    Exploded,
    /// Items with this character between them.
    Joined(&'static str),
    /// `deepObject`.
    Deep,
}

/// One response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it was written.
    pub origin: Origin,
    /// The key: which statuses it holds for.
    pub status: Status,
    /// `description`.
    pub description: String,
    /// The media types that are asked for, the preferred one first; none where
    /// the body is empty.
    pub media: Vec<Media>,
    /// `headers`.
    pub headers: Vec<ResponseHeader>,
}

impl Response {
    /// Whether it stands for success: an answer, or the place where the answer is.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_success() || self.is_redirect()
    }

    /// Whether it sends the caller to the URL in its `Location` (RFC 9110, section
    /// 15.4).
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        let mut headers = self.headers.iter();
        self.status.is_redirection()
            && headers.any(|header| header.name.eq_ignore_ascii_case("location"))
    }
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Where it was written.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// `x-rust-name`: the Rust name its author chose.
    pub rust_name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `explode`.
    pub explode: bool,
    /// What separates the items of a list: a comma unless `collectionFormat` of
    /// Swagger 2.0 says otherwise.
    pub delimiter: char,
    /// Whether its value is JSON: it has `content`.
    pub json: bool,
    /// The schema of its value.
    pub schema: SchemaId,
}

/// The key of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred statuses: `4` for `4XX`.
    Range(u16),
    /// Every status that no other key holds for.
    Default,
}

impl Status {
    /// Whether it stands for success.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Status::Code(200..=299) | Status::Range(2))
    }

    /// Whether it stands for redirects.
    #[must_use]
    pub fn is_redirection(self) -> bool {
        matches!(self, Status::Code(300..=303 | 305..=399) | Status::Range(3))
    }

    /// Whether responses of it have no body (RFC 9110, section 6.4.1, and
    /// 15.3.6 for 205).
    #[must_use]
    pub fn has_no_body(self) -> bool {
        matches!(
            self,
            Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1)
        )
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Range(hundred) => write!(f, "{hundred}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}
