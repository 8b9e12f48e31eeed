//! [`Validate`]: what the API description demands of values beyond their types,
//! checked where a caller asks for it.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::exact_number;
use super::pattern::{self, Match};

/// A type whose values the API description restricts further: lengths, ranges,
/// patterns.
///
/// Nothing is checked unless [`validate`](Self::validate) is called, neither
/// when a value is sent nor when one is received.
pub trait Validate: Serialize {
    /// What is checked of a value.
    fn checks() -> &'static [Check];

    /// Checks the value and everything in it, as it would be sent.
    ///
    /// # Errors
    ///
    /// Returns all that the value breaks, and what could not be checked (see
    /// [`ViolationKind`]).
    fn validate(&self) -> Result<(), Violations> {
        let mut found = Vec::new();
        // What cannot be encoded cannot be sent either, and says so then.
        if let Ok(value) = serde_json::to_value(self) {
            all(Self::checks(), &value, "", &mut found);
        }
        if found.is_empty() {
            Ok(())
        } else {
            Err(Violations(found))
        }
    }
}

/// One thing that is checked of a JSON value. It holds for every value of
/// another type than it speaks of.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Check {
    /// `minLength`.
    MinLength(usize),
    /// `maxLength`.
    MaxLength(usize),
    /// `pattern`.
    Pattern(&'static str),
    /// `minimum`.
    Minimum(&'static str),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(&'static str),
    /// `maximum`.
    Maximum(&'static str),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// Checks of a property.
    Property(&'static str, &'static [Check]),
    /// Checks of every item of a list.
    Items(&'static [Check]),
    /// Checks of the properties that are not among these.
    Others(&'static [&'static str], &'static [Check]),
    /// The checks of a type.
    Type(fn() -> &'static [Check]),
    /// One of several lists of checks has to hold.
    Any(&'static [&'static [Check]]),
    /// The checks that belong to the value of a property.
    Tagged(&'static str, &'static [(&'static str, &'static [Check])]),
}

/// Everything that a value breaks or that could not be checked; at least one
/// thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// What is broken, in the order of the value.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }
}

/// One thing that a value breaks, or that could not be checked. The value
/// itself is not in it: it may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, as a JSON pointer: `/items/0/name`. Empty for the value itself.
    pub path: String,
    /// What is demanded there, as the API description writes it: `maxLength 5`.
    pub constraint: String,
    /// Whether the value breaks it.
    pub kind: ViolationKind,
}

/// What a check of a value found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// The value breaks the constraint.
    Broken,
    /// The constraint could not be checked: matching the pattern takes too many
    /// steps, or the text is too long for it. The value may be valid.
    Unchecked,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str("the value")?,
            path => write!(f, "`{path}`")?,
        }
        let problem = match self.kind {
            ViolationKind::Broken => "breaks",
            ViolationKind::Unchecked => "could not be checked against",
        };
        write!(f, " {problem} `{}`", self.constraint)
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

fn all(checks: &[Check], value: &Value, path: &str, found: &mut Vec<Violation>) {
    for check in checks {
        one(*check, value, path, found);
    }
}

fn one(check: Check, value: &Value, path: &str, found: &mut Vec<Violation>) {
    let text = value.as_str();
    let list = value.as_array();
    let object = value.as_object();
    let length = || text.map(|text| text.chars().count());
    let at_least = |length: Option<usize>, least| length.is_none_or(|length| length >= least);
    let at_most = |length: Option<usize>, most| length.is_none_or(|length| length <= most);
    let number = |holds: fn(&str, &str) -> bool, bound: &str| match value {
        Value::Number(number) => holds(&number.to_string(), bound),
        _ => true,
    };
    let (holds, constraint) = match check {
        Check::MinLength(least) => (at_least(length(), least), format!("minLength {least}")),
        Check::MaxLength(most) => (at_most(length(), most), format!("maxLength {most}")),
        Check::Pattern(pattern) => {
            let kind = match text.map(|text| pattern::matches(pattern, text)) {
                Some(Match::No) => ViolationKind::Broken,
                Some(Match::Unchecked) => ViolationKind::Unchecked,
                Some(Match::Yes) | None => return,
            };
            found.push(Violation {
                path: path.to_owned(),
                constraint: format!("pattern {pattern}"),
                kind,
            });
            return;
        }
        Check::Minimum(bound) => (
            number(|number, bound| !exact_number::less(number, bound), bound),
            format!("minimum {bound}"),
        ),
        Check::ExclusiveMinimum(bound) => (
            number(|number, bound| exact_number::less(bound, number), bound),
            format!("exclusiveMinimum {bound}"),
        ),
        Check::Maximum(bound) => (
            number(|number, bound| !exact_number::less(bound, number), bound),
            format!("maximum {bound}"),
        ),
        Check::ExclusiveMaximum(bound) => (
            number(exact_number::less, bound),
            format!("exclusiveMaximum {bound}"),
        ),
        Check::MultipleOf(step) => (
            number(exact_number::is_multiple, step),
            format!("multipleOf {step}"),
        ),
        Check::MinItems(least) => (
            at_least(list.map(Vec::len), least),
            format!("minItems {least}"),
        ),
        Check::MaxItems(most) => (
            at_most(list.map(Vec::len), most),
            format!("maxItems {most}"),
        ),
        Check::UniqueItems => (
            list.is_none_or(|items| {
                let repeats = |(index, item)| items[..index].contains(item);
                !items.iter().enumerate().any(repeats)
            }),
            "uniqueItems".to_owned(),
        ),
        Check::MinProperties(least) => (
            at_least(object.map(serde_json::Map::len), least),
            format!("minProperties {least}"),
        ),
        Check::MaxProperties(most) => (
            at_most(object.map(serde_json::Map::len), most),
            format!("maxProperties {most}"),
        ),
        Check::Property(name, checks) => {
            if let Some(value) = object.and_then(|object| object.get(name)) {
                all(checks, value, &below(path, name), found);
            }
            return;
        }
        Check::Items(checks) => {
            for (index, item) in list.into_iter().flatten().enumerate() {
                all(checks, item, &format!("{path}/{index}"), found);
            }
            return;
        }
        Check::Others(known, checks) => {
            for (name, value) in object.into_iter().flatten() {
                if !known.contains(&name.as_str()) {
                    all(checks, value, &below(path, name), found);
                }
            }
            return;
        }
        Check::Type(checks) => return all(checks(), value, path, found),
        Check::Any(lists) => {
            // The fewest violations: those of the variant that was meant, most
            // likely.
            let tried = lists.iter().map(|checks| {
                let mut found = Vec::new();
                all(checks, value, path, &mut found);
                found
            });
            found.extend(tried.min_by_key(Vec::len).unwrap_or_default());
            return;
        }
        Check::Tagged(property, lists) => {
            let tag = object
                .and_then(|object| object.get(property))
                .and_then(Value::as_str);
            for (known, checks) in lists {
                if tag == Some(known) {
                    all(checks, value, path, found);
                }
            }
            return;
        }
    };
    if !holds {
        found.push(Violation {
            path: path.to_owned(),
            constraint,
            kind: ViolationKind::Broken,
        });
    }
}

/// The JSON pointer of a property (RFC 6901).
fn below(path: &str, name: &str) -> String {
    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"))
}
