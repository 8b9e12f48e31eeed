//! Reads the checked-in client crate. Links are not followed, and nothing is
//! changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Failure;
use super::lock::LOCK;
use crate::tree::{self, File, MANIFEST, Tree};

#[cfg(test)]
mod tests;

/// What cargo and git keep in the folder of a crate, and we know nothing of.
pub(super) const NOT_COUNTED: [&str; 3] = [".git", "Cargo.lock", "target"];

/// How the names of files begin that are not yet complete. They are renamed
/// when they are, so that one that is found was left by an interrupted run.
pub(super) const PARTIAL: &str = ".driftless-partial-";

/// How large a file of ours may be, whatever is expected, so that it is read.
const READ_ANYWAY: u64 = 4 << 20;

/// How large a manifest may be. One that is larger lists nothing.
const LARGEST_MANIFEST: u64 = 64 << 20;

/// What a folder has in it, by the path that a [`Tree`] has for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folder {
    /// Everything but folders.
    pub(super) entries: BTreeMap<String, Entry>,
    /// All folders below this one.
    pub(super) folders: BTreeSet<String>,
    /// The paths that its manifest lists.
    listed: BTreeSet<String>,
}

/// One thing in a [`Folder`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A file with its text.
    File(String),
    /// A file that was not read, and its size: it is not ours, or so large that
    /// it differs from what is expected.
    Unread(u64),
    /// What an interrupted run left.
    Partial,
    /// A link, and where it leads.
    Link(PathBuf),
    /// A pipe, a device, or something whose name is not Unicode.
    Special,
}

