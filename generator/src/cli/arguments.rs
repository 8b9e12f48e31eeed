//! What can be written on the command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::mock::ServerArguments;
use super::terminal::Verbosity;
use crate::config::Level;
use crate::diagnostic::Code;
use crate::lints::Overrides;

/// Turns an OpenAPI description into a Rust client crate that never drifts
/// from it.
#[derive(Debug, Parser)]
#[command(
    version,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 1 the command found what it exists to find; 2 it could not do its work."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) output: OutputArguments,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands that every program over this library has.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the client crate that the document asks for
    Generate {
        #[command(flatten)]
        inputs: InputArguments,
        /// Say what would be written, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Generate again whenever an input changes
        #[arg(long, conflicts_with_all = ["dry_run", "dump_spec"])]
        watch: bool,
        /// Print the document after overlays and upgrades as JSON, and write nothing
        #[arg(long, conflicts_with = "dry_run")]
        dump_spec: bool,
    },
    /// Compare the client crate with what the document asks for; write nothing
    Check {
        #[command(flatten)]
        inputs: InputArguments,
    },
    /// Answer requests to the API from its examples, and check them
    Mock {
        #[command(flatten)]
        inputs: InputArguments,
        #[command(flatten)]
        server: ServerArguments,
    },
    /// Print the public API of the client crate
    Surface {
        #[command(flatten)]
        inputs: InputArguments,
    },
    /// Explain a finding by its code, or list all codes
    Explain {
        /// The code, as findings show it in brackets
        code: Option<String>,
    },
}

/// Where to read from and where to write to.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Inputs")]
pub(super) struct InputArguments {
    /// The OpenAPI document, `-` for standard input [default: spec/openapi.yaml]
    #[arg(long, value_name = "PATH")]
    pub(super) spec: Option<PathBuf>,
    /// The same as `--spec`
    #[arg(value_name = "SPEC", conflicts_with = "spec")]
    pub(super) document: Option<PathBuf>,
    /// The configuration [default: `client.toml` beside the document, if it is for it]
    #[arg(long, value_name = "PATH")]
    pub(super) config: Option<PathBuf>,
    /// The folder whose files `$ref`s may reach [default: that of the document]
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// The folder of the client crate [default: generated-client]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// The name of the client crate, whatever the configuration says
    #[arg(long, value_name = "CRATE")]
    pub(super) name: Option<String>,
    /// Make findings errors: all `warnings`, or those of a code; may be repeated
    #[arg(long, value_name = "CODE", value_parser = lint())]
    pub(super) deny: Vec<String>,
    /// Show findings without failing, whatever `[lints]` says; may be repeated
    #[arg(long, value_name = "CODE", value_parser = lint())]
    pub(super) warn: Vec<String>,
    /// Do not show findings; may be repeated
    #[arg(long, value_name = "CODE", value_parser = lint())]
    pub(super) allow: Vec<String>,
    /// Whether the inputs are read again and again, which streams cannot be.
    #[arg(skip)]
    pub(super) are_watched: bool,
}

/// What stands for all findings that are no errors.
const WARNINGS: &str = "warnings";

/// Reads `warnings` or the name of a code.
fn lint() -> PossibleValuesParser {
    let codes = Code::ALL.iter().map(|code| code.name());
    PossibleValuesParser::new(std::iter::once(WARNINGS).chain(codes))
}

impl InputArguments {
    /// The levels that the arguments set. Of two for one code the stricter wins.
    pub(super) fn overrides(&self) -> Overrides {
        let mut overrides = Overrides::default();
        for (names, level) in [
            (&self.allow, Level::Allow),
            (&self.warn, Level::Warn),
            (&self.deny, Level::Deny),
        ] {
            for name in names {
                match Code::from_name(name) {
                    Some(code) => {
                        overrides.codes.insert(code, level);
                    }
                    None => overrides.default = Some(level),
                }
            }
        }
        overrides
    }
}

/// How to say it.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArguments {
    /// The form of the report
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Whether to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// No progress
    #[arg(short, long, global = true, action = ArgAction::SetTrue, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Nothing shortened
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub(super) verbose: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people at a terminal
    #[default]
    Human,
    /// One line per finding
    Short,
    /// One JSON object; with `--watch`, one after each run
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// For a comment on a pull request
    Markdown,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// Where a terminal shows them
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl OutputArguments {
    pub(super) fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        }
    }

    pub(super) fn color(&self) -> Option<bool> {
        match self.color {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        }
    }
}
