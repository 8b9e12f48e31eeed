//! `check`: compares the client crate with what the document asks for. Reads
//! only; needs no git.

use super::arguments::InputArguments;
use super::findings::{self, plural};
use super::folder::Folder;
use super::generate::Made;
use super::{Context, Failure, Format, Verdict, destination, drift, inputs, lock};
use serde_json::json;

use crate::Outcome;
use crate::diagnostic::visible;
use crate::lints::Enforcement;
use crate::tree::{self, MANIFEST, VERSION};

/// Runs the command.
pub(super) fn run(context: &Context<'_>, arguments: &InputArguments) -> Result<Verdict, Failure> {
    let made = Made::new(context, arguments, &mut Vec::new(), Enforcement::Deny)?;
    let Made { inputs, outcome } = &made;
    let terminal = context.terminal;
    terminal.report(findings::diagnostics(
        context,
        &outcome.report,
        &outcome.source,
    ));
    let expected = made.tree(context)?;
    let root = context.defaults.root.as_deref();
    let folder = destination::resolve(&inputs.out, root, &inputs.read)?;
    let out = inputs::shown(&inputs.out, root);
    terminal.status("Checking", &out);
    let folder = lock::while_nobody_writes(&folder, || Folder::read(&folder, expected))?;
    if folder.entries.is_empty() {
        return no_client(context, &made, &out);
    }
    let differences = drift::compare(expected, &outcome.source, &folder, &out);
    let remedy = inputs.command_line();
    if let Some(other) = other_generator(&folder) {
        let message = format!("{out} was made by driftless {other}, and this is {VERSION}");
        match differences.is_empty() {
            true => terminal.status("Note", format!("{message}; its files are the same")),
            false => terminal.warning(message),
        }
    }
    let people = matches!(context.format, Format::Human | Format::Short);
    terminal.report(match context.format {
        Format::Human => drift::human(&differences, &remedy, terminal.verbosity()),
        Format::Short => drift::short(&differences),
        Format::Github => drift::github(&differences, &remedy),
        Format::Markdown => drift::markdown(&differences, &out, &remedy),
        Format::Json => {
            let more = differences
                .iter()
                .map(|difference| drift::json(difference, &remedy));
            findings::json(&outcome.report, &outcome.source, more.collect(), None)?
        }
    });
    if differences.is_empty() {
        if people {
            let files = plural(expected.len(), "file");
            let warnings = findings::warnings(&outcome.report);
            terminal.report(format_args!("{out} is up to date: {files}{warnings}\n"));
        }
        return Ok(Verdict::Done);
    }
    if people {
        terminal.report(drift::closing(&differences, &out, &inputs.spec, &remedy));
    }
    Ok(Verdict::Found)
}

/// The generator that made the client, if it had another version.
fn other_generator(folder: &Folder) -> Option<&str> {
    let version = tree::manifest_generator(folder.text(MANIFEST)?)?;
    (version != VERSION).then_some(version)
}

/// Says that there is nothing to compare yet.
fn no_client(context: &Context<'_>, made: &Made, out: &str) -> Result<Verdict, Failure> {
    let remedy = made.inputs.command_line();
    let message = format!("there is no client yet in {out}, run `{remedy}`");
    let Outcome { report, source, .. } = &made.outcome;
    context.terminal.report(match context.format {
        Format::Human | Format::Short => format!("{}\n", visible(&message)),
        Format::Github => format!("::error title=missing-file::{}\n", drift::escaped(&message)),
        Format::Markdown => format!("{}\n", visible(&message)),
        Format::Json => {
            let finding = json!({
                "code": "missing-file",
                "severity": "error",
                "message": format!("there is no client yet in {out}"),
                "help": format!("run `{remedy}`"),
                "path": out,
            });
            findings::json(report, source, vec![finding], None)?
        }
    });
    Ok(Verdict::Found)
}
