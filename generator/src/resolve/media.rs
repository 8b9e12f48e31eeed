//! Bodies: the media types of a request or response in, those that the client
//! sends or asks for out, each with how its content is read or written.

use std::collections::HashMap;

use super::Resolver;
use super::form;
use super::media_type::{self, Kind};
use crate::diagnostic::Code;
use crate::graph::{Content, EventData, JsonType, Media, SchemaId};
use crate::source::{Node, Origin};

/// Which way a body goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
}

/// What a schema says of a body that may not be JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Nothing.
    Unknown,
    /// It is a text.
    Text,
    /// It is a string of bytes.
    Binary,
    /// It has an inside.
    Structured,
}

impl<'a> Resolver<'a> {
    /// The media types of `content` that are used, the preferred one first:
    /// JSON before forms before text before bytes before streams. The others
    /// are reported as left out.
    pub(super) fn media(&mut self, content: Option<&'a Node>, direction: Direction) -> Vec<Media> {
        let mut media: Vec<(Media, Form)> = Vec::new();
        let mut no_objects: Vec<(&'a str, Origin)> = Vec::new();
        for (media_type, node) in content.and_then(Node::as_object).into_iter().flatten() {
            if !media_type::is_valid(media_type) {
                self.report
                    .warn(
                        Code::InvalidValue,
                        node.origin,
                        "the name of the media type cannot stand in a header, so it is left out",
                    )
                    .help("write a media type, `application/json` say");
                continue;
            }
            let schema = self.media_schema(media_type, node);
            if direction == Direction::Request && self.is_list_of_parts(media_type, node, schema) {
                self.report
                    .warn(
                        Code::Unsupported,
                        node.origin,
                        format!(
                            "a body of `{media_type}` that is a list of parts is not written by \
                             the client: it is given as bytes"
                        ),
                    )
                    .help(
                        "give the boundary with them: `RequestBody::of_media_type(\"multipart/mixed; \
                         boundary=…\")`",
                    );
                let media_type = media_type.to_owned();
                let examples = Vec::new();
                let content = Content::Binary;
                let origin = node.origin;
                let list = Media {
                    origin,
                    media_type,
                    content,
                    examples,
                };
                media.push((list, Form::Binary));
                continue;
            }
            if direction == Direction::Request && self.is_no_form(media_type, node, schema) {
                no_objects.push((media_type, node.origin));
                continue;
            }
            let form = schema.map_or(Form::Unknown, |schema| self.form(schema));
            let content = self.content(media_type, node, schema, form, direction);
            let examples = self.examples(node);
            media.push((
                Media {
                    origin: node.origin,
                    media_type: media_type.to_owned(),
                    content,
                    examples,
                },
                form,
            ));
        }
        media.sort_by_key(|(media, _)| preference(media));
        for (media_type, origin) in no_objects {
            let used = media.first().map(|(media, _)| media.media_type.as_str());
            form::report_no_object(self.report, media_type, origin, used);
        }
        self.without_other_notations(media, direction)
    }

    /// Leaves out media types that say in another notation what JSON says too.
    fn without_other_notations(
        &mut self,
        media: Vec<(Media, Form)>,
        direction: Direction,
    ) -> Vec<Media> {
        let mut kept: Vec<Media> = Vec::new();
        // The first that is JSON, and the first plain one of each schema.
        let mut json: Option<String> = None;
        let mut plain: HashMap<SchemaId, String> = HashMap::new();
        for (media, form) in media {
            let plain_schema = match media.content {
                Content::Json(schema) if media_type::is_plain_json(&media.media_type) => {
                    Some(schema)
                }
                _ => None,
            };
            let better = match (&media.content, direction) {
                (Content::Text | Content::Binary, Direction::Response)
                    if form == Form::Structured
                        || (form == Form::Unknown
                            && media_type::is_notation(&media.media_type)) =>
                {
                    json.as_ref()
                }
                // Names of the same; a server that knows one knows the other.
                (Content::Json(_), Direction::Request) => {
                    plain_schema.and_then(|schema| plain.get(&schema))
                }
                _ => None,
            };
            if let Some(better) = better {
                let text = format!(
                    "`{}` is left out, the client uses `{better}`",
                    media.media_type
                );
                self.report
                    .warn(Code::NoEffect, media.origin, text)
                    .help("remove it, or give it an operation of its own");
            } else {
                if let Content::Json(_) = media.content {
                    json.get_or_insert_with(|| media.media_type.clone());
                }
                if let Some(schema) = plain_schema {
                    plain
                        .entry(schema)
                        .or_insert_with(|| media.media_type.clone());
                }
                kept.push(media);
            }
        }
        kept
    }

    /// The schema of a media type, or of the items where it is a stream.
    fn media_schema(&mut self, media_type: &str, node: &'a Node) -> Option<SchemaId> {
        let item = node.get("x-driftless-item-schema");
        let is_stream = matches!(media_type::kind(media_type), Kind::Events | Kind::Items(_));
        match (item, node.get("schema")) {
            (Some(item), _) if is_stream => Some(self.schema(item)),
            (item, schema) => {
                if let Some(item) = item {
                    self.report.warn(
                        Code::NoEffect,
                        item.origin,
                        format!("`itemSchema` has no effect on `{media_type}`"),
                    );
                }
                schema.map(|schema| self.schema(schema))
            }
        }
    }

    fn content(
        &mut self,
        media_type: &str,
        node: &'a Node,
        schema: Option<SchemaId>,
        form: Form,
        direction: Direction,
    ) -> Content {
        let kind = media_type::kind(media_type);
        // A text in the place of a form is sent as it is.
        let is_form = kind == Kind::Form && !matches!(form, Form::Text | Form::Binary);
        let has_parts = (is_form || kind == Kind::Multipart) && direction == Direction::Request;
        if let (false, Some(encoding)) = (has_parts, node.get("encoding")) {
            self.report.warn(
                Code::NoEffect,
                encoding.origin,
                format!("`encoding` has no effect on `{media_type}`"),
            );
        }
        let mut given = || schema.unwrap_or_else(|| self.graph.add(super::any_schema(node.origin)));
        match (kind, direction) {
            (Kind::Json, _) => Content::Json(given()),
            (Kind::Wildcard, _) => match form {
                Form::Structured => Content::Json(given()),
                Form::Text => Content::Text,
                Form::Binary | Form::Unknown => Content::Binary,
            },
            (Kind::Form, Direction::Request) if is_form => {
                let schema = given();
                Content::Form(schema, self.form_encodings(node))
            }
            (Kind::Multipart, Direction::Request) => {
                let schema = given();
                Content::Multipart(schema, self.part_encodings(media_type, node))
            }
            (Kind::Events, Direction::Response) => {
                Content::Events(schema.map_or(EventData::Text, |schema| self.event_data(schema)))
            }
            (Kind::Items(framing), Direction::Response) => {
                let schema = given();
                // A list of items is the stream as a whole.
                let items = match self.plain(schema) {
                    Some(list) if list.json_type == Some(JsonType::Array) => list.items,
                    _ => None,
                };
                Content::Items(items.unwrap_or(schema), framing)
            }
            (Kind::Text, _) if form != Form::Binary => Content::Text,
            (Kind::Form, _) if form != Form::Binary => Content::Text,
            _ => Content::Binary,
        }
    }

    /// What the events of a stream hold, told from the one schema they have.
    fn event_data(&self, schema: SchemaId) -> EventData {
        if self.is_event(schema, 0) {
            return EventData::Whole(schema);
        }
        match (self.form(schema), self.plain(schema)) {
            (Form::Text | Form::Binary, _) => EventData::Text,
            (_, Some(list)) if list.json_type == Some(JsonType::Array) => {
                EventData::Json(list.items.unwrap_or(schema))
            }
            _ => EventData::Json(schema),
        }
    }

    /// Whether a schema describes an event as a whole: what it has is named as
    /// the fields of events are.
    fn is_event(&self, schema: SchemaId, depth: usize) -> bool {
        const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];
        let Some(schema) = self.plain(schema).filter(|_| depth < 8) else {
            return false;
        };
        let choices: Vec<SchemaId> = schema
            .one_of
            .iter()
            .chain(&schema.any_of)
            .copied()
            .collect();
        if !choices.is_empty() {
            return choices
                .iter()
                .all(|choice| self.is_event(*choice, depth + 1));
        }
        let mut names = schema.properties.keys();
        schema.properties.contains_key("data") && names.all(|name| FIELDS.contains(&name.as_str()))
    }

