//! Request bodies: the media types of the graph in, what a caller gives for
//! each out.

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::{self, Content, Encoding, EncodingStyle, JsonType, SchemaId};
use crate::model::{
    Body, BodyChoice, BodyContent, Docs, Example, FormEncoding, FormStyle, Name, PartEncoding,
    PartsStruct, Scalar, Struct, Type,
};
use crate::normalise::{self, Kind};

/// How a property of a multipart body is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    /// As its schema says.
    Value,
    /// As a part of its own making.
    Part,
    /// As several of those.
    Parts,
}

impl Lowerer<'_> {
    /// `examples` are those of each media type.
    pub(super) fn body(&mut self, body: &graph::Body, examples: Vec<Vec<Example>>) -> Body {
        let choices: Vec<BodyChoice> = body
            .media
            .iter()
            .zip(examples)
            .map(|(media, examples)| BodyChoice {
                origin: media.origin,
                media_type: media.media_type.clone(),
                sent_as: sent_as(media),
                name: Name::new(media_words(&media.media_type), None, media.origin),
                content: self.body_content(media),
                examples,
            })
            .collect();
        Body {
            origin: body.origin,
            name: Name::new("body", None, body.origin),
            enum_name: (choices.len() > 1).then(|| Name::new("body", None, body.origin)),
            choices,
            required: body.required,
            docs: Docs {
                text: body.description.clone(),
                notes: Vec::new(),
            },
        }
    }

    fn body_content(&mut self, media: &graph::Media) -> BodyContent {
        match &media.content {
            Content::Json(schema) => BodyContent::Json(self.ty(*schema)),
            Content::Form(schema, encodings) => {
                self.unknown_properties(*schema, encodings);
                BodyContent::Form(
                    self.ty(*schema),
                    encodings.iter().filter_map(form).collect(),
                )
            }
            Content::Multipart(schema, encodings) => {
                self.unknown_properties(*schema, encodings);
                let types = encodings.iter().filter_map(part_type).collect();
                match self.parts(*schema, encodings) {
                    Some(kinds) => self.parts_struct(*schema, encodings, &kinds, types),
                    None => BodyContent::Multipart(self.ty(*schema), types),
                }
            }
            Content::Text => BodyContent::Text,
            // Streams are told apart in responses only.
            Content::Binary | Content::Events(_) | Content::Items(..) => BodyContent::Binary,
        }
    }

    /// Reports encodings of properties that the schema does not have.
    fn unknown_properties(&mut self, schema: SchemaId, encodings: &[Encoding]) {
        let Kind::Object {
            fields,
            additional: None,
        } = &self.shapes.shape(self.end(schema)).kind
        else {
            return;
        };
        for encoding in encodings {
            if !fields.iter().any(|field| field.wire == encoding.property) {
                self.report.warn(
                    Code::NoEffect,
                    encoding.origin,
                    format!(
                        "`encoding` names `{}`, which is not among the properties",
                        encoding.property
                    ),
                );
            }
        }
    }

    /// The properties of a multipart body that are sent as parts of their own
    /// making, where there are any; such a body has a struct of its own.
    pub(super) fn parts(&self, schema: SchemaId, encodings: &[Encoding]) -> Option<Vec<bool>> {
        let Kind::Object { fields, .. } = &self.shapes.shape(self.end(schema)).kind else {
            return None;
        };
        let kinds: Vec<bool> = fields
            .iter()
            .map(|field| self.part_kind(field, encodings) != PartKind::Value)
            .collect();
        kinds.contains(&true).then_some(kinds)
    }

    fn part_kind(&self, field: &normalise::Field, encodings: &[Encoding]) -> PartKind {
        let encoding = encodings
            .iter()
            .find(|encoding| encoding.property == field.wire);
        let has_headers = encoding.is_some_and(|encoding| !encoding.headers.is_empty());
        let is_file = |schema: SchemaId| {
            let written = self.graph.schema(self.end(schema));
            let is_text = matches!(self.shapes.shape(self.end(schema)).kind, Kind::String(_));
            // A text that is to be sent as an image is none.
            let is_media = encoding
                .and_then(|encoding| encoding.content_type.as_deref())
                .is_some_and(|content_type| !is_textual(content_type));
            let is_binary = written.format.as_deref() == Some("binary")
                && written.json_type.is_none_or(|ty| ty == JsonType::String);
            is_binary || (is_text && is_media)
        };
        match self.shapes.shape(self.end(field.schema)).kind {
            Kind::Array(items) if is_file(items) => PartKind::Parts,
            Kind::Array(_) if has_headers => PartKind::Parts,
            _ if has_headers || is_file(field.schema) => PartKind::Part,
            _ => PartKind::Value,
        }
    }

    fn parts_struct(
        &mut self,
        schema: SchemaId,
        encodings: &[Encoding],
        kinds: &[bool],
        types: Vec<PartEncoding>,
    ) -> BodyContent {
        let end = self.end(schema);
        let shapes = self.shapes;
        let origin = self.graph.schema(schema).origin;
        let docs = self.docs(self.graph.schema(end));
        let Kind::Object { fields, additional } = &shapes.shape(end).kind else {
            return BodyContent::Multipart(self.ty(schema), types);
        };
        let fields: Vec<crate::model::Field> = fields
            .iter()
            .zip(kinds)
            .map(|(field, is_part)| {
                let mut lowered = self.field(field);
                if *is_part {
                    let part = Type::Scalar(Scalar::Part);
                    lowered.ty = match self.part_kind(field, encodings) {
                        PartKind::Parts => Type::Array(Box::new(part)),
                        _ => part,
                    };
                    lowered.default = None;
                    // A part has no null.
                    lowered.presence = if lowered.presence.is_required() {
                        crate::model::Presence::Required
                    } else {
                        crate::model::Presence::Optional
                    };
                    let headers = encodings
                        .iter()
                        .filter(|encoding| encoding.property == field.wire)
                        .flat_map(|encoding| &encoding.headers);
                    lowered.docs.notes.extend(headers.map(|header| {
                        let header = header.replace('`', "'").replace(['\n', '\r'], " ");
                        format!("The part has the header `{header}`, to be set by `Part::header`.")
                    }));
                }
                lowered
            })
            .collect();
        let required = fields.iter().filter(|field| field.presence.is_required());
        BodyContent::Parts(Box::new(PartsStruct {
            name: Name::new("multipart", None, origin),
            docs,
            structure: Struct {
                required_name: (required.count() > 1).then(|| Name::new("", None, origin)),
                fields,
                additional: additional.map(|values| {
                    let name = Name::new("additional_properties", None, origin);
                    (name, self.ty(values))
                }),
            },
            encodings: types,
        }))
    }

    /// The schema that says what values are, behind names for it.
    pub(super) fn end(&self, mut id: SchemaId) -> SchemaId {
        // Circles are broken by `normalise`.
        while let Kind::Same(same) = self.shapes.shape(id).kind {
            id = same;
        }
        id
    }
}

