//! This repository's own description, edited: what says something else is
//! drift, what says the same in another way is none.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::fs;
use std::path::{Path, PathBuf};

use driftless::diagnostic::{Format, render};
use driftless::source::Input;
use driftless::tree::{self, Tree};
use driftless::{Request, config};
use serde_yaml::{Mapping, Value};

const EDITS: &str = include_str!("documents/spec-edits.yaml");

fn spec_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}

fn read(file: &str) -> String {
    let path = spec_folder().join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    text.replace("\r\n", "\n")
}

/// What the text makes, without the hand-written files.
#[track_caller]
fn generate(text: &str) -> Tree {
    let mut config = config::parse(&read("client.toml")).expect("the configuration");
    // An edit may rename the operation.
    config.readme.example = None;
    let outcome = driftless::generate(&Request {
        inputs: vec![Input {
            path: "spec/openapi.yaml".to_owned(),
            text: text.to_owned().into(),
        }],
        config,
        command: "cargo xtask generate".to_owned(),
        ..Request::default()
    });
    let said = render(&outcome.report, &outcome.source, Format::Short, false);
    outcome.tree.unwrap_or_else(|| panic!("{said}"))
}

/// An edit that says something else.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    /// What is replaced where it stands first.
    from: String,
    to: String,
    /// A file that has to show it.
    seen_in: String,
}

#[test]
fn every_edit_that_says_something_else_is_drift() {
    let spec = read("openapi.yaml");
    let before = generate(&spec);
    let edits: Vec<Edit> = serde_yaml::from_str(EDITS).expect("a list of edits");
    assert!(!edits.is_empty());
    let mut unseen = Vec::new();
    for Edit { from, to, seen_in } in edits {
        assert!(spec.contains(&from), "nothing to replace: {from:?}");
        let drift = tree::diff(&generate(&spec.replacen(&from, &to, 1)), &before);
        let paths: Vec<_> = drift.missing.iter().chain(&drift.stale).collect();
        if !paths.contains(&&seen_in) {
            unseen.push(format!("{from:?} → {to:?} in {seen_in}, only in {paths:?}"));
        }
    }
    assert!(unseen.is_empty(), "not seen:\n{}", unseen.join("\n"));
}

/// Fails where the text makes anything but what the description makes.
#[track_caller]
fn says_the_same(what: &str, text: &str) {
    let expected = generate(&read("openapi.yaml"));
    let found = generate(text);
    let drift = tree::diff(&expected, &found);
    let Some(path) = drift.missing.first().or(drift.stale.first()) else {
        assert!(drift.is_empty(), "{what}: {drift:?}");
        return;
    };
    let contents = |tree: &Tree| tree.get(path).map_or("", |file| &file.contents).to_owned();
    let (expected, found) = (contents(&expected), contents(&found));
    let diff = similar::TextDiff::from_lines(&expected, &found);
    panic!(
        "{what}: {drift:#?}\n{}",
        diff.unified_diff().header(path, path)
    );
}

fn parsed() -> Mapping {
    serde_yaml::from_str(&read("openapi.yaml")).expect("YAML")
}

fn written(document: &Mapping) -> String {
    serde_yaml::to_string(document).expect("YAML")
}

/// The object at a path of keys.
fn object<'a>(document: &'a mut Mapping, path: &[&str]) -> &'a mut Mapping {
    path.iter().fold(document, |object, key| {
        let value = object.get_mut(*key).unwrap_or_else(|| panic!("no {key}"));
        value
            .as_mapping_mut()
            .unwrap_or_else(|| panic!("{key} is no object"))
    })
}

/// Turns the order of keys around.
fn reverse(object: &mut Mapping) {
    let mut entries: Vec<_> = std::mem::take(object).into_iter().collect();
    entries.reverse();
    object.extend(entries);
}

#[test]
fn the_order_of_paths_and_their_operations_is_no_drift() {
    let mut document = parsed();
    let paths = object(&mut document, &["paths"]);
    reverse(paths);
    paths
        .values_mut()
        .filter_map(Value::as_mapping_mut)
        .for_each(reverse);
    says_the_same("paths", &written(&document));
}

#[test]
fn the_order_of_components_is_no_drift() {
    let mut document = parsed();
    let components = object(&mut document, &["components"]);
    reverse(components);
    components
        .values_mut()
        .filter_map(Value::as_mapping_mut)
        .for_each(reverse);
    says_the_same("components", &written(&document));
}

#[test]
fn the_order_of_responses_is_no_drift() {
    let mut document = parsed();
    let mut turned = 0;
    for path in object(&mut document, &["paths"]).values_mut() {
        for operation in path.as_mapping_mut().expect("a path").values_mut() {
            if let Some(operation) = operation.as_mapping_mut() {
                reverse(object(operation, &["responses"]));
                turned += 1;
            }
        }
    }
    assert_eq!(turned, 4);
    says_the_same("responses", &written(&document));
}

