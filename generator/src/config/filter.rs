//! `[include]` and `[exclude]`: which operations the client has.

use serde::Deserialize;

/// `[include]` or `[exclude]`: operations by what they are known by. In each
/// pattern `*` stands for any text; in paths, for any text without a slash,
/// and `**` for any text.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Filter {
    /// Tags.
    pub tags: Vec<String>,
    /// Path templates.
    pub paths: Vec<String>,
    /// operationIds.
    pub operations: Vec<String>,
}

/// `schemas`: which component schemas become types.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Schemas {
    /// All of them.
    All,
    /// Those that an operation of the client leads to.
    Reached,
}

impl Filter {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.operations.is_empty()
    }
}
