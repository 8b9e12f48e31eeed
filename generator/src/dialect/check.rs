//! Follows the table of OpenAPI's objects through a tree: whatever does not fit
//! is mended or taken out, and reported.

mod reference;
mod shares;

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::shared::Shared;
use super::structure::{
    Absence, EXTENSIONS, Key, Kind, LATER, OPENAPI, Object, Others, SECURITY_SCHEMES, Shape,
};
use super::version::Version;
use super::{mend, near_miss, path};
use crate::diagnostic::{Code, Guesses, Report, is_one_edit, nearest};
use crate::source::{Entries, Node, Source, Value};

/// Makes the tree of a whole document fit.
/// `missing` are the texts of references that name nothing.
pub(super) fn check(
    root: &mut Node,
    version: Version,
    missing: HashSet<String>,
    source: &Source,
    report: &mut Report,
) {
    let shared = Shared::of(root, missing);
    let mut check = Check {
        version,
        shared: &shared,
        is_share: false,
        guesses: Guesses::default(),
        meant: HashMap::new(),
        source,
        report,
    };
    let _ = check.object(root, &OPENAPI, Name::Document);
}

/// What is needed at every node.
pub(super) struct Check<'a> {
    /// What the document was written as.
    pub(super) version: Version,
    /// What references may name.
    pub(super) shared: &'a Shared,
    /// Whether it is a share of the check of many entries.
    is_share: bool,
    guesses: Guesses,
    /// What was guessed.
    meant: HashMap<String, Option<String>>,
    /// For texts and positions; the tree being checked is not in it.
    pub(super) source: &'a Source,
    pub(super) report: &'a mut Report,
}

/// How messages name a value.
#[derive(Clone, Copy)]
pub(super) enum Name<'a> {
    Document,
    Key(&'a str),
    Element(&'a Name<'a>),
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => formatter.write_str("the document"),
            Self::Key(key) => write!(formatter, "`{key}`"),
            Self::Element(list) => write!(formatter, "an element of {list}"),
        }
    }
}

/// What becomes of a checked value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(super) enum Verdict {
    Keep,
    /// It was reported and cannot stay.
    Remove,
}

use Verdict::{Keep, Remove};

