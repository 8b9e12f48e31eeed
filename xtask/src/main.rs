//! This repository's own commands: those of `driftless` with its document and
//! its client as defaults, `bless`, `ci`, `corpus`, `prism` and `round-trip`.

mod bless;
mod cargo;
mod ci;
mod corpus;
mod lock;
mod memory;
mod prism;
mod repository;
mod round_trip;

use std::process::ExitCode;

use driftless::cli::{self, Defaults, OwnCommand};
use mimalloc::MiMalloc;

/// That of `driftless`, for the same reason.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    const PROGRAM: &str = "cargo xtask";
    cli::report_panics(PROGRAM);
    let Some(root) = repository::find() else {
        eprintln!("error: run `cargo xtask` inside of its repository");
        return ExitCode::from(2);
    };
    let defaults = Defaults {
        program: PROGRAM,
        spec: root.join("spec/openapi.yaml"),
        out: root.join(repository::CLIENT),
        root: Some(root),
        commands: &[
            OwnCommand {
                name: "bless",
                about: "Write anew what tests compare with: findings, surfaces, Rust for review",
                arguments: |command| command,
                run: bless::run,
            },
            OwnCommand {
                name: "ci",
                about: "Run everything that a change has to pass",
                arguments: |command| command,
                run: ci::run,
            },
            OwnCommand {
                name: "corpus",
                about: "Generate from every document of a folder, and compile what comes of it",
                arguments: corpus::arguments,
                run: corpus::run,
            },
            OwnCommand {
                name: "prism",
                about: "Send the wire tests of the client through Prism, from npm",
                arguments: |command| command,
                run: prism::run,
            },
            OwnCommand {
                name: "round-trip",
                about: "Decode values of every schema of documents, encode them again and compare",
                arguments: round_trip::arguments,
                run: round_trip::run,
            },
        ],
        after_writing: Some(lock::renew),
    };
    let code = cli::run(&defaults, std::env::args_os());
    memory::tell();
    code
}
