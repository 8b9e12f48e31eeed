//! What is found, in the form the arguments ask for: diagnostics of the
//! document by the renderer of the library, joined with findings of a command.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{Context, Failure, Format};
use crate::diagnostic::{self, Report, Severity, visible_json};
use crate::source::Source;

/// The diagnostics of a run. Empty in JSON, whose one object comes at the end.
pub(super) fn diagnostics(context: &Context<'_>, report: &Report, source: &Source) -> String {
    let format = match context.format {
        Format::Human => diagnostic::Format::Human,
        Format::Short => diagnostic::Format::Short,
        Format::Json => return String::new(),
        Format::Github => diagnostic::Format::Github,
        Format::Markdown => diagnostic::Format::Markdown,
    };
    let mut text = diagnostic::render(report, source, format, context.terminal.report_styled());
    if format == diagnostic::Format::Human {
        text.push_str(&more(context, report));
    }
    text
}

/// Where more is said about the kinds of findings.
fn more(context: &Context<'_>, report: &Report) -> String {
    let codes: BTreeSet<&str> = report
        .diagnostics()
        .iter()
        .map(|finding| finding.code.name())
        .collect();
    let Some(first) = codes.first() else {
        return String::new();
    };
    let program = context.defaults.program;
    match codes.len() {
        1 => format!("For more about this, run `{program} explain {first}`.\n\n"),
        _ => {
            let codes = Vec::from_iter(codes).join(", ");
            format!("For more about these, run `{program} explain CODE`: {codes}.\n\n")
        }
    }
}

/// Shows the diagnostics on standard error, where the report is something else.
pub(super) fn aside(context: &Context<'_>, report: &Report, source: &Source) {
    let format = match context.format {
        // There is no object that they could be in.
        Format::Json => Format::Short,
        other => other,
    };
    let context = Context { format, ..*context };
    context
        .terminal
        .aside(diagnostics(&context, report, source));
}

/// The same at the end of a command that can do no more: also in JSON.
pub(super) fn last(
    context: &Context<'_>,
    report: &Report,
    source: &Source,
) -> Result<String, Failure> {
    match context.format {
        Format::Json => self::json(report, source, Vec::new(), None),
        _ => Ok(diagnostics(context, report, source)),
    }
}

/// The one JSON object of a command: the diagnostics of the run and what the
/// command found besides, then what the command did.
pub(super) fn json(
    report: &Report,
    source: &Source,
    more: Vec<Json>,
    done: Option<(&str, Json)>,
) -> Result<String, Failure> {
    let rendered = diagnostic::render(report, source, diagnostic::Format::Json, false);
    let mut object: Json = serde_json::from_str(&rendered)
        .map_err(|error| Failure::new(format!("the findings are not JSON: {error}")))?;
    match object.get_mut("findings").and_then(Json::as_array_mut) {
        Some(findings) => findings.extend(more),
        None => object["findings"] = json!(more),
    }
    let all = object["findings"].as_array();
    let count = |severity: Severity| {
        let findings = all.into_iter().flatten();
        findings
            .filter(|finding| finding["severity"] == severity.name())
            .count()
    };
    object["counts"] = json!({
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
    });
    if let Some((key, value)) = done {
        object[key] = value;
    }
    Ok(format!("{}\n", visible_json(&format!("{object:#}"))))
}

/// `1 error and 2 warnings`.
pub(super) fn counts(report: &Report) -> String {
    let errors = plural(report.count(Severity::Error), "error");
    match report.count(Severity::Warning) {
        0 => errors,
        warnings => format!("{errors} and {}", plural(warnings, "warning")),
    }
}

/// `; 2 warnings` for the end of a summary; empty where there are none.
pub(super) fn warnings(report: &Report) -> String {
    match report.count(Severity::Warning) {
        0 => String::new(),
        count => format!("; {}", plural(count, "warning")),
    }
}

/// A number with its noun.
pub(super) fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
