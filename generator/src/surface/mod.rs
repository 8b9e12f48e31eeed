//! Surface: the named plan in, the public API of the client as sorted data
//! out. It is written into the crate as `surface.json`, so that a reviewer sees
//! changes of the API as changed lines.

mod build;
mod pointer;

use serde::Serialize;

use crate::diagnostic::visible;

pub use build::surface;
pub(crate) use build::{content_text, type_text};

/// The public API of a client crate.
#[derive(Clone, Debug, Serialize)]
pub struct Surface {
    /// The version of this format.
    pub version: u32,
    /// The crate's name.
    #[serde(rename = "crate")]
    pub package: String,
    /// The credentials that the builder takes, by method.
    pub credentials: Vec<Credential>,
    /// The servers that the builder knows.
    pub servers: Vec<ServerEntry>,
    /// The operations, by call.
    pub operations: Vec<OperationEntry>,
    /// The operations that the configuration leaves out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedEntry>,
    /// The types, by path.
    pub types: Vec<TypeEntry>,
}

/// A credential that the builder takes.
#[derive(Clone, Debug, Serialize)]
pub struct Credential {
    /// The security scheme.
    pub scheme: String,
    /// The builder's method.
    pub method: String,
}

/// A server that the builder knows.
#[derive(Clone, Debug, Serialize)]
pub struct ServerEntry {
    /// The path of its variant.
    pub rust: String,
    /// Its address.
    pub url: String,
}

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub struct OperationEntry {
    /// Its operationId, or method and path.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// How it is called.
    pub call: String,
    /// The path of the type that stands for it.
    pub rust: String,
    /// The path of the type of its calls, which its method returns.
    pub returns: String,
    /// Whether it is deprecated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// Its parameters: those of the path in template order, then the others.
    pub parameters: Vec<ParameterEntry>,
    /// The media types of its body.
    pub body: Vec<BodyEntry>,
    /// What a call yields on success.
    pub output: String,
    /// What a call yields on failure.
    pub failure: String,
    /// What `items` of the call yields, where it answers page by page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Its responses.
    pub responses: Vec<ResponseEntry>,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterEntry {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands.
    #[serde(rename = "in")]
    pub location: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// Its name in Rust.
    pub rust: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
}

/// A media type of a request body.
#[derive(Clone, Debug, Serialize)]
pub struct BodyEntry {
    /// The media type.
    pub media: String,
    /// The Rust type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it must be given.
    pub required: bool,
}

/// A response.
#[derive(Clone, Debug, Serialize)]
pub struct ResponseEntry {
    /// The status, a range (`4XX`) or `default`.
    pub status: String,
    /// The media type; absent where the body is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// The Rust type; absent where the body is empty.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
}

/// An operation that is left out.
#[derive(Clone, Debug, Serialize)]
pub struct SkippedEntry {
    /// Its operationId.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Why it is left out.
    pub reason: String,
}

/// A type.
#[derive(Clone, Debug, Serialize)]
pub struct TypeEntry {
    /// The JSON pointer of its schema in the document.
    pub pointer: String,
    /// Its full path.
    pub rust: String,
    /// `struct`, `string-enum`, `integer-enum`, `union`, `alias` or `newtype`.
    pub kind: &'static str,
    /// `request` or `response`, where the two differ and have a type each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<&'static str>,
    /// Whether it can be encoded.
    pub serialize: bool,
    /// Whether it can be decoded.
    pub deserialize: bool,
    /// Whether it is deprecated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// What an alias or newtype stands for.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
    /// The fields of a struct.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldEntry>,
    /// The type of the values of further properties of a struct.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional: Option<String>,
    /// The variants of an enum or union.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<VariantEntry>,
}

/// A field of a struct.
#[derive(Clone, Debug, Serialize)]
pub struct FieldEntry {
    /// The property.
    pub wire: String,
    /// Its name in Rust.
    pub rust: String,
    /// Its type, without the `Option`s that absence and null make.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
}

/// A variant of an enum or union.
#[derive(Clone, Debug, Serialize)]
pub struct VariantEntry {
    /// Its name in Rust.
    pub rust: String,
    /// The value of an enum, or the tag of a union.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// The type that a union's variant holds.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<String>,
}

impl Surface {
    /// The text of `surface.json`.
    #[must_use]
    pub fn to_json(&self) -> String {
        /// More than most entries take. What is not written takes no memory; a buffer
        /// that grows is there twice.
        const ENTRY: usize = 2048;
        let entries = self.types.len() + self.operations.len();
        let mut text = Vec::with_capacity(entries * ENTRY);
        // Maps with string keys, lists and texts: nothing that JSON cannot say.
        if serde_json::to_writer_pretty(&mut text, self).is_err() {
            text.clear();
        }
        text.push(b'\n');
        String::from_utf8(text).unwrap_or_default()
    }

    /// One line for each operation, each type, and each operation that is left
    /// out.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for operation in &self.operations {
            let line = format!(
                "{}  {} {} -> {}",
                operation.call, operation.method, operation.path, operation.output
            );
            text.push_str(&visible(&line));
            text.push('\n');
        }
        for ty in &self.types {
            text.push_str(&format!("{}  {}\n", ty.rust, ty.kind));
        }
        for skipped in &self.skipped {
            let line = format!(
                "left out: {} {}: {}",
                skipped.method, skipped.path, skipped.reason
            );
            text.push_str(&visible(&line));
            text.push('\n');
        }
        text
    }
}
