//! `MANIFEST.tsv`: a table of documents in, a [`Document`] for each row out.

use std::fs;
use std::path::{Path, PathBuf};

use driftless::cli::Failure;

use super::document::{self, Document, name_of};

/// The file that names the documents of a folder.
pub(super) const FILE: &str = "MANIFEST.tsv";

/// The documents that the table names. Its first line names its columns; `name`
/// and `file` have to be there.
pub(super) fn documents(path: &Path) -> Result<Vec<Document>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|column| column.trim() == name);
    let (Some(name), Some(file)) = (column("name"), column("file")) else {
        return Err(Failure::new(format!("{} has no columns", path.display()))
            .help("its first line names them, `name` and `file` among them"));
    };
    let (source, version) = (column("source"), column("openapi"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let cell = |column: Option<usize>| {
                let cell = column.and_then(|column| cells.get(column)).copied();
                cell.unwrap_or_default()
            };
            row(
                folder,
                cell(Some(name)),
                cell(Some(file)),
                cell(source),
                cell(version),
            )
        })
        .collect()
}

fn row(
    folder: &Path,
    name: &str,
    file: &str,
    source: &str,
    version: &str,
) -> Result<Document, Failure> {
    let path = folder.join(file);
    let (entry, root) = match path.is_dir() {
        true => (entry(&path, source)?, path),
        false => (path, folder.to_owned()),
    };
    let version = match version {
        // A file that is not there is reported when it is read.
        "" if entry.is_file() => document::version(&entry)?.unwrap_or_default(),
        known => known.to_owned(),
    };
    Ok(Document {
        name: name_of(name),
        entry,
        root,
        version,
    })
}

/// The entry of a document of several files: where it came from ends in its
/// path; else it is the one file that says it is a document.
fn entry(folder: &Path, source: &str) -> Result<PathBuf, Failure> {
    let parts: Vec<&str> = source.split(['/', ':']).collect();
    let named = (0..parts.len())
        .map(|first| folder.join(parts[first..].join("/")))
        .find(|path| path.is_file());
    if let Some(path) = named {
        return Ok(path);
    }
    let mut found = Vec::new();
    for path in document::files(folder)? {
        if document::version(&path)?.is_some() {
            found.push(path);
        }
    }
    // The outermost one is meant, if there are several.
    found.sort_by_key(|path| path.components().count());
    found.into_iter().next().ok_or_else(|| {
        Failure::new(format!(
            "there is no OpenAPI document in {}",
            folder.display()
        ))
    })
}
