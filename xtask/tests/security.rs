//! The promises of SECURITY.md: each names tests, and those tests exist.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map(Path::to_owned).unwrap_or_default()
}

/// The promises of the tables, each with the names in backticks of its last
/// column.
fn promises(text: &str) -> Vec<(String, Vec<String>)> {
    let tables = text.split("## What is promised").nth(1).expect("promises");
    let rows = tables
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| promise"));
    rows.map(|row| {
        let mut cells = row.trim_matches('|').split(" | ");
        let promise = cells.next().expect("a promise").trim().to_owned();
        let tests = cells.last().expect("tests").split('`').skip(1);
        (promise, tests.step_by(2).map(str::to_owned).collect())
    })
    .collect()
}

/// Adds the names of all functions with `#[test]` or `#[tokio::test]` below
/// `folder`.
fn collect_tests(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect_tests(&path, names);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            names.extend(tests_in(&text));
        }
    }
}

fn tests_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim_start) {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        if let Some(name) = function.and_then(|rest| rest.split(['(', '<']).next()) {
            if is_test {
                names.push(name.to_owned());
            }
            is_test = false;
        }
    }
    names
}

#[test]
fn every_promise_names_tests_that_exist() {
    let root = repository();
    let text = fs::read_to_string(root.join("SECURITY.md")).expect("SECURITY.md");
    let mut tests = BTreeSet::new();
    for folder in ["generator/src", "generator/tests", "generator/runtime/src"] {
        collect_tests(&root.join(folder), &mut tests);
    }
    let promises = promises(&text);
    assert!(promises.len() > 10, "{promises:?}");
    for (promise, names) in promises {
        assert!(!names.is_empty(), "no test for: {promise}");
        for name in names {
            assert!(tests.contains(&name), "no test `{name}` for: {promise}");
        }
    }
}
