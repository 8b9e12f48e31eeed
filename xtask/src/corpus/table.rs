//! The table of a corpus: what became of each document in, a text out.

use std::time::Duration;

use driftless::cli::{Format, Tone};
use serde_json::{Value as Json, json};

use super::Row;
use super::generation::Trouble;

/// How many of the errors of a document are shown, and how many lines of each.
const ERRORS: usize = 5;
const LINES: usize = 16;

/// The columns. All but the first, the version, the results and the warnings
/// are numbers.
const COLUMNS: [&str; 11] = [
    "document",
    "version",
    "ops",
    "types",
    "lines",
    "time",
    "memory",
    "generated",
    "compiles",
    "in",
    "warnings",
];
const NUMBERS: [usize; 6] = [2, 3, 4, 5, 6, 9];

/// The table in a form, with the errors below it; `all` of them or the first.
pub(super) fn text(rows: &[Row], format: Format, all: bool) -> String {
    match format {
        Format::Json => format!("{:#}\n", json(rows)),
        Format::Markdown => markdown(rows, all),
        Format::Short => aligned(rows),
        Format::Human | Format::Github => {
            format!("{}{}\n{}\n", aligned(rows), errors(rows, all), totals(rows))
        }
    }
}

fn cells(row: &Row) -> [String; COLUMNS.len()] {
    let generated = &row.generated;
    let good = generated.failure.is_none();
    let number = |count: usize| match good {
        true => count.to_string(),
        false => String::new(),
    };
    let operations = match generated.skipped {
        0 => number(generated.operations),
        skipped => format!("{}+{skipped} skipped", generated.operations),
    };
    let warnings = generated.warnings.iter();
    let warnings: Vec<String> = warnings
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    let compiled = row.compiled.as_ref();
    let took = compiled.map(|compiled| match compiled.took {
        Some(took) => seconds(took),
        None => "cached".to_owned(),
    });
    [
        row.document.name.clone(),
        row.document.version.clone(),
        operations,
        number(generated.types),
        number(generated.lines),
        seconds(generated.took),
        generated.memory.map(mebibytes).unwrap_or_default(),
        short(generated.failure.as_ref()),
        compiled
            .map(|compiled| short(compiled.failure.as_ref()))
            .unwrap_or_default(),
        took.unwrap_or_default(),
        warnings.join(", "),
    ]
}

fn short(failure: Option<&Trouble>) -> String {
    failure.map_or_else(|| "ok".to_owned(), |trouble| trouble.short.clone())
}

fn seconds(took: Duration) -> String {
    format!("{:.2}s", took.as_secs_f64())
}

fn mebibytes(bytes: u64) -> String {
    format!("{}M", bytes.div_ceil(1024 * 1024))
}

fn aligned(rows: &[Row]) -> String {
    let all: Vec<_> = rows.iter().map(cells).collect();
    let header = COLUMNS.map(str::to_owned);
    let mut widths = [0; COLUMNS.len()];
    for row in all.iter().chain([&header]) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String]| {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let width = widths[at];
            match NUMBERS.contains(&at) {
                true => format!("{cell:>width$}"),
                false => format!("{cell:<width$}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut text = format!("{}\n", Tone::Plain.paint(line(&header)));
    for (row, cells) in rows.iter().zip(&all) {
        let line = line(cells);
        let line = match row.passed() {
            true => line,
            false => Tone::Bad.paint(line),
        };
        text.push_str(&format!("{line}\n"));
    }
    text
}

fn errors(rows: &[Row], all: bool) -> String {
    let mut text = String::new();
    for row in rows {
        for trouble in row.troubles() {
            let name = Tone::Bad.paint(&row.document.name);
            text.push_str(&format!("\n{name}: {}\n", trouble.short));
            let details = shown(trouble, all);
            text.extend(details.iter().map(|line| format!("    {line}\n")));
        }
    }
    text
}

fn markdown(rows: &[Row], all: bool) -> String {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut text = line(&COLUMNS.map(str::to_owned));
    let rule = (0..COLUMNS.len()).map(|at| match NUMBERS.contains(&at) {
        true => "--:".to_owned(),
        false => "---".to_owned(),
    });
    text.push_str(&line(&rule.collect::<Vec<_>>()));
    text.extend(rows.iter().map(|row| line(&cells(row))));
    text.push_str(&format!("\n{}\n", totals(rows)));
    for row in rows {
        for trouble in row.troubles() {
            let details = shown(trouble, all).join("\n");
            // A fence that nothing in it can close.
            text.push_str(&format!(
                "\n**{}**: {}\n\n~~~~~~text\n{details}\n~~~~~~\n",
                row.document.name, trouble.short
            ));
        }
    }
    text
}

/// The lines to show of what went wrong.
fn shown(trouble: &Trouble, all: bool) -> Vec<String> {
    let limit = |count| if all { usize::MAX } else { count };
    let mut shown = Vec::new();
    for details in trouble.details.iter().take(limit(ERRORS)) {
        let count = details.lines().count();
        let lines = details.lines().take(limit(LINES)).map(str::to_owned);
        shown.extend(lines);
        if count > limit(LINES) {
            shown.push("…".to_owned());
        }
    }
    let more = trouble.details.len().saturating_sub(limit(ERRORS));
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown
}

fn totals(rows: &[Row]) -> String {
    let count = |wanted: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count();
    let generated = count(&|row| row.generated.failure.is_none());
    let sum = |number: fn(&Row) -> usize| rows.iter().map(number).sum::<usize>();
    let noun = if rows.len() == 1 {
        "document"
    } else {
        "documents"
    };
    let mut text = format!("{} {noun}: {generated} generated", rows.len());
    if rows.iter().any(|row| row.compiled.is_some()) {
        let compiled = count(&|row| {
            let compiled = row.compiled.as_ref();
            compiled.is_some_and(|compiled| compiled.failure.is_none())
        });
        text.push_str(&format!(", {compiled} compiled"));
    }
    text.push_str(&format!(
        "; {} operations, {} types, {} lines, {} warnings",
        sum(|row| row.generated.operations),
        sum(|row| row.generated.types),
        sum(|row| row.generated.lines),
        sum(|row| row.generated.warnings.values().sum()),
    ));
    if cfg!(debug_assertions) {
        text.push_str(
            "\nThis program was built without optimisation: times are those of \
             `cargo run --release --package xtask -- corpus …`",
        );
    }
    text
}

fn json(rows: &[Row]) -> Json {
    let result = |failure: Option<&Trouble>| {
        json!({
            "ok": failure.is_none(),
            "problem": failure.map(|trouble| &trouble.short),
            "errors": failure.map(|trouble| &trouble.details[..]).unwrap_or_default(),
        })
    };
    let documents = rows.iter().map(|row| {
        let generated = &row.generated;
        let compiled = row.compiled.as_ref().map(|compiled| {
            let mut object = result(compiled.failure.as_ref());
            object["seconds"] = json!(compiled.took.map(|took| took.as_secs_f64()));
            object
        });
        json!({
            "document": row.document.name,
            "openapi": row.document.version,
            "operations": generated.operations,
            "skipped": generated.skipped,
            "types": generated.types,
            "lines": generated.lines,
            "warnings": generated.warnings,
            "seconds": generated.took.as_secs_f64(),
            "memory": generated.memory,
            "generated": result(generated.failure.as_ref()),
            "compiled": compiled,
        })
    });
    json!({
        "version": 1,
        "optimised": !cfg!(debug_assertions),
        "documents": documents.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
