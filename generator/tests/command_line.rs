//! The contract of the command line: exit codes, streams, forms of the report.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "clippy does not see that this is a part of tests"
)]

mod sandbox;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use sandbox::Sandbox;
use serde_json::Value as Json;

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[test]
fn a_wrong_usage_ends_with_2_and_help_with_0() {
    let sandbox = Sandbox::new();
    for arguments in [
        &[][..],
        &["no-such-command"],
        &["generate", "--no-such-flag"],
        &["generate", "--format", "xml"],
        &["generate", "--dry-run", "--watch"],
        &["check", "-q", "-v"],
        &["check", "extra"],
        &["explain", "no-such-code"],
    ] {
        let ran = sandbox.run(arguments).assert(2);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        assert_ne!(ran.stderr, "", "{arguments:?}");
    }
    for arguments in [
        &["--help"][..],
        &["generate", "--help"],
        &["--version"],
        &["explain"],
    ] {
        let ran = sandbox.run(arguments).assert(0);
        assert_ne!(ran.stdout, "", "{arguments:?}");
        assert_eq!(ran.stderr, "", "{arguments:?}");
    }
}

#[test]
fn inputs_that_cannot_be_read_end_with_2() {
    let sandbox = Sandbox::generated();
    let before = sandbox.files("");
    let cases = [
        (&["--spec", "nowhere.yaml"][..], "nowhere.yaml"),
        (&["--spec", "spec"], "spec"),
        (&["--config", "nowhere.toml"], "nowhere.toml"),
        (&["--root", "nowhere"], "nowhere"),
        (&["--root", "generated-client"], "outside of `--root"),
    ];
    for (arguments, words) in cases {
        for command in ["generate", "check", "surface"] {
            let arguments = [&[command], arguments].concat();
            sandbox.run(&arguments).assert(2).complains(words);
        }
    }
    assert_eq!(sandbox.files(""), before);
    fs::write(sandbox.path("spec/openapi.yaml"), b"a: b\nc: \xff\n").unwrap();
    sandbox
        .run(&["check"])
        .assert(2)
        .complains("line 2 is not UTF-8");
    sandbox.write("spec/client.toml", "[package]\nnmae = \"x\"\n");
    sandbox.write("spec/openapi.yaml", sandbox::DOCUMENT);
    sandbox
        .run(&["check"])
        .assert(2)
        .complains("could not read spec/client.toml");
}

#[test]
fn files_that_the_configuration_names_have_to_be_there() {
    let sandbox = Sandbox::new();
    sandbox.write("spec/client.toml", "[files]\n\"NOTES.md\" = \"notes.md\"\n");
    sandbox
        .run(&["generate"])
        .assert(2)
        .says("spec/client.toml:2:1")
        .says("could not read spec/notes.md");
    sandbox.write("spec/notes.md", "Notes.\r\nMore.\r\n");
    sandbox.run(&["generate"]).assert(0);
    assert!(
        sandbox
            .read("generated-client/NOTES.md")
            .ends_with("Notes.\nMore.\n")
    );
    sandbox.write("spec/notes.md", "Notes.\nMore.\n");
    sandbox.run(&["check"]).assert(0);
}

#[test]
fn the_report_is_on_stdout_and_progress_on_stderr() {
    let sandbox = Sandbox::new();
    let ran = sandbox
        .run(&["generate"])
        .assert(0)
        .complains("  Generating ");
    assert!(!ran.stdout.contains("Generating"), "{ran:#?}");
    let quiet = sandbox
        .run(&["-q", "check"])
        .assert(0)
        .says("is up to date");
    assert_eq!(quiet.stderr, "");
    fs::remove_file(sandbox.path("generated-client/Cargo.toml")).unwrap();
    let quiet = sandbox.run(&["check", "-q"]).assert(1).says("missing-file");
    assert_eq!(quiet.stderr, "");
}

#[test]
fn the_program_can_be_run_from_any_folder() {
    let sandbox = Sandbox::generated();
    let files = sandbox.files("generated-client");
    fs::create_dir_all(sandbox.path("somewhere/else")).unwrap();
    let arguments = [
        "--spec",
        "../../spec/openapi.yaml",
        "--out",
        "../../generated-client",
    ];
    let run = |command| sandbox.run_in("somewhere/else", &[&[command], &arguments[..]].concat());
    run("check").assert(0);
    fs::remove_dir_all(sandbox.path("generated-client")).unwrap();
    run("check").assert(1).says(
        "run `driftless generate --spec ../../spec/openapi.yaml --out ../../generated-client`",
    );
    run("generate").assert(0);
    assert_eq!(sandbox.files("generated-client"), files);
}

