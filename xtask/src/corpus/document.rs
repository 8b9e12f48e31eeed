//! Which documents there are: a folder, or one document, in; a [`Document`]
//! each out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use driftless::cli::Failure;
use driftless::diagnostic::Report;
use driftless::source::{self, Input};
use driftless::threads::with_stack;

use super::manifest;

/// A description to generate from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// What it is called: fit for a folder and for the name of a crate.
    pub(crate) name: String,
    /// The file to start with.
    pub(crate) entry: PathBuf,
    /// The folder that its references may reach.
    pub(crate) root: PathBuf,
    /// The version of OpenAPI that it is written in.
    pub(crate) version: String,
}

/// The documents at `path`, by name.
pub(crate) fn documents(path: &Path) -> Result<Vec<Document>, Failure> {
    let mut found = if path.is_dir() {
        let manifest = path.join(manifest::FILE);
        match manifest.is_file() {
            true => manifest::documents(&manifest)?,
            false => in_folder(path)?,
        }
    } else {
        vec![alone(path)?]
    };
    if found.is_empty() {
        let problem = format!("there is no OpenAPI document in {}", path.display());
        return Err(Failure::new(problem));
    }
    make_unique(&mut found);
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// Leaves only the documents with these names.
pub(crate) fn only(documents: &mut Vec<Document>, names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<&str> = documents.iter().map(|one| one.name.as_str()).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(name.as_str())) {
        let all = known.into_iter().collect::<Vec<_>>().join(", ");
        return Err(Failure::new(format!("there is no document `{name}`"))
            .help(format!("the documents are {all}")));
    }
    documents.retain(|document| names.contains(&document.name));
    Ok(())
}

fn alone(path: &Path) -> Result<Document, Failure> {
    let version = version(path)?.ok_or_else(|| {
        Failure::new(format!("{} is not an OpenAPI document", path.display()))
            .help("it has neither `openapi` nor `swagger` at the top")
    })?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Ok(Document {
        name: name_of(&path.file_stem().unwrap_or_default().to_string_lossy()),
        entry: path.to_owned(),
        root: folder.to_owned(),
        version,
    })
}

/// Every file that says it is a document, wherever it stands. What stands in a
/// folder of its own belongs together: that folder is the root.
fn in_folder(folder: &Path) -> Result<Vec<Document>, Failure> {
    let mut found = Vec::new();
    for entry in files(folder)? {
        let Some(version) = version(&entry)? else {
            continue;
        };
        let below = entry.strip_prefix(folder).unwrap_or(&entry);
        let mut parts = below.components();
        let root = match (parts.next(), parts.next()) {
            (Some(top), Some(_)) => folder.join(top),
            _ => folder.to_owned(),
        };
        let name = name_of(&below.with_extension("").to_string_lossy());
        found.push(Document {
            name,
            root,
            version,
            entry: entry.clone(),
        });
    }
    Ok(found)
}

/// The files below a folder that may be documents, sorted.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let fail = |error| Failure::io("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let path = entry.path();
            let kind = entry.file_type().map_err(fail)?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && may_be_document(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn may_be_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        ["json", "yaml", "yml"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// The value of `openapi` or `swagger`, if the text has it at the top.
pub(super) fn version(path: &Path) -> Result<Option<String>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(match text.trim_start_matches('\u{feff}').trim_start() {
        braces if braces.starts_with('{') => version_in_tree(path, text),
        // A whole tree of a large YAML text takes its time.
        plain => version_in_lines(plain),
    })
}

fn version_in_lines(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let key = ["openapi", "swagger"].into_iter().find_map(|key| {
            [
                format!("{key}:"),
                format!("\"{key}\":"),
                format!("'{key}':"),
            ]
            .into_iter()
            .find_map(|key| line.strip_prefix(&key))
        })?;
        let value = key.split('#').next().unwrap_or_default();
        Some(value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

fn version_in_tree(path: &Path, text: String) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Top {
        openapi: Option<serde_json::Value>,
        swagger: Option<serde_json::Value>,
    }
    let written = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    if let Ok(top) = serde_json::from_str::<Top>(&text) {
        return top.openapi.or(top.swagger).map(written);
    }
    // YAML in braces, or JSON that the generator has to complain about.
    let input = Input {
        path: path.to_string_lossy().into_owned(),
        text: text.into(),
    };
    with_stack(|| {
        let source = source::load(vec![input.clone()], &mut Report::default());
        let root = &source.entry().root;
        let version = root.get("openapi").or_else(|| root.get("swagger"))?;
        Some(written(version.to_json()))
    })
}

/// A name from a path: letters, digits, hyphens and underscores stay.
pub(super) fn name_of(path: &str) -> String {
    let plain = |character: char| match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => character,
        _ => '-',
    };
    let name: String = path.chars().map(plain).collect();
    match name.trim_matches('-') {
        "" => "document".to_owned(),
        name => name.to_owned(),
    }
}

/// Numbers the names that several documents have: `pets.yaml` beside
/// `pets.json`, say. File systems that ignore case are thought of.
fn make_unique(documents: &mut [Document]) {
    documents.sort_by(|one, other| one.entry.cmp(&other.entry));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for document in documents {
        let mut name = document.name.clone();
        loop {
            let count = taken.entry(name.to_lowercase()).or_insert(0);
            *count += 1;
            if *count == 1 {
                break;
            }
            name = format!("{}-{count}", document.name);
        }
        document.name = name;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_yaml_text_is_at_the_start_of_a_line() {
        let version = |text| version_in_lines(text);
        assert_eq!(version("openapi: 3.0.3\n").as_deref(), Some("3.0.3"));
        assert_eq!(
            version("info: {}\n\"swagger\": \"2.0\" # old\n").as_deref(),
            Some("2.0")
        );
        assert_eq!(version("info:\n  openapi: 3.0.3\n"), None);
        assert_eq!(version("openapi-tools: 3\n"), None);
    }

    #[test]
    fn names_are_fit_for_folders_and_differ() {
        let document = |path: &str| Document {
            name: name_of(path),
            entry: path.into(),
            root: "".into(),
            version: String::new(),
        };
        let mut all = ["a b/ü", "Pets", "pets", "..", "pets-2"].map(document);
        make_unique(&mut all);
        let names: Vec<_> = all.iter().map(|document| document.name.as_str()).collect();
        assert_eq!(names, ["document", "Pets", "a-b", "pets-2", "pets-2-2"]);
    }
}
