//! Documents that are wrong, and exactly what people are told about them.

mod documents;

use std::collections::BTreeSet;

use documents::{Differences, assert_no_leftovers, documents};
use driftless::Outcome;
use driftless::diagnostic::{Format, Severity, render};

/// Errors and a tree exclude each other.
fn is_whole(outcome: &Outcome) -> bool {
    outcome.tree.is_some() != outcome.report.has_errors()
}

#[test]
fn findings_are_the_expected_ones() {
    let mut differences = Differences::default();
    for document in documents("negative") {
        let outcome = document.generate();
        let said = render(&outcome.report, &outcome.source, Format::Human, false);
        let expected = document.beside(&format!("{}.stderr", document.file));
        differences.compare(&expected, &said);
        if said.is_empty() {
            differences.add(format!("{}: nothing is said", document.file));
        }
        if !is_whole(&outcome) {
            differences.add(format!("{}: errors and a tree, or neither", document.file));
        }
    }
    differences.assert_none();
    assert_no_leftovers("negative", |document| {
        vec![
            format!("{}.stderr", document.file),
            format!("{}.toml", document.name()),
        ]
    });
}

#[test]
fn one_run_reports_problems_of_every_stage() {
    let documents = documents("negative");
    let document = documents.iter().find(|it| it.name() == "many-problems");
    let report = document.expect("the document").generate().report;
    let errors = report.diagnostics().iter();
    let errors: BTreeSet<_> = errors
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| diagnostic.code.name())
        .collect();
    for code in [
        "circular-reference",
        "invalid-value",
        "unresolved-reference",
    ] {
        assert!(errors.contains(code), "no {code} in {errors:?}");
    }
}

#[test]
fn a_document_that_is_cut_off_is_no_reason_to_panic() {
    for mut document in documents("golden") {
        let text = document.text.clone();
        for part in 1..16 {
            let mut end = text.len() * part / 16;
            while !text.is_char_boundary(end) {
                end += 1;
            }
            document.text = text[..end].to_owned();
            let whole = is_whole(&document.generate());
            assert!(whole, "{} cut off at {end}", document.file);
        }
    }
}
