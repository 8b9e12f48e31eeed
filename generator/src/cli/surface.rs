//! `surface`: prints the public API of the client crate.

use super::arguments::InputArguments;
use super::generate::Made;
use super::{Context, Failure, Format, Verdict, findings};
use crate::Outcome;
use crate::lints::Enforcement;

/// Runs the command.
pub(super) fn run(context: &Context<'_>, arguments: &InputArguments) -> Result<Verdict, Failure> {
    let made = Made::new(context, arguments, &mut Vec::new(), Enforcement::Warn)?;
    let terminal = context.terminal;
    // The report is the surface alone, so that other programs can read it.
    let Outcome { report, source, .. } = &made.outcome;
    findings::aside(context, report, source);
    made.tree(context)?;
    let Some(surface) = &made.outcome.surface else {
        return Err(Failure::new(format!("{} has no surface", made.inputs.spec)));
    };
    terminal.report(match context.format {
        Format::Json => surface.to_json(),
        Format::Markdown => format!("```text\n{}```\n", surface.to_text()),
        Format::Human | Format::Short | Format::Github => surface.to_text(),
    });
    Ok(Verdict::Done)
}
