//! The examples of the client against the mock, with the commands that the
//! README has for it.

#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "clippy does not see that this is a part of tests"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const SECRET: &str = "not-to-be-shown";

/// What each example prints where all goes well.
const PRINTED: [(&str, &str); 4] = [
    (
        "create_saml_connection",
        "created saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9 (pending)",
    ),
    (
        "delete_connection",
        "deleted saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9",
    ),
    (
        "delete_verification_certificate",
        "deleted saml-verification-key-test-5ccbc642-9373-42b8-928f-c1646c868701",
    ),
    (
        "update_external_connection",
        "updated external-connection-test-",
    ),
];

fn repository() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("a folder").to_owned()
}

/// The lines of the shell that a section of the README has.
fn commands(heading: &str) -> Vec<String> {
    let readme = fs::read_to_string(repository().join("README.md")).expect("a README");
    let (_, section) = readme.split_once(heading).expect("the section");
    let section = section.split("\n## ").next().unwrap_or("");
    let blocks = section.split("```sh\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or("").lines());
    // One command may be on several lines.
    let text: Vec<&str> = lines.collect();
    let text = text.join("\n").replace("\\\n", " ");
    text.lines().map(str::to_owned).collect()
}

/// A running `cargo xtask mock`, on a port of its own.
struct Mock {
    process: Child,
    address: String,
}

impl Mock {
    fn start(flags: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["mock", "--quiet", "--listen", "127.0.0.1:0"])
            .args(flags)
            .current_dir(repository())
            .env("CARGO_MANIFEST_DIR", repository().join("xtask"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let stdout = process.stdout.take().expect("a stream");
        let mut address = String::new();
        BufReader::new(stdout)
            .read_line(&mut address)
            .expect("an address");
        let address = address.trim_end().to_owned();
        assert!(address.starts_with("http://"), "{address:?}");
        Self { process, address }
    }

    /// Runs a command of the README against this server.
    fn run(&self, command: &[&str], exports: &[(String, String)]) -> Output {
        let [cargo, rest @ ..] = command else {
            panic!("no command");
        };
        assert_eq!(*cargo, "cargo", "{command:?}");
        let mut run = Command::new(env!("CARGO"));
        run.args(rest).current_dir(repository());
        // Not what cargo has set for the tests, or the user for himself.
        for name in ["CARGO_MANIFEST_DIR", "STYTCH_PROJECT_ID", "STYTCH_SECRET"] {
            run.env_remove(name);
        }
        for (name, value) in exports {
            run.env(name, value);
        }
        run.env("STYTCH_BASE_URL", &self.address);
        run.output().expect("a run")
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn exports() -> Vec<(String, String)> {
    [
        ("STYTCH_PROJECT_ID", "project-test-x"),
        ("STYTCH_SECRET", SECRET),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn example<'a>(name: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    let cargo = [
        "cargo",
        "run",
        "--quiet",
        "--package",
        "stytch-sso",
        "--example",
    ];
    [&cargo[..], &[name, "--"], arguments].concat()
}

#[test]
fn the_readme_tries_every_example_without_an_account() {
    let mut exports: Vec<(String, String)> = Vec::new();
    let mut tried: Vec<String> = Vec::new();
    let mut mock = None;
    for command in commands("## Try it without an account") {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            ["cargo", "xtask", "mock"] => mock = Some(Mock::start(&[])),
            ["export", pairs @ ..] => {
                let pairs = pairs.iter().filter_map(|pair| pair.split_once('='));
                exports.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
            }
            words => {
                let mock = mock.as_ref().expect("`cargo xtask mock` comes first");
                let ran = mock.run(words, &exports);
                let (stdout, stderr) = (text(&ran.stdout), text(&ran.stderr));
                assert!(ran.status.success(), "{command}: {stderr}");
                let example = words.iter().position(|word| *word == "--example");
                let example = words[example.expect("an example") + 1];
                let printed = PRINTED.iter().find(|(name, _)| *name == example);
                let (_, printed) = printed.expect("a known example");
                assert!(stdout.starts_with(printed), "{command}: {stdout}");
                assert!(stdout.contains("\nrequest request-id-test-"), "{stdout}");
                tried.push(example.to_owned());
            }
        }
    }
    let base = exports.iter().find(|(name, _)| name == "STYTCH_BASE_URL");
    // What `mock` listens on by default.
    assert_eq!(
        base.map(|(_, url)| url.as_str()),
        Some("http://127.0.0.1:4010")
    );
    tried.sort();
    let mut files: Vec<String> = fs::read_dir(repository().join("spec/examples"))
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    files.sort();
    assert_eq!(tried, files);
}

#[test]
fn failures_are_explained_without_secrets() {
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "404=1",
            "the organization has no such connection",
            &["o", "c"],
        ),
        ("429=1", "too many requests, after 3 attempts", &["o", "c"]),
        ("401=1", "Unauthorized credentials.", &["o", "c"]),
        ("reset=1", "error: ", &["o", "c"]),
    ];
    for (fault, said, arguments) in cases {
        let mock = Mock::start(&["--fault", fault]);
        let ran = mock.run(&example("delete_connection", arguments), &exports());
        let (stdout, stderr) = (text(&ran.stdout), text(&ran.stderr));
        assert_eq!(ran.status.code(), Some(1), "{fault}: {stderr}");
        assert!(stderr.contains(said), "{fault}: {stderr}");
        assert_eq!(stdout, "", "{fault}");
        assert!(!stderr.contains(SECRET), "{fault}: {stderr}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let mock = Mock::start(&[]);
    for (name, _) in PRINTED {
        let ran = mock.run(&example(name, &["only"]), &exports());
        assert_eq!(ran.status.code(), Some(2), "{name}");
        let usage = format!("usage: {name} ORGANIZATION_ID ");
        assert!(text(&ran.stderr).starts_with(&usage), "{name}");
        let all: &[&str] = match name {
            "delete_connection" => &["o", "c"],
            _ => &["o", "c", "k"],
        };
        let ran = mock.run(&example(name, all), &[]);
        assert_eq!(ran.status.code(), Some(2), "{name}");
        assert!(text(&ran.stderr).contains("STYTCH_PROJECT_ID"), "{name}");
    }
}
