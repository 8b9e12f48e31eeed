//! Where the texts of further documents come from: a path in, a text or a
//! refusal out. The library opens nothing by itself; its caller decides what a
//! document may reach.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::Input;

/// The files that references may reach. All paths start from the root, the
/// folder that nothing may lead out of, and have their parts joined by `/`.
pub trait Files: Debug + Send + Sync {
    /// The path of the entry document.
    fn entry(&self) -> &str;

    /// Reads the file at `path`, which may begin with `..`. The answer has the
    /// one path of the file, however many lead to it. A file with more than
    /// `limit` bytes is not read.
    ///
    /// # Errors
    ///
    /// Where there is no such file, or it may not be read.
    fn read(&self, path: &str, limit: usize) -> Result<Input, Refusal>;
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is outside of the root, or a link in its path leads there. With the
    /// path from the root.
    Outside(String),
    /// There is nothing at this path from the root.
    Missing(String),
    /// It is a folder, a pipe or a device: with what it is.
    NotAFile(String),
    /// Its bytes are no text.
    NotText,
    /// It has more bytes than may be read.
    TooLarge,
    /// Reading failed, with the reason.
    Unreadable(String),
}

/// Files that are in memory.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The path of the entry document from the root.
    pub entry: String,
    /// Path from the root → text.
    pub texts: BTreeMap<String, String>,
}

impl Files for Texts {
    fn entry(&self) -> &str {
        &self.entry
    }

    fn read(&self, path: &str, limit: usize) -> Result<Input, Refusal> {
        if path.split('/').next() == Some("..") {
            return Err(Refusal::Outside(path.to_owned()));
        }
        let Some(text) = self.texts.get(path) else {
            return Err(Refusal::Missing(path.to_owned()));
        };
        if text.len() > limit {
            return Err(Refusal::TooLarge);
        }
        Ok(Input {
            path: path.to_owned(),
            text: text.as_str().into(),
        })
    }
}
