//! Features of the crate.

/// A cargo feature for a part of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name in the manifest.
    pub name: String,
    /// What is there where it is on, in a sentence.
    pub about: String,
}
