//! What OpenAPI 3.0 allows where: one table row per key of every object. No
//! logic, only the specification as data; `check` follows it.

use super::version::Version;

/// What may stand at a place.
pub(super) enum Shape {
    /// Anything: examples, defaults.
    Any,
    /// `true` or `false`.
    Bool,
    /// A string that the client depends on.
    Text,
    /// A string for people: never worth an error.
    Prose,
    /// A number. One that cannot be read is left out: bounds are not enforced.
    Number,
    /// A number of things: an integer from 0 on, left out otherwise.
    Count,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list.
    List(&'static Shape),
    /// An object with keys of the author's choice.
    Map(&'static Shape),
    /// One of the specification's objects.
    Object(&'static Object),
    /// `true`, `false` or an object.
    BoolOr(&'static Object),
}

/// One of the specification's objects.
pub(super) struct Object {
    /// Its name with an article, for messages.
    pub(super) name: &'static str,
    /// Its fixed keys.
    pub(super) keys: &'static [Key],
    /// What other keys than the fixed ones may be.
    pub(super) others: Others,
    /// Whether a reference may stand in its place.
    pub(super) reference: bool,
    /// Mends that need to see the object as a whole.
    pub(super) kind: Kind,
}

impl Object {
    /// Whether requests or responses are not as described without it.
    pub(super) fn is_essential(&self) -> bool {
        match self.kind {
            Kind::Document
            | Kind::Components
            | Kind::Operation
            | Kind::Paths
            | Kind::PathItem
            | Kind::Parameter
            | Kind::Responses
            | Kind::MediaType
            | Kind::SecurityScheme => true,
            Kind::Plain => self.reference,
            _ => false,
        }
    }
}

/// A fixed key of an object.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) absence: Absence,
}

/// What it means that a key is missing.
#[derive(Clone, Copy)]
pub(super) enum Absence {
    /// The key is optional.
    Fine,
    /// The object makes no sense without it.
    Error,
    /// The object makes no sense without it, and nothing depends on the object.
    LeftOut,
    /// The client does not depend on it: an empty string stands in.
    EmptyText,
    /// The client does not depend on it: an empty object stands in.
    EmptyObject,
}

/// What keys an object may have besides the fixed ones and `x-…`.
pub(super) enum Others {
    None,
    /// Path templates.
    Paths(Shape),
    /// Status codes and their ranges.
    Statuses(Shape),
    /// Anything; not even `x-…` is special.
    Expressions(Shape),
}

/// Objects with rules that a table of keys cannot say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Document,
    Components,
    Callback,
    Schema,
    Parameter,
    Header,
    MediaType,
    Encoding,
    Example,
    Link,
    Operation,
    Paths,
    PathItem,
    Responses,
    SecurityScheme,
    ServerVariable,
    Tag,
}

const fn key(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        absence: Absence::Fine,
    }
}

const fn required(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        absence: Absence::Error,
    }
}

const fn wanted(name: &'static str, shape: Shape, absence: Absence) -> Key {
    Key {
        name,
        shape,
        absence,
    }
}

const fn object(name: &'static str, keys: &'static [Key]) -> Object {
    Object {
        name,
        keys,
        others: Others::None,
        reference: false,
        kind: Kind::Plain,
    }
}

const fn special(kind: Kind, name: &'static str, keys: &'static [Key]) -> Object {
    Object {
        kind,
        ..object(name, keys)
    }
}

const fn referable(kind: Kind, name: &'static str, keys: &'static [Key]) -> Object {
    Object {
        reference: true,
        ..special(kind, name, keys)
    }
}

use Absence::{EmptyObject, EmptyText, LeftOut};
use Shape::{Any, Bool, BoolOr, Choice, Count, List, Map, Number, Prose, Text};

