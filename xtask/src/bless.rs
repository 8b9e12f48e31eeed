//! `bless`: runs the tests that compare with files, and lets them write the files anew.

use driftless::cli::{Failure, Invocation, Verdict};

use crate::cargo;

/// The tests of the generator that compare with files, by their programs.
const TESTS: [(&str, &[&str]); 2] = [
    (
        "golden",
        &[
            "warnings_and_surfaces_are_the_expected_ones",
            "the_rust_of_some_clients_is_the_reviewed_one",
        ],
    ),
    ("negative", &[]),
];

/// Runs the command.
pub(crate) fn run(invocation: &Invocation<'_>) -> Result<Verdict, Failure> {
    let Some(root) = &invocation.defaults.root else {
        return Err(Failure::new("`bless` is a command of the repository"));
    };
    for (program, tests) in TESTS {
        let mut command = cargo::command(root);
        command.args([
            "test",
            "--quiet",
            "--package",
            "driftless",
            "--test",
            program,
        ]);
        command.arg("--").args(tests);
        command.env("UPDATE_EXPECTED", "1");
        let status = command
            .status()
            .map_err(|error| Failure::new(format!("could not run cargo: {error}")))?;
        if !status.success() {
            return Err(Failure::new(format!(
                "the tests of `{program}` fail for another reason than a difference"
            )));
        }
    }
    Ok(Verdict::Done)
}
