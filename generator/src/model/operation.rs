//! Operations as the client offers them.

use super::{
    Body, Docs, HeaderStruct, Name, NamespaceId, OperationServer, Pagination, Sample, Type,
};
use crate::graph::{Framing, Location, ParameterContent, Status, Style};
use crate::source::Origin;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it was written.
    pub origin: Origin,
    /// Its JSON pointer.
    pub pointer: String,
    /// `operationId`, or `METHOD path` where it has none.
    pub id: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The namespace it stands in; `None` for the client itself.
    pub namespace: Option<NamespaceId>,
    /// The name of its method.
    pub name: Name,
    /// The name of the type that stands for it.
    pub marker: Name,
    /// The name of the type of its calls.
    pub call: Name,
    /// The module and file it stands in, below `operations`; filled in by
    /// `name`.
    pub module: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether sending it twice is like sending it once, if the document says
    /// so.
    pub idempotent: Option<bool>,
    /// The header that is filled once per call and kept over its attempts.
    pub idempotency_key: Option<String>,
    /// How it answers page by page, if it does; filled in once the types are
    /// known.
    pub pagination: Option<Pagination>,
    /// The parameters in the path, in template order.
    pub path_parameters: Vec<Parameter>,
    /// The other parameters, in the author's order.
    pub parameters: Vec<Parameter>,
    /// The name of the plain struct of required parameters, where there are
    /// any outside the path.
    pub required_name: Option<Name>,
    /// The request body.
    pub body: Option<Body>,
    /// The media types that are asked for, as the value of `Accept`; empty
    /// where no response has a body.
    pub accept: String,
    /// What success yields.
    pub output: Outcome,
    /// What failure yields.
    pub failure: Outcome,
    /// The documented headers of success.
    pub output_headers: Option<HeaderStruct>,
    /// The documented headers of failure.
    pub failure_headers: Option<HeaderStruct>,
    /// The alternatives of the security requirement, each a list of scheme
    /// names.
    pub security: Vec<Vec<String>>,
    /// Where it goes, if not to the client's server.
    pub server: Option<OperationServer>,
    /// All responses as written.
    pub responses: Vec<Response>,
    /// The examples of the responses.
    pub examples: Vec<ResponseExample>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it was written.
    pub origin: Origin,
    /// Its name on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: Name,
    /// Where it stands.
    pub location: Location,
    /// How it is written.
    pub style: ParameterStyle,
    /// The type of its value.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// An example that fits, as JSON.
    pub example: Option<serde_json::Value>,
    /// The value of tests and documentation, where there is no example.
    pub sample: Sample,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// In one of OpenAPI's styles.
    Styled {
        /// The style, which its location has.
        style: Style,
        /// Whether lists and objects are taken apart.
        explode: bool,
        /// Whether reserved characters stay as they are.
        reserved: bool,
    },
    /// As its `content` says.
    Content(ParameterContent),
}

impl ParameterStyle {
    /// Whether lists and objects are taken apart.
    #[must_use]
    pub fn explode(self) -> bool {
        matches!(self, ParameterStyle::Styled { explode: true, .. })
    }

    /// Whether it is the default style of its location, or so like it that one
    /// plain value is written the same.
    #[must_use]
    pub fn is_plain(self) -> bool {
        match self {
            ParameterStyle::Styled {
                style, reserved, ..
            } => !reserved && !matches!(style, Style::Label | Style::Matrix),
            ParameterStyle::Content(content) => content == ParameterContent::Text,
        }
    }
}

/// A response as written.
#[derive(Clone, Debug)]
pub struct Response {
    /// Where it was written.
    pub origin: Origin,
    /// The statuses it stands for.
    pub status: Status,
    /// Whether it sends the caller to another URL.
    pub is_redirect: bool,
    /// `description`.
    pub description: String,
    /// The media types of its body, and what each holds; none where it is
    /// empty.
    pub media: Vec<(String, Content)>,
}

impl Response {
    /// Whether it stands for success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_success() || self.is_redirect
    }
}

/// What the body of a response holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// JSON of a type.
    Json(Type),
    /// Text.
    Text,
    /// Bytes, read before they are handed over.
    Bytes,
    /// Bytes as they come.
    Stream,
    /// A stream of events.
    Events(EventData),
    /// A stream of JSON documents of a type.
    Items(Type, Framing),
    /// Nothing but the URL in `Location`.
    Redirect,
}

impl Content {
    /// Whether the body is handed over unread.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(
            self,
            Content::Stream | Content::Events(_) | Content::Items(..)
        )
    }

    /// The type of the values in it.
    #[must_use]
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Content::Json(ty)
            | Content::Items(ty, _)
            | Content::Events(EventData::Json(ty) | EventData::Whole(ty)) => Some(ty),
            _ => None,
        }
    }
}

/// What the events of a stream hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventData {
    /// Their data is text.
    Text,
    /// Their data is JSON of a type.
    Json(Type),
    /// The type is that of whole events.
    Whole(Type),
}

/// What an operation yields.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Nothing is documented.
    Nothing,
    /// One and the same content, whatever the status.
    One(Content),
    /// Content that depends on the status.
    ByStatus(OutcomeEnum),
}

/// An enum with a variant for each documented status, or for each media type
/// of one.
#[derive(Clone, Debug)]
pub struct OutcomeEnum {
    /// Its name.
    pub name: Name,
    /// The variants; exact statuses first, then ranges, then `default`.
    pub variants: Vec<OutcomeVariant>,
}

/// A variant of an [`OutcomeEnum`].
#[derive(Clone, Debug)]
pub struct OutcomeVariant {
    /// The statuses it stands for.
    pub status: Status,
    /// Its name.
    pub name: Name,
    /// What it holds; `None` for an empty body.
    pub content: Option<Content>,
    /// The media types that it stands for.
    pub media_types: Vec<String>,
    /// `description`.
    pub description: String,
}

/// An example of a request's body.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name, unique in its operation.
    pub name: String,
    /// The value.
    pub value: serde_json::Value,
    /// Whether encoding the decoded value gives the example again.
    pub lossless: bool,
}

/// An example of a response's body.
#[derive(Clone, Debug)]
pub struct ResponseExample {
    /// Its name, unique in its operation.
    pub name: String,
    /// The status of the response.
    pub status: u16,
    /// The media type it is received as.
    pub media_type: String,
    /// The value as JSON, laid out to be read. Nobody asks what is in it, and
    /// a text takes a fraction of the memory.
    pub text: String,
    /// The type it decodes into.
    pub ty: Type,
    /// Whether encoding the decoded value gives the example again.
    pub lossless: bool,
}
