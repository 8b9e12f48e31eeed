//! [`Validate`]: what the API description demands of values beyond their types,
//! checked where a caller asks for it.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::encoded::{DEEPEST, Encoded};
use super::exact_number::ExactNumber;
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
        let mut checker = Checker::default();
        checker.check(Self::checks(), self);
        match checker.is_fine() {
            true => Ok(()),
            false => Err(Violations(checker.found)),
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
    /// Checks of the properties that are not among these, which are sorted.
    Others(&'static [&'static str], &'static [Check]),
    /// The checks of a type.
    Type(fn() -> &'static [Check]),
    /// One of several lists of checks has to hold. For texts, numbers and
    /// booleans: each list is tried.
    Any(&'static [&'static [Check]]),
    /// Checks of the variant that a union holds, by its name, sorted. A value
    /// that is none of the variants is not checked.
    Variants(&'static [(&'static str, &'static [Check])]),
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
    /// steps, the text is too long for it, the numbers have too many digits, or
    /// the value is nested too deep. The value may be valid.
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

/// The place of a value, as a list that leads to the whole.
#[derive(Clone, Copy)]
struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Whole,
    Property(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    const WHOLE: Place<'static> = Place {
        above: None,
        step: Step::Whole,
    };

    fn below(&'a self, step: Step<'a>) -> Place<'a> {
        Place {
            above: Some(self),
            step,
        }
    }

    /// The JSON pointer (RFC 6901).
    fn pointer(&self) -> String {
        let mut pointer = self.above.map(Place::pointer).unwrap_or_default();
        match self.step {
            Step::Whole => {}
            Step::Property(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Step::Item(index) => pointer.push_str(&format!("/{index}")),
        }
        pointer
    }
}

/// Checks a value in one pass.
#[derive(Default)]
pub(crate) struct Checker {
    found: Vec<Violation>,
    /// How many checks were made.
    pub(crate) steps: usize,
}

impl Checker {
    /// Checks a whole value.
    pub(crate) fn check<T: Serialize + ?Sized>(&mut self, checks: &[Check], value: &T) {
        match Encoded::of(value) {
            Ok(value) => self.all(checks, &value, &Place::WHOLE),
            Err(_) => self.add(ViolationKind::Unchecked, "JSON", &Place::WHOLE),
        }
    }

    /// Whether nothing was found.
    pub(crate) fn is_fine(&self) -> bool {
        self.found.is_empty()
    }

    fn add(&mut self, kind: ViolationKind, constraint: impl Into<String>, place: &Place<'_>) {
        self.found.push(Violation {
            path: place.pointer(),
            constraint: constraint.into(),
            kind,
        });
    }

    fn all(&mut self, checks: &[Check], value: &Encoded, place: &Place<'_>) {
        if matches!(value.bare(), Encoded::TooDeep) && !checks.is_empty() {
            let limit = format!("nesting of at most {DEEPEST} levels");
            return self.add(ViolationKind::Unchecked, limit, place);
        }
        for check in checks {
            self.steps += 1;
            self.one(*check, value, place);
        }
    }

    fn one(&mut self, check: Check, value: &Encoded, place: &Place<'_>) {
        match (check, value.bare()) {
            (Check::Property(name, checks), Encoded::Object(properties)) => {
                if let Some(value) = properties.get(name) {
                    self.all(checks, value, &place.below(Step::Property(name)));
                }
            }
            (Check::Others(known, checks), Encoded::Object(properties)) => {
                for (name, value) in properties {
                    self.steps += 1;
                    if known.binary_search(&name.as_str()).is_err() {
                        self.all(checks, value, &place.below(Step::Property(name)));
                    }
                }
            }
            (Check::Items(checks), Encoded::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.all(checks, item, &place.below(Step::Item(index)));
                }
            }
            (Check::Type(checks), _) => self.all(checks(), value, place),
            (Check::Any(lists), _) => self.any(lists, value, place),
            (Check::Variants(variants), _) => self.held(variants, value, place),
            (check, bare) => {
                let kind = match check.holds(bare) {
                    Some(true) => return,
                    Some(false) => ViolationKind::Broken,
                    None => ViolationKind::Unchecked,
                };
                self.add(kind, check.constraint(), place);
            }
        }
    }

    /// Tries the lists until one holds. If none does, the one with the fewest
    /// violations was meant, most likely.
    fn any(&mut self, lists: &[&[Check]], value: &Encoded, place: &Place<'_>) {
        let before = self.found.len();
        let mut fewest: Option<(usize, Vec<Violation>)> = None;
        for checks in lists {
            self.all(checks, value, place);
            let found = self.found.split_off(before);
            if found.is_empty() {
                return;
            }
            let is_broken = |it: &&Violation| it.kind == ViolationKind::Broken;
            let broken = found.iter().filter(is_broken).count();
            if fewest.as_ref().is_none_or(|(fewest, _)| broken < *fewest) {
                fewest = Some((broken, found));
            }
        }
        self.found
            .extend(fewest.into_iter().flat_map(|(_, found)| found));
    }

    /// Checks the variant that the value holds.
    fn held(&mut self, variants: &[(&str, &[Check])], mut value: &Encoded, place: &Place<'_>) {
        while let Encoded::Variant(name, inner) = value {
            value = inner;
            if let Ok(index) = variants.binary_search_by(|(known, _)| known.cmp(name)) {
                return self.all(variants[index].1, value, place);
            }
        }
    }
}

