//! What a program says when it panics, on whichever thread.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::process::{Command, Output};

/// Runs the ignored test of this name, in this program, as a process.
fn run(test: &str) -> Output {
    let program = std::env::current_exe().expect("this program");
    Command::new(program)
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program runs")
}

#[test]
#[ignore = "run by the other test, in a process of its own"]
fn panic() {
    driftless::cli::report_panics("driftless");
    driftless::threads::with_stack(|| panic!("two and two\nis five"));
}

#[test]
fn a_panic_says_that_it_is_a_bug_and_what_to_report() {
    let output = run("panic");
    assert_eq!(output.status.code(), Some(101));
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    for words in [
        " panicked: two and two\\nis five\n",
        "generator/tests/panics.rs:",
        "please report it with",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("RUST_BACKTRACE"), "{text}");
    assert!(!text.contains("stack backtrace"), "{text}");
}