#[test]
fn the_name_can_be_given() {
    let sandbox = Sandbox::new();
    sandbox
        .run(&["generate", "--name", "other-pets"])
        .assert(0)
        .complains("other-pets v");
    assert!(
        sandbox
            .read("generated-client/Cargo.toml")
            .contains("name = \"other-pets\"")
    );
    sandbox.run(&["check"]).assert(1);
    sandbox.run(&["check", "--name", "other-pets"]).assert(0);
}

#[test]
fn json_is_one_object_whatever_happens() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["generate", "--format", "json"]).assert(0);
    let object = json(&ran.stdout);
    assert_eq!(object["version"], 1);
    assert_eq!(object["findings"], Json::Array(Vec::new()));
    assert!(
        object["files"]["created"]
            .as_array()
            .is_some_and(|list| list.len() > 5)
    );

    let pet = sandbox.file_about("Its number");
    fs::remove_file(sandbox.path(&pet)).unwrap();
    let ran = sandbox.run(&["check", "--format", "json"]).assert(1);
    let findings = &json(&ran.stdout)["findings"];
    assert_eq!(findings.as_array().map(Vec::len), Some(1));
    assert_eq!(findings[0]["code"], "missing-file");
    assert_eq!(findings[0]["path"], *pet);
    assert_eq!(findings[0]["file"], "spec/openapi.yaml");
    assert!(
        findings[0]["diff"]
            .as_str()
            .is_some_and(|diff| diff.contains("+++ "))
    );

    sandbox.write("spec/openapi.yaml", "openapi: 9.9.9\n");
    for command in ["generate", "check", "surface"] {
        let ran = sandbox.run(&[command, "--format", "json"]).assert(2);
        let findings = &json(&ran.stdout)["findings"];
        assert!(
            findings.as_array().is_some_and(|list| !list.is_empty()),
            "{findings}"
        );
    }
    sandbox.write("spec/client.toml", "nonsense = 1\n");
    let ran = sandbox.run(&["check", "--format", "json"]).assert(2);
    assert_eq!(json(&ran.stdout)["findings"][0]["code"], "configuration");
}

#[test]
fn every_form_of_the_report_names_what_drifted() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    fs::remove_file(sandbox.path(&pet)).unwrap();
    for format in ["human", "short", "json", "github", "markdown"] {
        sandbox
            .run(&["check", "--format", format])
            .assert(1)
            .says(&pet);
    }
    sandbox
        .run(&["check", "--format", "github"])
        .assert(1)
        .says("::error file=spec/openapi.yaml,line=");
    sandbox.run(&["generate"]).assert(0);
    for format in ["human", "short", "json", "github", "markdown"] {
        sandbox.run(&["check", "--format", format]).assert(0);
    }
}

#[test]
fn a_long_difference_is_shortened_unless_all_is_asked_for() {
    let sandbox = Sandbox::generated();
    let pet = sandbox.file_about("Its number");
    let lines: String = (0..200).map(|number| format!("line {number}\n")).collect();
    sandbox.write(&pet, &lines);
    let short = sandbox.run(&["check"]).assert(1).says("`-v` shows all");
    assert!(!short.stdout.contains("-line 199\n"));
    sandbox.run(&["check", "-v"]).assert(1).says("-line 199\n");
}

#[test]
fn colours_follow_the_flag() {
    let sandbox = Sandbox::generated();
    sandbox.write("generated-client/src/lib.rs", "// Edited.\n");
    for (choice, colours) in [("always", true), ("never", false), ("auto", false)] {
        let ran = sandbox.run(&["check", "--color", choice]).assert(1);
        assert_eq!(ran.stdout.contains('\u{1b}'), colours, "{choice}");
        assert_eq!(ran.stderr.contains('\u{1b}'), colours, "{choice}");
    }
}

