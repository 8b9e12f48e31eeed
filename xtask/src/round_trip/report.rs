//! What became of the values of documents: rows in, a text out.

use driftless::cli::Tone;
use serde_json::{Value as Json, json};

use super::Row;

/// How many failures of a document are shown, and how many characters of each.
const FAILURES: usize = 10;
const CHARACTERS: usize = 300;

/// The results in columns, the failures below, and the shares in the last
/// lines; `all` of the failures or the first.
pub(super) fn text(rows: &[Row], all: bool) -> String {
    let width = rows.iter().map(|row| row.document.name.len()).max();
    let width = width.unwrap_or(0).max("document".len());
    let header = format!(
        "{:width$}  {:>15}  {:>15}",
        "document", "samples", "examples"
    );
    let mut text = format!("{}\n", Tone::Plain.paint(header));
    for row in rows {
        let name = &row.document.name;
        let line = match &row.trouble {
            Some(trouble) => format!("{name:width$}  {}", trouble.short),
            None => {
                let share = |of, all| share(all, row.result.failed(of));
                let samples = share("samples", row.result.samples);
                let examples = share("examples", row.result.examples);
                format!("{name:width$}  {samples:>15}  {examples:>15}")
            }
        };
        let good = row.trouble.is_none() && row.result.failures.is_empty();
        match good {
            true => text.push_str(&line),
            false => text.push_str(&Tone::Bad.paint(line)),
        }
        text.push('\n');
    }
    for row in rows {
        text.push_str(&failures(row, all));
    }
    let sum = |number: &dyn Fn(&Row) -> usize| rows.iter().map(number).sum::<usize>();
    let samples = share(
        sum(&|row| row.result.samples),
        sum(&|row| row.result.failed("samples")),
    );
    let examples = share(
        sum(&|row| row.result.examples),
        sum(&|row| row.result.failed("examples")),
    );
    let misfits = sum(&|row| row.result.misfits);
    text.push_str(&format!(
        "\nsamples: {samples} come back\n\
         examples: {examples} decode; {misfits} more do not fit their schemas\n"
    ));
    let broken = share(
        sum(&|row| row.result.broken),
        sum(&|row| row.result.failed("broken")),
    );
    let disputed = sum(&|row| row.result.disputed);
    text.push_str(&format!(
        "broken values: {broken} are refused; {disputed} more are disputed\n"
    ));
    let untyped = sum(&|row| row.result.untyped.len());
    if untyped > 0 {
        text.push_str(&format!("{untyped} component schemas have no type\n"));
    }
    let untested = sum(&|row| usize::from(row.trouble.is_some()));
    if untested > 0 {
        text.push_str(&format!(
            "{untested} of {} documents not tested\n",
            rows.len()
        ));
    }
    text
}

fn share(all: usize, failed: usize) -> String {
    format!("{} of {all}", all - failed)
}

fn failures(row: &Row, all: bool) -> String {
    let (count, length) = match all {
        true => (usize::MAX, usize::MAX),
        false => (FAILURES, CHARACTERS),
    };
    let mut text = String::new();
    let name = Tone::Bad.paint(&row.document.name);
    let mut add = |lines: &[String]| {
        for line in lines {
            let short: String = line.chars().take(length).collect();
            let more = if short.len() < line.len() { "…" } else { "" };
            text.push_str(&format!("    {short}{more}\n"));
        }
    };
    if let Some(trouble) = &row.trouble {
        let details = trouble.details.iter().flat_map(|detail| detail.lines());
        let details: Vec<String> = details.take(count).map(str::to_owned).collect();
        add(&details);
    }
    for failure in row.result.failures.iter().take(count) {
        add(&[
            format!("{} ({})", failure.place, failure.case),
            format!("    {}", failure.value),
            format!("    {}", failure.problem),
        ]);
    }
    let more = row.result.failures.len().saturating_sub(count);
    if more > 0 {
        add(&[format!("and {more} more")]);
    }
    match text.is_empty() {
        true => text,
        false => format!("\n{name}\n{text}"),
    }
}

/// The same for programs.
pub(super) fn json(rows: &[Row]) -> String {
    let documents = rows.iter().map(|row| {
        let failures = row.result.failures.iter().map(|failure| {
            json!({
                "of": failure.of,
                "place": failure.place,
                "case": failure.case,
                "problem": failure.problem,
                "value": failure.value,
            })
        });
        json!({
            "document": row.document.name,
            "problem": row.trouble.as_ref().map(|trouble| &trouble.short),
            "errors": row.trouble.as_ref().map(|trouble| &trouble.details),
            "samples": row.result.samples,
            "examples": row.result.examples,
            "broken": row.result.broken,
            "disputed": row.result.disputed,
            "misfits": row.result.misfits,
            "untyped": row.result.untyped,
            "failures": failures.collect::<Json>(),
        })
    });
    let report = json!({"version": 1, "documents": documents.collect::<Json>()});
    format!("{report:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::document::Document;
    use crate::corpus::generation::Trouble;
    use crate::round_trip::{TestFailure, TestResult};

    fn row(name: &str, trouble: Option<Trouble>, failures: Vec<TestFailure>) -> Row {
        Row {
            document: Document {
                name: name.to_owned(),
                entry: "".into(),
                root: "".into(),
                version: "3.0.3".to_owned(),
            },
            result: match trouble {
                Some(_) => TestResult::default(),
                None => TestResult {
                    samples: 20,
                    examples: 3,
                    broken: 7,
                    disputed: 0,
                    misfits: 1,
                    untyped: vec!["Absent".to_owned()],
                    failures,
                },
            },
            trouble,
        }
    }

    fn rows() -> [Row; 3] {
        let failure = |of: &str| TestFailure {
            of: of.to_owned(),
            place: "#/components/schemas/Pet".to_owned(),
            case: "all properties".to_owned(),
            problem: "comes back as {}".to_owned(),
            value: json!({"a": 1}),
        };
        let trouble = Trouble {
            short: "2 errors".to_owned(),
            details: vec!["error: one".to_owned(), "error: two".to_owned()],
        };
        [
            row("bad", Some(trouble), Vec::new()),
            row("good", None, Vec::new()),
            row("wrong", None, vec![failure("samples"), failure("examples")]),
        ]
    }

    #[test]
    fn shares_and_failures_are_told() {
        let text = text(&rows(), false);
        let text = anstream::adapter::strip_str(&text).to_string();
        let expected = "\
document          samples         examples
bad       2 errors
good             20 of 20           3 of 3
wrong            19 of 20           2 of 3

bad
    error: one
    error: two

wrong
    #/components/schemas/Pet (all properties)
        {\"a\":1}
        comes back as {}
    #/components/schemas/Pet (all properties)
        {\"a\":1}
        comes back as {}

samples: 39 of 40 come back
examples: 5 of 6 decode; 2 more do not fit their schemas
broken values: 14 of 14 are refused; 0 more are disputed
2 component schemas have no type
1 of 3 documents not tested
";
        assert_eq!(text, expected);
    }

    #[test]
    fn programs_get_all_failures() {
        let report: Json = serde_json::from_str(&json(&rows())).unwrap();
        assert_eq!(report["documents"][0]["errors"][1], "error: two");
        assert_eq!(report["documents"][1]["problem"], Json::Null);
        assert_eq!(report["documents"][2]["failures"][1]["of"], "examples");
    }
}
