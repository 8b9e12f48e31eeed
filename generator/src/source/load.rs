//! Texts to documents: decides between JSON and YAML by content and turns what
//! goes wrong into diagnostics.

use serde::de::DeserializeSeed;

use super::nesting::{self, DEEPEST};
use super::reader::{self, Place, Reader, TOO_LARGE};
use super::{Document, Input, Node, Origin, Source, Syntax, Text, Value};
use crate::diagnostic::{Code, Report};

/// Reads every input. A text that cannot be read is reported, and its document
/// stays `null`, so that the report can point into it.
#[must_use]
pub fn load(inputs: Vec<Input>, report: &mut Report) -> Source {
    let mut source = Source::default();
    for (number, input) in inputs.into_iter().enumerate() {
        source
            .documents
            .push(document(input, number as u32, report));
    }
    source
}

/// Reads one more document, which references in the entry name `reference`.
pub(crate) fn load_referenced(
    source: &mut Source,
    input: Input,
    reference: String,
    report: &mut Report,
) -> u32 {
    let number = source.documents.len() as u32;
    let document = document(input, number, report);
    source.documents.push(Document {
        reference,
        quotable: document.root.as_object().is_some(),
        ..document
    });
    number
}

fn document(input: Input, number: u32, report: &mut Report) -> Document {
    let mut text = input.text;
    if let Some(unmarked) = text.strip_prefix('\u{feff}') {
        text = unmarked.into();
    }
    let mut document = Document::empty(input.path, text, number);
    // Positions are kept in 32 bits.
    if u32::try_from(document.text.len()).is_err() {
        report.error(
            Code::Syntax,
            document.root.origin,
            "the text is longer than 4 GiB",
        );
        return document;
    }
    let looks_like_json = document.text.trim_start().starts_with('{');
    let failure = if looks_like_json {
        match json(&mut document, report) {
            Ok(()) => return document,
            Err(failure) if failure.final_ => Some(failure),
            // Perhaps a YAML text in braces.
            Err(failure) => match yaml(&mut document, report) {
                Ok(()) => {
                    if document.path.ends_with(".json") {
                        failure.warn(&mut document, report);
                    }
                    None
                }
                Err(other) if other.final_ => Some(other),
                Err(_) => Some(failure),
            },
        }
    } else {
        yaml(&mut document, report).err()
    };
    if let Some(failure) = failure {
        failure.report(&mut document, report);
    }
    document
}

/// Why a text could not be read.
struct Failure {
    message: String,
    help: Option<&'static str>,
    /// The byte of the text, where one is to blame.
    at: Option<usize>,
    /// Whether there is no use in reading it as anything else.
    final_: bool,
}

impl Failure {
    fn new(message: String, at: Option<usize>) -> Self {
        Self {
            message,
            help: None,
            at,
            final_: false,
        }
    }

    fn too_deep(at: Option<usize>) -> Self {
        Self {
            message: format!("lists and objects nest deeper than {DEEPEST} levels"),
            help: Some("give the inner schemas names under `components` and refer to them"),
            at,
            final_: true,
        }
    }

    fn report(self, document: &mut Document, report: &mut Report) {
        let origin = self.origin(document);
        let diagnostic = report.error(Code::Syntax, origin, self.message);
        if let Some(help) = self.help {
            diagnostic.help(help);
        }
    }

    /// A text that is YAML in a file that promises JSON.
    fn warn(self, document: &mut Document, report: &mut Report) {
        let origin = self.origin(document);
        report
            .warn(Code::Syntax, origin, self.message)
            .help("it is read as YAML, which allows more than JSON");
    }

    fn origin(&self, document: &mut Document) -> Origin {
        match self.at {
            Some(at) => Origin {
                place: document.places.add_known(shown(&document.text, at)),
                ..document.root.origin
            },
            None => document.root.origin,
        }
    }
}

/// The character at `at`, or what little there is.
fn shown(text: &str, at: usize) -> std::ops::Range<usize> {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let width = text
        .get(start..)
        .and_then(|rest| rest.chars().next())
        .filter(|character| *character != '\n')
        .map_or(0, char::len_utf8);
    start..start + width
}

fn reader<'a>(document: &Document, report: &'a mut Report, yaml: bool) -> Reader<'a> {
    let fresh = Document::empty(String::new(), Text::default(), 0);
    Reader {
        document: document.root.origin.document,
        places: fresh.places,
        yaml,
        entries: Vec::new(),
        budget: reader::budget(document.text.len()),
        report,
    }
}

