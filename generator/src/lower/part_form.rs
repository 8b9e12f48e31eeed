//! What a caller gives for a part: a schema and its encoding in; whether it is a
//! value, a text in another notation or a part of the caller's making out.

use super::Lowerer;
use super::media::{self, Media};
use crate::graph::{Encoding, JsonType, SchemaId};
use crate::model::{Scalar, Type};
use crate::normalise::{self, Kind};

/// What a caller gives for a property of a multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// A value, as its schema says.
    Value,
    /// The text that a value is in a notation other than JSON.
    Text,
    /// A part of the caller's making.
    Part,
}

/// The same, and whether there may be several under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) given: Given,
    is_list: bool,
}

impl Form {
    pub(super) const VALUE: Self = Self {
        given: Given::Value,
        is_list: false,
    };

    /// The type of what is given, in place of the one of the schema.
    pub(super) fn ty(self) -> Option<Type> {
        let one = match self.given {
            Given::Value => return None,
            Given::Text => Type::Scalar(Scalar::String),
            Given::Part => Type::Scalar(Scalar::Part),
        };
        Some(match self.is_list {
            true => Type::Array(Box::new(one)),
            false => one,
        })
    }
}

impl Lowerer<'_> {
    pub(super) fn form_of_field(&self, field: &normalise::Field, encodings: &[Encoding]) -> Form {
        let encoding = encodings
            .iter()
            .find(|encoding| encoding.property == field.wire);
        self.form_of(field.schema, encoding)
    }

    pub(super) fn form_of(&self, schema: SchemaId, encoding: Option<&Encoding>) -> Form {
        let media = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let media = media.map(media::of);
        let has_headers = encoding.is_some_and(|encoding| !encoding.headers.is_empty());
        let items = self.items_of(schema);
        let given = match items.unwrap_or(schema) {
            one if has_headers || self.is_file(one, media) => Given::Part,
            one if self.is_structured(one) => match media {
                None | Some(Media::Json | Media::Any) => Given::Value,
                Some(Media::Text) => Given::Text,
                Some(Media::Several | Media::Binary) => Given::Part,
            },
            _ => Given::Value,
        };
        match given {
            Given::Value => Form::VALUE,
            given => Form {
                given,
                is_list: items.is_some(),
            },
        }
    }

    /// The items of a list, or of the lists that a union chooses from.
    pub(super) fn items_of(&self, schema: SchemaId) -> Option<SchemaId> {
        match &self.shapes.shape(self.end(schema)).kind {
            Kind::Array(items) => Some(*items),
            Kind::Union(union) => union.variants.iter().find_map(|variant| {
                match self.shapes.shape(self.end(variant.schema)).kind {
                    Kind::Array(items) if self.is_file(items, None) => Some(items),
                    _ => None,
                }
            }),
            _ => None,
        }
    }

    /// Whether a part is a file.
    fn is_file(&self, schema: SchemaId, media: Option<Media>) -> bool {
        let alternatives = self.written_alternatives(schema);
        alternatives.into_iter().enumerate().any(|(index, one)| {
            // What may be anything beside other things is not meant as a file.
            let is_beside = index > 0
                && self.shapes.shape(one).kind == Kind::Any
                && self.graph.schema(one).is_annotation_only();
            !is_beside && self.is_written_as_file(one, media)
        })
    }

    /// Whether a schema, without what it chooses between, is one of files.
    fn is_written_as_file(&self, schema: SchemaId, media: Option<Media>) -> bool {
        let written = self.graph.schema(schema);
        let shape = &self.shapes.shape(schema).kind;
        let is_binary = written.format.as_deref() == Some("binary")
            && written.json_type.is_none_or(|ty| ty == JsonType::String);
        let is_untyped = *shape == Kind::Any
            && written.is_annotation_only()
            && !self.foreign.contains_key(&schema);
        // A text that is to be sent as an image is none.
        let is_media = matches!(media, Some(Media::Binary | Media::Any))
            && (matches!(shape, Kind::String(_)) || is_untyped);
        is_binary
            || is_media
            || (is_untyped && self.graph.part_rules.untyped_is_file && media != Some(Media::Json))
    }

    /// Whether a value is written as JSON unless something else is said.
    fn is_structured(&self, schema: SchemaId) -> bool {
        self.alternatives(schema).into_iter().any(|one| {
            matches!(
                self.shapes.shape(one).kind,
                Kind::Object { .. } | Kind::Map(_) | Kind::Array(_) | Kind::Any
            )
        })
    }
}
