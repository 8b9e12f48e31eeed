//! Documents that are right, one for each part of OpenAPI: what is said about
//! them, what their clients offer, and whether the clients compile and do what
//! the document says.

#![allow(
    clippy::expect_used,
    reason = "clippy does not see that this is a part of tests"
)]

mod documents;
mod server;
mod workspace;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use documents::{Differences, assert_no_leftovers, documents, files, files_below, folder_of};
use driftless::diagnostic::{Format, Report, render};
use driftless::{parse, resolve, sample};

/// Requests of the clients that `mock` refuses, each with the reason.
const REFUSED: [(&str, &str); 4] = [
    // The test sends `bytes`, which are no JSON.
    ("request-bodies", "untagged_records_add_records_request"),
    // Credentials of the test for any scheme.
    ("security-tokens", "untagged_digest_digest_request"),
    (
        "security-tokens",
        "untagged_two_headers_two_headers_request",
    ),
    // The example breaks the rules that it is there for.
    ("validation", "untagged_orders_add_order_request_example"),
];

#[test]
fn warnings_and_surfaces_are_the_expected_ones() {
    let mut differences = Differences::default();
    for document in documents("golden") {
        let outcome = document.generate();
        let said = render(&outcome.report, &outcome.source, Format::Short, false);
        let warnings = document.beside(&format!("{}.warnings", document.name()));
        differences.compare(&warnings, &said);
        match &outcome.surface {
            Some(surface) => {
                let path = document.beside(&format!("{}.surface.json", document.name()));
                differences.compare(&path, &surface.to_json());
            }
            None => differences.add(format!("{} has errors:\n{said}", document.file)),
        }
    }
    differences.assert_none();
    assert_no_leftovers("golden", |document| {
        ["warnings", "surface.json", "toml"]
            .map(|ending| format!("{}.{ending}", document.name()))
            .into()
    });
}

/// The documents whose Rust is checked in below `golden/clients`, so that a change of
/// the generator shows in review what it changes for users.
const REVIEWED: [&str; 9] = [
    "enums",
    "multipart-files",
    "pagination",
    "redirects",
    "security",
    "servers-variables",
    "streams",
    "unions",
    "views",
];

#[test]
fn the_rust_of_some_clients_is_the_reviewed_one() {
    let clients = folder_of("golden/clients");
    let mut differences = Differences::default();
    for document in documents("golden") {
        let folder = clients.join(document.name());
        if !REVIEWED.contains(&document.name()) {
            assert!(!folder.exists(), "{folder:?} is none of those");
            continue;
        }
        let tree = document.generate().tree.expect("no errors");
        let is_reviewed = |path: &str| {
            let below = ["src/operations/", "src/types/"];
            path == "src/client.rs" || below.iter().any(|folder| path.starts_with(folder))
        };
        let mut files: BTreeMap<String, String> = tree
            .into_iter()
            .filter(|(path, _)| is_reviewed(path))
            .map(|(path, file)| (path, file.contents))
            .collect();
        // What is no longer made is expected to be empty, which is to be no file.
        for path in files_below(&folder) {
            files.entry(path).or_default();
        }
        for (path, text) in files {
            differences.compare(&folder.join(path), &text);
        }
    }
    differences.assert_none();
}

/// Copies and made-up nodes that differ from what was written at their place
/// must not have its place: messages, names and configuration go by places.
#[test]
fn schemas_of_one_place_are_one_schema() {
    for document in documents("golden") {
        let outcome = document.generate();
        let source = outcome.source;
        let mut report = Report::default();
        let parsed = parse::parse(&source, &mut report).expect("a document");
        let root = &source.entry().root;
        let graph = resolve::resolve(&parsed, root, &BTreeMap::new(), &mut report);
        let mut seen = BTreeMap::new();
        for schema in &graph.schemas {
            if let Some(other) = seen.insert(schema.origin, schema) {
                let reference = source.reference(schema.origin);
                panic!(
                    "{}: {reference} is two schemas: {schema:?} and {other:?}",
                    document.file
                );
            }
        }
    }
}

