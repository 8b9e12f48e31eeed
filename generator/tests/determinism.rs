//! The same input gives the same bytes, whenever, wherever and by whomever it
//! is read, and none of that shows in the output.

#![allow(
    clippy::expect_used,
    reason = "clippy does not see that this is a part of tests"
)]

mod documents;
mod sandbox;

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use documents::{Document, documents};
use driftless::diagnostic::{Format, render};
use sandbox::Sandbox;

/// Environments in which a program that looks at them would act differently.
const ENVIRONMENTS: [[(&str, &str); 4]; 2] = [
    [
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("TZ", "Pacific/Kiritimati"),
        ("HOME", "/canary/one"),
    ],
    [
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("TZ", "America/Adak"),
        ("HOME", "/canary/two"),
    ],
];

/// Texts that the environment holds and no output may.
const CANARIES: [(&str, &str); 3] = [
    ("USER", "canary-user"),
    ("LOGNAME", "canary-user"),
    ("HOSTNAME", "canary-host"),
];

#[test]
fn the_same_request_gives_the_same_outcome() {
    for document in documents("golden").iter().chain(&documents("negative")) {
        let outcome = |document: &Document| {
            let outcome = document.generate();
            let said = render(&outcome.report, &outcome.source, Format::Human, false);
            (outcome.tree, outcome.surface.map(|it| it.to_json()), said)
        };
        let same = outcome(document) == outcome(document);
        assert!(same, "{} made two things", document.file);
    }
}

/// Runs the program in a folder below the sandbox, in one of the environments.
fn run(
    sandbox: &Sandbox,
    folder: &str,
    number: usize,
    command: &str,
    arguments: &[String],
) -> String {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = sandbox.command(&[&[command], &arguments[..]].concat());
    command
        .current_dir(sandbox.path(folder))
        .envs(ENVIRONMENTS[number])
        .envs(CANARIES)
        .stdin(Stdio::null());
    let output = command.output().expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    format!("{stdout}{stderr}")
}

/// A sandbox with this document and a folder.
fn place(document: &Document, folder: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    for (path, text) in document.texts() {
        let path = format!("spec/{path}");
        let folder = sandbox.path(&path);
        fs::create_dir_all(folder.parent().expect("a folder")).expect("a folder");
        sandbox.write(&path, &text);
    }
    fs::create_dir_all(sandbox.path(folder)).expect("a folder");
    sandbox
}

/// The arguments that name the document and the client, which stand here.
fn arguments(here: &str) -> [String; 4] {
    let paths = ["spec/openapi.yaml", "generated-client"];
    let [spec, out] = paths.map(|path| format!("{here}{path}"));
    ["--spec".to_owned(), spec, "--out".to_owned(), out]
}

#[test]
fn another_folder_locale_time_zone_and_home_change_no_byte() {
    for document in documents("golden") {
        let made = |folder, number, up: &str| {
            let sandbox = place(&document, folder);
            let here = match up {
                "/" => format!("{}/", sandbox.path("").display()),
                up => up.to_owned(),
            };
            run(&sandbox, folder, number, "generate", &arguments(&here));
            sandbox.files("generated-client")
        };
        let here = made("", 0, "");
        assert!(here.len() > 5, "{:?}", here.keys());
        let folder = "some/other folder";
        for there in [made(folder, 1, "../../"), made(folder, 1, "/")] {
            assert!(here == there, "{} made two clients", document.file);
        }
    }
}

#[test]
fn nothing_tells_where_when_or_by_whom_it_was_made() {
    // Nothing in it looks like a date.
    let documents = documents("golden");
    let document = documents.iter().find(|it| it.name() == "recursion");
    let document = document.expect("a document without dates");
    assert_eq!(date(&document.text), None);
    let sandbox = place(document, "deeper");
    let said: String = ["generate", "check", "surface", "generate"]
        .map(|command| run(&sandbox, "deeper", 0, command, &arguments("../")))
        .concat();
    let mut outputs: BTreeMap<String, String> = sandbox.files("generated-client");
    let root = sandbox.path("").canonicalize().expect("a folder");
    let root = root.to_str().expect("UTF-8").to_owned();
    let repository = env!("CARGO_MANIFEST_DIR");
    for (path, text) in &outputs {
        // The runtime is copied, and its authors may write of dates.
        if !path.starts_with("src/runtime") {
            assert_eq!(date(text), None, "{path}");
        }
    }
    outputs.insert("what was said".to_owned(), said);
    for (path, text) in outputs {
        for word in [&root, repository, "canary"] {
            assert!(!text.contains(word), "{word} in {path}");
        }
    }
}

/// The first text that looks like a date.
fn date(text: &str) -> Option<&str> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let dates = (0..text.len()).filter_map(|at| text.get(at..at + 10));
    let mut dates = dates.filter(|found| {
        let parts: Vec<&str> = found.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        lengths == [4, 2, 2] && parts.into_iter().all(digits)
    });
    dates.next()
}
