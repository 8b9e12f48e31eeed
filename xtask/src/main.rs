//! This repository's own commands: those of `driftless` with its document and
//! its client as defaults, and `ci`.

mod cargo;
mod ci;
mod lock;
mod repository;

use std::process::ExitCode;

use driftless::cli::{self, Defaults, OwnCommand};

fn main() -> ExitCode {
    let Some(root) = repository::find() else {
        eprintln!("error: run `cargo xtask` inside of its repository");
        return ExitCode::from(2);
    };
    let defaults = Defaults {
        program: "cargo xtask",
        spec: root.join("spec/openapi.yaml"),
        out: root.join(repository::CLIENT),
        root: Some(root),
        commands: &[OwnCommand {
            name: "ci",
            about: "Run everything that a change has to pass",
            run: ci::run,
        }],
        after_writing: Some(lock::renew),
    };
    cli::run(&defaults, std::env::args_os())
}
