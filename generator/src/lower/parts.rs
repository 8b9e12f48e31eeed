//! Multipart bodies: the schema of a body and its encodings in, the structs
//! that callers fill in out.

use std::collections::HashSet;

use super::Lowerer;
use super::body::form_style;
use super::media::{self, Media};
use super::part_form::{Form, Given};
use crate::diagnostic::Code;
use crate::graph::{Encoding, EncodingStyle, SchemaId};
use crate::model::{
    BodyContent, Field, Name, PartEncoding, PartStyle, PartsStruct, PartsUnion, PartsVariant,
    Presence, Struct,
};
use crate::normalise::{self, Kind, Union};

impl Lowerer<'_> {
    pub(super) fn multipart(&mut self, schema: SchemaId, encodings: &[Encoding]) -> BodyContent {
        if !self.has_parts(schema, encodings) {
            let styles = self.part_encodings(schema, encodings);
            return BodyContent::Multipart(self.ty(schema), styles);
        }
        let end = self.end(schema);
        let shapes = self.shapes;
        match &shapes.shape(end).kind {
            Kind::Union(union) => {
                let mut variants = Vec::new();
                let mut met = HashSet::from([end]);
                self.parts_variants(union, encodings, &mut met, &mut variants);
                BodyContent::PartsUnion(Box::new(PartsUnion {
                    name: Name::new("multipart", None, self.graph.schema(schema).origin),
                    docs: self.docs(self.graph.schema(end)),
                    variants,
                }))
            }
            _ => BodyContent::Parts(Box::new(self.parts_struct(schema, encodings))),
        }
    }

    /// Whether a multipart body has properties that are no values; such a body
    /// has a struct of its own.
    pub(super) fn has_parts(&self, schema: SchemaId, encodings: &[Encoding]) -> bool {
        let is_given = |form: Form| form != Form::VALUE;
        let alternatives = self.alternatives(schema);
        alternatives
            .into_iter()
            .any(|one| match &self.shapes.shape(one).kind {
                Kind::Object { fields, additional } => {
                    let mut fields = fields.iter();
                    fields.any(|field| is_given(self.form_of_field(field, encodings)))
                        || additional.is_some_and(|values| is_given(self.form_of(values, None)))
                }
                Kind::Map(values) => is_given(self.form_of(*values, None)),
                _ => false,
            })
    }

    /// The schemas of a multipart body with parts that become types: those of
    /// its values, each with the words that lead to it.
    pub(super) fn values_of_parts(
        &self,
        schema: SchemaId,
        encodings: &[Encoding],
    ) -> Vec<(SchemaId, String)> {
        let mut values = Vec::new();
        for alternative in self.alternatives(schema) {
            let Kind::Object { fields, additional } = &self.shapes.shape(alternative).kind else {
                continue;
            };
            for field in fields {
                if self.form_of_field(field, encodings) == Form::VALUE {
                    values.push((field.schema, field.wire.clone()));
                }
            }
            let others = additional.filter(|other| self.form_of(*other, None) == Form::VALUE);
            values.extend(others.map(|other| (other, "additional property".to_owned())));
        }
        values
    }

    fn parts_struct(&mut self, schema: SchemaId, encodings: &[Encoding]) -> PartsStruct {
        let end = self.end(schema);
        let shapes = self.shapes;
        let origin = self.graph.schema(schema).origin;
        let docs = self.docs(self.graph.schema(end));
        let (fields, additional) = match &shapes.shape(end).kind {
            Kind::Object { fields, additional } => (fields.as_slice(), *additional),
            Kind::Map(values) => (&[][..], Some(*values)),
            _ => (&[][..], None),
        };
        let fields: Vec<Field> = fields
            .iter()
            .map(|field| self.part_field(field, encodings))
            .collect();
        let additional = additional.map(|values| {
            let name = Name::new("additional_properties", None, origin);
            let ty = self.form_of(values, None).ty();
            (name, ty.unwrap_or_else(|| self.ty(values)))
        });
        let required = fields.iter().filter(|field| field.presence.is_required());
        PartsStruct {
            name: Name::new("multipart", None, origin),
            docs,
            structure: Struct {
                required_name: (required.count() > 1).then(|| Name::new("", None, origin)),
                fields,
                additional,
                least: self.graph.schema(end).least_properties(),
            },
            encodings: self.part_encodings(schema, encodings),
            allowed: encodings
                .iter()
                .filter_map(|encoding| {
                    let types = media::types(encoding.content_type.as_deref()?);
                    let types = types.map(str::to_owned).collect();
                    Some((encoding.property.clone(), types))
                })
                .collect(),
        }
    }

    fn part_field(&mut self, field: &normalise::Field, encodings: &[Encoding]) -> Field {
        let mut lowered = self.field(field);
        let form = self.form_of_field(field, encodings);
        let Some(ty) = form.ty() else {
            return lowered;
        };
        lowered.ty = ty;
        lowered.default = None;
        // Neither a part nor a text has a null.
        lowered.presence = match lowered.presence.is_required() {
            true => Presence::Required,
            false => Presence::Optional,
        };
        let encoding = encodings
            .iter()
            .find(|encoding| encoding.property == field.wire);
        if let Some(encoding) = encoding {
            let notes = self.part_notes(encoding, form.given);
            lowered.docs.notes.extend(notes);
        }
        lowered
    }

    /// What a caller has to know of a part.
    fn part_notes(&mut self, encoding: &Encoding, given: Given) -> Vec<String> {
        let plain = |text: &str| text.replace('`', "'").replace(['\n', '\r'], " ");
        let mut notes = Vec::new();
        if let (Given::Part, Some(style)) = (given, encoding.style)
            && style != EncodingStyle::Exploded
            && self.graph.part_rules.untyped_is_file
        {
            self.report.warn(
                Code::NoEffect,
                encoding.origin,
                "a style has no effect on a part that is a file",
            );
        }
        let content_type = encoding.content_type.as_deref();
        notes.extend(content_type.and_then(|content_type| {
            let content_type = plain(content_type);
            match (given, media::single(&content_type)) {
                (Given::Text, Some(one)) => Some(format!("The text is `{one}`.")),
                (Given::Part, None) => Some(format!(
                    "The part is one of `{content_type}`: say which by `Part::content_type`."
                )),
                _ => None,
            }
        }));
        notes.extend(encoding.headers.iter().map(|header| {
            let header = plain(header);
            format!("The part has the header `{header}`, to be set by `Part::header`.")
        }));
        notes
    }

    /// The structs of a union's variants; unions among them, but for those that
    /// were met, are part of it.
    fn parts_variants(
        &mut self,
        union: &Union,
        encodings: &[Encoding],
        met: &mut HashSet<SchemaId>,
        variants: &mut Vec<PartsVariant>,
    ) {
        let shapes = self.shapes;
        for (variant, words) in union.variants.iter().zip(self.variant_words(union)) {
            let end = self.end(variant.schema);
            let origin = self.graph.schema(variant.schema).origin;
            match &shapes.shape(end).kind {
                Kind::Union(inner) => {
                    if met.insert(end) {
                        self.parts_variants(inner, encodings, met, variants);
                    }
                }
                Kind::Object { .. } | Kind::Map(_) => {
                    let mut parts = self.parts_struct(variant.schema, encodings);
                    parts.name.words.clone_from(&words);
                    variants.push(PartsVariant {
                        name: Name::new(words, None, origin),
                        tag: union.tag.clone().zip(variant.tag.clone()),
                        parts,
                    });
                }
                _ => self
                    .report
                    .warn(
                        Code::Unsupported,
                        origin,
                        "a multipart body is an object, so this alternative is left out",
                    )
                    .help("describe the object whose properties are the parts"),
            }
        }
    }

    /// How the properties are written that are not written as usual.
    fn part_encodings(&self, schema: SchemaId, encodings: &[Encoding]) -> Vec<PartEncoding> {
        let mut styles: Vec<PartEncoding> = encodings
            .iter()
            .filter_map(|encoding| {
                Some(PartEncoding {
                    property: encoding.property.clone(),
                    style: part_style(encoding)?,
                })
            })
            .collect();
        // Of the type that the schema says, where the encoding does not.
        if let Kind::Object { fields, .. } = &self.shapes.shape(self.end(schema)).kind {
            for field in fields {
                let is_known = encodings
                    .iter()
                    .any(|encoding| encoding.property == field.wire && has_own_type(encoding));
                let one = self.items_of(field.schema).unwrap_or(field.schema);
                let said = self.graph.schema(self.end(one)).content_type.as_ref();
                // A string that holds JSON is that JSON, not a string of it.
                let said = said.filter(|said| media::of(said) != Media::Json);
                if let (false, Some(media)) = (is_known, said) {
                    styles.push(PartEncoding {
                        property: field.wire.clone(),
                        style: PartStyle::Type(media.clone()),
                    });
                }
            }
        }
        styles
    }
}

fn has_own_type(encoding: &Encoding) -> bool {
    encoding.content_type.is_some() || encoding.style.is_some()
}

/// How a property is written; `None` for the usual way, and where the caller
/// chooses the content type.
fn part_style(encoding: &Encoding) -> Option<PartStyle> {
    if let Some(style) = encoding.style {
        return Some(PartStyle::Style(form_style(style)));
    }
    let content_type = encoding.content_type.as_deref()?;
    let one = media::single(content_type).or_else(|| media::json(content_type))?;
    Some(PartStyle::Type(one.to_owned()))
}
