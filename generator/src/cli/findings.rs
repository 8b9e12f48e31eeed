//! What is found, in the form the arguments ask for: diagnostics of the
//! document by the renderer of the library, joined with findings of a command.

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
    diagnostic::render(report, source, format, context.terminal.report_styled())
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
    if let Some((key, value)) = done {
        object[key] = value;
    }
    Ok(format!("{}\n", visible_json(&format!("{object:#}"))))
}

/// `1 error and 2 warnings`.
pub(super) fn counts(report: &Report) -> String {
    let count = |severity| {
        let all = report.diagnostics().iter();
        all.filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let errors = plural(count(Severity::Error), "error");
    match count(Severity::Warning) {
        0 => errors,
        warnings => format!("{errors} and {}", plural(warnings, "warning")),
    }
}

/// A number with its noun.
pub(super) fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
