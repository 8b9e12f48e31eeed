//! `round-trip`: makes values of every schema of documents, lets the clients
//! decode and encode them, and says what does not come back.

mod report;

use std::fs;
use std::path::Path;

use driftless::cli::{Failure, Format, Invocation, Verbosity, Verdict};
use driftless::sample;
use serde::Deserialize;
use serde_json::Value as Json;

use crate::corpus::compilation::Workspace;
use crate::corpus::document::Document;
use crate::corpus::generation::{self, Generated, Places, Trouble};
use crate::corpus::progress::Progress;
use crate::corpus::{self, Asked};

/// The test that is added to each crate.
const TEST: &str = "round_trip";

/// What became of a document.
struct Row {
    document: Document,
    /// What kept it from being tested.
    trouble: Option<Trouble>,
    result: TestResult,
}

/// What the test of a crate has found.
#[derive(Debug, Default, Deserialize)]
struct TestResult {
    samples: usize,
    examples: usize,
    broken: usize,
    disputed: usize,
    misfits: usize,
    /// The component schemas without a type.
    untyped: Vec<String>,
    failures: Vec<TestFailure>,
}

/// A value that did not come back, an example that did not decode, or a broken
/// value that nobody refused.
#[derive(Debug, Deserialize)]
struct TestFailure {
    /// `samples`, `examples`, `broken` or `disputed`.
    of: String,
    place: String,
    case: String,
    problem: String,
    value: Json,
}

impl TestResult {
    fn failed(&self, of: &str) -> usize {
        let all = self.failures.iter();
        all.filter(|failure| failure.of == of).count()
    }
}

/// The arguments of the command.
pub(crate) fn arguments(command: clap::Command) -> clap::Command {
    corpus::selection(command).after_help(
        "Values: all properties, the required ones, nulls, each variant and value, some that are \
         not listed, empty and full lists. The examples of the documents that fit their schemas \
         are decoded, too. Values with one thing broken have to be refused: by their type, or by \
         `validate()` where there is one, and by the mock. The crates with their tests are in target/round-trip.\n\n\
         Exit codes: 0 all is well; 1 something failed; 2 the command could not do its work.",
    )
}

/// Runs the command.
pub(crate) fn run(invocation: &Invocation<'_>) -> Result<Verdict, Failure> {
    let terminal = invocation.terminal;
    let asked = Asked::new(invocation.arguments)?;
    let places = corpus::places(invocation, "round-trip")?;
    let generated = corpus::generate_all(&asked, &places, terminal);
    let mut rows = Vec::new();
    for (document, generated) in asked.documents.iter().zip(generated) {
        rows.push(prepared(invocation, &places, document, generated));
    }
    let good = |row: &&Row| row.trouble.is_none();
    let members: Vec<&str> = rows
        .iter()
        .filter(good)
        .map(|row| row.document.name.as_str())
        .collect();
    let mut progress = Progress::new(terminal, "Testing", members.len());
    let workspace = Workspace::new(&places, &members, asked.jobs)
        .map_err(|error| Failure::io("write", &places.crates, &error))?;
    for row in rows.iter_mut().filter(|row| row.trouble.is_none()) {
        let name = row.document.name.clone();
        progress.start(&name);
        match test(&workspace, &places, &row.document) {
            Ok(result) => row.result = result,
            Err(trouble) => row.trouble = Some(trouble),
        }
        let failures = format!("{} failures", row.result.failures.len());
        let failure = match &row.trouble {
            Some(trouble) => Some(trouble.short.as_str()),
            None if row.result.failures.is_empty() => None,
            None => Some(failures.as_str()),
        };
        progress.finish(&name, failure);
    }
    let all = terminal.verbosity() == Verbosity::Verbose;
    terminal.report(match invocation.format {
        Format::Json => report::json(&rows),
        _ => report::text(&rows, all),
    });
    let fine = |row: &Row| row.trouble.is_none() && row.result.failures.is_empty();
    match rows.iter().all(fine) {
        true => Ok(Verdict::Done),
        false => Ok(Verdict::Found),
    }
}

/// A document with its test beside the others of its crate.
fn prepared(
    invocation: &Invocation<'_>,
    places: &Places,
    document: &Document,
    generated: Generated,
) -> Row {
    let mut row = Row {
        document: document.clone(),
        trouble: generated.failure,
        result: TestResult::default(),
    };
    if row.trouble.is_none() {
        let name = generation::package(document);
        let written = invocation
            .outcome(&document.entry, &document.root, &name)
            .map_err(|failure| failure.message)
            .and_then(|outcome| {
                let folder = places.crates.join(&document.name);
                write(&folder, &sample::test_files(&outcome)).map_err(|error| error.to_string())
            });
        row.trouble = written.err().map(|problem| Trouble {
            short: "no samples".to_owned(),
            details: vec![problem],
        });
    }
    row
}

fn write(folder: &Path, files: &[(String, String)]) -> std::io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        // Cargo goes by the time.
        if !fs::read_to_string(&path).is_ok_and(|known| known == *text) {
            fs::write(&path, text)?;
        }
    }
    Ok(())
}

/// Compiles and runs the test of a crate.
fn test(
    workspace: &Workspace,
    places: &Places,
    document: &Document,
) -> Result<TestResult, Trouble> {
    let package = generation::package(document);
    let compiled = workspace.compile_test(&package, TEST);
    if let Some(trouble) = compiled.failure {
        return Err(trouble);
    }
    let path = places.logs.join(format!("{}.result.json", document.name));
    // What an earlier run has left must not be taken for what this one says.
    let _absent = fs::remove_file(&path);
    let ran = workspace.run_test(&package, TEST, ("ROUND_TRIP_RESULT", &path));
    let said = match &ran {
        Ok(output) => [&output.stdout[..], &output.stderr[..]].concat(),
        Err(error) => error.to_string().into_bytes(),
    };
    let result = fs::read_to_string(&path).ok();
    let result = result.and_then(|text| serde_json::from_str(&text).ok());
    result.ok_or_else(|| Trouble {
        short: "crash".to_owned(),
        details: vec![String::from_utf8_lossy(&said).into_owned()],
    })
}
