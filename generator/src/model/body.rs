//! Request bodies as the client takes them.

use super::{Docs, Example, Name, Struct, Type};
use crate::source::Origin;

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Where it was written.
    pub origin: Origin,
    /// Its name in Rust.
    pub name: Name,
    /// The media types that can be sent, the preferred one first; at least one.
    pub choices: Vec<BodyChoice>,
    /// The name of the enum of the choices, where there are several.
    pub enum_name: Option<Name>,
    /// Whether it must be given.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
}

impl Body {
    /// The preferred media type, or the only one.
    #[must_use]
    pub fn preferred(&self) -> Option<&BodyChoice> {
        self.choices.first()
    }
}

/// A media type of a [`Body`].
#[derive(Clone, Debug)]
pub struct BodyChoice {
    /// Where it was written.
    pub origin: Origin,
    /// The media type as written.
    pub media_type: String,
    /// The media type that is sent: not `*/*`, but what stands for it.
    pub sent_as: String,
    /// The name of its variant.
    pub name: Name,
    /// What is sent.
    pub content: BodyContent,
    /// Examples that fit.
    pub examples: Vec<Example>,
}

/// What a request body holds.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// JSON of a type.
    Json(Type),
    /// A form: an object's properties as pairs.
    Form(Type, Vec<FormEncoding>),
    /// A multipart body of a type: an object's properties as parts.
    Multipart(Type, Vec<PartEncoding>),
    /// A multipart body of a struct of its own, because it has parts that are
    /// no JSON.
    Parts(Box<PartsStruct>),
    /// Text.
    Text,
    /// Bytes, or a stream of them.
    Binary,
}

impl BodyContent {
    /// The types of the values in it.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            BodyContent::Json(ty) | BodyContent::Form(ty, _) | BodyContent::Multipart(ty, _) => {
                vec![ty]
            }
            BodyContent::Parts(parts) => {
                let fields = parts.structure.fields.iter().map(|field| &field.ty);
                let additional = parts.structure.additional.iter().map(|(_, ty)| ty);
                fields.chain(additional).collect()
            }
            BodyContent::Text | BodyContent::Binary => Vec::new(),
        }
    }
}

/// How a property of a form is written, where not as usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormEncoding {
    /// The property.
    pub property: String,
    /// Its style.
    pub style: FormStyle,
    /// Whether reserved characters are left as they are.
    pub allow_reserved: bool,
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// `name=a&name=b`.
    Exploded,
    /// Items with this between them.
    Joined(&'static str),
    /// `name[key]=a`.
    Deep,
    /// As JSON.
    Json,
}

/// How a property of a multipart body is written, where not as usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartEncoding {
    /// The property.
    pub property: String,
    /// The content type of its part.
    pub content_type: String,
}

/// The struct of a multipart body that has files.
#[derive(Clone, Debug)]
pub struct PartsStruct {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its fields.
    pub structure: Struct,
    /// The content types of parts that are not as usual.
    pub encodings: Vec<PartEncoding>,
}
