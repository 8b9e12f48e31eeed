//! Compiling the crates: a workspace of them in, what rustc says of each out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::generation::{Places, Trouble};
use crate::cargo;

/// Debug information is not worth its time; neither is incremental compilation,
/// since a change of the generator changes all there is.
const PROFILE: &str = "\n[profile.dev]\ndebug = 0\nincremental = false\n";

/// A workspace of crates with one lock file and one target folder.
#[derive(Debug)]
pub(crate) struct Workspace {
    folder: PathBuf,
    jobs: usize,
}

/// What became of a crate.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    /// What is wrong with it.
    pub(crate) failure: Option<Trouble>,
    /// How long it took, without its dependencies; `None` where everything was
    /// compiled already.
    pub(crate) took: Option<Duration>,
}

impl Workspace {
    /// Makes a workspace of these crates, by the names of their folders. The
    /// versions of dependencies are those of this repository: they are there
    /// already, so that no network is needed.
    pub(crate) fn new(places: &Places, members: &[&str], jobs: usize) -> io::Result<Self> {
        let folder = &places.crates;
        let members: BTreeSet<&str> = members.iter().copied().collect();
        let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
        for member in members {
            manifest.push_str(&format!("    \"{member}\",\n"));
        }
        manifest.push_str("]\n");
        manifest.push_str(PROFILE);
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::copy(
            places.repository.join("Cargo.lock"),
            folder.join("Cargo.lock"),
        )?;
        Ok(Self {
            folder: folder.clone(),
            jobs,
        })
    }

    /// `cargo check --all-targets` of one crate with its mock, warnings denied.
    pub(crate) fn check(&self, package: &str) -> Compiled {
        self.compile(&[
            "check",
            "--all-targets",
            "--features",
            "blocking,mock",
            "--package",
            package,
        ])
    }

    /// Compiles one test of a crate, without its transport.
    pub(crate) fn compile_test(&self, package: &str, test: &str) -> Compiled {
        self.compile(&[
            "test",
            "--no-run",
            "--no-default-features",
            "--package",
            package,
            "--test",
            test,
        ])
    }

    /// Runs a test that was compiled.
    pub(crate) fn run_test(
        &self,
        package: &str,
        test: &str,
        variable: (&str, &Path),
    ) -> io::Result<std::process::Output> {
        let mut command = self.cargo();
        command
            .args(["test", "--quiet", "--offline", "--no-default-features"])
            .args(["--package", package, "--test", test])
            .env(variable.0, variable.1);
        command.output()
    }

    fn compile(&self, arguments: &[&str]) -> Compiled {
        let mut ran = self.run(arguments, true);
        if ran.as_ref().is_ok_and(Ran::lacks_a_download) {
            ran = self.run(arguments, false);
        }
        match ran {
            Ok(ran) => ran.compiled(),
            Err(error) => Compiled {
                failure: Some(Trouble {
                    short: "not run".to_owned(),
                    details: vec![error.to_string()],
                }),
                took: None,
            },
        }
    }

    /// Cargo in the workspace, with its target folder.
    fn cargo(&self) -> Command {
        let mut command = cargo::command(&self.folder);
        command
            .env("CARGO_TARGET_DIR", self.folder.join(".target"))
            .env("RUSTFLAGS", "-D warnings")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str], offline: bool) -> io::Result<Ran> {
        let mut command = self.cargo();
        command
            .args(arguments)
            .args(["--quiet", "--message-format", "json"])
            .args(["--jobs", &self.jobs.to_string()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if offline {
            command.arg("--offline");
        }
        let mut child = command.spawn()?;
        let stderr = child
            .stderr
            .take()
            .map(|stream| thread::spawn(move || io::read_to_string(stream).unwrap_or_default()));
        let mut ran = Ran::default();
        if let Some(stdout) = child.stdout.take() {
            ran.follow(stdout, &self.folder)?;
        }
        ran.passed = child.wait()?.success();
        let stderr = stderr.and_then(|reader| reader.join().ok());
        ran.stderr = stderr.unwrap_or_default();
        Ok(ran)
    }
}

/// What cargo said.
#[derive(Debug, Default)]
struct Ran {
    passed: bool,
    stderr: String,
    /// The errors and warnings of the crate, each as rustc shows it.
    found: Vec<String>,
    errors: usize,
    /// Whether anything of the crate was compiled, not found ready.
    worked: bool,
    took: Duration,
}

/// One line of cargo's messages.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: Option<PathBuf>,
    #[serde(default)]
    fresh: bool,
    #[serde(default)]
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    #[serde(default)]
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<serde_json::Value>,
}

