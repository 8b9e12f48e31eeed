//! What references may reach on this disk: a path from the root in, the text of
//! the file out, if it is inside. Links are followed first, so that one that
//! leads outside is no way out.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Failure;
use super::inputs::Seen;
use super::reading::{self, Allowed, Unread};
use crate::source::{Files, Input, Refusal};

/// The folder that references may reach.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// The folder without links in its path; `None` where there is none.
    root: Option<PathBuf>,
    /// The entry document from there.
    entry: String,
    /// Everything that was asked for, as it was just before.
    tried: Mutex<Vec<Seen>>,
}

impl Reach {
    /// The folder `root`, by default that of the document, which has to be in
    /// it.
    pub(super) fn new(root: Option<&Path>, spec: &Path) -> Result<Self, Failure> {
        let folder = match spec.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let real_root = canonical(root.unwrap_or(folder))?;
        let real_spec = canonical(spec)?;
        let entry = match (real_spec.strip_prefix(&real_root), root) {
            (Ok(entry), _) => parts(entry),
            // The document itself may be a link to anywhere.
            (Err(_), None) => spec
                .file_name()
                .map(Path::new)
                .map(parts)
                .unwrap_or_default(),
            (Err(_), Some(root)) => {
                return Err(Failure::new(format!(
                    "{} is outside of `--root {}`",
                    spec.display(),
                    root.display()
                )));
            }
        };
        Ok(Self {
            root: Some(real_root),
            entry,
            tried: Mutex::default(),
        })
    }

    /// For a document that comes from a stream: the folder `root`, as if the
    /// document were in it under the name `entry`; by default, nothing.
    pub(super) fn of_stream(root: Option<&Path>, entry: &str) -> Result<Self, Failure> {
        Ok(Self {
            root: root.map(canonical).transpose()?,
            entry: entry.to_owned(),
            tried: Mutex::default(),
        })
    }

    /// The files that were asked for since the last time.
    pub(super) fn take_tried(&self) -> Vec<Seen> {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *tried)
    }

    fn note(&self, path: PathBuf) {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        tried.push(Seen::now(path));
    }

    /// The path without links of a file that is inside `root`.
    fn inside(&self, root: &Path, path: &str) -> Result<PathBuf, Refusal> {
        let asked = root.join(path);
        let leads_up = path.split('/').next() == Some("..");
        let real = match asked.canonicalize() {
            Ok(real) => real,
            // What there is outside is nobody's business.
            Err(_) if leads_up => return Err(Refusal::Outside(path.to_owned())),
            Err(error) => {
                self.note(asked);
                return Err(match error.kind() {
                    ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput => {
                        Refusal::Missing(path.to_owned())
                    }
                    _ => unreadable(&error),
                });
            }
        };
        if real.starts_with(root) {
            return Ok(real);
        }
        Err(Refusal::Outside(from(root, &real)))
    }
}

impl Files for Reach {
    fn entry(&self) -> &str {
        &self.entry
    }

    fn read(&self, path: &str, limit: usize) -> Result<Input, Refusal> {
        let Some(root) = &self.root else {
            return Err(Refusal::Outside(path.to_owned()));
        };
        let real = self.inside(root, path)?;
        self.note(real.clone());
        let bytes = reading::read(&real, limit as u64, Allowed::Files);
        let bytes = bytes.map_err(|problem| match problem {
            Unread::NotAFile(kind) => Refusal::NotAFile(kind.to_owned()),
            Unread::TooLarge => Refusal::TooLarge,
            Unread::Failed(error) => unreadable(&error),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| Refusal::NotText)?;
        Ok(Input {
            path: parts(real.strip_prefix(root).unwrap_or(&real)),
            text: text.into(),
        })
    }
}

fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize()
        .map_err(|error| Failure::io("read", path, &error))
}

fn unreadable(error: &std::io::Error) -> Refusal {
    Refusal::Unreadable(error.kind().to_string())
}

/// A path with its parts joined by `/`.
fn parts(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(_) | Component::ParentDir => Some(part.as_os_str().to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// How `path` is reached from `root`. Both have no links in them.
fn from(root: &Path, path: &Path) -> String {
    let mut up = String::new();
    let mut at = Some(root);
    while let Some(folder) = at {
        if let Ok(down) = path.strip_prefix(folder) {
            return format!("{up}{}", parts(down));
        }
        up.push_str("../");
        at = folder.parent();
    }
    path.display().to_string()
}
