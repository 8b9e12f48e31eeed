//! Differences as text: one renderer per form of report.

use serde_json::{Value as Json, json as object};

use super::{Difference, counts};
use crate::cli::findings::plural;
use crate::cli::{Tone, Verbosity};
use crate::diagnostic::visible;

/// How many lines of a difference are shown where nobody asks for all.
const SHOWN_LINES: usize = 24;
/// How many differences are shown with their lines.
const SHOWN_DIFFERENCES: usize = 10;
/// How much of a line is shown.
const SHOWN_COLUMNS: usize = 200;

/// In the style of rustc, each with its unified difference.
pub(crate) fn human(differences: &[Difference], remedy: &str, verbosity: Verbosity) -> String {
    let all = verbosity == Verbosity::Verbose;
    let mut text = String::new();
    for (number, difference) in differences.iter().enumerate() {
        let label = Tone::Bad.paint(format_args!("error[{}]", difference.kind.code()));
        text.push_str(&format!("{label}: {}\n", visible(&difference.message())));
        if let Some((path, line, column, pointer)) = difference.source() {
            let place = format!("{path}:{line}:{column} {pointer}");
            text.push_str(&format!("  --> {}\n", visible(&place)));
        }
        if difference.stays {
            let label = Tone::Plain.paint("help");
            text.push_str(&format!("  = {label}: {}\n", difference.help(remedy)));
        }
        if all || number < SHOWN_DIFFERENCES {
            text.push_str(&painted(&difference.diff, all));
            text.push('\n');
        }
    }
    let hidden = differences.len().saturating_sub(SHOWN_DIFFERENCES);
    if hidden > 0 && !all {
        let hidden = plural(hidden, "more difference");
        text.push_str(&format!("({hidden} without lines: `-v` shows all)\n\n"));
    }
    text
}

/// The lines of a difference in colours, shortened unless `all` is set.
fn painted(diff: &str, all: bool) -> String {
    let limit = if all { usize::MAX } else { SHOWN_LINES };
    let mut text = String::new();
    for line in diff.lines().take(limit) {
        let line = visible(if all { line } else { shortened(line) });
        let tone = match line.as_bytes().first() {
            Some(b'+') => Tone::Good,
            Some(b'-') => Tone::Bad,
            _ => {
                text.push_str(&format!("{line}\n"));
                continue;
            }
        };
        text.push_str(&format!("{}\n", tone.paint(line)));
    }
    let more = diff.lines().count().saturating_sub(limit);
    if more > 0 {
        let more = plural(more, "more line");
        text.push_str(&format!("({more}: `-v` shows all)\n"));
    }
    text
}

fn shortened(line: &str) -> &str {
    let end = line.char_indices().nth(SHOWN_COLUMNS).map(|(at, _)| at);
    &line[..end.unwrap_or(line.len())]
}

/// What follows from the differences.
pub(crate) fn closing(differences: &[Difference], out: &str, spec: &str, remedy: &str) -> String {
    let label = Tone::Bad.paint("error");
    let counts = counts(differences);
    let mut text = format!("{label}: {out} has drifted from {spec}: {counts}\n");
    if differences.iter().any(|difference| !difference.stays) {
        let label = Tone::Plain.paint("help");
        text.push_str(&format!(
            " {label}: run `{remedy}` and commit what it changes\n"
        ));
    }
    text
}

/// One line per difference.
pub(crate) fn short(differences: &[Difference]) -> String {
    let line = |difference: &Difference| {
        let (path, line, column) = difference.place();
        let (code, message) = (difference.kind.code(), difference.message());
        let text = format!("{path}:{line}:{column}: error[{code}]: {message}");
        format!("{}\n", visible(&text))
    };
    differences.iter().map(line).collect()
}

/// Annotations of a GitHub workflow.
pub(crate) fn github(differences: &[Difference], remedy: &str) -> String {
    let line = |difference: &Difference| {
        let (path, line, column) = difference.place();
        let message = format!("{}; {}", difference.message(), difference.help(remedy));
        format!(
            "::error file={},line={line},col={column},title={}::{}\n",
            escaped(path).replace(':', "%3A").replace(',', "%2C"),
            difference.kind.code(),
            escaped(&message),
        )
    };
    differences.iter().map(line).collect()
}

pub(crate) fn escaped(text: &str) -> String {
    visible(text).replace('%', "%25")
}

/// A comment on a pull request.
pub(crate) fn markdown(differences: &[Difference], out: &str, remedy: &str) -> String {
    if differences.is_empty() {
        return format!("`{out}` is up to date.\n");
    }
    let mut text = format!(
        "**`{out}` has drifted** ({}). Run `{remedy}` and commit what it changes.\n",
        counts(differences)
    );
    for difference in differences {
        let (kind, message) = (difference.kind.word(), difference.message());
        let from = difference
            .source()
            .map_or_else(String::new, |(path, line, column, pointer)| {
                format!(", from `{path}:{line}:{column}` `{pointer}`")
            });
        text.push_str(&format!("\n- **{kind}**: {}{from}\n", visible(&message)));
        if difference.diff.is_empty() {
            continue;
        }
        // A fence that no line of the difference can close.
        let fence = "`".repeat((longest_fence(&difference.diff) + 1).max(3));
        text.push_str(&format!(
            "\n  <details><summary>difference</summary>\n\n  {fence}diff\n"
        ));
        for line in difference.diff.lines().take(SHOWN_LINES) {
            text.push_str(&format!("  {}\n", visible(shortened(line))));
        }
        text.push_str(&format!("  {fence}\n\n  </details>\n"));
    }
    text
}

/// The most backticks in a row.
fn longest_fence(text: &str) -> usize {
    let runs = text.split(|character| character != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// One finding of the JSON form: the keys of a diagnostic, and those that only
/// a difference has.
pub(crate) fn json(difference: &Difference, remedy: &str) -> Json {
    let (file, line, column) = difference.place();
    let pointer = difference
        .place
        .as_ref()
        .map(|place| place.pointer.trim_start_matches('#'));
    object!({
        "code": difference.kind.code(),
        "severity": "error",
        "message": difference.message(),
        "help": difference.help(remedy),
        "file": file,
        "line": line,
        "column": column,
        "pointer": pointer,
        "path": difference.path,
        "diff": difference.diff,
    })
}
