//! `generate --watch`: generates, and again whenever an input changes.

use std::thread::sleep;
use std::time::Duration;

use super::arguments::InputArguments;
use super::inputs::Seen;
use super::{Context, Failure, Verdict, findings, generate};

/// How often the inputs are looked at. Looking costs next to nothing, and is
/// right on every file system and for every way an editor saves.
const INTERVAL: Duration = Duration::from_millis(200);

/// Runs the command until the user stops it or nobody reads the report.
pub(super) fn run(context: &Context<'_>, arguments: &InputArguments) -> Result<Verdict, Failure> {
    let terminal = context.terminal;
    let arguments = &InputArguments {
        are_watched: true,
        ..arguments.clone()
    };
    loop {
        let mut seen = Vec::new();
        // A document in the middle of an edit is often wrong.
        if let Err(failure) = generate::write(context, arguments, false, &mut seen) {
            terminal.error(&failure);
        }
        let inputs = findings::plural(seen.len(), "input");
        terminal.status("Watching", format_args!("{inputs} for changes"));
        while seen == again(&seen) {
            if terminal.report_closed() || terminal.report_broken() {
                return Ok(Verdict::Done);
            }
            sleep(INTERVAL);
        }
        settle(&seen);
    }
}

/// Waits until the inputs stay as they are for a moment: whoever changes them
/// is done for now.
fn settle(seen: &[Seen]) {
    let mut now = again(seen);
    loop {
        sleep(INTERVAL / 4);
        let then = std::mem::replace(&mut now, again(seen));
        if then == now {
            return;
        }
    }
}

fn again(seen: &[Seen]) -> Vec<Seen> {
    seen.iter().map(Seen::again).collect()
}
