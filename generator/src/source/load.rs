//! Texts to documents: decides between JSON and YAML by content and turns what
//! goes wrong into diagnostics.

use serde::de::DeserializeSeed;

use super::nesting::{self, DEEPEST};
use super::reader::{self, Duplicate, Place, Reader, TOO_LARGE};
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
    if let Some(failure) = conflict(&document.text) {
        failure.report(&mut document, report);
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

/// The failure of a text that has a merge conflict in it: what a parser says of
/// the markers helps nobody, and within brackets YAML takes them as text.
fn conflict(text: &str) -> Option<Failure> {
    let at = conflict_marker(text)?;
    Some(Failure {
        help: Some(RESOLVE),
        ..Failure::new(CONFLICT.to_owned(), Some(at))
    })
}

/// How version control marks the start of a conflict.
const MARKER: &str = "<<<<<<<";

/// What is wrong with a text that has a conflict marker in it.
pub(crate) const CONFLICT: &str = "the text has the markers of a merge conflict in it";

/// What to do about it.
pub(crate) const RESOLVE: &str =
    "keep one of the two sides, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`";

/// The byte of the first line that starts as version control marks a conflict.
pub(crate) fn conflict_marker(text: &str) -> Option<usize> {
    let is_marker = |at: usize| {
        let (before, rest) = text.split_at(at);
        let after = rest.trim_start_matches(['<', '>']);
        (before.is_empty() || before.ends_with('\n'))
            && rest.len() - after.len() == MARKER.len()
            && (after.is_empty() || after.starts_with([' ', '\r', '\n']))
    };
    let found = [MARKER, ">>>>>>>"].into_iter().filter_map(|marker| {
        let mut all = text.match_indices(marker).map(|(at, _)| at);
        all.find(|at| is_marker(*at))
    });
    found.min()
}

/// Reports the keys that stand twice, once it is known where all places are.
fn report_duplicates(document: &Document, duplicates: &[Duplicate], report: &mut Report) {
    for duplicate in duplicates {
        duplicate.report(|first| document.position(first.place).line, report);
    }
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
        duplicates: Vec::new(),
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
    let (places, duplicates) = (reader.places, reader.duplicates);
    match read {
        Ok(root) => {
            document.root = root;
            document.places = places;
            document.syntax = Syntax::Json;
            report.append(found);
            report_duplicates(document, &duplicates, report);
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
    let (places, duplicates) = (reader.places, reader.duplicates);
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
    report_duplicates(document, &duplicates, report);
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
    if let Some(tab) = at.and_then(|at| indenting_tab(text, at)) {
        return Failure {
            help: Some("write spaces in its place"),
            ..Failure::new(
                "the text is not YAML: a tab cannot indent a line".to_owned(),
                Some(tab),
            )
        };
    }
    if let Some(at) = unclosed_quote(text, &message) {
        return Failure {
            help: Some("write the same quotation mark at the end of the text, too"),
            ..Failure::new(
                "the text is not YAML: this quotation mark is never closed".to_owned(),
                Some(at),
            )
        };
    }
    let reason = without_location(&message);
    Failure::new(format!("the text is not YAML: {reason}"), at)
}

/// Where a quoted text starts that is still open at the end of the file, which
/// is where the parser sees it.
fn unclosed_quote(text: &str, message: &str) -> Option<usize> {
    let (found, start) = message.split_once("while scanning a quoted scalar at line ")?;
    if !found.starts_with("found unexpected end of stream") {
        return None;
    }
    let (line, column) = start.split_once(" column ")?;
    let column: usize = column.parse().ok()?;
    byte_of(text, line.parse().ok()?, |line| {
        line.char_indices()
            .nth(column.saturating_sub(1))
            .map_or(line.len(), |(at, _)| at)
    })
}

/// The first tab before the first other character of the line that `at` is in.
fn indenting_tab(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?;
    let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
    Some(start + line.get(..indentation)?.find('\t')?)
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
