//! Writes the log to standard error, on a thread of its own. A pipe that nobody
//! reads blocks that thread alone: the queue before it is bounded, and what does
//! not fit is dropped and counted.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::cli::{Terminal, Tone};
use crate::diagnostic::visible;

/// How many entries wait to be written at most.
const LONGEST_QUEUE: usize = 1024;

/// How many characters of each part of a line are shown at most.
const LONGEST_METHOD: usize = 20;
const LONGEST_PATH: usize = 200;
const LONGEST_OPERATION: usize = 100;
const LONGEST_PROBLEM: usize = 300;

/// What became of a request, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    tone: Tone,
    method: String,
    line: String,
    problems: Vec<String>,
    /// How many lines before it were dropped.
    lost: usize,
}

impl Entry {
    /// The entry of a request. The path comes without the query, which may hold
    /// credentials. The outcome is the status, or the fault that came before one.
    pub(super) fn new(
        method: &str,
        path: &str,
        outcome: Result<u16, &'static str>,
        operation: Option<&str>,
    ) -> Self {
        let (status, tone) = match outcome {
            Ok(status @ 200..=399) => (status.to_string(), Tone::Good),
            Ok(status @ 400..=499) => (status.to_string(), Tone::Warning),
            Ok(status) => (status.to_string(), Tone::Bad),
            Err(fault) => (fault.to_owned(), Tone::Bad),
        };
        let operation = operation.map_or(String::new(), |id| {
            format!(" ({})", shown(id, LONGEST_OPERATION))
        });
        Self {
            tone,
            method: shown(method, LONGEST_METHOD),
            line: format!("{} -> {status}{operation}", shown(path, LONGEST_PATH)),
            problems: Vec::new(),
            lost: 0,
        }
    }

    /// Adds what is wrong with the request, a line each.
    pub(super) fn problems(mut self, problems: impl IntoIterator<Item = String>) -> Self {
        let shown = |problem: String| shown(&problem, LONGEST_PROBLEM);
        self.problems.extend(problems.into_iter().map(shown));
        self
    }

    fn lines(&self) -> usize {
        1 + self.problems.len()
    }

    fn write(&self, terminal: &Terminal) {
        tell_lost(terminal, self.lost);
        terminal.tell(self.tone, &self.method, &self.line);
        for problem in &self.problems {
            terminal.tell(Tone::Warning, "", problem);
        }
    }
}

/// The beginning of a text, fit for a terminal.
fn shown(text: &str, most: usize) -> String {
    let mut start: String = text.chars().take(most).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    visible(&start).into_owned()
}

fn tell_lost(terminal: &Terminal, lost: usize) {
    if lost > 0 {
        terminal.tell(Tone::Warning, "…", format_args!("{lost} lines lost"));
    }
}

/// The end of the queue where entries are put in.
#[derive(Clone, Debug)]
pub(super) struct Log {
    queue: SyncSender<Entry>,
    /// How many lines were dropped since the last entry that found room.
    lost: Arc<AtomicUsize>,
}

impl Log {
    /// Adds an entry, or drops it where the queue is full. Never waits.
    pub(super) fn add(&self, mut entry: Entry) {
        entry.lost = self.lost.swap(0, Ordering::Relaxed);
        if let Err(full) = self.queue.try_send(entry) {
            let (std::sync::mpsc::TrySendError::Full(entry)
            | std::sync::mpsc::TrySendError::Disconnected(entry)) = full;
            let lines = entry.lost + entry.lines();
            self.lost.fetch_add(lines, Ordering::Relaxed);
        }
    }
}

/// The thread that writes.
#[derive(Debug)]
pub(super) struct Writer {
    ended: Receiver<()>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(terminal: Terminal) -> io::Result<(Log, Self)> {
        let (queue, entries) = sync_channel::<Entry>(LONGEST_QUEUE);
        let (end, ended) = sync_channel(1);
        let lost = Arc::new(AtomicUsize::new(0));
        let log = Log {
            queue,
            lost: lost.clone(),
        };
        thread::Builder::new()
            .name("driftless-log".to_owned())
            .spawn(move || {
                for entry in entries {
                    entry.write(&terminal);
                }
                tell_lost(&terminal, lost.load(Ordering::Relaxed));
                let _gone = end.send(());
            })?;
        Ok((log, Self { ended }))
    }

    /// Waits until everything is written, but not for a pipe that nobody reads.
    /// Call it after the last [`Log`] is dropped.
    pub(super) fn finish(self, patience: Duration) {
        let _late = self.ended.recv_timeout(patience);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_line_is_escaped_and_cut() {
        let long = "A".repeat(30_000);
        let entry = Entry::new(
            &long,
            &format!("/\u{202e}{long}"),
            Ok(404),
            Some("\u{200b}id"),
        )
        .problems([format!("\u{1b}[2J{long}")]);
        assert_eq!(entry.method, format!("{}…", "A".repeat(20)));
        let path = format!("/\\u{{202e}}{}…", "A".repeat(198));
        assert_eq!(entry.line, format!("{path} -> 404 (\\u{{200b}}id)"));
        let [problem] = &entry.problems[..] else {
            unreachable!("one problem");
        };
        assert!(problem.starts_with("\\u{1b}[2JAA"), "{problem}");
        assert!(problem.chars().count() < 320, "{problem}");
    }

    #[test]
    fn what_does_not_fit_into_the_queue_is_counted() {
        let (queue, entries) = sync_channel(1);
        let log = Log {
            queue,
            lost: Arc::default(),
        };
        let entry = || Entry::new("GET", "/", Ok(400), None).problems(["a".to_owned()]);
        for _ in 0..3 {
            log.add(entry());
        }
        assert_eq!(entries.recv().map(|entry| entry.lost), Ok(0));
        log.add(entry());
        assert_eq!(entries.recv().map(|entry| entry.lost), Ok(4));
    }
}