impl Ran {
    /// Reads the messages as they come. The clock starts when the last
    /// dependency is done: the crate itself cannot start before.
    fn follow(&mut self, stream: impl Read, folder: &Path) -> io::Result<()> {
        let mut started = Instant::now();
        for line in BufReader::new(stream).lines() {
            let Ok(message) = serde_json::from_str::<Message>(&line?) else {
                continue;
            };
            let ours = message
                .manifest_path
                .as_ref()
                .is_some_and(|path| path.starts_with(folder));
            match (message.reason.as_str(), ours) {
                ("compiler-artifact" | "build-script-executed", false) => {
                    started = Instant::now();
                }
                ("compiler-artifact", true) => self.worked |= !message.fresh,
                ("compiler-message", true) => {
                    self.worked = true;
                    if let Some(diagnostic) = message.message {
                        self.add(diagnostic);
                    }
                }
                _ => {}
            }
        }
        self.took = started.elapsed();
        Ok(())
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        let counts = matches!(diagnostic.level.as_str(), "error" | "warning");
        // The last words ("aborting due to 2 previous errors") are no finding.
        if !counts || (diagnostic.spans.is_empty() && diagnostic.message.starts_with("aborting")) {
            return;
        }
        let text = diagnostic.rendered.unwrap_or(diagnostic.message);
        let text = text.trim_end().to_owned();
        // The library is compiled twice, for its own sake and for its tests.
        if !self.found.contains(&text) {
            self.errors += usize::from(diagnostic.level == "error");
            self.found.push(text);
        }
    }

    fn lacks_a_download(&self) -> bool {
        !self.passed && self.found.is_empty() && self.stderr.contains("--offline")
    }

    fn compiled(self) -> Compiled {
        let warnings = self.found.len() - self.errors;
        let short = match (self.passed, self.errors, warnings) {
            (true, 0, 0) => None,
            (_, 0, 0) => Some("failed".to_owned()),
            (_, 0, count) => Some(format!("{count} warnings")),
            (_, 1, _) => Some("1 error".to_owned()),
            (_, count, _) => Some(format!("{count} errors")),
        };
        let details = match self.found.is_empty() {
            true => self.stderr.lines().map(str::to_owned).collect(),
            false => self.found,
        };
        Compiled {
            failure: short.map(|short| Trouble { short, details }),
            took: self.worked.then_some(self.took),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(passed: bool, messages: &[&str]) -> Compiled {
        let mut ran = Ran {
            passed,
            ..Ran::default()
        };
        let text = messages.join("\n");
        ran.follow(text.as_bytes(), Path::new("/corpus")).unwrap();
        ran.compiled()
    }

    const OURS: &str =
        r#"{"reason":"compiler-artifact","manifest_path":"/corpus/pets/Cargo.toml","fresh":false}"#;
    const ERROR: &str = r#"{"reason":"compiler-message","manifest_path":"/corpus/pets/Cargo.toml",
        "message":{"level":"error","message":"unused","rendered":"error: unused\n","spans":[{}]}}"#;
    const LAST: &str = r#"{"reason":"compiler-message","manifest_path":"/corpus/pets/Cargo.toml",
        "message":{"level":"error","message":"aborting due to 1 previous error","spans":[]}}"#;

    #[test]
    fn findings_are_told_once() {
        let one_line = |text: &str| text.replace('\n', "");
        let (error, last) = (one_line(ERROR), one_line(LAST));
        let compiled = ran(false, &[&error, &last, &error, &last]);
        let expected = Trouble {
            short: "1 error".to_owned(),
            details: vec!["error: unused".to_owned()],
        };
        assert_eq!(compiled.failure, Some(expected));
        assert!(compiled.took.is_some());
    }

    #[test]
    fn what_was_compiled_before_has_no_time() {
        let compiled = ran(true, &[OURS]);
        assert_eq!((compiled.failure, compiled.took.is_some()), (None, true));
        let fresh = OURS.replace("false", "true");
        let compiled = ran(true, &[&fresh]);
        assert_eq!((compiled.failure, compiled.took), (None, None));
    }

    #[test]
    fn cargo_itself_can_fail() {
        let compiled = ran(false, &[]);
        assert_eq!(
            compiled.failure.map(|trouble| trouble.short).as_deref(),
            Some("failed")
        );
    }
}