/// Whether a part of this type is written as a text.
fn is_textual(content_type: &str) -> bool {
    content_type.split(',').all(|one| {
        let essence = one.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        essence.starts_with("text/")
            || essence.ends_with("json")
            || essence.ends_with("xml")
            || essence.ends_with("yaml")
            || essence == "application/x-www-form-urlencoded"
    })
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")
}

fn form(encoding: &Encoding) -> Option<FormEncoding> {
    let style = match encoding.style {
        Some(EncodingStyle::Exploded) => FormStyle::Exploded,
        Some(EncodingStyle::Joined(between)) => FormStyle::Joined(between),
        Some(EncodingStyle::Deep) => FormStyle::Deep,
        None if encoding.content_type.as_deref().is_some_and(is_json) => FormStyle::Json,
        // Lists are exploded as usual.
        None if encoding.allow_reserved => FormStyle::Exploded,
        None => return None,
    };
    Some(FormEncoding {
        property: encoding.property.clone(),
        style,
        allow_reserved: encoding.allow_reserved,
    })
}

/// The content type of a part, where one alone is allowed: else the caller says
/// which.
fn part_type(encoding: &Encoding) -> Option<PartEncoding> {
    let content_type = encoding.content_type.as_deref()?;
    let one = !content_type.contains([',', '*']);
    one.then(|| PartEncoding {
        property: encoding.property.clone(),
        content_type: content_type.trim().to_owned(),
    })
}

/// A media type that can be sent: a range of them stands for its usual member.
fn sent_as(media: &graph::Media) -> String {
    let written = media.media_type.trim();
    if !written.contains('*') {
        return written.to_owned();
    }
    match media.content {
        Content::Json(_) => "application/json",
        Content::Text => "text/plain",
        _ => "application/octet-stream",
    }
    .to_owned()
}

/// The words for a media type.
pub(super) fn media_words(media_type: &str) -> String {
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let essence = essence.trim().to_ascii_lowercase();
    let words = match essence.as_str() {
        "application/json" => "json",
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        "text/plain" => "text",
        "application/octet-stream" => "binary",
        "application/xml" => "xml",
        "text/event-stream" => "events",
        "application/x-ndjson" => "ndjson",
        "*/*" => "any",
        _ => {
            let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
            let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
            if subtype == "*" { kind } else { subtype }
        }
    };
    // The character set is no difference that a reader looks for.
    let parameters: Vec<&str> = parameters
        .split(';')
        .map(str::trim)
        .filter(|parameter| !parameter.to_ascii_lowercase().starts_with("charset"))
        .filter(|parameter| !parameter.is_empty())
        .collect();
    format!("{words} {}", parameters.join(" "))
        .trim()
        .to_owned()
}
