//! What an example takes from the crate by a short name, and the texts that
//! stand in it line by line.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diagnostic::visible_json;

/// The names that an example imports.
#[derive(Clone)]
pub(super) struct Imports {
    library: String,
    /// By name: the module in the crate that it is from.
    names: BTreeMap<String, String>,
    /// JSON texts, which the expressions hold places of.
    texts: Vec<String>,
}

impl Imports {
    pub(super) fn new(library: String) -> Self {
        Self {
            library,
            names: BTreeMap::new(),
            texts: Vec::new(),
        }
    }

    /// How the example names an item of the crate: by its last part, unless
    /// something else has that name.
    pub(super) fn name(&mut self, path: &str) -> String {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        let known = self.names.entry(name.to_owned());
        match known.or_insert_with(|| module.to_owned()) == module {
            true => name.to_owned(),
            false => format!("{}::{path}", self.library),
        }
    }

    /// The place of a JSON text.
    pub(super) fn json(&mut self, json: &Json) -> String {
        self.texts.push(raw(json));
        place(self.texts.len() - 1)
    }

    /// The `use` items.
    pub(super) fn items(&self) -> String {
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, module) in &self.names {
            modules.entry(module).or_default().push(name);
        }
        let items = modules
            .iter()
            .map(|(module, names)| match names.as_slice() {
                [name] => format!("use {}::{module}::{name};\n", self.library),
                names => format!(
                    "use {}::{module}::{{{}}};\n",
                    self.library,
                    names.join(", ")
                ),
            });
        items.collect()
    }

    /// The program with its texts in their places.
    pub(super) fn filled(&self, program: &str) -> String {
        let mut program = program.to_owned();
        for (index, text) in self.texts.iter().enumerate() {
            program = program.replacen(&place(index), text, 1);
        }
        program
    }
}

/// A literal that no document has: others write control characters otherwise.
fn place(index: usize) -> String {
    format!("r\"\u{1}{index}\u{1}\"")
}

/// A raw literal of a JSON value, laid out to be read.
pub(in crate::emit) fn raw(value: &Json) -> String {
    // Every key is a text.
    raw_text(&serde_json::to_string_pretty(value).unwrap_or_default())
}

/// A raw literal of a JSON text.
pub(in crate::emit) fn raw_text(json: &str) -> String {
    // JSON has a way to write what rustc refuses in a string.
    let text = visible_json(json);
    let longest = match text.contains("\"#") {
        true => text
            .split('"')
            .skip(1)
            .map(|rest| rest.len() - rest.trim_start_matches('#').len())
            .max()
            .unwrap_or(0),
        false => 0,
    };
    let hashes = "#".repeat(longest + 1);
    // Text in a raw string that no quote with so many hashes ends.
    ["r", &*hashes, "\"", &*text, "\"", &*hashes].concat()
}
