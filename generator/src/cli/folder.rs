//! The checked-in client crate: a folder in, what is in it out. Links are not
//! followed, and nothing is changed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::tree::{self, File, MANIFEST, Tree};

/// What cargo and git keep in the folder of a crate, and we know nothing of.
pub(super) const NOT_COUNTED: [&str; 3] = [".git", "Cargo.lock", "target"];

/// How the names of files begin that are not yet complete. They are renamed
/// when they are, so that one that is found was left by an interrupted run.
pub(super) const PARTIAL: &str = ".driftless-partial-";

/// What a folder has in it, by the path that a [`Tree`] has for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folder {
    /// Everything but folders.
    pub(super) entries: BTreeMap<String, Entry>,
    /// All folders below this one.
    pub(super) folders: BTreeSet<String>,
    /// Whether the folder is there at all.
    pub(super) exists: bool,
    /// The paths that its manifest lists.
    listed: BTreeSet<String>,
}

/// One thing in a [`Folder`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A file with its text.
    File(String),
    /// What an interrupted run left.
    Partial,
    /// A link, and where it leads.
    Link(PathBuf),
    /// A folder that has a manifest of its own: another client crate.
    Crate,
    /// A pipe, a device, or something whose name is not Unicode.
    Special,
}

impl Folder {
    /// Reads the folder, if it is one of ours or has nothing in it.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let failure = |error: io::Error| Failure::io("read", path, &error);
        let mut folder = Self::default();
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(failure(error)),
            Ok(_) => folder.exists = true,
        }
        // Judged before the whole folder is read: it may be anyone's home.
        if !is_ours(path).map_err(failure)? && !is_empty(path, true).map_err(failure)? {
            return Err(Failure::new(format!(
                "{} is not a generated client: it has files, but neither `{MANIFEST}` nor our header in any of them",
                path.display()
            ))
            .help("name an empty or a new folder with `--out DIR`"));
        }
        folder.walk(path, "").map_err(failure)?;
        if let Some(Entry::File(text)) = folder.entries.get(MANIFEST) {
            folder.listed = tree::manifest_paths(text).map(str::to_owned).collect();
        }
        Ok(folder)
    }

    fn walk(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in children(folder, prefix.is_empty())? {
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            let kind = entry.file_type()?;
            let found = if kind.is_symlink() {
                Entry::Link(fs::read_link(entry.path())?)
            } else if name.to_str().is_none() {
                Entry::Special
            } else if kind.is_dir() {
                if fs::symlink_metadata(entry.path().join(MANIFEST)).is_err() {
                    self.walk(&entry.path(), &format!("{path}/"))?;
                    self.folders.insert(path);
                    continue;
                }
                Entry::Crate
            } else if !kind.is_file() {
                Entry::Special
            } else if is_partial(&path) {
                Entry::Partial
            } else {
                Entry::File(text_of(fs::read(entry.path())?))
            };
            self.entries.insert(path, found);
        }
        Ok(())
    }

    /// Whether the command made what is at `path`, so that it may replace or
    /// remove it.
    pub(super) fn owns(&self, path: &str) -> bool {
        match self.entries.get(path) {
            Some(Entry::File(text)) => {
                path == MANIFEST
                    || self.listed.contains(path)
                    || tree::header_command(text).is_some()
            }
            Some(Entry::Partial) => true,
            // The link itself, in the place of a file of ours; never its target.
            Some(Entry::Link(_)) => self.listed.contains(path),
            Some(Entry::Crate | Entry::Special) | None => false,
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
        match path.strip_suffix('/') {
            Some(folder) => self.entries.contains_key(folder),
            None => !self.owns(path),
        }
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

    /// Its texts, by the paths of a tree. What is no file has a text that says
    /// so, which no generated file has.
    pub(super) fn texts(&self) -> BTreeMap<Cow<'_, str>, Cow<'_, str>> {
        let files = self.entries.iter().map(|(path, entry)| {
            let path = Cow::Borrowed(path.as_str());
            match entry {
                Entry::File(text) => (path, Cow::Borrowed(text.as_str())),
                Entry::Partial => (path, "(left by an interrupted run)\n".into()),
                Entry::Link(target) => (path, format!("(a link to {})\n", target.display()).into()),
                Entry::Crate => (path + "/", "(another generated client)\n".into()),
                Entry::Special => (path, "(not a file)\n".into()),
            }
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
fn children(folder: &Path, top: bool) -> io::Result<Vec<DirEntry>> {
    let counts = |entry: &DirEntry| {
        let name = entry.file_name();
        !(top && NOT_COUNTED.iter().any(|other| name == *other))
    };
    let entries: io::Result<Vec<DirEntry>> = fs::read_dir(folder)?.collect();
    Ok(entries?.into_iter().filter(counts).collect())
}

/// Whether there are no files in the folder, at any depth.
fn is_empty(folder: &Path, top: bool) -> io::Result<bool> {
    for entry in children(folder, top)? {
        if !entry.file_type()?.is_dir() || !is_empty(&entry.path(), false)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a command of ours has written to the folder. A header counts only
/// where every client crate has some: at the top and in `src`. Deeper down it
/// may be that of a crate which somebody keeps in a folder of his own.
fn is_ours(folder: &Path) -> io::Result<bool> {
    let mut entries = children(folder, true)?;
    let source = folder.join("src");
    if fs::symlink_metadata(&source).is_ok_and(|found| found.is_dir()) {
        entries.extend(children(&source, false)?);
    }
    for entry in entries {
        if !entry.file_type()?.is_file() {
            continue;
        }
        let name = entry.file_name();
        if name == MANIFEST || is_partial(&name.to_string_lossy()) || has_header(&entry.path())? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_header(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(1024).read_to_end(&mut start)?;
    Ok(tree::header_command(&String::from_utf8_lossy(&start)).is_some())
}

fn is_partial(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(PARTIAL)
}

/// The text of a file. One that is not UTF-8 gets a last line that no
/// generated file has, so that it never passes for one.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        text.push_str("\n(not UTF-8)\n");
        text
    })
}
