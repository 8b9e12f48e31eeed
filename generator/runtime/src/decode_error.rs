//! [`DecodeError`]: why a body does not fit the API description, in words that
//! hold nothing of the body's values. In goes the JSON library's error, which
//! quotes values freely; out comes its path and the part that is ours.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::charset::Misread;
use super::reading::{self, Step};
use super::screen::Screen;

/// Why the body of a response does not fit the API description.
///
/// It names the place and what was expected there; it never holds a value of
/// the body, so it can be logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: Cow<'static, str>,
}

impl DecodeError {
    /// For a body that is wrong as a whole.
    pub(crate) fn new(message: &'static str) -> Self {
        Self {
            path: String::new(),
            message: Cow::Borrowed(message),
        }
    }

    /// For a part of a response that has a name of its own.
    pub(crate) fn at(name: &'static str, message: &'static str) -> Self {
        Self {
            path: name.to_owned(),
            message: Cow::Borrowed(message),
        }
    }

    /// For a part of a response whose name the server made up.
    pub(crate) fn of(name: &str, message: &'static str) -> Self {
        let name = if is_plain(name) { name } else { "…" };
        Self {
            path: name.to_owned(),
            message: Cow::Borrowed(message),
        }
    }

    /// For a body with more values than the client decodes.
    pub(crate) fn too_many_values(limit: usize) -> Self {
        let message = format!(
            "it has more values than the client's limit, {limit} (an object counts as ten)"
        );
        Self {
            path: String::new(),
            message: message.into(),
        }
    }

    /// Where in the JSON, as in `connection.certificates[0].issuer`; empty for
    /// the body as a whole. Names that are not plain words show as `…`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Drops what looks like something that the caller keeps secret: property
    /// names come from the body, and a server may put anything there.
    pub(crate) fn screened(mut self, screen: &Screen) -> Self {
        if screen.hides_path(&self.path) {
            self.path = String::from("…");
        }
        self
    }

    /// The text that [`explain`] recognises when it comes up again inside the
    /// error of an enclosing value. A union decodes its variants by itself and
    /// can hand their errors on as text only.
    pub(crate) fn marked(&self) -> String {
        format!("{MARK}{}{END}{}", self.path, self.message)
    }

    /// `message`, with how the declared content type contradicts it.
    pub(crate) fn with_content_type(mut self, content_type: &'static str) -> Self {
        self.message = format!("{} (declared as {content_type})", self.message).into();
        self
    }
}

impl From<Misread> for DecodeError {
    fn from(misread: Misread) -> Self {
        match misread {
            Misread::Unsupported(name) => {
                Self::of(&name, "the charset of the text is not supported")
            }
            Misread::Misfit(problem) => Self::new(problem),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}

/// Around the path in the text of an error that is already free of values.
const MARK: &str = "at `";
const END: &str = "`: ";

/// Reads a value of a JSON deserializer and says where it went wrong.
pub(crate) fn decode<'de, T, D>(deserializer: D) -> Result<T, DecodeError>
where
    T: DeserializeOwned,
    D: serde::Deserializer<'de, Error = serde_json::Error>,
{
    reading::read(deserializer).map_err(|(steps, error)| explain(&steps, &error))
}

/// What can be said of an error without quoting the body.
pub(crate) fn explain(steps: &[Step], error: &serde_json::Error) -> DecodeError {
    let mut path = written(steps);
    let message = match error.classify() {
        Category::Eof => Cow::Borrowed("the JSON ends too early"),
        Category::Syntax | Category::Io => Cow::Borrowed("it is not JSON"),
        Category::Data => {
            let text = error.to_string();
            let position = format!(" at line {} column {}", error.line(), error.column());
            let text = text.strip_suffix(&position).unwrap_or(&text);
            match text
                .strip_prefix(MARK)
                .and_then(|text| text.split_once(END))
            {
                Some((inner, message)) => {
                    join(&mut path, inner);
                    message.to_owned().into()
                }
                None => without_values(text),
            }
        }
    };
    DecodeError { path, message }
}

/// Serde's own messages have fixed beginnings and end in static text; what is
/// between them, and every other message, may quote the body.
fn without_values(text: &str) -> Cow<'static, str> {
    for fixed in ["missing field `", "duplicate field `"] {
        if text
            .strip_prefix(fixed)
            .is_some_and(|rest| is_plain(rest.trim_end_matches('`')))
        {
            return Cow::Owned(text.to_owned());
        }
    }
    let Some(found) = [
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "unknown variant ",
    ]
    .iter()
    .find_map(|start| text.strip_prefix(start)) else {
        return Cow::Borrowed("the value does not fit its type");
    };
    // A type that takes integers takes every one that it has room for.
    let is_integer = text.starts_with("invalid value: integer");
    let found = match is_integer {
        true => ", found an integer that is out of range",
        false => found_kind(found),
    };
    match text.rsplit_once(", expected ") {
        Some((_, expected)) => {
            let remedy = match (is_integer, expected) {
                (true, "i64") => "; a client generated with `integer = \"i128\"` takes more",
                (true, "i128") => "; a client generated with a type for `integer` may take it",
                _ => "",
            };
            format!("expected {expected}{found}{remedy}").into()
        }
        None => Cow::Borrowed("the value does not fit its type"),
    }
}

/// The kind of what was found, in our words.
fn found_kind(found: &str) -> &'static str {
    const KINDS: [(&str, &str); 7] = [
        ("null", ", found null"),
        ("boolean", ", found a boolean"),
        ("integer", ", found an integer"),
        ("floating point", ", found a number"),
        ("string", ", found a string"),
        ("sequence", ", found an array"),
        ("map", ", found an object"),
    ];
    KINDS
        .iter()
        .find(|(start, _)| found.starts_with(start))
        .map_or("", |(_, words)| words)
}

/// How many steps of a path are worth reading.
const DEEPEST: usize = 32;

/// The path as people write it.
fn written(steps: &[Step]) -> String {
    let mut text = String::new();
    for (depth, step) in steps.iter().enumerate() {
        if depth == DEEPEST {
            join(&mut text, "…");
            break;
        }
        match step {
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) if is_plain(key) => join(&mut text, key),
            Step::Key(_) => join(&mut text, "…"),
        }
    }
    text
}

fn join(path: &mut String, inner: &str) {
    if !path.is_empty() && !inner.is_empty() && !inner.starts_with('[') {
        path.push('.');
    }
    path.push_str(inner);
}

/// Whether a name is one that an API description would give a property.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@');
    name.len() <= 64 && !name.is_empty() && name.chars().all(plain)
}
