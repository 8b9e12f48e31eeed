//! Inputs that are no files, or too large to be read.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

mod sandbox;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use sandbox::{DOCUMENT, Ran, Sandbox};

fn pipe(sandbox: &Sandbox, path: &str) {
    let made = Command::new("mkfifo").arg(sandbox.path(path)).status();
    assert!(made.expect("mkfifo").success());
}

/// Runs the program with a text on its standard input.
fn run_with(sandbox: &Sandbox, arguments: &[&str], text: &str) -> Ran {
    let mut child = sandbox
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = text.to_owned();
    // A program that does not want all of it is no problem here.
    thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran {
        code: output.status.code().expect("an exit code"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

#[test]
fn a_document_may_come_from_standard_input() {
    let sandbox = Sandbox::new();
    let stdin = ["--spec", "/dev/stdin"];
    let generate = [&["generate"], &stdin[..]].concat();
    run_with(&sandbox, &generate, DOCUMENT).assert(0);
    let header = sandbox.read("generated-client/src/lib.rs");
    assert!(header.contains(" from stdin. Do not edit."), "{header}");
    run_with(&sandbox, &["check", "--spec", "/dev/fd/0"], DOCUMENT).assert(0);
    // There is no folder that other files are in, unless one is named.
    let text = DOCUMENT.replace("\"#/components/schemas/Kind\"", "kind.yaml");
    sandbox.write("spec/kind.yaml", "type: string\n");
    run_with(&sandbox, &generate, &text)
        .assert(2)
        .says("outside of it");
    let rooted = [&generate[..], &["--root", "spec"]].concat();
    run_with(&sandbox, &rooted, &text).assert(0);
}

#[test]
fn a_document_may_come_from_a_named_pipe() {
    let sandbox = Sandbox::new();
    pipe(&sandbox, "spec/pipe.yaml");
    let path = sandbox.path("spec/pipe.yaml");
    let writer = thread::spawn(move || fs::write(path, DOCUMENT).expect("written"));
    sandbox
        .run(&["generate", "--spec", "spec/pipe.yaml"])
        .assert(0);
    writer.join().expect("written");
}

#[test]
fn inputs_that_nobody_has_named_are_files() {
    let sandbox = Sandbox::new();
    sandbox.write("spec/client.toml", "[files]\n\"NOTES.md\" = \"notes.md\"\n");
    pipe(&sandbox, "spec/notes.md");
    let pipes = "it is a pipe or a device, not a file";
    sandbox.run(&["generate"]).assert(2).says(pipes);
    sandbox.write("spec/client.toml", "overlays = [\"/dev/zero\"]\n");
    sandbox.run(&["generate"]).assert(2).says(pipes);
    sandbox.write("spec/client.toml", "overlays = [\".\"]\n");
    sandbox
        .run(&["generate"])
        .assert(2)
        .says("it is a folder, not a file");
    fs::remove_file(sandbox.path("spec/client.toml")).expect("removed");
    pipe(&sandbox, "spec/client.toml");
    sandbox.run(&["generate"]).assert(2).complains(pipes);
    fs::remove_file(sandbox.path("spec/client.toml")).expect("removed");
    fs::remove_file(sandbox.path("spec/openapi.yaml")).expect("removed");
    pipe(&sandbox, "spec/openapi.yaml");
    sandbox.run(&["generate"]).assert(2).complains(pipes);
}

#[test]
fn inputs_are_read_up_to_a_size() {
    let sandbox = Sandbox::new();
    let large = |path: &str| {
        let file = fs::File::create(sandbox.path(path)).expect("a file");
        file.set_len(20 << 30).expect("a size");
    };
    large("large");
    for (arguments, words) in [
        (["--spec", "large"], "large: it has more than 256 MB"),
        (["--config", "large"], "large: it has more than 16 MB"),
        (
            ["--config", "/dev/zero"],
            "/dev/zero: it has more than 16 MB",
        ),
    ] {
        let arguments = [&["generate"], &arguments[..]].concat();
        sandbox.run(&arguments).assert(2).complains(words);
    }
    for config in [
        "[files]\n\"NOTES.md\" = \"../large\"\n",
        "overlays = [\"../large\"]\n",
    ] {
        sandbox.write("spec/client.toml", config);
        sandbox
            .run(&["generate"])
            .assert(2)
            .says("large: it has more than 256 MB");
    }
}

#[test]
fn watching_does_not_wait_for_a_pipe() {
    let sandbox = Sandbox::new();
    let arguments = ["generate", "--watch", "--spec", "spec/openapi.yaml"];
    let mut command = sandbox.command(&arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut watcher = command.spawn().expect("the program runs");
    let progress = BufReader::new(watcher.stderr.take().expect("a pipe"));
    let (sender, lines) = channel();
    thread::spawn(move || {
        let mut lines = progress.lines().map_while(Result::ok);
        lines.try_for_each(|line| sender.send(line))
    });
    let wait_for = |words: &str| {
        // However slow the machine is; only a failure takes so long.
        while !lines
            .recv_timeout(Duration::from_secs(120))
            .unwrap_or_else(|_| panic!("no {words}"))
            .contains(words)
        {}
    };
    wait_for("Watching");
    let spec = sandbox.path("spec/openapi.yaml");
    fs::remove_file(&spec).expect("removed");
    pipe(&sandbox, "spec/openapi.yaml");
    wait_for("it is a pipe or a device");
    wait_for("Watching");
    fs::remove_file(&spec).expect("removed");
    sandbox.write("spec/openapi.yaml", DOCUMENT);
    wait_for("Watching");
    watcher.kill().expect("killed");
    watcher.wait().expect("ended");
    sandbox.run(&["check"]).assert(0);
}
