//! The differences between a client crate and what its document asks for, with
//! all there is to say about each.

mod render;

use similar::TextDiff;

pub(super) use render::{closing, escaped, github, human, json, markdown, short};

use super::folder::{Entry, Folder};
use crate::source::{Origin, Source};
use crate::tree::{self, MANIFEST, Tree};

/// One path that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    /// The path as people know it.
    path: String,
    /// What in the document the file is made from; an orphan has none.
    place: Option<Place>,
    /// Something besides.
    note: Option<&'static str>,
    /// Whether `generate` leaves it as it is.
    pub(super) stays: bool,
    /// The way from what was found to what was asked for; empty where either
    /// is no file.
    diff: String,
}

/// How a path differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Asked for and not found.
    Missing,
    /// Found with other contents.
    Stale,
    /// Found and not asked for.
    Orphan,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    path: String,
    line: usize,
    column: usize,
    pointer: String,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Missing, Self::Stale, Self::Orphan];

    /// The code of the finding.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing-file",
            Self::Stale => "stale-file",
            Self::Orphan => "orphan-file",
        }
    }

    /// What `explain` says about the code.
    pub(super) fn explanation(self) -> &'static str {
        match self {
            Self::Missing => {
                "The document asks for a file that the client crate does not have. Either the \
                 document changed and nobody generated the crate again, or somebody removed the \
                 file. Run `generate` and commit what it changes."
            }
            Self::Stale => {
                "A file of the client crate has other contents than the document asks for. Either \
                 the document, its configuration or the generator changed and nobody generated \
                 the crate again, or somebody edited the file by hand, which the next `generate` \
                 undoes. Change the document, run `generate` and commit what it changes. \
                 Line endings do not count."
            }
            Self::Orphan => {
                "The client crate has a file or an empty folder that the document does not ask \
                 for. Either what it was made from is gone from the document, or somebody put it \
                 there. `generate` removes what it once made and every empty folder; it never \
                 removes a file that somebody else made: move that out of the crate, or list it \
                 under `[files]` in `client.toml`. `target`, `Cargo.lock` and `.git` do not count."
            }
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Orphan => "orphan",
        }
    }
}

/// Every path in which the folder, known as `out`, differs from the tree.
pub(super) fn compare(
    expected: &Tree,
    source: &Source,
    folder: &Folder,
    out: &str,
) -> Vec<Difference> {
    let found = folder.tree();
    let mut drift = tree::diff(expected, &found);
    let manifest = |tree: &Tree| tree.get(MANIFEST).map(|file| file.contents.clone());
    if let (Some(expected), Some(found)) = (manifest(expected), manifest(&found))
        && tree::same_manifest(&expected, &found)
    {
        drift.stale.retain(|path| path != MANIFEST);
    }
    let kinds = [
        (drift.missing, Kind::Missing),
        (drift.stale, Kind::Stale),
        (drift.orphan, Kind::Orphan),
    ];
    let mut differing: Vec<(String, Kind)> = kinds
        .into_iter()
        .flat_map(|(paths, kind)| paths.into_iter().map(move |path| (path, kind)))
        .collect();
    differing.sort_by(|left, right| left.0.cmp(&right.0));
    let text = |tree: &Tree, path: &str| {
        let file = tree.get(path)?;
        Some(tree::unix_lines(&file.contents).into_owned())
    };
    let difference = |(path, kind): (String, Kind)| {
        let entry = folder.entries.get(path.trim_end_matches('/'));
        let shown = format!("{out}/{path}");
        Difference {
            kind,
            // What is no file of its own in the document is of the whole.
            place: expected
                .get(&path)
                .map(|file| Place::new(source, file.origin.unwrap_or_default())),
            note: note(entry, kind),
            stays: kind == Kind::Orphan && folder.keeps(&path),
            diff: match entry {
                Some(Entry::File(_)) | None if !path.ends_with('/') => {
                    let (found, expected) = (text(&found, &path), text(expected, &path));
                    unified(&shown, found.as_deref(), expected.as_deref())
                }
                _ => String::new(),
            },
            path: shown,
        }
    };
    differing.into_iter().map(difference).collect()
}

fn note(entry: Option<&Entry>, kind: Kind) -> Option<&'static str> {
    match entry {
        Some(Entry::Partial) => Some("left by an interrupted run"),
        Some(Entry::Link(_)) => Some("a link, which is not followed"),
        Some(Entry::Unread(_)) if kind == Kind::Stale => Some("too large to be compared"),
        Some(Entry::Special) => Some("not a file"),
        None if kind == Kind::Orphan => Some("an empty folder"),
        Some(Entry::File(_) | Entry::Unread(_)) | None => None,
    }
}

/// The unified difference between two texts, of which either may be absent.
fn unified(path: &str, found: Option<&str>, expected: Option<&str>) -> String {
    let name = |text: Option<&str>| text.map_or("/dev/null", |_| path);
    TextDiff::from_lines(found.unwrap_or_default(), expected.unwrap_or_default())
        .unified_diff()
        .context_radius(3)
        .header(name(found), name(expected))
        .to_string()
}

impl Place {
    fn new(source: &Source, origin: Origin) -> Self {
        let position = source.position(origin);
        Self {
            path: position.path,
            line: position.line,
            column: position.column,
            pointer: source.reference(origin),
        }
    }
}

impl Difference {
    /// The place in the document that the file was made from: path, line, column and
    /// pointer. `None` where that is the document as a whole.
    fn source(&self) -> Option<(&str, usize, usize, &str)> {
        let place = self.place.as_ref().filter(|place| place.pointer != "#")?;
        Some((&place.path, place.line, place.column, &place.pointer))
    }

    fn message(&self) -> String {
        let path = &self.path;
        let mut message = match self.kind {
            Kind::Missing => format!("`{path}` is missing"),
            Kind::Stale => format!("`{path}` is not what the document asks for"),
            Kind::Orphan => format!("`{path}` has no source in the document"),
        };
        if let Some(note) = self.note {
            message.push_str(&format!(" ({note})"));
        }
        message
    }

    /// What to do about it, where `remedy` is the command that mends the rest.
    fn help(&self, remedy: &str) -> String {
        match self.stays {
            true => "it was not made by this command: remove it, or list it under `[files]` in \
                     `client.toml`"
                .to_owned(),
            false => format!("run `{remedy}` and commit what it changes"),
        }
    }

    /// File, line and column of what is at fault: the document, or a file that
    /// has no source in it.
    fn place(&self) -> (&str, usize, usize) {
        match &self.place {
            Some(place) => (&place.path, place.line, place.column),
            None => (self.path.trim_end_matches('/'), 1, 1),
        }
    }
}

/// `1 missing, 2 stale, 0 orphan`.
fn counts(differences: &[Difference]) -> String {
    let count = |kind: Kind| {
        let same = differences.iter().filter(|other| other.kind == kind);
        format!("{} {}", same.count(), kind.word())
    };
    Kind::ALL.map(count).join(", ")
}
