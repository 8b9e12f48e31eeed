//! Operations and what they are made of: parameters, security, servers, tags.

use driftless_runtime::rules::is_framing_header;

use super::{Body, Response, SchemaId};
use crate::source::{Node, Origin};

/// One operation, with all that is inherited from its path and the document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it was written.
    pub origin: Origin,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `operationId`.
    pub operation_id: Option<String>,
    /// Where that was written; else where the operation was.
    pub id_origin: Origin,
    /// `x-rust-name`: the Rust name its author chose.
    pub rust_name: Option<String>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `externalDocs`, as a Markdown link.
    pub external_docs: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What `x-deprecated-…` says.
    pub deprecation: Option<String>,
    /// `x-idempotent`: whether sending it twice is like sending it once.
    pub idempotent: Option<bool>,
    /// `x-idempotency-key`: the header that is filled once per call, or none.
    pub idempotency_key: Option<KeyHeader>,
    /// `x-pagination`: how it answers page by page.
    pub pagination: Option<Node>,
    /// The path's parameters, overridden and followed by the operation's own.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub body: Option<Body>,
    /// `responses`: exact statuses, then ranges, then `default`.
    pub responses: Vec<Response>,
    /// The alternatives of the security requirement that holds, each a list of
    /// scheme names; no alternative means that nothing is required.
    pub security: Vec<Vec<String>>,
    /// Its own servers or those of its path; none where the document's count.
    pub servers: Vec<Server>,
    /// `links` of its responses: each name with the operation it leads to.
    pub links: Vec<(String, String)>,
    /// The names of `callbacks`.
    pub callbacks: Vec<String>,
    /// The scopes that each scheme is asked for, with all alternatives.
    pub scopes: Vec<(String, Vec<String>)>,
}

impl Operation {
    /// The schemas of what requests carry.
    pub fn request_schemas(&mut self) -> Vec<&mut SchemaId> {
        let media = self.body.iter_mut().flat_map(|body| &mut body.media);
        self.parameters
            .iter_mut()
            .map(|parameter| &mut parameter.schema)
            .chain(media.filter_map(|media| media.content.schema_mut()))
            .collect()
    }

    /// The schemas of what responses carry.
    pub fn response_schemas(&mut self) -> Vec<&mut SchemaId> {
        let mut schemas = Vec::new();
        for response in &mut self.responses {
            let media = response.media.iter_mut();
            schemas.extend(media.filter_map(|media| media.content.schema_mut()));
            let headers = response.headers.iter_mut();
            schemas.extend(headers.map(|header| &mut header.schema));
        }
        schemas
    }
}

/// What an operation says of idempotency keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyHeader {
    /// It has none, whatever the configuration says.
    Without,
    /// They go in the header of this name.
    Named(String),
}

/// Whether a text can be the name of a header (RFC 9110, 5.1).
#[must_use]
pub fn is_header_name(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// Whether another part of the document describes the header, so that header
/// parameters of its name are ignored (OpenAPI 3.0, section 4.7.12.1).
#[must_use]
pub fn is_described_elsewhere(header: &str) -> bool {
    ["accept", "authorization", "content-type"]
        .iter()
        .any(|known| header.eq_ignore_ascii_case(known))
}

/// Whether a key by which the API tells repeated requests can go in the header:
/// it means nothing else.
#[must_use]
pub fn is_key_header(header: &str) -> bool {
    is_header_name(header)
        && !is_described_elsewhere(header)
        && !is_framing_header(header)
        && !header.eq_ignore_ascii_case("cookie")
}

/// An operation that the configuration leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// `operationId`.
    pub id: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Why it is left out.
    pub reason: String,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Where it was written.
    pub origin: Origin,
    /// `name`.
    pub name: String,
    /// `x-rust-name`: the Rust name its author chose.
    pub rust_name: Option<String>,
    /// `in`.
    pub location: Location,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// What `x-deprecated-…` says.
    pub deprecation: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `style`, or the default of the location.
    pub style: Style,
    /// `explode`, or the default of the style.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
    /// How the value is written where the parameter has `content`; no style
    /// counts then.
    pub content: Option<ParameterContent>,
    /// `schema`, or that of `content`.
    pub schema: SchemaId,
    /// `example`, or the first of `examples`.
    pub example: Option<Node>,
}

