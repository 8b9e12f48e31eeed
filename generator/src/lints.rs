//! Applies the levels of `[lints]` and of the command line to the findings of a
//! run.

use std::collections::BTreeMap;

use crate::config::{Config, Level};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, nearest};
use crate::source::{Origin, Source};

#[cfg(test)]
mod tests;

/// The levels that the command line sets. Those of single codes win over
/// `[lints]`; `default` is the level of codes that have none in either.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The level of `warnings`.
    pub default: Option<Level>,
    /// The levels of single codes.
    pub codes: BTreeMap<Code, Level>,
}

/// Whether denied findings are errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// They are, and so is a waiver that allows nothing.
    Deny,
    /// They stay warnings: the command works on any document that generates.
    Warn,
}

/// Returns the findings by their levels: without those that are allowed, and
/// those that are denied as errors.
#[must_use]
pub fn apply(
    report: Report,
    source: &Source,
    config: &Config,
    overrides: &Overrides,
    enforcement: Enforcement,
) -> Report {
    let lints = &config.lints;
    let had_errors = report.has_errors();
    let mut used = vec![false; lints.allow.len()];
    let mut noted = Vec::new();
    let mut leveled = Report::default();
    for finding in report.into_diagnostics() {
        if finding.severity == Severity::Error {
            leveled.add(finding);
            continue;
        }
        if is_waived(&finding, source, config, &mut used) {
            continue;
        }
        let (level, said_by) = level(finding.code, config, overrides);
        match level {
            Level::Allow => {}
            Level::Deny if enforcement == Enforcement::Deny => {
                let is_first = !noted.contains(&finding.code);
                noted.push(finding.code);
                leveled.add(Diagnostic {
                    severity: Severity::Error,
                    note: is_first.then(|| format!("this is a warning that {said_by} denies")),
                    ..finding
                });
            }
            Level::Warn | Level::Deny => leveled.add(finding),
        }
    }
    // Where an error ended the run, later findings were never made.
    if enforcement == Enforcement::Deny && !had_errors {
        unused_waivers(&used, source, config, &mut leveled);
    }
    leveled
}

/// The level of a code, and what says so.
fn level(code: Code, config: &Config, overrides: &Overrides) -> (Level, String) {
    let lints = &config.lints;
    if let Some(level) = overrides.codes.get(&code) {
        (*level, format!("`--deny {code}`"))
    } else if let Some(level) = lints.codes.get(&code) {
        (*level, format!("`[lints] {code}`"))
    } else if let Some(level) = overrides.default {
        (level, "`--deny warnings`".to_owned())
    } else if let Some(level) = lints.default {
        (level, "`[lints] default`".to_owned())
    } else {
        (Level::Warn, String::new())
    }
}

/// Whether a waiver allows the finding. All that do are marked as used.
fn is_waived(finding: &Diagnostic, source: &Source, config: &Config, used: &mut [bool]) -> bool {
    if used.is_empty() {
        return false;
    }
    let Some(origin) = finding.origin else {
        return false;
    };
    let at = place(source, origin);
    let mut is_waived = false;
    for (waiver, used) in config.lints.allow.iter().zip(used) {
        if waiver.code == finding.code && waiver.at == at {
            *used = true;
            is_waived = true;
        }
    }
    is_waived
}

/// How a waiver names a place.
fn place(source: &Source, origin: Origin) -> String {
    let pointer = source.pointer(origin);
    match source.document(origin) {
        Some(document) if origin.document > 0 && document.reference.is_empty() => {
            format!("{}#{pointer}", document.path)
        }
        Some(document) => format!("{}#{pointer}", document.reference),
        None => format!("#{pointer}"),
    }
}

/// Reports the waivers that allow no finding: what they allowed is gone, or
/// stands elsewhere now.
fn unused_waivers(used: &[bool], source: &Source, config: &Config, report: &mut Report) {
    let places: Vec<(Code, String)> = report
        .diagnostics()
        .iter()
        .filter_map(|finding| Some((finding.code, place(source, finding.origin?))))
        .collect();
    for (index, waiver) in config.lints.allow.iter().enumerate() {
        let index_name = index.to_string();
        let path = ["lints", "allow", index_name.as_str()];
        if waiver.reason.trim().is_empty() {
            let message = format!("the waiver of `{}` gives no reason", waiver.code);
            config
                .error(report, &path, message)
                .help("write `reason = \"…\"`");
        }
        if used[index] {
            continue;
        }
        let (code, at) = (waiver.code, &waiver.at);
        let same_code = places.iter().filter(|(other, _)| *other == code);
        let meant = nearest(at, same_code.map(|(_, place)| place.as_str()));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove it: `--format json` says the `pointer` of every finding".to_owned(),
        };
        let message = format!("there is no warning `{code}` at `{at}` to allow");
        config.error(report, &path, message).help(help);
    }
}
