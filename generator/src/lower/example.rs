//! Examples: the written value in, whether it fits its schema and survives a
//! round trip through the generated type out.

use std::collections::HashSet;

use super::Lowerer;
use super::misfit::Misfit;
use crate::diagnostic::{Code, Report};
use crate::graph::{self, SchemaId};
use crate::model::{Example, ResponseExample, Scalar, Type};
use crate::normalise::Kind;
use crate::source::{Node, Origin};
use crate::string_format::{self, KnownFormat};
use crate::threads::each;

/// How an example relates to the type of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Nothing is known of the type.
    Unknown,
    /// It does not decode.
    No,
    /// It decodes, but encodes differently (an unknown property, say).
    Lossy,
    /// It decodes, and encodes as it was.
    Lossless,
}

/// What is known of an operation's examples.
#[derive(Default)]
pub(super) struct Examples {
    /// Those that fit of each media type of the request's body.
    pub(super) body: Vec<Vec<Example>>,
    /// Those that fit of all responses.
    pub(super) responses: Vec<ResponseExample>,
    /// What is wrong with them.
    misfits: Vec<Misfit>,
    /// How many there are that nothing can be said of.
    untested: usize,
}

/// An example that fits its schema.
struct Fitting<'a> {
    name: &'a str,
    node: &'a Node,
    schema: SchemaId,
    /// Whether it survives a round trip through the type.
    lossless: bool,
}