/// The document itself.
pub(super) static OPENAPI: Object = special(
    Kind::Document,
    "the OpenAPI object",
    &[
        required("openapi", Text),
        wanted("info", Shape::Object(&INFO), EmptyObject),
        key("servers", List(&Shape::Object(&SERVER))),
        wanted("paths", Shape::Object(&PATHS), EmptyObject),
        key("components", Shape::Object(&COMPONENTS)),
        key("security", List(&SECURITY_REQUIREMENT)),
        key("tags", List(&Shape::Object(&TAG))),
        key("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

static INFO: Object = object(
    "an info object",
    &[
        wanted("title", Prose, EmptyText),
        key("description", Prose),
        key("termsOfService", Prose),
        key("contact", Shape::Object(&CONTACT)),
        key("license", Shape::Object(&LICENSE)),
        wanted("version", Prose, EmptyText),
    ],
);

static CONTACT: Object = object(
    "a contact object",
    &[key("name", Prose), key("url", Prose), key("email", Prose)],
);

static LICENSE: Object = object(
    "a license object",
    &[wanted("name", Prose, EmptyText), key("url", Prose)],
);

static SERVER: Object = object(
    "a server object",
    &[
        wanted("url", Text, LeftOut),
        key("description", Prose),
        key("variables", Map(&Shape::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Object = special(
    Kind::ServerVariable,
    "a server variable object",
    &[
        key("enum", List(&Text)),
        wanted("default", Text, EmptyText),
        key("description", Prose),
    ],
);

static COMPONENTS: Object = special(
    Kind::Components,
    "a components object",
    &[
        key("schemas", Map(&Shape::Object(&SCHEMA))),
        key("responses", Map(&Shape::Object(&RESPONSE))),
        key("parameters", Map(&Shape::Object(&PARAMETER))),
        key("examples", Map(&Shape::Object(&EXAMPLE))),
        key("requestBodies", Map(&Shape::Object(&REQUEST_BODY))),
        key("headers", Map(&Shape::Object(&HEADER))),
        key("securitySchemes", Map(&Shape::Object(&SECURITY_SCHEME))),
        key("links", Map(&Shape::Object(&LINK))),
        key("callbacks", Map(&Shape::Object(&CALLBACK))),
        key("x-driftless-path-items", Map(&Shape::Object(&PATH_ITEM))),
    ],
);

static PATHS: Object = Object {
    others: Others::Paths(Shape::Object(&PATH_ITEM)),
    ..special(Kind::Paths, "a paths object", &[])
};

static PATH_ITEM: Object = referable(
    Kind::PathItem,
    "a path item object",
    &[
        key("summary", Prose),
        key("description", Prose),
        key("get", Shape::Object(&OPERATION)),
        key("put", Shape::Object(&OPERATION)),
        key("post", Shape::Object(&OPERATION)),
        key("delete", Shape::Object(&OPERATION)),
        key("options", Shape::Object(&OPERATION)),
        key("head", Shape::Object(&OPERATION)),
        key("patch", Shape::Object(&OPERATION)),
        key("trace", Shape::Object(&OPERATION)),
        key("servers", List(&Shape::Object(&SERVER))),
        key("parameters", List(&Shape::Object(&PARAMETER))),
        key("x-driftless-operations", Map(&Shape::Object(&OPERATION))),
    ],
);

static OPERATION: Object = special(
    Kind::Operation,
    "an operation object",
    &[
        key("tags", List(&Text)),
        key("summary", Prose),
        key("description", Prose),
        key("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        key("operationId", Text),
        key("parameters", List(&Shape::Object(&PARAMETER))),
        key("requestBody", Shape::Object(&REQUEST_BODY)),
        wanted("responses", Shape::Object(&RESPONSES), EmptyObject),
        key("callbacks", Map(&Shape::Object(&CALLBACK))),
        key("deprecated", Bool),
        key("security", List(&SECURITY_REQUIREMENT)),
        key("servers", List(&Shape::Object(&SERVER))),
    ],
);

static EXTERNAL_DOCS: Object = object(
    "an external documentation object",
    &[key("description", Prose), wanted("url", Prose, EmptyText)],
);

static PARAMETER: Object = referable(
    Kind::Parameter,
    "a parameter object",
    &[
        required("name", Text),
        required("in", Choice(&["query", "header", "path", "cookie"])),
        key("description", Prose),
        key("required", Bool),
        key("deprecated", Bool),
        key("allowEmptyValue", Bool),
        key(
            "style",
            Choice(&[
                "matrix",
                "label",
                "form",
                "simple",
                "spaceDelimited",
                "pipeDelimited",
                "deepObject",
            ]),
        ),
        key("explode", Bool),
        key("allowReserved", Bool),
        key("schema", Shape::Object(&SCHEMA)),
        key("example", Any),
        key("examples", Map(&Shape::Object(&EXAMPLE))),
        key("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
);

static HEADER: Object = referable(
    Kind::Header,
    "a header object",
    &[
        key("description", Prose),
        key("required", Bool),
        key("deprecated", Bool),
        key("allowEmptyValue", Bool),
        key("style", Choice(&["simple"])),
        key("explode", Bool),
        key("allowReserved", Bool),
        key("schema", Shape::Object(&SCHEMA)),
        key("example", Any),
        key("examples", Map(&Shape::Object(&EXAMPLE))),
        key("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
);

static REQUEST_BODY: Object = referable(
    Kind::Plain,
    "a request body object",
    &[
        key("description", Prose),
        wanted("content", Map(&Shape::Object(&MEDIA_TYPE)), EmptyObject),
        key("required", Bool),
    ],
);

static MEDIA_TYPE: Object = special(
    Kind::MediaType,
    "a media type object",
    &[
        key("schema", Shape::Object(&SCHEMA)),
        key("example", Any),
        key("examples", Map(&Shape::Object(&EXAMPLE))),
        key("encoding", Map(&Shape::Object(&ENCODING))),
        key("x-driftless-item-schema", Shape::Object(&SCHEMA)),
    ],
);

static ENCODING: Object = special(
    Kind::Encoding,
    "an encoding object",
    &[
        key("contentType", Text),
        key("headers", Map(&Shape::Object(&HEADER))),
        key(
            "style",
            Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        key("explode", Bool),
        key("allowReserved", Bool),
    ],
);

static RESPONSES: Object = Object {
    others: Others::Statuses(Shape::Object(&RESPONSE)),
    ..special(
        Kind::Responses,
        "a responses object",
        &[key("default", Shape::Object(&RESPONSE))],
    )
};

static RESPONSE: Object = referable(
    Kind::Plain,
    "a response object",
    &[
        wanted("description", Prose, EmptyText),
        key("headers", Map(&Shape::Object(&HEADER))),
        key("content", Map(&Shape::Object(&MEDIA_TYPE))),
        key("links", Map(&Shape::Object(&LINK))),
    ],
);

static CALLBACK: Object = Object {
    others: Others::Expressions(Shape::Object(&PATH_ITEM)),
    ..referable(Kind::Callback, "a callback object", &[])
};

static EXAMPLE: Object = referable(
    Kind::Example,
    "an example object",
    &[
        key("summary", Prose),
        key("description", Prose),
        key("value", Any),
        key("externalValue", Prose),
    ],
);

static LINK: Object = referable(
    Kind::Link,
    "a link object",
    &[
        key("operationRef", Text),
        key("operationId", Text),
        key("parameters", Map(&Any)),
        key("requestBody", Any),
        key("description", Prose),
        key("server", Shape::Object(&SERVER)),
    ],
);

static TAG: Object = special(
    Kind::Tag,
    "a tag object",
    &[
        wanted("name", Text, LeftOut),
        key("description", Prose),
        key("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

static SCHEMA: Object = referable(
    Kind::Schema,
    "a schema object",
    &[
        key("title", Prose),
        key("multipleOf", Number),
        key("maximum", Number),
        key("exclusiveMaximum", Bool),
        key("minimum", Number),
        key("exclusiveMinimum", Bool),
        key("maxLength", Count),
        key("minLength", Count),
        key("pattern", Text),
        key("maxItems", Count),
        key("minItems", Count),
        key("uniqueItems", Bool),
        key("maxProperties", Count),
        key("minProperties", Count),
        key("required", List(&Text)),
        key("enum", List(&Any)),
        key("type", Choice(TYPES)),
        key("allOf", List(&Shape::Object(&SCHEMA))),
        key("oneOf", List(&Shape::Object(&SCHEMA))),
        key("anyOf", List(&Shape::Object(&SCHEMA))),
        key("not", Shape::Object(&SCHEMA)),
        key("items", Shape::Object(&SCHEMA)),
        key("properties", Map(&Shape::Object(&SCHEMA))),
        key("additionalProperties", BoolOr(&SCHEMA)),
        key("description", Prose),
        key("format", Text),
        key("default", Any),
        key("nullable", Bool),
        key("discriminator", Shape::Object(&DISCRIMINATOR)),
        key("readOnly", Bool),
        key("writeOnly", Bool),
        key("xml", Shape::Object(&XML)),
        key("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        key("example", Any),
        key("deprecated", Bool),
    ],
);

/// The values of a schema's `type`.
pub(super) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];

static DISCRIMINATOR: Object = object(
    "a discriminator object",
    &[
        wanted("propertyName", Text, LeftOut),
        key("mapping", Map(&Text)),
    ],
);

static XML: Object = object(
    "an XML object",
    &[
        key("name", Prose),
        key("namespace", Prose),
        key("prefix", Prose),
        key("attribute", Bool),
        key("wrapped", Bool),
    ],
);

static SECURITY_SCHEME: Object = referable(
    Kind::SecurityScheme,
    "a security scheme object",
    &[required(
        "type",
        Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
    )],
);

/// The security scheme objects by their `type`.
pub(super) static SECURITY_SCHEMES: &[(&str, Object)] = &[
    (
        "apiKey",
        object(
            "a security scheme object of type `apiKey`",
            &[
                key("type", Text),
                key("description", Prose),
                required("name", Text),
                required("in", Choice(&["query", "header", "cookie"])),
            ],
        ),
    ),
    (
        "http",
        object(
            "a security scheme object of type `http`",
            &[
                key("type", Text),
                key("description", Prose),
                required("scheme", Text),
                key("bearerFormat", Prose),
            ],
        ),
    ),
    (
        "oauth2",
        object(
            "a security scheme object of type `oauth2`",
            &[
                key("type", Text),
                key("description", Prose),
                wanted("flows", Shape::Object(&OAUTH_FLOWS), EmptyObject),
            ],
        ),
    ),
    (
        "openIdConnect",
        object(
            "a security scheme object of type `openIdConnect`",
            &[
                key("type", Text),
                key("description", Prose),
                wanted("openIdConnectUrl", Text, EmptyText),
            ],
        ),
    ),
];

static OAUTH_FLOWS: Object = object(
    "an OAuth flows object",
    &[
        key("implicit", Shape::Object(&IMPLICIT_FLOW)),
        key("password", Shape::Object(&TOKEN_FLOW)),
        key("clientCredentials", Shape::Object(&TOKEN_FLOW)),
        key("authorizationCode", Shape::Object(&AUTHORIZATION_CODE_FLOW)),
    ],
);

static IMPLICIT_FLOW: Object = object(
    "an OAuth flow object of this kind",
    &[
        wanted("authorizationUrl", Text, EmptyText),
        key("refreshUrl", Text),
        wanted("scopes", Map(&Prose), EmptyObject),
    ],
);

static TOKEN_FLOW: Object = object(
    "an OAuth flow object of this kind",
    &[
        wanted("tokenUrl", Text, EmptyText),
        key("refreshUrl", Text),
        wanted("scopes", Map(&Prose), EmptyObject),
    ],
);

static AUTHORIZATION_CODE_FLOW: Object = object(
    "an OAuth flow object of this kind",
    &[
        wanted("authorizationUrl", Text, EmptyText),
        wanted("tokenUrl", Text, EmptyText),
        key("refreshUrl", Text),
        wanted("scopes", Map(&Prose), EmptyObject),
    ],
);

static SECURITY_REQUIREMENT: Shape = Map(&List(&Text));

/// Keys that later versions of OpenAPI added, with the version.
pub(super) static LATER: &[(&str, Version)] = &[
    ("$anchor", Version::V3_1),
    ("$comment", Version::V3_1),
    ("$defs", Version::V3_1),
    ("$dynamicAnchor", Version::V3_1),
    ("$dynamicRef", Version::V3_1),
    ("$id", Version::V3_1),
    ("$schema", Version::V3_1),
    ("$self", Version::V3_2),
    ("$vocabulary", Version::V3_1),
    ("additionalOperations", Version::V3_2),
    ("const", Version::V3_1),
    ("contains", Version::V3_1),
    ("contentEncoding", Version::V3_1),
    ("contentMediaType", Version::V3_1),
    ("contentSchema", Version::V3_1),
    ("dataValue", Version::V3_2),
    ("defaultMapping", Version::V3_2),
    ("dependentRequired", Version::V3_1),
    ("dependentSchemas", Version::V3_1),
    ("deviceAuthorization", Version::V3_2),
    ("else", Version::V3_1),
    ("examples", Version::V3_1),
    ("identifier", Version::V3_1),
    ("if", Version::V3_1),
    ("itemEncoding", Version::V3_2),
    ("itemSchema", Version::V3_2),
    ("jsonSchemaDialect", Version::V3_1),
    ("kind", Version::V3_2),
    ("maxContains", Version::V3_1),
    ("mediaTypes", Version::V3_2),
    ("minContains", Version::V3_1),
    ("nodeType", Version::V3_2),
    ("oauth2MetadataUrl", Version::V3_2),
    ("parent", Version::V3_2),
    ("pathItems", Version::V3_1),
    ("patternProperties", Version::V3_1),
    ("prefixEncoding", Version::V3_2),
    ("prefixItems", Version::V3_1),
    ("propertyNames", Version::V3_1),
    ("query", Version::V3_2),
    ("serializedValue", Version::V3_2),
    ("summary", Version::V3_1),
    ("then", Version::V3_1),
    ("unevaluatedItems", Version::V3_1),
    ("unevaluatedProperties", Version::V3_1),
    ("webhooks", Version::V3_1),
];
