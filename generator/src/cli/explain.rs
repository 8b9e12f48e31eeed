//! `explain`: what a code means and what to do about it.

use std::collections::BTreeMap;

use super::{Context, Failure, Format, Tone, Verdict, drift};
use crate::diagnostic::{Code, Correction, nearest};

/// Runs the command.
pub(super) fn run(context: &Context<'_>, code: Option<&str>) -> Result<Verdict, Failure> {
    let mut codes = all();
    if let Some(name) = code {
        if !codes.contains_key(name) {
            return Err(unknown(context, name, &codes));
        }
        codes.retain(|other, _| *other == name);
    }
    context.terminal.report(match (context.format, code) {
        (Format::Json, _) => {
            let codes: Vec<_> = codes
                .iter()
                .map(|(code, text)| {
                    let mut entry = serde_json::json!({"code": code, "explanation": text});
                    if let Some(correction) = correction(code) {
                        entry["wrong"] = correction.wrong.into();
                        entry["right"] = correction.right.into();
                    }
                    entry
                })
                .collect();
            format!("{:#}\n", serde_json::json!({"version": 1, "codes": codes}))
        }
        (_, Some(_)) => codes
            .iter()
            .map(|(code, text)| format!("{}{}", wrapped(text), shown(code)))
            .collect(),
        (_, None) => list(&codes),
    });
    Ok(Verdict::Done)
}

/// Every code that a command reports, and what it means: those of documents,
/// and those of client crates.
fn all() -> BTreeMap<&'static str, &'static str> {
    let documents = Code::ALL
        .iter()
        .map(|code| (code.name(), code.explanation()));
    let crates = drift::Kind::ALL.map(|kind| (kind.code(), kind.explanation()));
    documents.chain(crates).collect()
}

fn correction(code: &str) -> Option<Correction> {
    Code::from_name(code).and_then(Code::correction)
}

/// The example of a code: what is reported, and what to write in its place.
fn shown(code: &str) -> String {
    let Some(Correction { wrong, right }) = correction(code) else {
        return String::new();
    };
    let indented = |text: &str| {
        let lines = text.lines().map(|line| format!("    {line}\n"));
        lines.collect::<String>()
    };
    format!(
        "\nThis is reported:\n\n{}\nThis is not:\n\n{}",
        indented(wrong),
        indented(right)
    )
}

/// One line per code: its name and the first sentence about it.
fn list(codes: &BTreeMap<&str, &str>) -> String {
    let width = codes
        .keys()
        .map(|code| code.len())
        .max()
        .unwrap_or_default();
    let line = |(code, text): (&&str, &&str)| {
        let name = Tone::Plain.paint(format_args!("{code:width$}"));
        let sentence = text.split_inclusive(". ").next().unwrap_or_default();
        format!("{name}  {}\n", sentence.trim_end())
    };
    codes.iter().map(line).collect()
}

/// The text in lines that fit a terminal.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > 80 {
            lines.push('\n');
            column = 0;
        }
        if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += width;
    }
    lines.push('\n');
    lines
}

fn unknown(context: &Context<'_>, name: &str, codes: &BTreeMap<&str, &str>) -> Failure {
    let program = context.defaults.program;
    let listing = format!("`{program} explain` lists all");
    Failure::new(format!("there is no code `{name}`")).help(
        match nearest(name, codes.keys().copied()) {
            Some(meant) => format!("did you mean `{meant}`? {listing}"),
            None => listing,
        },
    )
}