impl Lowerer<'_> {
    /// The examples of all operations, in their order. Large documents have
    /// very long ones, so all threads look at them.
    pub(super) fn examples(&mut self) -> Vec<Examples> {
        let lowerer = &*self;
        let mut examples = each(&lowerer.graph.operations, |operation| {
            lowerer.examples_of(operation)
        });
        for examples in &mut examples {
            self.api.untested_examples += examples.untested;
            for misfit in examples.misfits.drain(..) {
                report(self.report, misfit);
            }
        }
        examples
    }

    fn examples_of(&self, operation: &graph::Operation) -> Examples {
        let mut examples = Examples::default();
        for media in operation.body.iter().flat_map(|body| &body.media) {
            let fitting = self.media_examples(media, &mut examples).into_iter();
            let body = fitting.map(|fitting| Example {
                name: fitting.name.to_owned(),
                value: fitting.node.to_json(),
                lossless: fitting.lossless,
            });
            examples.body.push(body.collect());
        }
        for response in &operation.responses {
            let status = match response.status {
                graph::Status::Code(code) => code,
                graph::Status::Range(hundred) => hundred * 100,
                // Any status that nothing else documents would do.
                graph::Status::Default => 599,
            };
            for media in &response.media {
                let fitting = self.media_examples(media, &mut examples).into_iter();
                let more = fitting.map(|fitting| ResponseExample {
                    name: fitting.name.to_owned(),
                    status,
                    media_type: media.media_type.clone(),
                    text: fitting.node.to_json_text(),
                    ty: self.ty(fitting.schema),
                    lossless: fitting.lossless,
                });
                examples.responses.extend(more);
            }
        }
        examples
    }

    /// The examples of a media type that fit its schema.
    fn media_examples<'a>(
        &'a self,
        media: &'a graph::Media,
        all: &mut Examples,
    ) -> Vec<Fitting<'a>> {
        let (graph::Content::Json(schema) | graph::Content::Form(schema, _)) = media.content else {
            all.untested += media.examples.len();
            return Vec::new();
        };
        let mut written: Vec<(&str, &Node)> = media
            .examples
            .iter()
            .map(|(name, node)| (name.as_str(), node))
            .collect();
        if let (true, Some(example)) = (written.is_empty(), &self.graph.schema(schema).example) {
            written.push(("example", example));
        }
        let mut examples = Vec::new();
        for (name, node) in written {
            match self.fit(schema, node) {
                Fit::Unknown => {}
                Fit::No => all.misfits.push(self.misfit(schema, node)),
                fit => {
                    self.oversights(schema, node, &mut all.misfits);
                    examples.push(Fitting {
                        name,
                        node,
                        schema,
                        lossless: fit == Fit::Lossless,
                    });
                }
            }
        }
        examples
    }

    /// Reports the examples of schemas that do not fit, those aside that were looked
    /// at where a body or a parameter has the schema.
    pub(super) fn schema_examples(&mut self) {
        let findings = self.report.diagnostics().iter();
        let mut known: HashSet<Origin> = findings
            .filter(|finding| finding.code == Code::ExampleMismatch)
            .filter_map(|finding| finding.origin)
            .collect();
        for (index, schema) in self.graph.schemas.iter().enumerate() {
            let Some(example) = &schema.example else {
                continue;
            };
            let id = SchemaId(index as u32);
            let mut misfits = Vec::new();
            match self.fit(id, example) {
                Fit::Unknown => {}
                Fit::No => misfits.push(self.misfit(id, example)),
                Fit::Lossy | Fit::Lossless => self.oversights(id, example, &mut misfits),
            }
            // What merging made has the example of what it was made of.
            for misfit in misfits {
                if known.insert(misfit.origin) {
                    report(self.report, misfit);
                }
            }
        }
    }

    /// The example as JSON; `None` and a warning where it does not fit.
    pub(super) fn fitting(
        &mut self,
        schema: SchemaId,
        example: &Node,
    ) -> Option<serde_json::Value> {
        match self.fit(schema, example) {
            Fit::Unknown => None,
            Fit::No => {
                let misfit = self.misfit(schema, example);
                report(self.report, misfit);
                None
            }
            Fit::Lossy | Fit::Lossless => {
                let mut oversights = Vec::new();
                self.oversights(schema, example, &mut oversights);
                for oversight in oversights {
                    report(self.report, oversight);
                }
                Some(example.to_json())
            }
        }
    }

    pub(super) fn fit(&self, id: SchemaId, node: &Node) -> Fit {
        use crate::source::Value;
        let shape = self.shapes.shape(id);
        if self.foreign.contains_key(&id) {
            return Fit::Unknown;
        }
        if node.value == Value::Null {
            return if self.is_nullable(id) || shape.kind == Kind::Any {
                Fit::Lossless
            } else {
                Fit::No
            };
        }
        match (&shape.kind, &node.value) {
            (Kind::Same(same), _) => self.fit(*same, node),
            (Kind::Any, _) => Fit::Lossless,
            (Kind::Boolean, Value::Bool(_)) => Fit::Lossless,
            (Kind::Integer(_) | Kind::IntegerEnum(_), Value::Number(_)) => {
                self.integer_fit(id, node)
            }
            (Kind::Number(_), Value::Number(_)) => Fit::Lossless,
            (Kind::StringEnum(_), Value::String(_)) => Fit::Lossless,
            (Kind::String(_), Value::String(text)) => match self.structure(id) {
                Type::Foreign(_) => {
                    let format = self.graph.schema(id).format.as_deref();
                    text_fit(format.and_then(string_format::known), text)
                }
                _ => Fit::Lossless,
            },
            (Kind::Array(items), Value::Array(elements)) => elements
                .iter()
                .map(|element| self.fit(*items, element))
                .min()
                .unwrap_or(Fit::Lossless),
            (Kind::Map(values), Value::Object(object)) => object
                .values()
                .map(|value| self.fit(*values, value))
                .min()
                .unwrap_or(Fit::Lossless),
            (Kind::Object { fields, additional }, Value::Object(object)) => {
                let mut fit = Fit::Lossless;
                for field in fields {
                    fit = fit.min(match object.get(&field.wire) {
                        None if field.required => Fit::No,
                        None => Fit::Lossless,
                        Some(value) if value.value == Value::Null && !field.required => {
                            // An optional null is read as absent.
                            self.fit(field.schema, value).max(Fit::Lossy)
                        }
                        Some(value) => self.fit(field.schema, value),
                    });
                }
                for (key, value) in object {
                    if !fields.iter().any(|field| field.wire == *key) {
                        fit = fit.min(match additional {
                            Some(values) => self.fit(*values, value),
                            None => Fit::Lossy,
                        });
                    }
                }
                fit
            }
            (Kind::Union(union), _) => self.union_fit(union, node),
            _ => Fit::No,
        }
    }

    fn union_fit(&self, union: &crate::normalise::Union, node: &Node) -> Fit {
        if let Some(property) = &union.tag {
            let tag = node.get(property).and_then(tag_text);
            let is_tag = |variant: &&crate::normalise::UnionVariant, tag: &String| {
                variant.tag.as_ref() == Some(tag) || variant.also.contains(tag)
            };
            if let Some(tag) = tag {
                let mut variants = union.variants.iter();
                return variants
                    .clone()
                    .find(|variant| is_tag(variant, &tag))
                    .or_else(|| variants.find(|variant| variant.default))
                    .map_or(Fit::Lossless, |variant| {
                        // The variant's own type may not have the property;
                        // then the union writes it.
                        self.fit(variant.schema, node).min(Fit::Lossy)
                    });
            }
            // Without a tag the shape decides, and the tag may be added.
            return Fit::Lossy;
        }
        let best = union
            .variants
            .iter()
            .map(|variant| self.fit(variant.schema, node))
            .max();
        // What no variant fits is kept as it is. Which of several variants is
        // chosen is not known here, so nothing better than lossy is claimed
        // unless one alone fits.
        match best {
            Some(Fit::Lossless) => Fit::Lossless,
            Some(Fit::Lossy) => Fit::Lossy,
            _ => Fit::Lossless,
        }
    }

    fn integer_fit(&self, id: SchemaId, node: &Node) -> Fit {
        use crate::source::{Number, Value};
        let Value::Number(Number::Integer(integer)) = node.value else {
            return Fit::No;
        };
        let fits = match self.structure(id) {
            Type::Scalar(Scalar::I32) => i32::try_from(integer).is_ok(),
            Type::Scalar(Scalar::U32) => u32::try_from(integer).is_ok(),
            Type::Scalar(Scalar::U64) => u64::try_from(integer).is_ok(),
            Type::Scalar(Scalar::I128) => true,
            _ => i64::try_from(integer).is_ok(),
        };
        if fits { Fit::Lossless } else { Fit::No }
    }
}