impl Check<'_> {
    /// Whether the document may use what came with OpenAPI 3.1.
    pub(super) fn is_3_1(&self) -> bool {
        self.version >= Version::V3_1
    }

    /// Checks the value of `name`, which is a key or describes the place.
    fn value(&mut self, node: &mut Node, shape: &Shape, name: Name<'_>) -> Verdict {
        match shape {
            Shape::Any => Keep,
            _ if node.value == Value::Null => {
                self.report
                    .warn(
                        Code::WrongType,
                        node.origin,
                        format!("{name} is null and taken as absent"),
                    )
                    .help("remove the key, or give it a value");
                Remove
            }
            Shape::Bool => self.boolean(node, name),
            Shape::Text => self.text(node, name),
            Shape::Prose => self.prose(node, name),
            Shape::Url => self.url(node, name),
            Shape::Number => self.number(node, name),
            Shape::Count => self.count(node, name),
            Shape::Choice(values) => self.choice(node, values, name),
            Shape::List(shape) => self.list(node, shape, name),
            Shape::Map(shape) => self.map(node, shape, name),
            Shape::Object(object) => self.object(node, object, name),
            Shape::BoolOr(object) => match &node.value {
                Value::Bool(_) | Value::String(_) => self.boolean(node, name),
                _ => self.object(node, object, name),
            },
        }
    }

    /// A warning about a value of another type than `wanted`. Where the object
    /// around it makes no sense without it, an error about that follows.
    pub(super) fn wrong(&mut self, node: &Node, name: Name<'_>, wanted: &str) -> Verdict {
        self.report
            .warn(
                Code::WrongType,
                node.origin,
                format!("{name} should be {wanted}, not {}", node.kind()),
            )
            .help("it is left out");
        Remove
    }

    /// A warning about a value of another type than `wanted` that was mended.
    pub(super) fn mended(&mut self, node: &Node, name: Name<'_>, wanted: &str, taken: &str) {
        self.report
            .warn(
                Code::WrongType,
                node.origin,
                format!("{name} should be {wanted}, not {}", node.kind()),
            )
            .help(format!("it is taken as {taken}"));
    }

    fn list(&mut self, node: &mut Node, shape: &Shape, name: Name<'_>) -> Verdict {
        if node.as_array().is_none() && self.as_list(node, shape, name) == Remove {
            return Remove;
        }
        if let Value::Array(array) = &mut node.value {
            array.retain_mut(|node| self.value(node, shape, Name::Element(&name)) == Keep);
        }
        Keep
    }

    /// What was written without the list around it.
    fn as_list(&mut self, node: &mut Node, shape: &Shape, name: Name<'_>) -> Verdict {
        let array = match (&node.value, shape) {
            (Value::Object(object), _) if object.is_empty() => Vec::new(),
            (Value::String(_) | Value::Number(_), Shape::Text | Shape::Any)
            | (Value::Object(_), Shape::Object(_)) => vec![node.clone()],
            _ => return self.wrong(node, name, "a list"),
        };
        let taken = match array.len() {
            0 => "an empty list",
            _ => "a list of one",
        };
        self.mended(node, name, "a list", taken);
        node.value = Value::Array(array);
        Keep
    }

    fn map(&mut self, node: &mut Node, shape: &Shape, name: Name<'_>) -> Verdict {
        if self.as_object(node, name) == Remove {
            return Remove;
        }
        if let Value::Object(object) = &mut node.value {
            self.retain(object, |check, key, node| check.entry(key, node, shape));
        }
        Keep
    }

    /// The value under a key of the author's choice.
    fn entry(&mut self, key: &str, node: &mut Node, shape: &Shape) -> Verdict {
        let name = Name::Key(key);
        if let Shape::Object(object) = shape
            && object.kind == Kind::MediaType
        {
            near_miss::media_type(self, key, node);
        }
        if node.value != Value::Null {
            return self.value(node, shape, name);
        }
        // The key is there for a reason: what it names exists, only empty.
        let (empty, taken) = match shape {
            Shape::List(_) => (Value::Array(Vec::new()), "an empty list"),
            Shape::Map(_) | Shape::Object(_) | Shape::BoolOr(_) => {
                (Value::Object(Entries::default()), "an empty object")
            }
            Shape::Text | Shape::Prose | Shape::Url => {
                (Value::String(String::new()), "an empty string")
            }
            _ => return self.value(node, shape, name),
        };
        self.mended(node, name, taken, taken);
        node.value = empty;
        self.value(node, shape, name)
    }

    fn as_object(&mut self, node: &mut Node, name: Name<'_>) -> Verdict {
        match &node.value {
            Value::Object(_) => Keep,
            // Some languages write all empty collections alike.
            Value::Array(array) if array.is_empty() => {
                self.mended(node, name, "an object", "an empty object");
                node.value = Value::Object(Entries::default());
                Keep
            }
            Value::Array(array) => match array.as_slice() {
                [only] if only.as_object().is_some() => {
                    let only = only.clone();
                    self.mended(node, name, "an object", "its only element");
                    *node = only;
                    Keep
                }
                _ => self.wrong(node, name, "an object"),
            },
            _ => self.wrong(node, name, "an object"),
        }
    }

    /// Checks one of the specification's objects.
    pub(super) fn object(&mut self, node: &mut Node, object: &Object, name: Name<'_>) -> Verdict {
        mend::shorthand(self, node, object.kind, name);
        if object.is_essential() && !may_be_object(node) {
            self.report.error(
                Code::WrongType,
                node.origin,
                format!("{name} should be an object, not {}", node.kind()),
            );
            return Remove;
        }
        if self.as_object(node, name) == Remove || mend::before(self, node, object.kind) == Remove {
            return Remove;
        }
        if let Some(verdict) = self.reference(node, object) {
            return verdict;
        }
        let object = match variant(node, object) {
            Some(variant) => variant,
            None => object,
        };
        let origin = node.origin;
        let Value::Object(entries) = &mut node.value else {
            return Remove;
        };
        self.retain(entries, |check, key, node| {
            let fixed = object.keys.iter().find(|fixed| fixed.name == key);
            match fixed {
                Some(fixed) => check.value(node, &fixed.shape, Name::Key(key)),
                None => check.other(key, node, object),
            }
        });
        for key in object.keys {
            if matches!(key.absence, Absence::Fine) || entries.contains_key(key.name) {
                continue;
            }
            match stand_in(key) {
                Some(value) => {
                    // Later versions do without.
                    let optional = self.is_3_1() && ["paths", "responses"].contains(&key.name);
                    if !optional {
                        self.report.warn(
                            Code::MissingKey,
                            origin,
                            format!("{} needs the key `{}`", object.name, key.name),
                        );
                    }
                    let mut stand_in = Node::new(origin, value);
                    // What is required in it is missing, too.
                    if self.value(&mut stand_in, &key.shape, Name::Key(key.name)) == Keep {
                        entries.insert(key.name.to_owned(), stand_in);
                    }
                }
                None if matches!(key.absence, Absence::Error) => {
                    self.report.error(
                        Code::MissingKey,
                        origin,
                        format!("{} needs the key `{}`", object.name, key.name),
                    );
                    return Remove;
                }
                None if matches!(key.absence, Absence::LeftOut) => {
                    self.report
                        .warn(
                            Code::MissingKey,
                            origin,
                            format!("{} needs the key `{}`", object.name, key.name),
                        )
                        .help("this one is left out");
                    return Remove;
                }
                None => {}
            }
        }
        mend::after(self, node, object.kind)
    }

    /// A key that is not fixed.
    fn other(&mut self, key: &str, node: &mut Node, object: &Object) -> Verdict {
        let extension = key.starts_with("x-");
        match &object.others {
            Others::Expressions(_) if extension => {
                self.report.warn(
                    Code::NoEffect,
                    node.origin,
                    format!("`{key}` has no effect in {}", object.name),
                );
                Remove
            }
            Others::Expressions(shape) => self.entry(key, node, shape),
            _ if extension => self.extension(key, node, object),
            Others::Paths(shape) => {
                path::before(self, key, node);
                self.entry(key, node, shape)
            }
            Others::Statuses(shape) if is_status(key) => self.entry(key, node, shape),
            Others::Statuses(_) => {
                const HELP: &str =
                    "write a code such as `200`, a range such as `4XX`, or `default`";
                let code = Code::InvalidValue;
                if is_misspelt_status(key) {
                    // A documented response would be an unexpected one.
                    let message = format!("`{key}` is no status code");
                    self.report.error(code, node.origin, message).help(HELP);
                } else {
                    let message = format!("`{key}` is no status code, and is left out");
                    self.report.warn(code, node.origin, message).help(HELP);
                }
                Remove
            }
            Others::None => self.unknown(key, node, object),
        }
    }

    /// An extension: one of ours has a place and a type like any other key.
    fn extension(&mut self, key: &str, node: &mut Node, object: &Object) -> Verdict {
        let Some(known) = EXTENSIONS.iter().find(|known| known.name == key) else {
            near_miss::extension(self, key, node);
            return Keep;
        };
        if known.kinds.contains(&object.kind) {
            return self.value(node, &known.shape, Name::Key(key));
        }
        self.report
            .warn(
                Code::NoEffect,
                node.origin,
                format!("`{key}` has no effect in {}", object.name),
            )
            .help(format!("it has one in {}", known.places));
        Remove
    }

    fn unknown(&mut self, key: &str, node: &Node, object: &Object) -> Verdict {
        let later = LATER.iter().find(|(later, _)| *later == key);
        if later.is_some_and(|(_, since)| *since <= self.version) {
            self.report.warn(
                Code::NoEffect,
                node.origin,
                format!("`{key}` has no effect on the client"),
            );
            return Remove;
        }
        let message = format!("`{key}` is not a key of {}", object.name);
        let diagnostic = self.report.warn(Code::UnknownKey, node.origin, message);
        let names = object.keys.iter().map(|key| key.name);
        if let Some((_, since)) = later {
            diagnostic.help(format!(
                "it came with OpenAPI {}; this document is {}",
                since.name(),
                self.version.name()
            ));
        } else if let Some(meant) = nearest(key, names) {
            diagnostic.help(format!("did you mean `{meant}`?"));
        } else if key.starts_with("X-") {
            diagnostic.help("extensions start with a small `x-`");
        }
        Remove
    }
}