#[test]
fn a_report_that_nobody_reads_is_no_bug() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .command(&["check", "-v"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}

#[test]
fn surface_and_the_document_come_alone_on_stdout() {
    let sandbox = Sandbox::new();
    let surface = sandbox.run(&["surface", "--format", "json"]).assert(0);
    assert!(json(&surface.stdout).is_object());
    sandbox.run(&["surface"]).assert(0).says("get_pet");
    let document = sandbox.run(&["generate", "--dump-spec"]).assert(0);
    let object = json(&document.stdout);
    assert_eq!(object["info"]["title"], "Pets");
    // The author's order.
    assert!(document.stdout.find("\"title\"") < document.stdout.find("\"version\""));
    assert!(!sandbox.path("generated-client").exists());
    // What is printed is a document that gives the same client.
    sandbox.run(&["generate"]).assert(0);
    let files = sandbox.files("generated-client/src");
    sandbox.write("spec/openapi.yaml", &document.stdout);
    sandbox.run(&["generate"]).assert(0);
    assert_eq!(sandbox.files("generated-client/src"), files);
}

#[test]
fn every_code_is_explained() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["explain"]).assert(0).stdout;
    assert!(
        list.contains("stale-file") && list.contains("unknown-key"),
        "{list}"
    );
    for line in list.lines() {
        let code = line.split_whitespace().next().unwrap();
        let ran = sandbox.run(&["explain", code]).assert(0);
        assert!(ran.stdout.len() > 80, "{code}: {}", ran.stdout);
    }
    sandbox
        .run(&["explain", "stale-fiel"])
        .assert(2)
        .complains("did you mean `stale-file`?");
}

/// A program that runs until it is told to stop.
struct Watcher(Child);

impl Drop for Watcher {
    fn drop(&mut self) {
        // It may have ended by itself, which the test has noticed by then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watching_generates_again_when_an_input_changes() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["generate", "--watch"]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut watcher = Watcher(command.spawn().unwrap());
    let progress = BufReader::new(watcher.0.stderr.take().unwrap());
    let (sender, lines) = channel();
    thread::spawn(move || {
        progress
            .lines()
            .try_for_each(|line| sender.send(line.unwrap()))
    });
    let wait_for = |words: &str| {
        // However slow the machine is; only a failure takes so long.
        let next = || lines.recv_timeout(Duration::from_secs(120)).expect(words);
        while !next().contains(words) {}
    };
    wait_for("Watching");
    let pet = sandbox.file_about("Its number");
    sandbox.edit("spec/openapi.yaml", "Its number", "Its very own number");
    wait_for("Watching");
    assert!(sandbox.read(&pet).contains("Its very own number"));
    sandbox.write("spec/openapi.yaml", "openapi: [");
    wait_for("error: could not generate");
    wait_for("Watching");
    sandbox.write("spec/openapi.yaml", sandbox::DOCUMENT);
    wait_for("Watching");
    assert!(!sandbox.read(&pet).contains("Its very own number"));
    sandbox.write("spec/client.toml", "[package]\nname = \"named-pets\"\n");
    wait_for("named-pets");
    wait_for("Watching");
    // What references lead to is watched, from before it is there.
    let kind = "$ref: \"#/components/schemas/Kind\"";
    sandbox.edit("spec/openapi.yaml", kind, "$ref: kind.yaml");
    wait_for("error: could not generate");
    wait_for("Watching");
    sandbox.write("spec/kind.yaml", "type: string\ndescription: In a file.\n");
    wait_for("Watching");
    sandbox.edit("spec/kind.yaml", "In a file", "In a file of its own");
    wait_for("Watching");
    sandbox.file_about("In a file of its own");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    let sandbox = Sandbox::new();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = sandbox.command(&["check"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let progress = String::from_utf8_lossy(&output.stderr);
    assert!(
        progress.contains("could not write the report"),
        "{progress}"
    );
}

/// Names of files are as free as texts.
#[cfg(unix)]
#[test]
fn names_of_files_steer_nothing() {
    let sandbox = Sandbox::generated();
    let header = sandbox.read("generated-client/src/lib.rs");
    for name in ["a\n::error file=x::pwn.rs", "\u{1b}[2J.rs", "\u{202e}x.rs"] {
        sandbox.write(&format!("generated-client/src/{name}"), &header);
    }
    for format in ["human", "short", "markdown", "json"] {
        let ran = sandbox
            .run(&["generate", "--dry-run", "--format", format])
            .assert(0);
        let said = [ran.stdout.as_str(), ran.stderr.as_str()].concat();
        assert!(said.contains("pwn"), "{said}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
        assert!(
            !said.lines().any(|line| line.trim_start().starts_with("::")),
            "{said}"
        );
    }
    let ran = sandbox
        .run(&["generate", "--spec", "\u{202e}\n::error::x\u{1b}.yaml"])
        .assert(2);
    let said = [ran.stdout.as_str(), ran.stderr.as_str()].concat();
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    assert!(
        !said.lines().any(|line| line.trim_start().starts_with("::")),
        "{said}"
    );
}
