//! Request bodies: the media types of the graph in, what a caller gives for
//! each out.

use driftless_runtime::rules;

use super::Lowerer;
use crate::diagnostic::Code;
use crate::graph::{self, Content, Encoding, EncodingStyle, SchemaId};
use crate::model::{
    Body, BodyChoice, BodyContent, Docs, Example, FormEncoding, FormStyle, Name, Sample,
};
use crate::normalise::Kind;

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
                sample: Sample::default(),
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
                self.multipart(*schema, encodings)
            }
            Content::Text => {
                self.unsupported_charset(media);
                BodyContent::Text
            }
            // Streams are told apart in responses only.
            Content::Binary | Content::Events(_) | Content::Items(..) => BodyContent::Binary,
        }
    }

    /// Reports a text that no call can send.
    fn unsupported_charset(&mut self, media: &graph::Media) {
        if let Some(charset) = rules::unsupported_charset(&media.media_type) {
            self.report
                .warn(
                    Code::Unsupported,
                    media.origin,
                    format!("no text can be sent in the charset `{charset}`, so every call with this body fails"),
                )
                .help("write UTF-8, US-ASCII, ISO-8859-1 or UTF-16, or describe the body as bytes: `application/octet-stream`");
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

    /// The schema that says what values are, behind names for it.
    pub(super) fn end(&self, mut id: SchemaId) -> SchemaId {
        // Circles are broken by `normalise`.
        while let Kind::Same(same) = self.shapes.shape(id).kind {
            id = same;
        }
        id
    }
}

pub(super) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")
}

fn form(encoding: &Encoding) -> Option<FormEncoding> {
    let style = match encoding.style {
        Some(style) => form_style(style),
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

pub(super) fn form_style(style: EncodingStyle) -> FormStyle {
    match style {
        EncodingStyle::Exploded => FormStyle::Exploded,
        EncodingStyle::Joined(between) => FormStyle::Joined(between),
        EncodingStyle::Deep => FormStyle::Deep,
    }
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
