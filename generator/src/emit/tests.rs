//! Documentation becomes Markdown that rustdoc takes as prose.

use super::docs::lines;
use crate::model::Docs;

fn laid_out(text: &str) -> Vec<String> {
    let docs = Docs {
        text: Some(text.to_owned()),
        notes: Vec::new(),
    };
    lines(&docs, "fallback")
}

#[test]
fn code_never_becomes_a_doctest() {
    assert_eq!(
        laid_out("```\nlet x = 1;\n```"),
        ["```text", "let x = 1;", "```"]
    );
    assert_eq!(
        laid_out("```rust\nlet x = 1;\n```"),
        ["```text", "let x = 1;", "```"]
    );
    assert_eq!(laid_out("~~~\na\n~~~"), ["```text", "a", "```"]);
    assert_eq!(
        laid_out("Call:\n\n    curl -X GET\n\ndone"),
        ["Call:", "", "```text", "curl -X GET", "```", "", "done"]
    );
    // Nothing closes it; rustdoc would take the rest of the page.
    assert_eq!(laid_out("```\nopen"), ["```text", "open", "```"]);
    // A block that has a fence in it.
    assert_eq!(laid_out("````\n```\n````"), ["````text", "```", "````"]);
}

#[test]
fn markup_and_brackets_are_shown_and_not_obeyed() {
    assert_eq!(laid_out("a <script> b"), ["a \\<script> b"]);
    assert_eq!(laid_out("see [the docs]"), ["see \\[the docs]"]);
    assert_eq!(
        laid_out("see [the docs](https://example.com)"),
        ["see [the docs](https://example.com)"]
    );
    assert_eq!(laid_out("`Vec<T>`"), ["`Vec<T>`"]);
    assert_eq!(laid_out("a\u{0}b\u{7}"), ["ab"]);
}

#[test]
fn long_lines_are_wrapped_where_that_changes_nothing() {
    let long = "word ".repeat(40);
    let wrapped = laid_out(&long);
    assert!(wrapped.len() > 1);
    assert!(wrapped.iter().all(|line| line.len() <= 88), "{wrapped:?}");
    assert_eq!(wrapped.join(" "), long.trim());

    let item = format!("- {}", "word ".repeat(40));
    let wrapped = laid_out(&item);
    assert!(wrapped[1].starts_with("  word"), "{wrapped:?}");

    let table = format!(
        "| a | b |\n|---|---|\n| {} | x |",
        "word ".repeat(40).trim()
    );
    assert_eq!(laid_out(&table).len(), 3);

    // A dash or number at the start of a line would be a list.
    let dashes = "word - 1. # > | ".repeat(12);
    for line in laid_out(&dashes) {
        assert!(line.starts_with("word"), "{line:?}");
    }
}

#[test]
fn code_in_lists_and_quotations_stays_there() {
    assert_eq!(
        laid_out("- ```rust\n  a()\n  ```\n- b"),
        ["- ```text", "  a()", "  ```", "", "- b"]
    );
    assert_eq!(
        laid_out("> ```\n> a()\n> ```\n\nb"),
        ["> ```text", "> a()", "> ```", "", "", "b"]
    );
}
