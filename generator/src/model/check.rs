//! What is checked of values where a caller asks for it.

use super::ItemId;

/// A check of a JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// A length or count, by the name of its check: `MinLength`.
    Count(&'static str, u64),
    /// A bound or step, by the name of its check: `Minimum`. As the document
    /// writes it.
    Number(&'static str, String),
    /// `pattern`.
    Pattern(String),
    /// `uniqueItems`.
    UniqueItems,
    /// Checks of a property.
    Property(String, Vec<Check>),
    /// Checks of every item of a list.
    Items(Vec<Check>),
    /// Checks of the properties that are not among these, which are sorted.
    Others(Vec<String>, Vec<Check>),
    /// The checks of a type.
    Type(ItemId),
    /// One of several lists of checks has to hold for a scalar.
    Any(Vec<Vec<Check>>),
    /// The checks of each variant of a union, in the order of the variants.
    Variants(ItemId, Vec<Vec<Check>>),
}