/// Whether an object can be made of it.
fn may_be_object(node: &Node) -> bool {
    match &node.value {
        Value::Object(_) => true,
        Value::Array(array) => match array.as_slice() {
            [] => true,
            [only] => only.as_object().is_some(),
            _ => false,
        },
        _ => false,
    }
}

/// The object that the value of `type` decides for.
fn variant(node: &Node, object: &Object) -> Option<&'static Object> {
    if object.kind != Kind::SecurityScheme {
        return None;
    }
    let kind = node.get("type")?.as_str()?;
    SECURITY_SCHEMES
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, object)| object)
}

/// What stands in for a missing key.
fn stand_in(key: &Key) -> Option<Value> {
    match key.absence {
        Absence::Fine | Absence::Error | Absence::LeftOut => None,
        Absence::EmptyText => Some(Value::String(String::new())),
        Absence::EmptyObject => Some(Value::Object(Entries::default())),
    }
}

/// `200` or `4XX`.
fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'9', rest @ ..] => {
            rest == b"XX" || rest.len() == 2 && rest.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Whether a key was meant to be a status: one letter too many, too few or
/// wrong.
fn is_misspelt_status(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    (2..=4).contains(&key.len()) && digits + 1 >= key.len().min(3)
        || is_one_edit(&key.to_ascii_lowercase(), "default")
}

/// "`a`, `b` and `c`".
pub(super) fn listed(values: &[&str]) -> String {
    let quoted: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
