//! A cargo workspace of generated clients: their files in, the outcome of their
//! tests out.

#![allow(
    dead_code,
    reason = "every test program compiles this file and uses a part of it"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::documents::{folder_of, read};

/// A workspace below the target folder. It stays there, so that the next run
/// compiles only what has changed.
pub(crate) struct Workspace {
    folder: PathBuf,
    /// The folders of the crates that were added.
    crates: BTreeSet<PathBuf>,
}

/// Debug information is not worth its time; neither is incremental compilation,
/// since a change of the generator changes all there is.
const MANIFEST: &str = r#"[workspace]
resolver = "3"
members = ["clients/*"]

[profile.dev]
debug = 0
incremental = false
"#;

/// Tests need no server, hence the default transport with its many dependencies
/// is left out.
const FEATURES: [&str; 3] = ["--no-default-features", "--features", "blocking,mock"];

/// The hand-written tests of a client: the file of this name, and what all of
/// them share.
pub(crate) fn behaviour(file: &str) -> [(String, String); 2] {
    let folder = folder_of("golden/behaviour");
    [
        ("tests/behaviour.rs".to_owned(), read(&folder.join(file))),
        (
            "tests/canned/mod.rs".to_owned(),
            read(&folder.join("canned/mod.rs")),
        ),
    ]
}

impl Workspace {
    /// Starts anew, with the versions of dependencies that this repository
    /// uses: they are there already, so that no network is needed.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("clients")).expect("a folder");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        write(&folder.join("Cargo.lock"), &read(&lock));
        write(&folder.join("Cargo.toml"), MANIFEST);
        Self {
            folder,
            crates: BTreeSet::new(),
        }
    }

    /// Adds a crate, in place of one that an earlier run has left.
    pub(crate) fn add(&mut self, name: &str, files: &[(String, String)]) {
        let folder = self.folder.join("clients").join(name);
        let mut wanted = BTreeSet::new();
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            write(&path, text);
            wanted.insert(path);
        }
        remove_others(&folder, &wanted);
        self.crates.insert(folder);
    }

    /// Compiles all crates without warnings and runs their tests.
    pub(crate) fn test(&self) {
        self.remove_leftovers();
        let mut arguments = vec!["test", "--workspace", "--no-fail-fast"];
        arguments.extend(FEATURES);
        for test in ["wire", "behaviour", "round_trip", "mock"] {
            let file = format!("tests/{test}.rs");
            if self.crates.iter().any(|folder| folder.join(&file).exists()) {
                arguments.extend(["--test", test]);
            }
        }
        self.run(&arguments);
    }

    /// Runs the tests of one crate, with the features that it asks for.
    pub(crate) fn test_alone(&self, package: &str) {
        self.remove_leftovers();
        self.run(&["test", "--package", package]);
    }

    /// Compiles the examples in the documentation of all crates, as they are
    /// compiled already.
    pub(crate) fn test_examples(&self) {
        self.run(&[&["test", "--doc", "--workspace"][..], &FEATURES].concat());
    }

    /// Runs cargo, which has to succeed without warnings.
    pub(crate) fn run(&self, arguments: &[&str]) {
        let mut output = self.cargo(&[arguments, &["--offline"]].concat());
        if lacks_a_download(&output) {
            output = self.cargo(arguments);
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(
            output.status.success(),
            "cargo {} in {}\n{}\n{}",
            arguments.join(" "),
            self.folder.display(),
            text(&output.stderr),
            text(&output.stdout),
        );
    }

    /// The compiled tests of this name, by the folder of their crate.
    pub(crate) fn programs(&self, test: &str) -> BTreeMap<String, PathBuf> {
        let arguments = ["test", "--workspace", "--offline", "--test", test];
        let no_run = ["--no-run", "--message-format", "json"];
        let output = self.cargo(&[&arguments[..], &FEATURES, &no_run].concat());
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let found = lines.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let is_test = message["target"]["name"] == test && message["profile"]["test"] == true;
            let program = message["executable"].as_str().filter(|_| is_test)?;
            let manifest = Path::new(message["manifest_path"].as_str()?);
            let name = manifest.parent()?.file_name()?.to_string_lossy();
            Some((name.into_owned(), PathBuf::from(program)))
        });
        found.collect()
    }

    /// Writes the documentation of a crate, without warnings.
    pub(crate) fn document(&self, package: &str) {
        let arguments = [
            "doc",
            "--no-deps",
            "--no-default-features",
            "--offline",
            "-p",
            package,
        ];
        let output = self.cargo(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo doc of {package}\n{said}");
    }

    /// The folder of the documentation.
    pub(crate) fn documentation(&self) -> PathBuf {
        self.folder.join("target/doc")
    }

    /// Removes the crates that an earlier run has added and this one has not.
    fn remove_leftovers(&self) {
        for entry in fs::read_dir(self.folder.join("clients")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if !self.crates.contains(&path) {
                fs::remove_dir_all(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            }
        }
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("RUSTFLAGS", "-D warnings")
            .env("RUSTDOCFLAGS", "-D warnings")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .expect("cargo runs")
    }
}

fn lacks_a_download(output: &Output) -> bool {
    let said = String::from_utf8_lossy(&output.stderr);
    !output.status.success() && said.contains("--offline")
}

/// Writes a file, unless it is the same already: cargo goes by the time.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::write(path, text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
}

fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            remove_others(&path, wanted);
        } else if !wanted.contains(&path) {
            fs::remove_file(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        }
    }
}
