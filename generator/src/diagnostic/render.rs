//! The report as text: findings and the texts they point into in, what is
//! printed out.

use std::collections::HashSet;
use std::fmt::Write;

use super::visible::visible;
use super::{Diagnostic, Report, Severity, frame};
use crate::source::{Position, Source};

/// The form of a rendered report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: each finding with the lines it is about and what to do.
    #[default]
    Human,
    /// One line each, as editors read it.
    Short,
    /// One JSON object.
    Json,
    /// Workflow commands, which GitHub shows beside the lines.
    Github,
    /// A list for a comment or a summary page.
    Markdown,
}

/// Writes all findings, warnings before errors, each kind in the order of the
/// documents. `color` is for [`Format::Human`].
#[must_use]
pub fn render(report: &Report, source: &Source, format: Format, color: bool) -> String {
    let findings = findings(report, source);
    match format {
        Format::Human => human(&findings, source, color),
        Format::Short => each(&findings, short),
        Format::Json => json(&findings, source),
        Format::Github => each(&findings, github),
        Format::Markdown => each(&findings, markdown),
    }
}

/// A finding with its position.
struct Finding<'a> {
    diagnostic: &'a Diagnostic,
    position: Option<Position>,
}

fn findings<'a>(report: &'a Report, source: &Source) -> Vec<Finding<'a>> {
    let mut findings: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|diagnostic| Finding {
            diagnostic,
            position: diagnostic.origin.map(|origin| source.position(origin)),
        })
        .collect();
    // Errors last: that is what a terminal still shows of a long report.
    findings.sort_by_key(|finding| {
        let origin = finding.diagnostic.origin;
        let at = finding
            .position
            .as_ref()
            .map(|position| position.bytes.start);
        (
            finding.diagnostic.severity,
            origin.map(|origin| origin.document),
            at,
        )
    });
    // What an alias repeats is said once.
    let mut said = HashSet::new();
    findings.retain(|finding| {
        let at = finding
            .position
            .as_ref()
            .map(|position| position.bytes.start);
        said.insert((
            finding.diagnostic.code,
            finding.diagnostic.message.as_str(),
            finding.diagnostic.origin.map(|origin| origin.document),
            at,
        ))
    });
    findings
}

fn each(findings: &[Finding<'_>], line: impl Fn(&mut String, &Finding<'_>)) -> String {
    let mut text = String::new();
    for finding in findings {
        line(&mut text, finding);
        text.push('\n');
    }
    text
}

fn human(findings: &[Finding<'_>], source: &Source, color: bool) -> String {
    let mut text = String::new();
    for finding in findings {
        let at = finding.diagnostic.origin.and_then(|origin| {
            let document = source.document(origin)?;
            let may_be_quoted = document.quotable && !finding.diagnostic.concealed;
            let text = may_be_quoted.then_some(&*document.text);
            Some((finding.position.as_ref()?, text))
        });
        // What the parts of a line have in common is seen only now.
        let frame = frame::frame(finding.diagnostic, at, color);
        text.push_str(&frame.replace("##[", "##\\u{5b}"));
        text.push_str("\n\n");
    }
    text
}

fn short(text: &mut String, finding: &Finding<'_>) {
    let Diagnostic {
        code,
        severity,
        message,
        ..
    } = finding.diagnostic;
    if let Some(Position {
        path, line, column, ..
    }) = &finding.position
    {
        let path = visible(path);
        // Writing to a `String` does not fail; neither does it below.
        let _ = write!(text, "{path}:{line}:{column}: ");
    }
    let _ = write!(text, "{}[{code}]: {}", severity.name(), visible(message));
}

fn json(findings: &[Finding<'_>], source: &Source) -> String {
    let findings: Vec<_> = findings
        .iter()
        .map(
            |Finding {
                 diagnostic,
                 position,
             }| {
                let mut finding = serde_json::json!({
                    "code": diagnostic.code.name(),
                    "severity": diagnostic.severity.name(),
                    "message": diagnostic.message,
                    "help": diagnostic.help,
                });
                if let Some(note) = &diagnostic.note {
                    finding["note"] = note.as_str().into();
                }
                if let (Some(position), Some(origin)) = (position, diagnostic.origin) {
                    finding["file"] = position.path.as_str().into();
                    finding["line"] = position.line.into();
                    finding["column"] = position.column.into();
                    finding["pointer"] = source.pointer(origin).into();
                }
                finding
            },
        )
        .collect();
    let object = serde_json::json!({ "version": 1, "findings": findings });
    let mut text = super::visible_json(&format!("{object:#}")).into_owned();
    text.push('\n');
    text
}

/// A workflow command. Its texts end at line breaks, and its properties at
/// commas and colons, unless they are escaped.
fn github(text: &mut String, finding: &Finding<'_>) {
    let diagnostic = finding.diagnostic;
    let property = |text: &str| {
        escaped(&visible(text))
            .replace(':', "%3A")
            .replace(',', "%2C")
    };
    let _ = write!(text, "::{} ", diagnostic.severity.name());
    if let Some(Position {
        path, line, column, ..
    }) = &finding.position
    {
        let _ = write!(text, "file={},line={line},col={column},", property(path));
    }
    let _ = write!(text, "title={}::", property(diagnostic.code.name()));
    text.push_str(&escaped(&visible(&diagnostic.message)));
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "%0Ahelp: {}", escaped(&visible(help)));
    }
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn markdown(text: &mut String, finding: &Finding<'_>) {
    let diagnostic = finding.diagnostic;
    let weight = match diagnostic.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
    };
    let _ = write!(text, "- {weight} `{}`", diagnostic.code);
    if let Some(Position {
        path, line, column, ..
    }) = &finding.position
    {
        let place = format!("{path}:{line}:{column}");
        let _ = write!(text, " at {}", code_span(&place));
    }
    let _ = write!(text, ": {}", markdown_text(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "  \n  help: {}", markdown_text(help));
    }
}

/// A message with its quoted parts kept as code, and everything else without a
/// meaning of its own.
fn markdown_text(text: &str) -> String {
    let mut shown = String::new();
    for (number, part) in visible(text).split('`').enumerate() {
        if number % 2 == 1 {
            // Marks that touch count as one, which encloses something else.
            if shown.ends_with('`') {
                shown.push(' ');
            }
            match part.is_empty() {
                true => shown.push_str("\\`\\`"),
                false => shown.push_str(&code_span(part)),
            }
            continue;
        }
        for character in part.chars() {
            if matches!(
                character,
                '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '!' | '@'
            ) {
                shown.push('\\');
            }
            shown.push(character);
        }
    }
    shown
}

fn code_span(text: &str) -> String {
    let text = visible(text).replace('`', "'");
    format!("`{}`", text.replace('|', "\\|"))
}
