//! Emit: the named plan in, the files of the crate out. One emitter for each
//! kind of item; none of them decides anything that the plan has not decided.

mod alias;
mod attachments;
mod call;
mod client;
mod docs;
mod enumeration;
mod front_page;
mod library;
mod manifest;
mod operation;
mod operations;
mod outcome;
mod readme;
mod runtime;
mod sending;
mod server;
mod structure;
#[cfg(test)]
mod tests;
mod ty;
mod types;
mod union;
mod wire;

use std::collections::BTreeMap;

use crate::format::{self, RustFile};
use crate::model::Api;
use crate::source::Origin;
use crate::tree::{File, HEADER_MARK, Tree};

/// What the files say of where they come from.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The command that makes them.
    pub command: String,
    /// The name of the document's file, without folders.
    pub document: String,
}

/// Writes the crate.
///
/// # Errors
///
/// When an emitter wrote something that is no Rust; that is a bug.
pub fn emit(
    api: &Api,
    attachments: &BTreeMap<String, String>,
    provenance: &Provenance,
) -> Result<Tree, String> {
    let mut files = Files {
        provenance,
        tree: Tree::new(),
    };
    library::emit(api, &mut files)?;
    client::emit(api, &mut files)?;
    server::emit(api, &mut files)?;
    operations::emit(api, &mut files)?;
    types::emit(api, &mut files)?;
    runtime::emit(api, &mut files);
    wire::emit(api, &mut files)?;
    manifest::emit(api, &mut files);
    readme::emit(api, &mut files);
    attachments::emit(attachments, &mut files);
    Ok(files.tree)
}

/// The files written so far.
struct Files<'a> {
    provenance: &'a Provenance,
    tree: Tree,
}

impl Files<'_> {
    /// Adds a Rust file that stands for what was written at `origin`.
    fn rust(
        &mut self,
        path: &str,
        origin: Option<Origin>,
        pointer: &str,
        file: &RustFile,
    ) -> Result<(), String> {
        let text = format::rust(file).map_err(|error| format!("{path}: {error}"))?;
        self.text(path, origin, pointer, &text);
        Ok(())
    }

    /// Adds a file of which only the header is still missing.
    fn text(&mut self, path: &str, origin: Option<Origin>, pointer: &str, text: &str) {
        let header = self.header(path, pointer);
        self.whole(path, origin, format!("{header}{text}"));
    }

    /// Adds a file as it is.
    fn whole(&mut self, path: &str, origin: Option<Origin>, contents: String) {
        self.tree.insert(path.to_owned(), File { contents, origin });
    }

    /// The header of a file, in the comments that its kind of file has.
    fn header(&self, path: &str, pointer: &str) -> String {
        let Provenance { command, document } = self.provenance;
        let source = if pointer.is_empty() {
            document.clone()
        } else {
            format!("{document}{pointer}")
        };
        let line = format!("{HEADER_MARK}{command}` from {source}. Do not edit.");
        // A pointer can hold anything that a key can.
        let line = line.replace(['\n', '\r'], " ").replace("-->", "-- >");
        match path.rsplit('.').next() {
            Some("rs") => format!("// {line}\n"),
            Some("toml") => format!("# {line}\n"),
            Some("md") => format!("<!-- {line} -->\n\n"),
            _ => String::new(),
        }
    }
}