fn report(report: &mut Report, misfit: Misfit) {
    report
        .warn(Code::ExampleMismatch, misfit.origin, misfit.message)
        .help(misfit.help);
}

/// The text of a tag, as the generated decoder compares it.
fn tag_text(node: &Node) -> Option<String> {
    use crate::source::Value;
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(node.to_json().to_string()),
        _ => None,
    }
}

/// Whether a text is read by the usual strict types of its format, judged by its
/// form.
fn text_fit(format: Option<&KnownFormat>, text: &str) -> Fit {
    let digits = |text: &str, form: &str| {
        text.len() == form.len()
            && text.bytes().zip(form.bytes()).all(|(byte, form)| {
                if form == b'0' {
                    byte.is_ascii_digit()
                } else {
                    byte == form
                }
            })
    };
    match format.map(|format| format.name) {
        Some("date-time") => {
            if digits(text, "0000-00-00T00:00:00Z") {
                Fit::Lossless
            } else if text
                .get(..19)
                .is_some_and(|text| digits(text, "0000-00-00T00:00:00"))
                && (text.ends_with('Z')
                    || text.get(19..).is_some_and(|rest| rest.contains(['+', '-'])))
            {
                Fit::Lossy
            } else {
                Fit::No
            }
        }
        Some("date") if digits(text, "0000-00-00") => Fit::Lossless,
        Some("date") => Fit::No,
        Some("uuid") => {
            let form = text.len() == 36
                && text.bytes().enumerate().all(|(index, byte)| match index {
                    8 | 13 | 18 | 23 => byte == b'-',
                    _ => byte.is_ascii_hexdigit(),
                });
            match (form, text.to_ascii_lowercase() == text) {
                (true, true) => Fit::Lossless,
                (true, false) => Fit::Lossy,
                _ => Fit::No,
            }
        }
        _ => Fit::Unknown,
    }
}