fn json(document: &mut Document, report: &mut Report) -> Result<(), Failure> {
    // What a failed attempt said about the text is of no interest.
    let mut found = Report::default();
    let mut reader = reader(document, &mut found, false);
    let mut deserializer = serde_json::Deserializer::from_str(&document.text);
    let place = document.root.origin.place;
    let read = Place {
        reader: &mut reader,
        place,
    }
    .deserialize(&mut deserializer)
    .and_then(|root| deserializer.end().map(|()| root));
    let places = reader.places;
    match read {
        Ok(root) => {
            document.root = root;
            document.places = places;
            document.syntax = Syntax::Json;
            report.append(found);
            Ok(())
        }
        Err(error) => {
            let at = json_byte(&document.text, &error);
            let message = error.to_string();
            if message.starts_with("recursion limit exceeded") {
                return Err(Failure::too_deep(at));
            }
            let reason = message.split(" at line ").next().unwrap_or_default();
            Err(Failure::new(format!("the text is not JSON: {reason}"), at))
        }
    }
}

/// Where a JSON error is. Columns are in bytes, and those of the last byte that
/// was read; 0 is the end of the line before.
fn json_byte(text: &str, error: &serde_json::Error) -> Option<usize> {
    match error.column().checked_sub(1) {
        Some(column) => byte_of(text, error.line(), |line| column.min(line.len())),
        None => byte_of(text, error.line().saturating_sub(1), str::len),
    }
}

fn yaml(document: &mut Document, report: &mut Report) -> Result<(), Failure> {
    if nesting::too_deep(&document.text) {
        return Err(Failure::too_deep(None));
    }
    let mut found = Report::default();
    let mut reader = reader(document, &mut found, true);
    let place = document.root.origin.place;
    let mut root: Option<Node> = None;
    for deserializer in serde_yaml::Deserializer::from_str(&document.text) {
        let seed = Place {
            reader: &mut reader,
            place,
        };
        match seed.deserialize(deserializer) {
            // Markers around nothing.
            Ok(node) if node.value == Value::Null => {}
            Ok(node) if root.is_none() => root = Some(node),
            Ok(_) => return Err(several(&document.text)),
            Err(error) => return Err(yaml_failure(&document.text, &error)),
        }
    }
    let places = reader.places;
    let Some(root) = root else {
        return Err(Failure {
            final_: true,
            ..Failure::new("the document is empty".to_owned(), Some(0))
        });
    };
    document.root = root;
    document.places = places;
    document.syntax = Syntax::Yaml;
    report.append(found);
    Ok(())
}

fn yaml_failure(text: &str, error: &serde_yaml::Error) -> Failure {
    let location = error.location();
    let at = location.as_ref().and_then(|location| {
        byte_of(text, location.line(), |line| {
            line.char_indices()
                .nth(location.column().saturating_sub(1))
                .map_or(line.len(), |(at, _)| at)
        })
    });
    let message = error.to_string();
    if message.starts_with("recursion limit exceeded") {
        return Failure {
            help: Some("an alias that contains itself nests without end, too"),
            ..Failure::too_deep(at)
        };
    }
    if message.contains(TOO_LARGE) || message.starts_with("repetition limit exceeded") {
        return Failure {
            help: Some("write references (`$ref`) instead of aliases"),
            ..Failure::new(TOO_LARGE.to_owned(), at)
        };
    }
    let reason = without_location(&message);
    Failure::new(format!("the text is not YAML: {reason}"), at)
}

/// The message without the numbers that the code frame shows anyway.
fn without_location(message: &str) -> &str {
    match message.find(" at line ") {
        Some(end) if message[end..].matches(" at line ").count() == 1 => &message[..end],
        _ => message,
    }
}

fn several(text: &str) -> Failure {
    // The second marker, or the first after a line with content.
    let mut at = 0;
    let mut content = false;
    for line in text.split_inclusive('\n') {
        let marker = line.starts_with("---");
        if marker && content {
            break;
        }
        content |= !marker && !line.trim_start().starts_with('#') && !line.trim().is_empty();
        at += line.len();
    }
    Failure {
        help: Some("keep one document per file"),
        final_: true,
        ..Failure::new("the file holds several YAML documents".to_owned(), Some(at))
    }
}

/// The byte at a place in the line counted from 1; `column` looks it up in the
/// line.
fn byte_of(text: &str, line: usize, column: impl FnOnce(&str) -> usize) -> Option<usize> {
    let before = line.checked_sub(1)?;
    let mut start = 0;
    let mut lines = text.split_inclusive('\n');
    for line in lines.by_ref().take(before) {
        start += line.len();
    }
    Some(
        start
            + column(
                lines
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches(['\r', '\n']),
            ),
    )
}
