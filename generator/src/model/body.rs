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
    /// The value of tests and documentation, where there is no example.
    pub sample: Sample,
}

/// A value for tests and documentation that the schema has to allow.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sample {
    /// The least value of the type.
    #[default]
    OfType,
    /// This value, because the least one of the type breaks the schema.
    OfSchema(serde_json::Value),
    /// None that the schema allows is known.
    Unknown,
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
    /// One of several such structs.
    PartsUnion(Box<PartsUnion>),
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
            _ => self.parts().flat_map(PartsStruct::types).collect(),
        }
    }

    /// The structs of its own.
    pub fn parts(&self) -> impl Iterator<Item = &PartsStruct> {
        let (one, several) = match self {
            BodyContent::Parts(parts) => (Some(&**parts), &[][..]),
            BodyContent::PartsUnion(union) => (None, union.variants.as_slice()),
            _ => (None, &[][..]),
        };
        one.into_iter()
            .chain(several.iter().map(|variant| &variant.parts))
    }

    /// The same, to be changed.
    pub fn parts_mut(&mut self) -> impl Iterator<Item = &mut PartsStruct> {
        let (one, several) = match self {
            BodyContent::Parts(parts) => (Some(&mut **parts), &mut [][..]),
            BodyContent::PartsUnion(union) => (None, union.variants.as_mut_slice()),
            _ => (None, &mut [][..]),
        };
        one.into_iter()
            .chain(several.iter_mut().map(|variant| &mut variant.parts))
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
    /// How it is written.
    pub style: PartStyle,
}

/// How a property of a multipart body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartStyle {
    /// As this content type.
    Type(String),
    /// By a style.
    Style(FormStyle),
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
    /// How those of its properties are written that are not written as usual.
    pub encodings: Vec<PartEncoding>,
    /// The content types that parts of the caller's making may have, where the
    /// document lists them, by property.
    pub allowed: Vec<(String, Vec<String>)>,
}

impl PartsStruct {
    /// The content types that a part of the caller's making may have; none where
    /// it may have any.
    #[must_use]
    pub fn allowed(&self, property: &str) -> &[String] {
        let mut all = self.allowed.iter();
        let found = all.find(|(known, _)| known == property);
        found.map_or(&[], |(_, types)| types)
    }

    /// The types of the values in it.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let fields = self.structure.fields.iter().map(|field| &field.ty);
        fields.chain(self.structure.additional.iter().map(|(_, ty)| ty))
    }

    /// How a property is written, where not as usual.
    #[must_use]
    pub fn style(&self, property: &str) -> Option<&PartStyle> {
        let mut encodings = self.encodings.iter();
        let encoding = encodings.find(|encoding| encoding.property == property);
        encoding.map(|encoding| &encoding.style)
    }
}

/// The enum of a multipart body that is one of several structs.
#[derive(Clone, Debug)]
pub struct PartsUnion {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// What it can be.
    pub variants: Vec<PartsVariant>,
}

/// A variant of a [`PartsUnion`].
#[derive(Clone, Debug)]
pub struct PartsVariant {
    /// Its name.
    pub name: Name,
    /// The property that tells it from the others, and its value.
    pub tag: Option<(String, String)>,
    /// The struct in it.
    pub parts: PartsStruct,
}