    fn form(&self, schema: SchemaId) -> Form {
        match self.plain(schema) {
            Some(schema) if schema.json_type == Some(JsonType::String) => {
                match schema.format.as_deref() {
                    Some("binary") => Form::Binary,
                    _ => Form::Text,
                }
            }
            Some(schema) if schema.is_annotation_only() => Form::Unknown,
            Some(schema) if schema.json_type.is_none() => match schema.format.as_deref() {
                Some("binary") => Form::Binary,
                _ => Form::Structured,
            },
            Some(_) => Form::Structured,
            None => Form::Unknown,
        }
    }

    /// The schema itself, behind names for it.
    pub(super) fn plain(&self, id: SchemaId) -> Option<&crate::graph::Schema> {
        let mut schema = self.graph.schema(id);
        for _ in 0..64 {
            match schema.all_of.as_slice() {
                [only] if schema.properties.is_empty() => schema = self.graph.schema(*only),
                _ => return Some(schema),
            }
        }
        None
    }

    /// `example` and `examples` of a parameter or media type, by name.
    pub(super) fn examples(&mut self, node: &'a Node) -> Vec<(String, Node)> {
        let mut examples = Vec::new();
        if let Some(example) = node.get("example") {
            examples.push(("example".to_owned(), example.clone()));
        }
        for (name, example) in node
            .get("examples")
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let Some(example) = self.follow(example) else {
                continue;
            };
            match (example.get("value"), example.get("externalValue")) {
                (Some(value), _) => examples.push((name.to_owned(), value.clone())),
                (None, Some(external)) => {
                    self.report.warn(
                        Code::NoEffect,
                        external.origin,
                        "`externalValue` is not read: the network is never asked",
                    );
                }
                (None, None) => {}
            }
        }
        examples
    }
}

fn preference(media: &Media) -> u8 {
    match &media.content {
        Content::Json(_) if media_type::essence(&media.media_type) == "application/json" => 0,
        Content::Json(_) => 1,
        Content::Form(..) => 2,
        Content::Multipart(..) => 3,
        Content::Text => 4,
        Content::Binary => 5,
        Content::Items(..) => 6,
        Content::Events(_) => 7,
    }
}
