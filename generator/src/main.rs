//! `driftless`: the commands of the library for any repository.

use std::process::ExitCode;

use driftless::cli::{self, Defaults};

fn main() -> ExitCode {
    let defaults = Defaults {
        program: "driftless",
        root: None,
        spec: "spec/openapi.yaml".into(),
        out: "generated-client".into(),
        commands: &[],
        after_writing: None,
    };
    cli::run(&defaults, std::env::args_os())
}
