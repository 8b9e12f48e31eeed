//! `driftless`: the commands of the library for any repository.

use std::process::ExitCode;

use driftless::cli::{self, Defaults};
use mimalloc::MiMalloc;

/// A large document becomes a million small values, of which most live for one
/// stage: the allocator of the system would take a fifth of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    const PROGRAM: &str = "driftless";
    cli::report_panics(PROGRAM);
    let defaults = Defaults {
        program: PROGRAM,
        root: None,
        spec: "spec/openapi.yaml".into(),
        out: "generated-client".into(),
        commands: &[],
        after_writing: None,
    };
    cli::run(&defaults, std::env::args_os())
}
