//! The objects of OpenAPI 3.0 but for security schemes, in the order of the
//! specification.

use super::Absence::{EmptyObject, EmptyText, LeftOut};
use super::Shape::{self, Any, Bool, BoolOr, Choice, Count, List, Map, Number, Prose, Text, Url};
use super::security::SECURITY_SCHEME;
use super::{Kind, Object, Others, key, object, referable, required, special, wanted};

/// The document itself.
pub(in crate::dialect) static OPENAPI: Object = special(
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
        key("termsOfService", Url),
        key("contact", Shape::Object(&CONTACT)),
        key("license", Shape::Object(&LICENSE)),
        wanted("version", Prose, EmptyText),
    ],
);

static CONTACT: Object = object(
    "a contact object",
    &[key("name", Prose), key("url", Url), key("email", Prose)],
);

static LICENSE: Object = object(
    "a license object",
    &[wanted("name", Prose, EmptyText), key("url", Url)],
);

static SERVER: Object = special(
    Kind::Server,
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
        required("default", Text),
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
    &[key("description", Prose), wanted("url", Url, EmptyText)],
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
        key(
            "x-driftless-conditional",
            List(&Shape::Object(&CONDITIONAL)),
        ),
    ],
);

/// A schema that holds under a condition, as we write it.
static CONDITIONAL: Object = object(
    "a conditional schema",
    &[
        required("condition", Text),
        required("schema", Shape::Object(&SCHEMA)),
    ],
);

/// The values of a schema's `type`.
pub(in crate::dialect) const TYPES: &[&str] =
    &["string", "number", "integer", "boolean", "array", "object"];

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

static SECURITY_REQUIREMENT: Shape = Map(&List(&Text));
