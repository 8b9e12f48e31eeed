//! Running one command: its output is kept, and the last line of it shown
//! while it runs.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use driftless::cli::{Terminal, Verbosity};

/// How long a step may be silent where no line can be written over and over.
const SILENCE: Duration = Duration::from_secs(30);

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ran {
    pub(super) passed: bool,
    /// Both streams, by lines, in the order they came.
    pub(super) output: String,
}

/// Runs the command to its end.
pub(super) fn run(command: &mut Command, terminal: &Terminal) -> Ran {
    if terminal.live() || terminal.report_styled() {
        // Both streams are pipes for cargo, so it cannot know.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            let program = command.get_program().to_string_lossy().into_owned();
            return Ran {
                passed: false,
                output: format!("could not run {program}: {error}\n"),
            };
        }
    };
    let (sender, lines) = channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    let mut output = follow(&lines, terminal);
    let passed = match child.wait() {
        Ok(status) => status.success(),
        Err(error) => {
            output.push_str(&format!("could not wait for the command: {error}\n"));
            false
        }
    };
    Ran { passed, output }
}

/// Sends the lines of a stream, until it ends.
fn forward(stream: Option<impl Read + Send + 'static>, lines: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while stream
            .read_until(b'\n', &mut line)
            .is_ok_and(|count| count > 0)
        {
            let text = String::from_utf8_lossy(&line);
            if lines
                .send(text.trim_end_matches(['\n', '\r']).to_owned())
                .is_err()
            {
                return;
            }
            line.clear();
        }
    });
}

/// Collects the lines until both streams have ended.
fn follow(lines: &Receiver<String>, terminal: &Terminal) -> String {
    let started = Instant::now();
    let mut output = String::new();
    let mut last = String::new();
    let mut spoken = started;
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                if terminal.verbosity() == Verbosity::Verbose {
                    terminal.echo(&line);
                    spoken = Instant::now();
                }
                output.push_str(&line);
                output.push('\n');
                if !line.trim().is_empty() {
                    last = line.trim().chars().take(60).collect();
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        let seconds = started.elapsed().as_secs();
        if terminal.live() {
            terminal.passing("", &format!("{seconds}s {last}"));
        } else if spoken.elapsed() >= SILENCE {
            terminal.status("", format_args!("{seconds}s {last}"));
            spoken = Instant::now();
        }
    }
    terminal.passed();
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_and_the_verdict_are_kept() {
        let terminal = Terminal::new(Some(false), Verbosity::Quiet);
        let good = run(Command::new(env!("CARGO")).arg("--version"), &terminal);
        assert!(good.passed);
        assert!(good.output.starts_with("cargo "), "{good:?}");
        let bad = run(Command::new(env!("CARGO")).arg("--no-such-flag"), &terminal);
        assert!(!bad.passed);
        assert!(bad.output.contains("--no-such-flag"), "{bad:?}");
        let absent = run(&mut Command::new("no-such-program"), &terminal);
        assert!(!absent.passed);
        assert!(
            absent.output.contains("could not run no-such-program"),
            "{absent:?}"
        );
    }
}
