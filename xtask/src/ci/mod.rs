//! `ci`: everything that a change has to pass, each step whatever became of
//! those before it, and one summary at the end.

mod features;
mod process;
mod step;
mod summary;

use std::env;
use std::path::Path;
use std::time::Instant;

use driftless::cli::{Failure, Invocation, Terminal, Tone, Verbosity, Verdict};

use process::Ran;
use step::{STEPS, Step};
use summary::{Outcome, Tested};

/// Runs the command.
pub(crate) fn run(invocation: &Invocation<'_>) -> Result<Verdict, Failure> {
    let terminal = invocation.terminal;
    let Some(root) = &invocation.defaults.root else {
        return Err(Failure::new("`ci` is a command of the repository"));
    };
    // Asked now: a step may put a new build of this program in its place.
    let this = env::current_exe()
        .map_err(|error| Failure::new(format!("could not find this program: {error}")))?;
    if let Some(why) = features::no_native_tls() {
        let what = format_args!("the feature native-tls: {why}");
        terminal.tell(Tone::Warning, "Leaving out", what);
    }
    let mut results = Vec::new();
    for (number, step) in STEPS.iter().enumerate() {
        terminal.tell(
            Tone::Plain,
            "Running",
            format_args!(
                "{} ({}/{}): {}",
                step.name,
                number + 1,
                STEPS.len(),
                step.shown()
            ),
        );
        let started = Instant::now();
        let (outcome, tested) = outcome(step, root, &this, terminal);
        let result = summary::Result {
            name: step.name,
            outcome,
            tested,
            took: started.elapsed(),
        };
        result.tell(terminal);
        results.push(result);
    }
    terminal.report(summary::text(&results));
    match results
        .iter()
        .any(|result| result.outcome == Outcome::Failed)
    {
        true => Ok(Verdict::Found),
        false => Ok(Verdict::Done),
    }
}

fn outcome(
    step: &Step,
    root: &Path,
    this: &Path,
    terminal: &Terminal,
) -> (Outcome, Option<Tested>) {
    if let Some(absent) = step.absent(root) {
        return (Outcome::Skipped(absent), None);
    }
    let mut ran = process::run(&mut step.command(root, this, true), terminal);
    if step.network && !ran.passed && ran.output.contains("offline") {
        ran = process::run(&mut step.command(root, this, false), terminal);
    }
    let tested = step.tests.then(|| Tested::count(&ran.output));
    // Shown line by line already where everything is.
    if !ran.passed && terminal.verbosity() != Verbosity::Verbose {
        terminal.report(shown(&ran));
    }
    let outcome = match ran.passed {
        true => Outcome::Passed,
        false => Outcome::Failed,
    };
    (outcome, tested)
}

fn shown(ran: &Ran) -> String {
    format!("{}\n", ran.output.trim_end())
}
