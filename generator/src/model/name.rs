//! A name on its way from the document to Rust.

use crate::source::Origin;

/// The name of an item, field, variant, operation or parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The words it is made from.
    pub words: String,
    /// The Rust name that the author chose (`x-rust-name`, or a pin).
    pub chosen: Option<String>,
    /// Where the named thing was written.
    pub origin: Origin,
    /// The final Rust identifier, without `r#`; empty until `name` has run.
    pub rust: String,
}

impl Name {
    /// A name made from `words`.
    #[must_use]
    pub fn new(words: impl Into<String>, chosen: Option<String>, origin: Origin) -> Self {
        Self {
            words: words.into(),
            chosen,
            origin,
            rust: String::new(),
        }
    }
}
