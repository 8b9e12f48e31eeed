//! Documents that are wrong, and exactly what people are told about them.

mod documents;

use documents::{Differences, assert_no_leftovers, documents};
use driftless::diagnostic::{Format, render};

#[test]
fn findings_are_the_expected_ones() {
    let mut differences = Differences::default();
    for document in documents("negative") {
        let outcome = document.generate();
        let said = render(&outcome.report, &outcome.source, Format::Human, false);
        differences.compare(
            &document.beside(&format!("{}.stderr", document.file)),
            &said,
        );
        if said.is_empty() {
            differences.add(format!("{}: nothing is said", document.file));
        }
        if outcome.tree.is_some() == outcome.report.has_errors() {
            differences.add(format!("{}: errors and a tree, or neither", document.file));
        }
    }
    differences.assert_none();
    assert_no_leftovers("negative", |document| {
        vec![format!("{}.stderr", document.file)]
    });
}
