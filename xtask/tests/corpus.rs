//! `corpus` over folders of small documents.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy does not see that this is a part of tests"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

const GOOD: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: { name: { type: string }, unheard: { type: string, unheardOf: 1 } }
";

const BAD: &str = "\
openapi: 9.0.0
info: { title: Bad, version: '1' }
paths: {}
";

/// A folder of documents, and one for what comes of them.
struct Corpus {
    documents: TempDir,
    target: TempDir,
}

struct Ran {
    code: Option<i32>,
    report: String,
    progress: String,
}

impl Corpus {
    fn new(files: &[(&str, &str)]) -> Self {
        let documents = TempDir::new().unwrap();
        for (path, text) in files {
            let path = documents.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self {
            documents,
            target: TempDir::new().unwrap(),
        }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("corpus")
            .arg(self.documents.path())
            .args(arguments)
            .current_dir(xtask)
            .env("CARGO_TARGET_DIR", self.target.path())
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            report: String::from_utf8_lossy(&output.stdout).into_owned(),
            progress: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The rows of the table, by document.
    fn table(&self, code: i32) -> Json {
        let ran = self.run(&["--format", "json"]);
        assert_eq!(ran.code, Some(code), "{}", ran.progress);
        let table: Json = serde_json::from_str(&ran.report).unwrap();
        assert_eq!(table["version"], 1);
        let rows = table["documents"].as_array().unwrap().iter();
        rows.map(|row| (row["document"].as_str().unwrap().to_owned(), row.clone()))
            .collect()
    }
}

#[test]
fn every_file_that_says_so_is_a_document() {
    let corpus = Corpus::new(&[
        ("good.yaml", GOOD),
        ("bad.yml", BAD),
        ("notes.yaml", "no: document\n"),
        ("many/part.json", "{\"type\": \"object\"}"),
        (
            "many/api/entry.json",
            "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"A\", \"version\": \"1\"}, \"paths\": {}}",
        ),
    ]);
    let table = corpus.table(1);
    let names: Vec<_> = table.as_object().unwrap().keys().collect();
    assert_eq!(names, ["bad", "good", "many-api-entry"]);
    assert_eq!(table["good"]["generated"]["ok"], true, "{table}");
    assert_eq!(table["good"]["openapi"], "3.0.3");
    assert_eq!(table["good"]["operations"], 1);
    assert_eq!(table["good"]["types"], 1);
    assert_eq!(table["good"]["warnings"]["unknown-key"], 1);
    assert!(table["good"]["lines"].as_u64() > Some(100));
    if cfg!(target_os = "linux") {
        assert!(table["good"]["memory"].as_u64() > Some(1024 * 1024));
    }
    assert_eq!(table["good"]["compiled"], Json::Null);
    assert!(
        corpus
            .target
            .path()
            .join("corpus/good/src/lib.rs")
            .is_file()
    );

    let bad = &table["bad"]["generated"];
    assert_eq!(bad["ok"], false);
    assert_eq!(bad["problem"], "1 error");
    let error = bad["errors"][0].as_str().unwrap();
    assert!(error.contains("bad.yml:1:"), "{error}");
    assert!(error.contains("error[unsupported-version]"), "{error}");
    // There is nothing in it to generate from: not a finding, a refusal.
    assert_eq!(table["many-api-entry"]["openapi"], "3.0.1");
    assert_eq!(table["many-api-entry"]["generated"]["problem"], "refused");
}

#[test]
fn a_manifest_names_the_documents() {
    let corpus = Corpus::new(&[
        (
            "MANIFEST.tsv",
            "name\tfile\tsource\topenapi\n\
            pets\tgood.yaml\thttps://example.com/x.yaml\t3.0.3\n\
            several\tparts/\tgithub:a/b@c:api/second.yaml\t\n\
            unsaid\tother/\t\t\n",
        ),
        ("good.yaml", GOOD),
        ("bad.yaml", BAD),
        // The source decides, where it can.
        ("parts/first.yaml", BAD),
        ("parts/api/second.yaml", GOOD),
        ("other/x/part.yaml", "type: object\n"),
        ("other/x/entry.yaml", GOOD),
    ]);
    let table = corpus.table(0);
    let names: Vec<_> = table.as_object().unwrap().keys().collect();
    assert_eq!(names, ["pets", "several", "unsaid"]);
    assert_eq!(table["several"]["openapi"], "3.0.3");
    assert_eq!(table["unsaid"]["operations"], 1);
}

#[test]
fn references_reach_the_top_folder_of_a_document_and_no_further() {
    let reference = |to: &str| GOOD.replace("'#/components/schemas/Pet'", &format!("'{to}'"));
    let pet = "type: object\nproperties: { name: { type: string } }\n";
    let corpus = Corpus::new(&[
        (
            "inside/api/v1/entry.yaml",
            &reference("../../parts/pet.yaml"),
        ),
        ("inside/parts/pet.yaml", pet),
        ("outside/entry.yaml", &reference("../inside/parts/pet.yaml")),
    ]);
    let table = corpus.table(1);
    let inside = &table["inside-api-v1-entry"];
    assert_eq!(inside["generated"]["ok"], true, "{inside}");
    assert_eq!(inside["types"], 2);
    let errors = &table["outside-entry"]["generated"]["errors"];
    let error = errors[0].as_str().unwrap();
    assert!(error.contains("outside"), "{error}");
}

#[test]
fn a_manifest_without_columns_is_refused() {
    let corpus = Corpus::new(&[("MANIFEST.tsv", "pets\tgood.yaml\n")]);
    let ran = corpus.run(&[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.progress.contains("has no columns"), "{}", ran.progress);
}

#[test]
fn the_table_is_for_people_and_for_files() {
    let corpus = Corpus::new(&[("good.yaml", GOOD), ("bad.yaml", BAD)]);
    let file = corpus.target.path().join("table.txt");
    let ran = corpus.run(&["--out", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(fs::read_to_string(file).unwrap(), ran.report);
    let lines: Vec<_> = ran.report.lines().collect();
    assert!(
        lines[0].starts_with("document  version  ops"),
        "{}",
        ran.report
    );
    assert!(lines[1].starts_with("bad       9.0.0"), "{}", ran.report);
    assert!(
        lines[2].starts_with("good      3.0.3      1      1"),
        "{}",
        ran.report
    );
    assert!(
        ran.report.contains("\nbad: 1 error\n    "),
        "{}",
        ran.report
    );
    assert!(
        ran.report.contains("2 documents: 1 generated"),
        "{}",
        ran.report
    );
    assert!(ran.progress.contains("bad: 1 error ("), "{}", ran.progress);
}

#[test]
fn some_documents_can_be_chosen() {
    let corpus = Corpus::new(&[("good.yaml", GOOD), ("bad.yaml", BAD)]);
    let ran = corpus.run(&["--only", "good", "--jobs", "1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.report);
    assert!(
        ran.report.contains("1 document: 1 generated"),
        "{}",
        ran.report
    );
    let ran = corpus.run(&["--only", "good,goose"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.progress.contains("no document `goose`"),
        "{}",
        ran.progress
    );
    assert!(ran.progress.contains("bad, good"), "{}", ran.progress);
}

#[test]
fn a_folder_without_documents_is_refused() {
    let corpus = Corpus::new(&[("notes.yaml", "no: document\n")]);
    let ran = corpus.run(&[]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.progress.contains("no OpenAPI document"),
        "{}",
        ran.progress
    );
}
