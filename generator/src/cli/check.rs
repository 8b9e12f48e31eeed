//! `check`: compares the client crate with what the document asks for. Reads
//! only; needs no git.

use super::arguments::InputArguments;
use super::findings::{self, plural};
use super::folder::Folder;
use super::generate::Made;
use super::{Context, Failure, Format, Verdict, destination, drift, inputs, lock};
use crate::lints::Enforcement;

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
    let differences = drift::compare(expected, &outcome.source, &folder, &out);
    let remedy = inputs.command_line();
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
