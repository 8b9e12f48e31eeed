//! Decides which files a document may name: those that are meant to be read as
//! a part of a description. A document of somebody else must not bring `.env` or
//! a key into the client.

use super::problem::{Problem, unresolved};
use super::reference::{folder, relative};

/// What the file at the end of a reference is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// As a tree: JSON or YAML.
    Tree,
    /// As a text for people.
    Text,
}

impl Purpose {
    /// The endings of the files that are read so.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Tree => &["json", "yaml", "yml"],
            Self::Text => &["md", "markdown", "txt"],
        }
    }

    /// Checks the path of a file, from the root, that `reference` leads to.
    /// Folders that the entry is in may have any name.
    pub(super) fn check(self, reference: &str, path: &str, entry: &str) -> Result<(), Problem> {
        let way = relative(folder(entry), path);
        let is_hidden = |part: &str| part.starts_with('.') && part != "..";
        if way.split('/').any(is_hidden) {
            return Err(unresolved(
                format!("the reference `{reference}` leads to `{path}`, which is hidden"),
                "files and folders whose names begin with a dot are not read: move the file",
            ));
        }
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_meant = |known: &&str| ending.eq_ignore_ascii_case(known);
        if self.endings().iter().any(is_meant) && !ending.contains('/') {
            return Ok(());
        }
        let (what, help) = match self {
            Self::Tree => ("JSON or YAML", "rename it to `.json`, `.yaml` or `.yml`"),
            Self::Text => ("a text", "rename it to `.md`, `.markdown` or `.txt`"),
        };
        Err(unresolved(
            format!(
                "the reference `{reference}` leads to `{path}`, which is not {what} by its name"
            ),
            format!("other files are not read: {help}, if it is meant to be read here"),
        ))
    }
}