/// How the value of a parameter with `content` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterContent {
    /// As JSON.
    Json,
    /// As it is: its schema is that of a string.
    Text,
    /// It is the whole query, as JSON.
    QueryJson,
    /// It is the whole query, as it is.
    QueryText,
    /// It is the whole query: its properties are parameters.
    QueryForm,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// The word of the document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    }
}

/// How a parameter is written (OpenAPI 3.0, section 4.7.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`: paths and headers.
    Simple,
    /// `label`: paths.
    Label,
    /// `matrix`: paths.
    Matrix,
    /// `form`: queries and cookies.
    Form,
    /// `spaceDelimited`: queries.
    SpaceDelimited,
    /// `pipeDelimited`: queries.
    PipeDelimited,
    /// `tsv` of Swagger 2.0. There, delimited styles are for paths and
    /// headers as well.
    TabDelimited,
    /// `deepObject`: queries.
    DeepObject,
}

impl Style {
    /// The word of the document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Style::Simple => "simple",
            Style::Label => "label",
            Style::Matrix => "matrix",
            Style::Form => "form",
            Style::SpaceDelimited => "spaceDelimited",
            Style::PipeDelimited => "pipeDelimited",
            Style::TabDelimited => "tabDelimited",
            Style::DeepObject => "deepObject",
        }
    }
}

/// A security scheme that the client can apply.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it was written.
    pub origin: Origin,
    /// The key under `components/securitySchemes`.
    pub name: String,
    /// `x-rust-name`: the Rust name its author chose.
    pub rust_name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// How the credential is applied.
    pub kind: SchemeKind,
    /// `bearerFormat`.
    pub format: Option<String>,
}

/// How a credential is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `http` `basic`: RFC 7617.
    Basic,
    /// `http` `bearer`: RFC 6750.
    Bearer,
    /// `http` of any other scheme: the caller gives the whole header.
    Http(String),
    /// `oauth2`: a bearer token that the caller, or a provider, gets by one of
    /// these flows.
    OAuth2(Vec<Flow>),
    /// `openIdConnect`: a bearer token, and where the issuer describes itself.
    OpenIdConnect(String),
    /// `apiKey`: a header, query parameter or cookie of that name.
    ApiKey(ApiKeyLocation, String),
}

impl SchemeKind {
    /// Whether the credential is a bearer token.
    #[must_use]
    pub fn is_token(&self) -> bool {
        matches!(
            self,
            SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_)
        )
    }
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Its name in the document: `authorizationCode`, say.
    pub name: String,
    /// `authorizationUrl`.
    pub authorization_url: Option<String>,
    /// `tokenUrl`.
    pub token_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// `scopes`: each with what it is for.
    pub scopes: Vec<(String, String)>,
}

/// Where an API key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Where it was written.
    pub origin: Origin,
    /// `x-rust-name`: the name its author chose.
    pub rust_name: Option<String>,
    /// `url`, without a trailing slash, its variables in braces.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// The variables in `url`, in its order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Where it was written.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// `x-rust-name`: the Rust name its author chose.
    pub rust_name: Option<String>,
    /// `default`.
    pub default: String,
    /// `enum`, with the names of `x-enum-varnames`; empty where any text will
    /// do.
    pub values: Vec<(String, Option<String>)>,
    /// `description`.
    pub description: Option<String>,
}

impl Server {
    /// The address with the default of every variable.
    #[must_use]
    pub fn default_url(&self) -> String {
        let mut url = self.url.clone();
        for variable in &self.variables {
            url = url.replace(&format!("{{{}}}", variable.name), &variable.default);
        }
        url
    }

    /// Whether it leads somewhere from where the document was found.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        let url = self.default_url();
        // A variable without a default may hold the beginning.
        let open = self.url.starts_with('{')
            && self
                .variables
                .first()
                .is_some_and(|first| first.default.is_empty());
        !url.starts_with("https://") && !url.starts_with("http://") && !open
    }

    /// Whether it is the same server as another one, whatever is said of it.
    #[must_use]
    pub fn is_same(&self, other: &Server) -> bool {
        self.url == other.url
            && self.variables.len() == other.variables.len()
            && self
                .variables
                .iter()
                .zip(&other.variables)
                .all(|(one, other)| one.default == other.default && one.values == other.values)
    }
}

/// A declared tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Where it was written.
    pub origin: Origin,
    /// `name`.
    pub name: String,
    /// `description`.
    pub description: Option<String>,
    /// `externalDocs`, as a Markdown link.
    pub external_docs: Option<String>,
    /// `x-rust-path`: the accessors that lead to its operations.
    pub rust_path: Option<Vec<String>>,
}
