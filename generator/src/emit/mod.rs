//! Emit: the named plan in, the files of the crate out. One emitter for each
//! kind of item; none of them decides anything that the plan has not decided.

mod alias;
mod attachments;
mod body;
mod call;
mod client;
mod conversion;
mod derives;
mod docs;
mod enumeration;
mod environment;
mod example;
mod front_page;
mod gate;
mod header;
mod library;
mod manifest;
mod methods;
mod mock;
mod newtype;
mod operation;
mod operation_docs;
mod operations;
mod outcome;
mod pagination;
mod parts;
mod pending;
mod readme;
mod runtime;
mod sample;
mod samples;
mod sendable;
mod sending;
mod server;
mod shape;
mod structure;
#[cfg(test)]
mod tests;
mod ty;
mod types;
mod union;
mod used;
mod validation;
mod view;
mod wire;

use crate::format::{self, RustFile};
use crate::model::Api;
use crate::source::Origin;
use crate::threads::both;
use crate::tree::{File, HEADER_MARK, Tree};
pub use attachments::attach;
use pending::Pending;
pub use samples::choose_samples;

/// What the files say of where they come from.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The command that makes them again.
    pub command: String,
    /// The name of the document's file, without folders.
    pub document: String,
}

/// Writes the crate.
///
/// # Errors
///
/// When an emitter wrote something that is no Rust; that is a bug.
pub fn emit(api: &Api, provenance: &Provenance) -> Result<Tree, String> {
    let mut files = Files::new(provenance);
    // The largest files first: they are what the others wait for.
    wire::emit(api, &mut files);
    operations::emit(api, &mut files);
    mock::emit(api, &mut files);
    client::emit(api, &mut files);
    server::emit(api, &mut files);
    library::emit(api, &mut files);
    types::emit(api, &mut files);
    let (written, others) = both(
        || files.write_pending(),
        || {
            let mut others = Files::new(provenance);
            runtime::emit(api, &mut others);
            manifest::emit(api, &mut others);
            readme::emit(api, &mut others);
            others.tree
        },
    );
    written?;
    files.tree.extend(others);
    Ok(files.tree)
}

/// The files written so far, and those still to be written.
struct Files<'a> {
    provenance: &'a Provenance,
    tree: Tree,
    pending: Vec<Pending<'a>>,
}

impl<'a> Files<'a> {
    fn new(provenance: &'a Provenance) -> Self {
        Self {
            provenance,
            tree: Tree::new(),
            pending: Vec::new(),
        }
    }

    /// Adds a Rust file that stands for what was written at `origin`. It is
    /// made later, when all are.
    fn rust(
        &mut self,
        path: impl Into<String>,
        origin: Option<Origin>,
        pointer: impl Into<String>,
        make: impl Fn() -> RustFile + Send + Sync + 'a,
    ) {
        self.rust_if_any(path, origin, pointer, move || Some(make()));
    }

    /// Adds a Rust file that there is only if there is something to put in it.
    fn rust_if_any(
        &mut self,
        path: impl Into<String>,
        origin: Option<Origin>,
        pointer: impl Into<String>,
        make: impl Fn() -> Option<RustFile> + Send + Sync + 'a,
    ) {
        self.pending.push(Pending {
            path: path.into(),
            origin,
            pointer: pointer.into(),
            make: Box::new(make),
        });
    }

    /// Makes the Rust files.
    fn write_pending(&mut self) -> Result<(), String> {
        let pending = std::mem::take(&mut self.pending);
        let texts = pending::texts(&pending, self.provenance);
        for (file, text) in pending.into_iter().zip(texts) {
            let text = text.map_err(|error| format!("{}: {error}", file.path))?;
            if let Some(text) = text {
                self.whole(&file.path, file.origin, text);
            }
        }
        Ok(())
    }

    /// Adds a file of which only the header is still missing.
    fn text(&mut self, path: &str, origin: Option<Origin>, pointer: &str, text: &str) {
        let header = header(self.provenance, path, pointer);
        self.whole(path, origin, format!("{header}{text}"));
    }

    /// Adds a file as it is.
    fn whole(&mut self, path: &str, origin: Option<Origin>, contents: String) {
        self.tree.insert(path.to_owned(), File { contents, origin });
    }
}

/// The header of a file, in the comments that its kind of file has.
fn header(provenance: &Provenance, path: &str, pointer: &str) -> String {
    let document = &provenance.document;
    // One into another document begins with the path of that.
    let source = if pointer.is_empty() || pointer.starts_with('#') {
        format!("{document}{pointer}")
    } else {
        pointer.to_owned()
    };
    let line = format!("{HEADER_MARK} from {source}. Do not edit.");
    // A pointer can hold anything that a key can.
    let line = format::comment(&line).replace("-->", "-- >");
    match path.rsplit('.').next() {
        Some("rs") => format!("// {line}\n\n"),
        Some("toml") => format!("# {line}\n"),
        Some("md") => format!("<!-- {line} -->\n\n"),
        _ => String::new(),
    }
}
