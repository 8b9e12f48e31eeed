//! The commands: arguments in, an exit code out. Everything that touches the
//! disk, the clock and the terminal is here and nowhere else in the library.

mod arguments;
mod check;
mod dependencies;
mod destination;
mod drift;
mod dump;
mod explain;
mod findings;
mod folder;
mod generate;
mod identity;
mod inputs;
mod lock;
mod mock;
mod panics;
mod plan;
mod reach;
mod reading;
mod regenerate;
mod surface;
mod terminal;
mod watch;
mod writer;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

pub use arguments::Format;
pub use panics::report_panics;
pub use terminal::{Terminal, Tone, Verbosity};

use crate::diagnostic::{brief, visible};
use crate::lints::Enforcement;
use arguments::{Arguments, Command};

/// What a program over this library decides.
#[derive(Clone, Debug)]
pub struct Defaults<'a> {
    /// How the program is called, for help and for the headers of what it
    /// generates: `driftless`, or `cargo xtask`.
    pub program: &'static str,
    /// The repository, where the program belongs to one.
    pub root: Option<PathBuf>,
    /// The document, where no argument names one.
    pub spec: PathBuf,
    /// The folder of the client crate, where no argument names one.
    pub out: PathBuf,
    /// The program's own commands.
    pub commands: &'a [OwnCommand],
    /// What is done after files of a client crate were written or removed.
    pub after_writing: Option<fn(&Defaults<'_>, &Path, &Terminal)>,
}

/// A command that only one program has.
#[derive(Clone, Copy, Debug)]
pub struct OwnCommand {
    /// What it is called.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Adds its arguments.
    pub arguments: fn(clap::Command) -> clap::Command,
    /// Does it.
    pub run: fn(&Invocation<'_>) -> Result<Verdict, Failure>,
}

/// What an [`OwnCommand`] works with.
#[derive(Clone, Copy, Debug)]
pub struct Invocation<'a> {
    /// What the program has decided.
    pub defaults: &'a Defaults<'a>,
    /// The streams.
    pub terminal: &'a Terminal,
    /// The form of the report.
    pub format: Format,
    /// The command's own arguments.
    pub arguments: &'a clap::ArgMatches,
}

impl Invocation<'_> {
    /// What `generate` makes of a document under a crate name, its references
    /// bounded by `root`. Nothing is written.
    pub fn outcome(&self, spec: &Path, root: &Path, name: &str) -> Result<crate::Outcome, Failure> {
        let quiet = Terminal::new(Some(false), Verbosity::Quiet);
        let context = Context {
            defaults: self.defaults,
            terminal: &quiet,
            format: self.format,
        };
        let inputs = arguments::InputArguments {
            spec: Some(spec.to_owned()),
            root: Some(root.to_owned()),
            name: Some(name.to_owned()),
            ..arguments::InputArguments::default()
        };
        let enforcement = Enforcement::Warn;
        Ok(generate::Made::new(&context, &inputs, &mut Vec::new(), enforcement)?.outcome)
    }
}

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing to complain about: exit code 0.
    Done,
    /// Found what it exists to find: exit code 1.
    Found,
    /// The document is at fault, and the report says so: exit code 2.
    Invalid,
}

/// Why a command could not do its work: exit code 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Failure {
    /// A failure that explains itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: shown(&message.into()),
            help: None,
        }
    }

    /// A failure to do something with a file or folder.
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("could not {doing} {}: {error}", path.display()))
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shown(&help.into()));
        self
    }
}

/// A message on one line, fit to be shown.
fn shown(message: &str) -> String {
    visible(&brief(message)).into_owned()
}

/// Runs the command that `arguments` (the program's name first) ask for.
pub fn run(
    defaults: &Defaults<'_>,
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> ExitCode {
    let own = defaults
        .commands
        .iter()
        .map(|command| (command.arguments)(clap::Command::new(command.name).about(command.about)));
    let matches = Arguments::command()
        .name(defaults.program)
        .bin_name(defaults.program)
        .subcommands(own)
        .try_get_matches_from(arguments);
    let matches = match matches {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    let own = matches.subcommand().and_then(|(name, arguments)| {
        let mut all = defaults.commands.iter();
        all.find(|command| command.name == name)
            .map(|command| (command, arguments))
    });
    if let Some((command, arguments)) = own {
        return match arguments::OutputArguments::from_arg_matches(&matches) {
            Ok(output) => {
                let terminal = Terminal::new(output.color(), output.verbosity());
                let invocation = Invocation {
                    defaults,
                    terminal: &terminal,
                    format: output.format,
                    arguments,
                };
                finish(&terminal, (command.run)(&invocation))
            }
            Err(error) => usage(&error),
        };
    }
    let Arguments { output, command } = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let terminal = Terminal::new(output.color(), output.verbosity());
    let context = Context {
        defaults,
        terminal: &terminal,
        format: output.format,
    };
    let result = match command {
        Command::Generate {
            inputs,
            dry_run,
            watch,
            dump_spec,
        } => match (watch, dump_spec) {
            (true, _) => watch::run(&context, &inputs),
            (_, true) => dump::run(&context, &inputs),
            _ => generate::run(&context, &inputs, dry_run),
        },
        Command::Check { inputs } => check::run(&context, &inputs),
        Command::Mock { inputs, server } => mock::run(&context, &inputs, server),
        Command::Surface { inputs } => surface::run(&context, &inputs),
        Command::Explain { code } => explain::run(&context, code.as_deref()),
    };
    finish(&terminal, result)
}

/// What every command works with.
#[derive(Clone, Copy, Debug)]
struct Context<'a> {
    defaults: &'a Defaults<'a>,
    terminal: &'a Terminal,
    format: Format,
}

/// Help and the version are reports; a wrong usage is a failure.
fn usage(error: &clap::Error) -> ExitCode {
    // Help that nobody reads, or a stream that is closed, changes nothing.
    let _unseen = error.print();
    match error.use_stderr() {
        true => ExitCode::from(2),
        false => ExitCode::SUCCESS,
    }
}

fn finish(terminal: &Terminal, result: Result<Verdict, Failure>) -> ExitCode {
    let result = result.and_then(|verdict| match terminal.report_failure() {
        None => Ok(verdict),
        Some(error) => Err(Failure::new(format!("could not write the report: {error}"))),
    });
    match result {
        Ok(Verdict::Done) => ExitCode::SUCCESS,
        Ok(Verdict::Found) => ExitCode::from(1),
        Ok(Verdict::Invalid) => ExitCode::from(2),
        Err(failure) => {
            terminal.error(&failure);
            ExitCode::from(2)
        }
    }
}