#[test]
fn the_order_of_tags_is_no_drift() {
    let mut document = parsed();
    let tags = document["tags"].as_sequence_mut().expect("a list");
    assert!(tags.len() > 1);
    tags.reverse();
    says_the_same("tags", &written(&document));
}

/// Turns the order of all keys around, save of those whose order an author
/// decides on.
fn reverse_all(value: &mut Value, author_decides: bool) {
    match value {
        Value::Mapping(object) => {
            if !author_decides {
                reverse(object);
            }
            for (key, value) in object.iter_mut() {
                let key = key.as_str().unwrap_or_default();
                reverse_all(value, ["properties", "examples"].contains(&key));
            }
        }
        Value::Sequence(list) => list.iter_mut().for_each(|value| reverse_all(value, false)),
        _ => {}
    }
}

#[test]
fn the_order_of_keywords_is_no_drift() {
    let mut document = Value::Mapping(parsed());
    reverse_all(&mut document, false);
    let text = serde_yaml::to_string(&document).expect("YAML");
    says_the_same("keywords", &text);
}

#[test]
fn json_is_no_drift() {
    let document = parsed();
    says_the_same(
        "JSON",
        &serde_json::to_string_pretty(&document).expect("JSON"),
    );
    says_the_same(
        "minified JSON",
        &serde_json::to_string(&document).expect("JSON"),
    );
    // Quoted keys and flow style, read as YAML.
    let json = serde_json::to_string_pretty(&document).expect("JSON");
    says_the_same("YAML in flow style", &format!("# YAML\n{json}"));
}

#[test]
fn comments_and_blank_lines_are_no_drift() {
    let spec = read("openapi.yaml");
    let commented: String = spec
        .lines()
        .map(|line| {
            let text = line.trim_start();
            let indent = line.len() - text.len();
            // Deeper lines may belong to a text.
            match text.is_empty() || indent > 2 {
                true => format!("{line}\n"),
                false => format!("{:indent$}# a comment\n\n{line}\n", ""),
            }
        })
        .collect();
    let commented = commented.replace("type: string\n", "type: string # a text\n");
    assert_ne!(commented, spec);
    says_the_same("comments", &commented);
    let bare: String = spec
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_ne!(bare, spec);
    says_the_same("no comments", &bare);
}

#[test]
fn line_endings_and_a_byte_order_mark_are_no_drift() {
    let spec = read("openapi.yaml");
    says_the_same("CRLF", &spec.replace('\n', "\r\n"));
    says_the_same("a byte order mark", &format!("\u{feff}{spec}"));
    says_the_same("a missing line end", spec.trim_end());
}

#[test]
fn folded_and_quoted_texts_are_no_drift() {
    let spec = read("openapi.yaml");
    // As one plain, quoted or literal text, whatever the writer prefers.
    says_the_same("written anew", &written(&parsed()));
    let quoted = quote(&spec);
    assert!(spec.contains(">-\n") && !quoted.contains(">-\n"));
    says_the_same("quoted", &quoted);
    let folded = fold(&spec);
    assert!(folded.matches(">-\n").count() > 2 * spec.matches(">-\n").count());
    says_the_same("folded", &folded);
}

/// Every folded or literal text of the document in double quotes.
fn quote(spec: &str) -> String {
    let mut quoted = String::new();
    let mut lines = spec.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(key) = [">-", "|"].iter().find_map(|mark| line.strip_suffix(mark)) else {
            quoted.push_str(&format!("{line}\n"));
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let mut block = format!("{}\n", &line[indent..]);
        let belongs =
            |next: &&str| next.trim().is_empty() || next.starts_with(&" ".repeat(indent + 1));
        while let Some(next) = lines.next_if(belongs) {
            block.push_str(&format!("{next}\n"));
        }
        let block: Mapping = serde_yaml::from_str(&block).expect("one key");
        let (_, text) = block.into_iter().next().expect("one key");
        quoted.push_str(&format!(
            "{key}{}\n",
            serde_json::to_string(&text).expect("JSON")
        ));
    }
    quoted
}

/// Every plain description of the document folded at each blank.
fn fold(spec: &str) -> String {
    let mut folded = String::new();
    for line in spec.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        match text.strip_prefix("description: ") {
            Some(text) if text.starts_with(char::is_alphabetic) => {
                let between = format!("\n{:1$}", "", indent + 2);
                let words: Vec<_> = text.split(' ').collect();
                let text = words.join(&between);
                folded.push_str(&format!("{:indent$}description: >-{between}{text}\n", ""));
            }
            _ => folded.push_str(&format!("{line}\n")),
        }
    }
    folded
}
