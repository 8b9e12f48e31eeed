//! Generating from one document, in a process of its own, so that nothing it
//! does can reach the others: a [`Document`] in, a [`Generated`] out.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value as Json;

use super::document::Document;
use crate::{cargo, memory};

/// How often a process is asked whether it has ended.
const PATIENCE: Duration = Duration::from_millis(2);

/// Where everything stands.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The folder with a folder for each crate.
    pub(crate) crates: PathBuf,
    /// The folder for what the processes say.
    pub(crate) logs: PathBuf,
    /// This program.
    pub(crate) this: PathBuf,
    /// The repository.
    pub(crate) repository: PathBuf,
}

/// What became of a document.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    /// What kept it from becoming a crate: the first line says it in short.
    pub(crate) failure: Option<Trouble>,
    /// How many operations the client has.
    pub(crate) operations: usize,
    /// How many operations were left out, by configuration.
    pub(crate) skipped: usize,
    /// How many types the client has.
    pub(crate) types: usize,
    /// How many lines of Rust the crate has.
    pub(crate) lines: usize,
    /// How often each warning was given.
    pub(crate) warnings: BTreeMap<String, usize>,
    /// How long it took, from the start of the process to its end.
    pub(crate) took: Duration,
    /// The most memory it held, where that is known.
    pub(crate) memory: Option<u64>,
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// In few words, for the table.
    pub(crate) short: String,
    /// All that is worth showing below the table.
    pub(crate) details: Vec<String>,
}

/// The name of the crate that is made of a document: never that of another
/// package, never a digit first.
pub(crate) fn package(document: &Document) -> String {
    format!("corpus-{}", document.name)
}

/// Generates the crate of a document.
pub(crate) fn generate(document: &Document, places: &Places, limit: Duration) -> Generated {
    let mut generated = Generated {
        failure: None,
        operations: 0,
        skipped: 0,
        types: 0,
        lines: 0,
        warnings: BTreeMap::new(),
        took: Duration::ZERO,
        memory: None,
    };
    let out = places.crates.join(&document.name);
    let started = Instant::now();
    let ran = run(document, places, &out, limit);
    generated.took = started.elapsed();
    match ran {
        Ok(ran) => {
            generated.memory = ran.memory;
            let report: Report = serde_json::from_str(&ran.report).unwrap_or_default();
            generated.warnings = report.warnings();
            generated.failure = trouble(&ran, &report);
        }
        Err(problem) => {
            generated.failure = Some(Trouble {
                short: "not run".to_owned(),
                details: vec![problem],
            });
        }
    }
    if generated.failure.is_none() {
        generated.failure = count(&out, &mut generated).err();
    }
    generated
}

/// A process that has ended.
struct Ran {
    /// `None` if it was stopped, because it took too long.
    status: Option<ExitStatus>,
    report: String,
    progress: String,
    memory: Option<u64>,
    limit: Duration,
}

fn run(document: &Document, places: &Places, out: &Path, limit: Duration) -> Result<Ran, String> {
    let log = |ending: &str| places.logs.join(format!("{}.{ending}", document.name));
    let (report, progress, peak) = (log("json"), log("stderr"), log("memory"));
    let told = |error: std::io::Error| error.to_string();
    // What an earlier run has left must not be taken for what this one says.
    let _absent = fs::remove_file(&peak);
    let mut command = Command::new(&places.this);
    cargo::clean(&mut command);
    command
        .arg("generate")
        .arg("--spec")
        .arg(&document.entry)
        .arg("--root")
        .arg(&document.root)
        .arg("--out")
        .arg(out)
        .arg("--name")
        .arg(package(document))
        .args(["--format", "json", "--color", "never"])
        .current_dir(&places.repository)
        .env(memory::VARIABLE, &peak)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(File::create(&report).map_err(told)?)
        .stderr(File::create(&progress).map_err(told)?);
    let child = command.spawn().map_err(told)?;
    let status = wait(child, limit).map_err(told)?;
    let read = |path: &Path| {
        let bytes = fs::read(path).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ok(Ran {
        status,
        report: read(&report),
        progress: read(&progress),
        memory: read(&peak).parse().ok(),
        limit,
    })
}

/// The end of a process, or its stop at the limit.
fn wait(mut child: Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PATIENCE);
    }
}

/// What is wrong with how a process ended, if anything is.
fn trouble(ran: &Ran, report: &Report) -> Option<Trouble> {
    let last = |count: usize| {
        let lines: Vec<&str> = ran.progress.lines().collect();
        let start = lines.len().saturating_sub(count);
        let lines = lines[start..].iter();
        lines.map(|line| (*line).to_owned()).collect::<Vec<_>>()
    };
    let Some(status) = ran.status else {
        return Some(Trouble {
            short: "no end".to_owned(),
            details: vec![format!("stopped after {} s", ran.limit.as_secs())],
        });
    };
    match status.code() {
        Some(0) => None,
        Some(101) => Some(Trouble {
            short: "panic".to_owned(),
            details: last(8),
        }),
        Some(2) if report.count("error") > 0 => Some(Trouble {
            short: match report.count("error") {
                1 => "1 error".to_owned(),
                count => format!("{count} errors"),
            },
            details: report.errors(),
        }),
        Some(2) => Some(Trouble {
            short: "refused".to_owned(),
            details: last(8),
        }),
        _ => Some(Trouble {
            short: "crash".to_owned(),
            details: [vec![status.to_string()], last(8)].concat(),
        }),
    }
}

/// The report of `generate`, as far as it matters here.
#[derive(Debug, Default, Deserialize)]
struct Report {
    findings: Vec<Finding>,
}

#[derive(Debug, Deserialize)]
struct Finding {
    code: String,
    severity: String,
    message: String,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    line: Option<usize>,
    #[serde(default)]
    column: Option<usize>,
}

impl Report {
    fn count(&self, severity: &str) -> usize {
        let all = self.findings.iter();
        all.filter(|finding| finding.severity == severity).count()
    }

    fn warnings(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            if finding.severity == "warning" {
                *counts.entry(finding.code.clone()).or_insert(0) += 1;
            }
        }
        counts
    }

    fn errors(&self) -> Vec<String> {
        let all = self.findings.iter();
        all.filter(|finding| finding.severity == "error")
            .map(|finding| {
                let place = match (&finding.file, finding.line, finding.column) {
                    (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}: "),
                    (Some(file), ..) => format!("{file}: "),
                    _ => String::new(),
                };
                format!("{place}error[{}]: {}", finding.code, finding.message)
            })
            .collect()
    }
}

/// Counts what is in the crate.
fn count(out: &Path, generated: &mut Generated) -> Result<(), Trouble> {
    let trouble = |details: String| Trouble {
        short: "unreadable".to_owned(),
        details: vec![details],
    };
    let path = out.join("surface.json");
    let text = fs::read_to_string(&path)
        .map_err(|error| trouble(format!("{}: {error}", path.display())))?;
    let surface: Json = serde_json::from_str(&text)
        .map_err(|error| trouble(format!("{}: {error}", path.display())))?;
    let length = |key: &str| surface[key].as_array().map_or(0, Vec::len);
    generated.operations = length("operations");
    generated.skipped = length("skipped");
    generated.types = length("types");
    generated.lines = lines(out).map_err(|error| trouble(error.to_string()))?;
    Ok(())
}

fn lines(folder: &Path) -> std::io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read(&path)?;
            count += text.iter().filter(|byte| **byte == b'\n').count();
        }
    }
    Ok(count)
}
