//! Runs that work on one folder at once, and runs that are killed.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

mod sandbox;

use std::fs;
use std::process::{Child, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use sandbox::{DOCUMENT, Sandbox};

fn start(sandbox: &Sandbox, arguments: &[&str]) -> Child {
    sandbox
        .command(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

fn end(child: Child) -> Output {
    child.wait_with_output().expect("the program ends")
}

/// Starts both at once, and lets both succeed.
#[track_caller]
fn both(sandbox: &Sandbox, one: &[&str], other: &[&str]) {
    let children = [start(sandbox, one), start(sandbox, other)];
    for output in children.map(end) {
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
}

/// The folder is what `check` wants, and has nothing else in it.
#[track_caller]
fn is_whole(sandbox: &Sandbox, check: &[&str]) {
    sandbox.run(check).assert(0);
    let files = sandbox.files("generated-client");
    let left = files.keys().filter(|path| path.contains(".driftless-"));
    assert_eq!(left.count(), 0, "{:?}", files.keys());
}

#[test]
fn two_runs_of_one_document_do_not_disturb_each_other() {
    let sandbox = Sandbox::new();
    for round in 0..10 {
        if round % 2 == 0 {
            fs::remove_dir_all(sandbox.path("generated-client")).ok();
        } else {
            let text = DOCUMENT.replace("Its number", &format!("Number {round}"));
            sandbox.write("spec/openapi.yaml", &text);
        }
        both(&sandbox, &["generate"], &["generate"]);
        is_whole(&sandbox, &["check"]);
    }
}

#[test]
fn two_runs_of_different_documents_leave_one_of_both() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "spec/other.yaml",
        &DOCUMENT.replace("Its number", "Another"),
    );
    let one = ["generate", "--spec", "spec/openapi.yaml"];
    let other = ["generate", "--spec", "spec/other.yaml"];
    for round in 0..10 {
        if round % 2 == 0 {
            fs::remove_dir_all(sandbox.path("generated-client")).ok();
        }
        both(&sandbox, &one, &other);
        let check = |arguments: &[&str]| sandbox.run(arguments).code;
        let codes = [
            check(&["check", "--spec", "spec/openapi.yaml"]),
            check(&["check", "--spec", "spec/other.yaml"]),
        ];
        assert!(codes == [0, 1] || codes == [1, 0], "{codes:?}");
    }
}

#[test]
fn a_check_beside_a_run_sees_the_old_client_or_the_new_one() {
    let sandbox = Sandbox::generated();
    for round in 0..10 {
        let text = DOCUMENT.replace("Its number", &format!("Number {round}"));
        sandbox.write("spec/openapi.yaml", &text);
        let run = start(&sandbox, &["generate"]);
        let checked = sandbox.run(&["check", "--format", "short"]);
        assert!([0, 1].contains(&checked.code), "{checked:?}");
        assert!(!checked.stdout.contains(".driftless-"), "{checked:?}");
        assert!(!checked.stdout.contains("missing-file"), "{checked:?}");
        assert_eq!(end(run).status.code(), Some(0));
    }
}

#[test]
fn a_run_that_is_killed_at_any_moment_is_made_good_by_the_next() {
    let sandbox = Sandbox::new();
    for round in 0..20 {
        if round % 5 == 0 {
            fs::remove_dir_all(sandbox.path("generated-client")).ok();
        }
        let text = DOCUMENT.replace("Its number", &format!("Number {round}"));
        sandbox.write("spec/openapi.yaml", &text);
        let mut run = start(&sandbox, &["generate"]);
        sleep(Duration::from_millis(20 * (round % 7)));
        run.kill().expect("killed");
        end(run);
        sandbox.run(&["generate"]).assert(0);
        is_whole(&sandbox, &["check"]);
    }
}

#[test]
fn a_lock_that_a_killed_run_left_is_taken_over() {
    let sandbox = Sandbox::generated();
    let lock = "generated-client/.driftless-lock";
    sandbox.write(lock, "process 1: driftless generate\n");
    sandbox
        .run(&["check"])
        .assert(1)
        .says(lock)
        .says("left by an interrupted run");
    sandbox.run(&["generate"]).assert(0);
    is_whole(&sandbox, &["check"]);
    // Of a first run, too.
    fs::remove_dir_all(sandbox.path("generated-client")).expect("removed");
    fs::create_dir(sandbox.path("generated-client")).expect("a folder");
    sandbox.write(lock, "");
    sandbox.run(&["generate"]).assert(0);
    is_whole(&sandbox, &["check"]);
}

#[test]
fn a_run_that_waits_too_long_says_who_is_at_work() {
    let sandbox = Sandbox::generated();
    let lock = "generated-client/.driftless-lock";
    sandbox.write(lock, "process 4711: cargo xtask generate\n");
    let held = fs::File::open(sandbox.path(lock)).expect("the lock");
    held.lock().expect("locked");
    let before = sandbox.files("generated-client");
    sandbox.edit("spec/openapi.yaml", "Its number", "Its own number");
    let runs = ["generate", "check"].map(|command| (command, start(&sandbox, &[command])));
    for (command, run) in runs {
        let output = end(run);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command}: {text}");
        assert!(
            text.contains("generated-client: process 4711: cargo xtask generate"),
            "{command}: {text}"
        );
    }
    assert_eq!(sandbox.files("generated-client"), before);
    drop(held);
    sandbox.run(&["generate"]).assert(0);
    is_whole(&sandbox, &["check"]);
}
