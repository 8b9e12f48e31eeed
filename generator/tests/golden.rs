//! Documents that are right, one for each part of OpenAPI: what is said about
//! them, what their clients offer, and whether the clients compile and do what
//! the document says.

mod documents;
mod workspace;

use documents::{Differences, assert_no_leftovers, documents, files, folder_of};
use driftless::diagnostic::{Format, render};
use driftless::sample;

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

/// Runs the wire tests that come with each client, the hand-written ones of
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
         let _ = {library}::mock::Mock::new().client();\n}}\n"
    )
}
