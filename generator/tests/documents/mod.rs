//! The documents in the folders beside this file, and what is expected of them:
//! a folder's name in, its documents out; each can be generated from and
//! compared with the files that stand next to it.
//!
//! `cargo xtask bless` writes those files anew. Read the difference before
//! committing it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]
#![allow(
    dead_code,
    reason = "every test program compiles this file and uses a part of it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use driftless::config::{self, Config};
use driftless::source::{Files, Input, Texts};
use driftless::{Outcome, Request};

/// The file that the document in a folder of its own begins with.
const ENTRY: &str = "openapi.yaml";

/// One document.
pub(crate) struct Document {
    /// The name of its file, or of its folder.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: String,
    folder: PathBuf,
    /// What references may reach: in a folder of its own, all files of that.
    files: Option<Texts>,
}

/// All documents of a folder, by name.
pub(crate) fn documents(folder: &str) -> Vec<Document> {
    let folder = folder_of(folder);
    let documents: Vec<_> = files(&folder)
        .into_iter()
        .filter(|file| is_document(file))
        .map(|file| Document {
            text: read(&folder.join(&file)),
            folder: folder.clone(),
            files: None,
            file,
        })
        .chain(in_folders(&folder))
        .collect();
    assert!(!documents.is_empty(), "no documents in {folder:?}");
    documents
}

/// The documents that are split over the files of a folder of their own.
fn in_folders(folder: &Path) -> Vec<Document> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .filter(|name| folder.join(name).join(ENTRY).is_file())
        .collect();
    names.sort();
    let documents = names.into_iter().map(|file| {
        let mut texts = BTreeMap::new();
        collect(&folder.join(&file), "", &mut texts);
        Document {
            text: texts[ENTRY].clone(),
            folder: folder.to_owned(),
            files: Some(Texts {
                entry: ENTRY.to_owned(),
                texts,
            }),
            file,
        }
    });
    documents.collect()
}

fn collect(folder: &Path, prefix: &str, texts: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("UTF-8");
        let path = format!("{prefix}{name}");
        match entry.file_type().expect("a kind").is_dir() {
            true => collect(&entry.path(), &format!("{path}/"), texts),
            false => {
                texts.insert(path, read(&entry.path()));
            }
        }
    }
}

/// A folder beside this file.
pub(crate) fn folder_of(name: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.join("tests/documents").join(name)
}

/// The names of the files in a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().expect("a kind").is_file())
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// The paths of all files below a folder, with slashes; none where it is not there.
pub(crate) fn files_below(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    let mut open = vec![String::new()];
    while let Some(prefix) = open.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&prefix)) else {
            continue;
        };
        for entry in entries {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("UTF-8");
            let path = format!("{prefix}{name}");
            match entry.file_type().expect("a kind").is_dir() {
                true => open.push(format!("{path}/")),
                false => paths.push(path),
            }
        }
    }
    paths.sort();
    paths
}

/// Reads a text as it was committed.
pub(crate) fn read(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    text.replace("\r\n", "\n")
}

/// Whether a file is a document, not something that is expected of one.
fn is_document(file: &str) -> bool {
    let data = file.ends_with(".yaml") || file.ends_with(".json");
    data && !file.ends_with(".surface.json")
}

impl Document {
    /// The file's name without its ending.
    pub(crate) fn name(&self) -> &str {
        match self.file.rsplit_once('.') {
            Some((name, _)) => name,
            None => &self.file,
        }
    }

    /// The name of the crate that is made from it.
    pub(crate) fn package(&self) -> String {
        format!("golden-{}", self.name().replace('.', "-"))
    }

    /// The `client.toml` of the document, the file of its name with the ending
    /// `.toml`.
    pub(crate) fn config(&self) -> Config {
        let path = self.beside(&format!("{}.toml", self.name()));
        if !path.exists() {
            return Config::default();
        }
        config::parse(&read(&path)).unwrap_or_else(|error| panic!("{path:?}: {error}"))
    }

    /// Runs the whole pipeline.
    pub(crate) fn generate(&self) -> Outcome {
        self.generate_with(None)
    }

    /// Runs the whole pipeline over the document and an overlay.
    pub(crate) fn generate_with(&self, overlay: Option<Input>) -> Outcome {
        let document = Input {
            path: match self.files {
                Some(_) => ENTRY.to_owned(),
                None => self.file.clone(),
            },
            text: self.text.as_str().into(),
        };
        driftless::generate(&Request {
            inputs: [document].into_iter().chain(overlay).collect(),
            config: self.config(),
            files: self
                .files
                .clone()
                .map(|files| Arc::new(files) as Arc<dyn Files>),
            name: Some(self.package()),
            command: "driftless generate".to_owned(),
            ..Request::default()
        })
    }

    /// The texts of all its files, by their paths from the entry's folder.
    pub(crate) fn texts(&self) -> BTreeMap<String, String> {
        let files = self.files.iter().flat_map(|files| files.texts.clone());
        files
            .chain([(ENTRY.to_owned(), self.text.clone())])
            .collect()
    }

    /// The file of this name beside the document.
    pub(crate) fn beside(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }
}

/// What differed from what was expected, to be told all at once.
#[derive(Default)]
pub(crate) struct Differences {
    found: Vec<String>,
}

impl Differences {
    /// Compares a text with an expected file, or writes the file. No text is
    /// expected as no file.
    pub(crate) fn compare(&mut self, path: &Path, text: &str) {
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            update(path, text);
            return;
        }
        let expected = if path.exists() {
            read(path)
        } else {
            String::new()
        };
        if expected != text {
            let diff = similar::TextDiff::from_lines(expected.as_str(), text);
            let diff = diff.unified_diff().header("expected", "found").to_string();
            self.found.push(format!("{}\n{diff}", path.display()));
        }
    }

    /// Says that something is wrong.
    pub(crate) fn add(&mut self, problem: String) {
        self.found.push(problem);
    }

    /// Fails where anything differed.
    #[track_caller]
    pub(crate) fn assert_none(self) {
        assert!(
            self.found.is_empty(),
            "{}\n{} differences; `cargo xtask bless` writes the expected files anew",
            self.found.join("\n"),
            self.found.len(),
        );
    }
}

fn update(path: &Path, text: &str) {
    if text.is_empty() {
        if path.exists() {
            fs::remove_file(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        }
    } else if !path.exists() || read(path) != text {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
        }
        fs::write(path, text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    }
}

/// Fails where an expected file stands beside no document.
pub(crate) fn assert_no_leftovers(folder: &str, expected: impl Fn(&Document) -> Vec<String>) {
    let known: Vec<String> = documents(folder)
        .iter()
        .flat_map(|document| {
            let mut files = expected(document);
            files.push(document.file.clone());
            files
        })
        .collect();
    for file in files(&folder_of(folder)) {
        assert!(known.contains(&file), "{folder}/{file} belongs to nothing");
    }
}
