//! The two streams: the report goes to standard output, progress in cargo's
//! style to standard error.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};

use crate::diagnostic::visible;

/// How much is said besides the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbosity {
    /// Nothing on standard error but errors.
    Quiet,
    /// Progress.
    #[default]
    Normal,
    /// Progress, and the report without shortening.
    Verbose,
}

/// Standard output and standard error, as the arguments want them.
#[derive(Debug)]
pub struct Terminal {
    verbosity: Verbosity,
    report: RefCell<AutoStream<io::Stdout>>,
    progress: RefCell<AutoStream<io::Stderr>>,
    report_styled: bool,
    live: bool,
    /// The first failure to write the report, other than that nobody reads it.
    broken: RefCell<Option<io::Error>>,
    closed: Cell<bool>,
}

/// The colour of a word; text in it is bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Went well.
    Good,
    /// Worth a look.
    Warning,
    /// Went wrong.
    Bad,
    /// Stands out, without a judgement.
    Plain,
}

impl Tone {
    /// The text between the escape codes of this tone. Every stream of a
    /// [`Terminal`] removes them where they are not wanted.
    #[must_use]
    pub fn paint(self, text: impl Display) -> String {
        let code = match self {
            Tone::Good => "\x1b[1;32m",
            Tone::Warning => "\x1b[1;33m",
            Tone::Bad => "\x1b[1;31m",
            Tone::Plain => "\x1b[1m",
        };
        format!("{code}{text}\x1b[0m")
    }
}

impl Terminal {
    /// The streams of this process. Without a `choice` each is coloured where
    /// a terminal shows it.
    #[must_use]
    pub fn new(choice: Option<bool>, verbosity: Verbosity) -> Self {
        let forced = choice.map(|color| match color {
            true => ColorChoice::Always,
            false => ColorChoice::Never,
        });
        let report = forced.unwrap_or_else(|| AutoStream::choice(&io::stdout()));
        let progress = forced.unwrap_or_else(|| AutoStream::choice(&io::stderr()));
        Self::coloured(report, progress, verbosity)
    }

    /// Another handle on the same streams, for another thread.
    #[must_use]
    pub fn for_thread(&self) -> Self {
        let report = self.report.borrow().current_choice();
        let progress = self.progress.borrow().current_choice();
        Self::coloured(report, progress, self.verbosity)
    }

    fn coloured(report: ColorChoice, progress: ColorChoice, verbosity: Verbosity) -> Self {
        Self {
            verbosity,
            report: RefCell::new(AutoStream::new(io::stdout(), report)),
            progress: RefCell::new(AutoStream::new(io::stderr(), progress)),
            report_styled: report != ColorChoice::Never,
            live: io::stderr().is_terminal() && verbosity == Verbosity::Normal,
            broken: RefCell::new(None),
            closed: Cell::new(false),
        }
    }

    /// How much is said.
    #[must_use]
    pub fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// Whether the report is coloured.
    #[must_use]
    pub fn report_styled(&self) -> bool {
        self.report_styled
    }

    /// Whether nobody reads the report any more.
    #[must_use]
    pub fn report_closed(&self) -> bool {
        self.closed.get()
    }

    /// Whether a line of progress may be written over and over.
    #[must_use]
    pub fn live(&self) -> bool {
        self.live
    }

    /// Writes to the report. A reader that went away is no failure; any other
    /// is kept for [`Terminal::report_failure`].
    pub fn report(&self, text: impl Display) {
        if self.closed.get() || self.broken.borrow().is_some() {
            return;
        }
        let mut text = text.to_string();
        if !self.report_styled {
            // The stream would do that too, and write every line by itself.
            text = strip_str(&text).to_string();
        }
        let mut stream = self.report.borrow_mut();
        let written = stream.write_all(text.as_bytes());
        if let Err(error) = written.and_then(|()| stream.flush()) {
            match error.kind() {
                ErrorKind::BrokenPipe => self.closed.set(true),
                _ => *self.broken.borrow_mut() = Some(error),
            }
        }
    }

    /// Writes to standard error what would be the report, had it not something
    /// else to carry.
    pub fn aside(&self, text: impl Display) {
        self.progress(text);
    }

    /// Whether the report could not be written.
    #[must_use]
    pub fn report_broken(&self) -> bool {
        self.broken.borrow().is_some()
    }

    /// Why the report is incomplete, if it is.
    #[must_use]
    pub fn report_failure(&self) -> Option<io::Error> {
        self.broken.take()
    }

    /// One step of progress: a verb and what it is about.
    pub fn status(&self, verb: &str, message: impl Display) {
        self.tell(Tone::Good, verb, message);
    }

    /// One step of progress, with a verb in a tone of its own.
    pub fn tell(&self, tone: Tone, verb: &str, message: impl Display) {
        if self.verbosity != Verbosity::Quiet {
            let verb = tone.paint(format_args!("{verb:>12}"));
            let message = message.to_string();
            self.progress(format_args!("{verb} {}\n", visible(&message)));
        }
    }

    /// One line of progress that the next one replaces, where the terminal can
    /// do that.
    pub fn passing(&self, verb: &str, message: &str) {
        if self.live {
            let verb = Tone::Plain.paint(format_args!("{verb:>12}"));
            self.progress(format_args!("\r\x1b[K{verb} {message}"));
        }
    }

    /// Wipes the line that [`Terminal::passing`] wrote.
    pub fn passed(&self) {
        if self.live {
            self.progress("\r\x1b[K");
        }
    }

    /// Lines of another program, passed through.
    pub fn echo(&self, text: impl Display) {
        self.progress(format_args!("{text}\n"));
    }

    /// Something that did not go as it should, without stopping the work.
    pub fn warning(&self, message: impl Display) {
        if self.verbosity != Verbosity::Quiet {
            let label = Tone::Warning.paint("warning");
            let message = message.to_string();
            self.progress(format_args!("{label}: {}\n", visible(&message)));
        }
    }

    /// Why the work could not be done.
    pub fn error(&self, failure: &super::Failure) {
        let label = Tone::Bad.paint("error");
        self.progress(format_args!("{label}: {}\n", failure.message));
        if let Some(help) = &failure.help {
            let label = Tone::Plain.paint("help");
            self.progress(format_args!(" {label}: {help}\n"));
        }
    }

    /// Progress that cannot be shown is no reason to stop.
    fn progress(&self, text: impl Display) {
        let mut stream = self.progress.borrow_mut();
        let _unseen = write!(stream, "{text}").and_then(|()| stream.flush());
    }
}
