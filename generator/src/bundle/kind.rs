//! What stands where in a document of any version: the kind of an object and a
//! key in it in, the kind of the value out. It says what a reference there
//! stands for.

/// What a value of a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    Header,
    MediaType,
    Encoding,
    Schema,
    Discriminator,
    /// The values of a discriminator's mapping, or its default: references that
    /// are strings.
    Mapping,
    Example,
    Link,
    Callback,
    SecurityScheme,
    /// A list, or an object with keys of the author's choice.
    Each(&'static Kind),
    /// A text for people.
    Prose,
    /// Data that only looks like a part of the document: examples, defaults.
    Value,
    /// What only its author knows.
    Extension,
    /// Any other object of the specification.
    Other,
}

use Kind::{
    Callback, Components, Discriminator, Document, Each, Encoding, Example, Extension, Header,
    Link, Mapping, MediaType, Operation, Other, Parameter, PathItem, Paths, Prose, RequestBody,
    Response, Responses, Schema, SecurityScheme, Value,
};

/// The major version that the entry document follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Swagger 2.0.
    Two,
    /// OpenAPI 3.
    Three,
}

impl Kind {
    /// The kind of the value under `key`.
    pub(super) fn child(self, key: &str) -> Self {
        // Keys of the author's choice come first: among them, `x-…` and
        // `description` are like any other.
        match self {
            Each(kind) => return *kind,
            Value | Mapping | Prose | Extension => return self,
            _ if key.starts_with("x-") => return Extension,
            Paths | Callback => return PathItem,
            Responses => return Response,
            _ => {}
        }
        if matches!(key, "description" | "summary" | "title") {
            return Prose;
        }
        match (self, key) {
            (Document, "paths") => Paths,
            (Document, "webhooks") => Each(&PathItem),
            (Document, "components") => Components,
            (Document, "definitions") | (Components, "schemas") => Each(&Schema),
            (Document | Components | PathItem | Operation, "parameters") => Each(&Parameter),
            (Document | Components, "responses") => Each(&Response),
            (Document, "securityDefinitions") | (Components, "securitySchemes") => {
                Each(&SecurityScheme)
            }
            (Components, "requestBodies") => Each(&RequestBody),
            (Components | Response | Encoding, "headers") => Each(&Header),
            (Components, "links") | (Response, "links") => Each(&Link),
            (Components | Operation, "callbacks") => Each(&Callback),
            (Components, "pathItems") => Each(&PathItem),
            (Components, "mediaTypes") => Each(&MediaType),
            (Components | Parameter | Header | MediaType, "examples") => Each(&Example),
            (
                PathItem,
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace"
                | "query",
            ) => Operation,
            (PathItem, "additionalOperations") => Each(&Operation),
            (Operation, "requestBody") => RequestBody,
            (Operation, "responses") => Responses,
            (Parameter | Header | MediaType | Response, "schema") => Schema,
            (MediaType, "itemSchema") => Schema,
            (Parameter | Header | RequestBody | Response, "content") => Each(&MediaType),
            (MediaType | Encoding, "encoding" | "prefixEncoding") => Each(&Encoding),
            (MediaType | Encoding, "itemEncoding") => Encoding,
            (Schema, key) => in_schema(key),
            (Discriminator, "mapping" | "defaultMapping") => Mapping,
            (_, "example" | "examples" | "default" | "enum" | "value" | "dataValue") => Value,
            (Link, "parameters" | "requestBody") => Value,
            _ => Other,
        }
    }

    /// The kind of the elements, where the value turns out to be a list.
    pub(super) fn element(self) -> Self {
        match self {
            Each(kind) => *kind,
            other => other,
        }
    }

    /// Where a document of this version keeps such components; `None` where a
    /// reference gives way to a copy of what it names.
    pub(super) fn section(self, version: Version) -> Option<&'static [&'static str]> {
        Some(match (version, self) {
            (Version::Two, Schema) => &["definitions"],
            (Version::Two, Parameter) => &["parameters"],
            (Version::Two, Response) => &["responses"],
            (Version::Two, SecurityScheme) => &["securityDefinitions"],
            (Version::Three, Schema) => &["components", "schemas"],
            (Version::Three, Parameter) => &["components", "parameters"],
            (Version::Three, Response) => &["components", "responses"],
            (Version::Three, SecurityScheme) => &["components", "securitySchemes"],
            (Version::Three, RequestBody) => &["components", "requestBodies"],
            (Version::Three, Header) => &["components", "headers"],
            (Version::Three, Example) => &["components", "examples"],
            (Version::Three, Link) => &["components", "links"],
            (Version::Three, Callback) => &["components", "callbacks"],
            _ => return None,
        })
    }

    /// Whether OpenAPI has references in the place of such values.
    pub(super) fn may_be_a_reference(self, version: Version) -> bool {
        matches!(self, PathItem | MediaType) || self.section(version).is_some()
    }
}

/// All kinds that can be components.
pub(super) const COMPONENTS: [Kind; 9] = [
    Schema,
    Parameter,
    Response,
    RequestBody,
    Header,
    Example,
    Link,
    Callback,
    SecurityScheme,
];

fn in_schema(key: &str) -> Kind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "allOf" | "oneOf" | "anyOf" | "prefixItems" => Each(&Schema),
        "items"
        | "additionalItems"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "contentSchema" => Schema,
        "discriminator" => Discriminator,
        "example" | "examples" | "default" | "enum" | "const" => Value,
        _ => Other,
    }
}