impl Folder {
    /// Reads the folder, if it has a manifest or nothing in it. Of its files,
    /// those are read that `expected` has, or the manifest.
    pub(super) fn read(path: &Path, expected: &Tree) -> Result<Self, Failure> {
        let mut folder = Self::default();
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(Failure::io("read", path, &error)),
            Ok(_) => {}
        }
        // Judged before the whole folder is read: it may be anyone's home.
        let manifest = path.join(MANIFEST);
        if fs::symlink_metadata(&manifest).is_ok_and(|found| found.is_dir()) {
            return Err(Failure::new(format!(
                "{} is a folder, and should be the list of the generated files",
                manifest.display()
            ))
            .help("move it elsewhere, or name another folder with `--out DIR`"));
        }
        if let Some(size) = size_of(&manifest) {
            if size <= LARGEST_MANIFEST {
                let text = text_of(&manifest)?;
                folder.listed = tree::manifest_paths(&text).map(str::to_owned).collect();
            }
        } else if !is_empty(path, true)? {
            return Err(Failure::new(format!(
                "{} is not a generated client: it has files, but no `{MANIFEST}`",
                path.display()
            ))
            .help(
                "name an empty or a new folder with `--out DIR`; if this one is a generated \
                 client all the same, restore its `.driftless`, or remove the folder",
            ));
        }
        folder.walk(path, "", expected)?;
        Ok(folder)
    }

    fn walk(&mut self, folder: &Path, prefix: &str, expected: &Tree) -> Result<(), Failure> {
        for entry in children(folder, prefix.is_empty())? {
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            let full = entry.path();
            let failure = |error| Failure::io("read", &full, &error);
            let kind = entry.file_type().map_err(failure)?;
            let found = if kind.is_symlink() {
                Entry::Link(fs::read_link(&full).map_err(failure)?)
            } else if name.to_str().is_none() {
                Entry::Special
            } else if kind.is_dir() {
                if fs::symlink_metadata(full.join(MANIFEST)).is_ok() {
                    return Err(Failure::new(format!(
                        "there is another generated client inside of the folder: {}",
                        full.display()
                    ))
                    .help("move it elsewhere, or name another folder with `--out DIR`"));
                }
                self.walk(&full, &format!("{path}/"), expected)?;
                self.folders.insert(path);
                continue;
            } else if !kind.is_file() {
                Entry::Special
            } else if is_left_over(&path) {
                Entry::Partial
            } else {
                let size = entry.metadata().map_err(failure)?.len();
                match self.most(&path, expected) {
                    Some(most) if size <= most => Entry::File(text_of(&full)?),
                    _ => Entry::Unread(size),
                }
            };
            self.entries.insert(path, found);
        }
        Ok(())
    }

    /// The size up to which the file at `path` is worth reading; `None` where
    /// there is nothing to compare it with.
    fn most(&self, path: &str, expected: &Tree) -> Option<u64> {
        // A checkout may have made two characters of each end of a line.
        let expected = expected
            .get(path)
            .map(|file| 2 * file.contents.len() as u64);
        let is_listed = path == MANIFEST || self.listed.contains(path);
        match (expected, is_listed) {
            (None, false) => None,
            (expected, _) => Some(expected.unwrap_or_default().max(READ_ANYWAY)),
        }
    }

    /// The same folder without the lock file, for whoever holds the lock.
    pub(super) fn without_lock(mut self) -> Self {
        self.entries.remove(LOCK);
        self
    }

    /// The text of the file at `path`, if it was read.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        match self.entries.get(path) {
            Some(Entry::File(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether the command made what is at `path`, so that it may replace or
    /// remove it.
    pub(super) fn owns(&self, path: &str) -> bool {
        match self.entries.get(path) {
            Some(Entry::File(_) | Entry::Unread(_)) => {
                path == MANIFEST || self.listed.contains(path)
            }
            Some(Entry::Partial) => true,
            // The link itself, in the place of a file of ours; never its target.
            Some(Entry::Link(_)) => self.listed.contains(path),
            Some(Entry::Special) | None => false,
        }
    }

    /// The files that the command made.
    pub(super) fn owned_files(&self) -> impl Iterator<Item = &str> {
        let paths = self
            .entries
            .iter()
            .map(|(path, entry)| (path.as_str(), entry));
        paths
            .filter(|(path, entry)| **entry != Entry::Partial && self.owns(path))
            .map(|(path, _)| path)
    }

    /// Whether `generate` leaves the orphan at `path` where it is: everything
    /// but what is ours and folders with nothing in them.
    pub(super) fn keeps(&self, path: &str) -> bool {
        !path.ends_with('/') && !self.owns(path)
    }

    /// The paths that the manifest lists.
    pub(super) fn listed(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(String::as_str)
    }

    /// The folders that have nothing in them.
    pub(super) fn empty_folders(&self) -> impl Iterator<Item = &str> {
        let holds_something = |folder: &str| {
            let inside = format!("{folder}/");
            let first =
                |paths: Option<&String>| paths.is_some_and(|path| path.starts_with(&inside));
            first(
                self.entries
                    .range(inside.clone()..)
                    .next()
                    .map(|(path, _)| path),
            ) || first(self.folders.range(inside.clone()..).next())
        };
        self.folders
            .iter()
            .map(String::as_str)
            .filter(move |folder| !holds_something(folder))
    }

    /// Its texts, by the paths of a tree. What is no file, or was not read, has
    /// a text that says so, which no generated file has.
    pub(super) fn texts(&self) -> BTreeMap<Cow<'_, str>, Cow<'_, str>> {
        let files = self.entries.iter().map(|(path, entry)| {
            let text = match entry {
                Entry::File(text) => Cow::Borrowed(text.as_str()),
                Entry::Unread(size) => format!("(a file of {size} bytes)\n").into(),
                Entry::Partial => "(left by an interrupted run)\n".into(),
                Entry::Link(target) => format!("(a link to {})\n", target.display()).into(),
                Entry::Special => "(not a file)\n".into(),
            };
            (Cow::Borrowed(path.as_str()), text)
        });
        let empty = self
            .empty_folders()
            .map(|folder| (format!("{folder}/").into(), "(an empty folder)\n".into()));
        files.chain(empty).collect()
    }

    /// The same as a tree.
    pub(super) fn tree(&self) -> Tree {
        let texts = self.texts().into_iter();
        texts
            .map(|(path, text)| {
                let file = File {
                    contents: text.into_owned(),
                    origin: None,
                };
                (path.into_owned(), file)
            })
            .collect()
    }
}

/// What is in the folder, but for what does not count, in no particular order.
fn children(folder: &Path, top: bool) -> Result<Vec<DirEntry>, Failure> {
    let counts = |entry: &DirEntry| {
        let name = entry.file_name();
        !(top && NOT_COUNTED.iter().any(|other| name == *other))
    };
    let entries = fs::read_dir(folder).and_then(Iterator::collect);
    let entries: Vec<DirEntry> = entries.map_err(|error| Failure::io("read", folder, &error))?;
    Ok(entries.into_iter().filter(counts).collect())
}

/// Whether there are no files in the folder, at any depth, but what a first run
/// left that was interrupted.
fn is_empty(folder: &Path, top: bool) -> Result<bool, Failure> {
    for entry in children(folder, top)? {
        let kind = entry.file_type();
        let kind = kind.map_err(|error| Failure::io("read", &entry.path(), &error))?;
        let name = entry.file_name();
        let is_empty = match kind.is_dir() {
            true => is_empty(&entry.path(), false)?,
            false => top && kind.is_file() && is_left_over(&name.to_string_lossy()),
        };
        if !is_empty {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the folder has the manifest of a client crate.
pub(super) fn has_manifest(folder: &Path) -> bool {
    size_of(&folder.join(MANIFEST)).is_some()
}

/// The size of a file; `None` where there is none, or a link to one.
fn size_of(path: &Path) -> Option<u64> {
    let found = fs::symlink_metadata(path).ok()?;
    found.is_file().then_some(found.len())
}

fn is_left_over(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(PARTIAL) || path == LOCK
}

/// The text of a file. One that is not UTF-8 gets a last line that no
/// generated file has, so that it never passes for one.
fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        text.push_str("\n(not UTF-8)\n");
        text
    }))
}
