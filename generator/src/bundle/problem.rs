//! What is said of references that lead nowhere: the reason in, code, message
//! and remedy out.

use super::reference::Forbidden;
use crate::diagnostic::Code;
use crate::source::{Node, Refusal};

/// How long the texts of all further documents may be together.
pub(super) const MOST_TEXT: usize = 256 << 20;

/// How many further documents there may be.
pub(super) const MOST_FILES: usize = 10_000;

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Something to say where the reference stands.
    New(Code, String, Option<String>),
    /// It leads to itself, with nothing in between.
    Circle,
    /// It has been said about the file it leads to.
    Said,
}

impl Problem {
    /// What there is to say where `reference` stands.
    pub(super) fn told(self, reference: &Node) -> Option<(Code, String, Option<String>)> {
        match self {
            Self::New(code, message, help) => Some((code, message, help)),
            Self::Circle => Some((
                Code::CircularReference,
                format!(
                    "the reference `{}` leads back to itself",
                    reference.as_str().unwrap_or_default()
                ),
                Some("let one of the references in the circle name something real".to_owned()),
            )),
            Self::Said => None,
        }
    }
}

/// What is said of a reference that is never followed.
pub(super) fn forbidden(reference: &str, reason: Forbidden) -> Problem {
    let (what, help) = match reason {
        Forbidden::Network => (
            "leads to the network, which is never asked",
            "save the file below the folder that `--root` names and refer to its \
                     relative path; an `$id` is known once its file has been referred to so",
        ),
        Forbidden::FileUri => (
            "is a `file:` address, which is not followed",
            "refer to the file by its relative path, inside the folder that `--root` names",
        ),
        Forbidden::Scheme => (
            "has a scheme that cannot be followed",
            "save what it names below the folder that `--root` names and refer to its \
                     relative path; an `$id` is known once its file has been referred to so",
        ),
        Forbidden::Absolute => (
            "is an absolute path, which is not followed",
            "write the path from the file that the reference stands in; it has to stay \
                     inside the folder that `--root` names",
        ),
    };
    unresolved(format!("the reference `{reference}` {what}"), help)
}

pub(super) fn unresolved(message: String, help: impl Into<String>) -> Problem {
    Problem::New(Code::UnresolvedReference, message, Some(help.into()))
}

/// What is said of a file that was not read.
pub(super) fn refused(reference: &str, refusal: &Refusal) -> Problem {
    const ROOT: &str = "`--root DIR` names the folder that references may reach, by default that \
                        of the document: choose one that holds the file";
    let (what, help) = match refusal {
        Refusal::Outside(path) => (
            format!("leads to `{path}` from the root, which is outside of it"),
            ROOT.to_owned(),
        ),
        Refusal::Missing(path) => (
            format!("names a file that does not exist: `{path}` from the root"),
            "a reference starts from the folder of the file that it stands in".to_owned(),
        ),
        Refusal::NotAFile(kind) => (
            format!("names {kind}, not a file"),
            "name a file in it".to_owned(),
        ),
        Refusal::NotText => (
            "names a file that is no text".to_owned(),
            "documents are JSON or YAML in UTF-8".to_owned(),
        ),
        Refusal::TooLarge => (
            "is not followed: too much has been read".to_owned(),
            format!(
                "references may bring in {} MB and {MOST_FILES} files in all",
                MOST_TEXT >> 20
            ),
        ),
        Refusal::Unreadable(reason) => (
            format!("names a file that cannot be read: {reason}"),
            "make the file readable".to_owned(),
        ),
    };
    unresolved(format!("the reference `{reference}` {what}"), help)
}