impl Check {
    /// Whether a value keeps it; `None` where that cannot be told.
    fn holds(self, value: &Encoded) -> Option<bool> {
        Some(match (self, value) {
            (Check::MinLength(least), Encoded::Text(text)) => text.chars().count() >= least,
            (Check::MaxLength(most), Encoded::Text(text)) => text.chars().count() <= most,
            (Check::Pattern(pattern), Encoded::Text(text)) => match pattern::matches(pattern, text)
            {
                Match::Yes => true,
                Match::No => false,
                Match::Unchecked => return None,
            },
            (Check::Minimum(bound), Encoded::Number(number)) => compared(number, bound)?.is_ge(),
            (Check::ExclusiveMinimum(bound), Encoded::Number(number)) => {
                compared(number, bound)?.is_gt()
            }
            (Check::Maximum(bound), Encoded::Number(number)) => compared(number, bound)?.is_le(),
            (Check::ExclusiveMaximum(bound), Encoded::Number(number)) => {
                compared(number, bound)?.is_lt()
            }
            (Check::MultipleOf(step), Encoded::Number(number)) => {
                ExactNumber::parse(number)?.is_multiple_of(&ExactNumber::parse(step)?)?
            }
            (Check::MinItems(least), Encoded::List(items)) => items.len() >= least,
            (Check::MaxItems(most), Encoded::List(items)) => items.len() <= most,
            (Check::UniqueItems, Encoded::List(items)) => {
                let mut seen = HashSet::new();
                for item in items {
                    let mut text = String::new();
                    item.canonical(&mut text)?;
                    if !seen.insert(text) {
                        return Some(false);
                    }
                }
                true
            }
            (Check::MinProperties(least), Encoded::Object(properties)) => properties.len() >= least,
            (Check::MaxProperties(most), Encoded::Object(properties)) => properties.len() <= most,
            // Values of other types are not restricted.
            _ => true,
        })
    }

    /// The constraint as the API description writes it.
    fn constraint(self) -> String {
        match self {
            Check::MinLength(least) => format!("minLength {least}"),
            Check::MaxLength(most) => format!("maxLength {most}"),
            Check::Pattern(pattern) => format!("pattern {pattern}"),
            Check::Minimum(bound) => format!("minimum {bound}"),
            Check::ExclusiveMinimum(bound) => format!("exclusiveMinimum {bound}"),
            Check::Maximum(bound) => format!("maximum {bound}"),
            Check::ExclusiveMaximum(bound) => format!("exclusiveMaximum {bound}"),
            Check::MultipleOf(step) => format!("multipleOf {step}"),
            Check::MinItems(least) => format!("minItems {least}"),
            Check::MaxItems(most) => format!("maxItems {most}"),
            Check::UniqueItems => "uniqueItems".to_owned(),
            Check::MinProperties(least) => format!("minProperties {least}"),
            Check::MaxProperties(most) => format!("maxProperties {most}"),
            // These hold checks, and are none.
            Check::Property(..)
            | Check::Items(_)
            | Check::Others(..)
            | Check::Type(_)
            | Check::Any(_)
            | Check::Variants(_) => String::new(),
        }
    }
}

fn compared(number: &str, bound: &str) -> Option<Ordering> {
    Some(ExactNumber::parse(number)?.cmp(&ExactNumber::parse(bound)?))
}