/// Runs the wire tests that come with each client, also with `mock` as their
/// checker, the hand-written ones of
/// `documents/golden/behaviour/`, of which each stands for a document, and for
/// each document values of all its schemas, there and back again.
#[test]
fn every_client_compiles_and_does_what_its_document_says() {
    let mut workspace = workspace::Workspace::new("golden");
    let mut behaviours = files(&folder_of("golden/behaviour"));
    // While one part is worked on: `GOLDEN=unions,enums cargo test --test golden`.
    let only = std::env::var("GOLDEN").ok();
    let wanted = |name: &str| {
        only.as_deref()
            .is_none_or(|names| names.split(',').any(|only| only == name))
    };
    behaviours.retain(|file| wanted(file.trim_end_matches(".rs")));
    for document in documents("golden") {
        if !wanted(document.name()) {
            continue;
        }
        let outcome = document.generate();
        // Nobody but its author knows the values of another type.
        let unknown = document.text.contains("x-rust-type");
        let round_trip = match unknown {
            true => Vec::new(),
            false => sample::test_files(&outcome),
        };
        let tree = outcome.tree;
        let tree = tree.unwrap_or_else(|| panic!("{} has errors", document.file));
        let mut files: Vec<(String, String)> = tree
            .into_iter()
            .map(|(path, file)| (path, file.contents))
            .collect();
        files.extend(round_trip);
        files.push(("tests/mock.rs".to_owned(), mock_test(document.name())));
        let behaviour = format!("{}.rs", document.name());
        if let Some(at) = behaviours.iter().position(|file| *file == behaviour) {
            behaviours.remove(at);
            files.extend(workspace::behaviour(&behaviour));
        }
        workspace.add(document.name(), &files);
    }
    assert!(behaviours.is_empty(), "no documents for {behaviours:?}");
    workspace.test();
    let programs = workspace.programs("wire");
    assert!(!programs.is_empty(), "no wire tests");
    for (name, program) in &programs {
        let (found, said) = refused(name, program);
        let known = REFUSED.iter().filter(|(document, _)| document == name);
        let known: Vec<&str> = known.map(|(_, test)| *test).collect();
        assert_eq!(found, known, "what `mock` refuses of {name}: {said}");
    }
    workspace.test_examples();
    // What others write must not break the documentation either.
    for name in ["hostile", "names"] {
        if wanted(name) {
            workspace.document(&format!("golden-{name}"));
        }
    }
}

/// That the mock of a client has a client: whatever the document, its builder
/// wants nothing that the mock does not give it.
fn mock_test(document: &str) -> String {
    let library = format!("golden_{}", document.replace('-', "_"));
    format!(
        "#[test]\nfn a_mock_has_a_client() {{\n    \
         let _: {library}::Client = (*{library}::mock::Mock::new()).client();\n}}\n"
    )
}

/// Sends the requests of a client's wire tests to a `mock` of its document; the
/// tests that fail, and what they say.
fn refused(name: &str, program: &Path) -> (Vec<String>, String) {
    let folder = folder_of("golden");
    let candidates = ["{}.yaml", "{}.json", "{}/openapi.yaml"];
    let mut paths = candidates
        .map(|path| folder.join(path.replace("{}", name)))
        .into_iter();
    let document = paths.find(|path| path.is_file());
    let document = document.expect("a document");
    let config = folder.join(format!("{name}.toml"));
    let config = config.to_string_lossy();
    let flags = match Path::new(&*config).is_file() {
        true => vec!["--config", &config],
        false => Vec::new(),
    };
    let server = server::Server::start(&document, &flags);
    let ran = Command::new(program)
        .args(["request", "--skip", "_response_"])
        .env("WIRE_CHECKER", server.url())
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("the tests run");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let failed = said.lines().filter_map(|line| {
        let test = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
        Some(test.to_owned())
    });
    (failed.collect(), said.clone())
}
