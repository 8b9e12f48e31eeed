//! A folder of its own with a small document in it, and the program run there.

#![allow(
    dead_code,
    reason = "every test program compiles this file and uses a part of it"
)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "clippy does not see that this is a part of tests"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// A document of everyday shape with three schemas.
pub(crate) const DOCUMENT: &str = r##"openapi: 3.0.3
info:
  title: Pets
  version: 1.0.0
servers:
  - url: https://pets.example/v1
paths:
  /pets/{pet_id}:
    get:
      operationId: get_pet
      tags: [pets]
      summary: Fetches one pet.
      parameters:
        - name: pet_id
          in: path
          required: true
          description: Which one.
          schema:
            type: string
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Pet"
    delete:
      operationId: delete_pet
      tags: [pets]
      summary: Removes one pet.
      parameters:
        - name: pet_id
          in: path
          required: true
          description: Which one.
          schema:
            type: string
      responses:
        "204":
          description: Gone.
  /owners:
    get:
      operationId: list_owners
      tags: [owners]
      summary: Lists everybody.
      responses:
        "200":
          description: All of them.
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: "#/components/schemas/Owner"
components:
  schemas:
    Owner:
      type: object
      description: Somebody with pets.
      required: [name]
      properties:
        name:
          type: string
          description: What to call out.
    Pet:
      type: object
      description: Somebody's friend.
      required: [id]
      properties:
        id:
          type: string
          description: Its number.
        kind:
          $ref: "#/components/schemas/Kind"
    Kind:
      type: string
      description: What it is.
      enum: [cat, dog]
"##;

/// The folder.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a run said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: i32,
    /// The report.
    pub(crate) stdout: String,
    /// The progress.
    pub(crate) stderr: String,
}

impl Sandbox {
    /// With `spec/openapi.yaml`, and nothing generated.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let sandbox = Self { folder };
        fs::create_dir(sandbox.path("spec")).expect("spec");
        sandbox.write("spec/openapi.yaml", DOCUMENT);
        sandbox
    }

    /// With the client generated too.
    pub(crate) fn generated() -> Self {
        let sandbox = Self::new();
        sandbox.run(&["generate"]).assert(0);
        sandbox
    }

    /// A path in the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, and the folder for it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let full = self.path(path);
        let folder = full.parent().map(fs::create_dir_all);
        let written = folder.transpose().and_then(|_| fs::write(&full, text));
        written.unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces text in a file, which must have it.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replace(from, to));
    }

    /// Runs the program here.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder below.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Ran {
        let output = self
            .command(arguments)
            .current_dir(self.path(folder))
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran {
            code: output.status.code().expect("an exit code"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The program, about to run here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_driftless"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    /// Every file of a folder with its text, by path; links and empty folders
    /// are marked as such.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        list(&self.path(folder), "", &mut files);
        files
    }

    /// A generated source file that speaks of a word, from the folder.
    pub(crate) fn file_about(&self, word: &str) -> String {
        let files = self.files("generated-client");
        let file = files
            .iter()
            .filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime"))
            .find(|(_, text)| text.contains(word));
        let (path, _) = file.unwrap_or_else(|| panic!("no file is about {word}: {files:#?}"));
        format!("generated-client/{path}")
    }

    /// Sets the time of a file to one long ago.
    pub(crate) fn age(&self, path: &str) -> SystemTime {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let file = fs::File::options().write(true).open(self.path(path));
        file.and_then(|file| file.set_modified(time))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        time
    }

    /// The time of a file.
    pub(crate) fn time(&self, path: &str) -> SystemTime {
        let found = fs::metadata(self.path(path)).and_then(|found| found.modified());
        found.unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

impl Ran {
    /// Fails unless the run ended with this code.
    #[track_caller]
    pub(crate) fn assert(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Fails unless the report has this text.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// Fails unless the progress has this text.
    #[track_caller]
    pub(crate) fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in {self:#?}");
        self
    }
}

fn list(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let before = files.len();
    for entry in entries {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a kind");
        if kind.is_symlink() {
            files.insert(path, "(link)".to_owned());
        } else if kind.is_dir() {
            list(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read_to_string(entry.path()).expect("a text"));
        }
    }
    if files.len() == before && !prefix.is_empty() {
        files.insert(prefix.to_owned(), "(empty)".to_owned());
    }
}
