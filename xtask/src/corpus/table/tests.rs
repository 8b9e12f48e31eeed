//! Tables of documents that went well, and of others.

use super::*;
use crate::corpus::compilation::Compiled;
use crate::corpus::document::Document;
use crate::corpus::generation::Generated;

fn row(name: &str, failure: Option<Trouble>, compiled: Option<Compiled>) -> Row {
    Row {
        document: Document {
            name: name.to_owned(),
            entry: "".into(),
            root: "".into(),
            version: "3.0.3".to_owned(),
        },
        generated: Generated {
            failure,
            operations: 3,
            skipped: 0,
            types: 12,
            lines: 4567,
            warnings: [("no-effect".to_owned(), 2)].into(),
            took: Duration::from_millis(1234),
            memory: Some(10 * 1024 * 1024),
        },
        compiled,
    }
}

fn rows() -> [Row; 3] {
    let trouble = |short: &str, details: &[&str]| {
        Some(Trouble {
            short: short.to_owned(),
            details: details.iter().map(|line| (*line).to_owned()).collect(),
        })
    };
    let errors = ["one", "two", "three", "four", "five", "six"];
    [
        row("bad", trouble("6 errors", &errors), None),
        row(
            "pets",
            None,
            Some(Compiled {
                failure: None,
                took: Some(Duration::from_millis(2500)),
            }),
        ),
        row(
            "stores",
            None,
            Some(Compiled {
                failure: trouble("1 error", &["error: unused"]),
                took: None,
            }),
        ),
    ]
}

#[test]
fn columns_are_aligned_and_errors_stand_below() {
    let text = text(&rows(), Format::Human, false);
    let text = anstream::adapter::strip_str(&text).to_string();
    let expected = "\
document  version  ops  types  lines   time  memory  generated  compiles      in  warnings
bad       3.0.3                       1.23s     10M  6 errors                     no-effect 2
pets      3.0.3      3     12   4567  1.23s     10M  ok         ok         2.50s  no-effect 2
stores    3.0.3      3     12   4567  1.23s     10M  ok         1 error   cached  no-effect 2

bad: 6 errors
    one
    two
    three
    four
    five
    and 1 more

stores: 1 error
    error: unused

3 documents: 2 generated, 1 compiled; ";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn nothing_is_cut_where_all_is_asked_for() {
    let text = text(&rows(), Format::Human, true);
    assert!(text.contains("    six\n"), "{text}");
}

#[test]
fn programs_get_numbers() {
    let table: Json = serde_json::from_str(&text(&rows(), Format::Json, false)).unwrap();
    let documents = &table["documents"];
    assert_eq!(documents[0]["generated"]["ok"], false);
    assert_eq!(documents[0]["generated"]["errors"][5], "six");
    assert_eq!(documents[0]["compiled"], Json::Null);
    assert_eq!(documents[1]["compiled"]["ok"], true);
    assert_eq!(documents[1]["compiled"]["seconds"], 2.5);
    assert_eq!(documents[1]["memory"], 10 * 1024 * 1024);
    assert_eq!(documents[1]["warnings"]["no-effect"], 2);
    assert_eq!(documents[2]["compiled"]["problem"], "1 error");
}

#[test]
fn markdown_is_a_table() {
    let text = text(&rows(), Format::Markdown, false);
    let mut lines = text.lines();
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("| document | version | ops |"))
    );
    assert_eq!(lines.next().map(|line| line.matches('|').count()), Some(12));
    assert!(text.contains("| pets | 3.0.3 | 3 | 12 |"), "{text}");
    assert!(text.contains("**stores**: 1 error\n\n~~~~~~text\nerror: unused\n"));
}
