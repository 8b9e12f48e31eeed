//! The formats of strings: what each is called, which Rust types can stand for
//! it, and texts of it. Every stage that asks what a format means asks here.

use std::collections::BTreeMap;

use crate::model::Format;

mod table;
#[cfg(test)]
mod tests;

/// A format of strings that is known.
#[derive(Debug)]
pub struct KnownFormat {
    /// Its name, as OpenAPI or its registry of formats has it.
    pub name: &'static str,
    /// Other names for it, in small letters and digits alone.
    aliases: &'static [&'static str],
    /// The words of the configuration, each with the type that it chooses; `None`
    /// is a plain `String`. The first is the default. Without any, the type is
    /// not a matter of choice.
    pub choices: &'static [Choice],
    /// Texts of the format, the plainest first; of several forms of one value,
    /// the canonical one.
    pub samples: &'static [&'static str],
}

/// A word of the configuration, and the type that it chooses.
pub type Choice = (&'static str, Option<Format>);

/// The Rust type of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StringType {
    /// `String`.
    Text,
    /// A secret, which no output shows.
    Secret,
    /// A type of the runtime's that keeps texts of another form, too.
    Formatted(Format),
    /// A type that the configuration names by its path.
    Foreign(String),
}

/// Texts for strings without a format, or with one that is not known.
const TEXTS: &[&str] = &["text", "", "ü \"quoted\" \\ \n{}"];

/// Returns the format that is written as `written`, whatever its case and its
/// separators, or under another name.
#[must_use]
pub fn known(written: &str) -> Option<&'static KnownFormat> {
    let plain = plain(written);
    table::FORMATS
        .iter()
        .find(|format| self::plain(format.name) == plain || format.aliases.contains(&&*plain))
}

/// Returns the formats whose type can be chosen, by name.
pub fn choosable() -> impl Iterator<Item = &'static KnownFormat> {
    let all = table::FORMATS.iter();
    all.filter(|format| !format.choices.is_empty())
}

/// Returns the names of all formats.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    table::FORMATS.iter().map(|format| format.name)
}

/// Returns texts of the format that is written as `written`.
#[must_use]
pub fn samples(written: &str) -> &'static [&'static str] {
    known(written).map_or(TEXTS, |format| format.samples)
}

/// Returns the Rust type of strings with the format `written`, as the
/// configuration's `[formats]` choose it.
#[must_use]
pub fn string_type(written: Option<&str>, chosen: &BTreeMap<String, String>) -> StringType {
    let Some(written) = written else {
        return StringType::Text;
    };
    let known = known(written);
    let chosen = known
        .and_then(|known| chosen.get(known.name))
        .or_else(|| chosen.get(written));
    if let Some(path) = chosen.filter(|choice| is_path(choice)) {
        return StringType::Foreign(path.clone());
    }
    let Some(known) = known else {
        return StringType::Text;
    };
    if known.name == "password" {
        return StringType::Secret;
    }
    let mut choices = known.choices.iter();
    let choice = choices.find(|(word, _)| chosen.is_none_or(|chosen| chosen == word));
    let format = choice.and_then(|(_, format)| *format);
    format.map_or(StringType::Text, StringType::Formatted)
}

/// Whether a choice is a type as Rust writes it, not one of our words.
#[must_use]
pub fn is_path(choice: &str) -> bool {
    choice.contains("::")
}

/// Whether a format is one of numbers, which strings can have as well.
#[must_use]
pub fn is_of_numbers(written: &str) -> bool {
    matches!(
        written,
        "int32" | "int64" | "uint32" | "uint64" | "float" | "double"
    )
}

/// The letters and digits of a name, in small letters.
fn plain(name: &str) -> String {
    let plain = name.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|letter| letter.to_ascii_lowercase()).collect()
}
