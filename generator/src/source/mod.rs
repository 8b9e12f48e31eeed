//! Reading documents: texts in, [`Source`] out, a tree per document with the
//! author's order and, on every node, the place where it was written.
//!
//! Nothing here opens a file: the caller brings the texts.

mod entries;
mod files;
mod fragment;
mod index;
mod json_text;
mod load;
mod nesting;
mod node;
mod origin;
mod padding;
mod position_json;
mod position_yaml;
mod reader;
mod text;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

pub use entries::Entries;
pub use files::{Files, Refusal, Texts};
pub use fragment::{percent_decoded, pointer_token};
pub use load::load;
pub(crate) use load::{CONFLICT, RESOLVE, conflict_marker, load_referenced};
pub use node::{Node, Number, Value};
pub use origin::{Origin, Places, Step};
pub(crate) use reader::{budget, cost};
pub use text::Text;

use index::Index;

/// A text to read, under the name that people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as shown to people: relative, parts joined by `/`.
    pub path: String,
    /// The whole text.
    pub text: Text,
}

/// Every document of a run. The first is the entry, the description of the
/// API; then come overlays, in the order they apply, and then the documents
/// that references lead to, in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The documents, in the order they were given.
    pub documents: Vec<Document>,
    /// The values of other documents that the entry has as components by a
    /// reference and no more: where they were written, and where the reference.
    pub homes: HashMap<Origin, Origin>,
    /// `client.toml`, which findings point into too.
    pub configuration: Option<Document>,
}

/// One document: its text, its tree, and what connects the two.
#[derive(Clone, Debug)]
pub struct Document {
    /// The path as shown to people.
    pub path: String,
    /// How references in the entry name it: its path from the folder of the
    /// entry. Empty for the entry itself, and for overlays.
    pub reference: String,
    /// The text as it was read, without a byte order mark.
    pub text: Text,
    /// The tree; `null` where the text could not be read.
    pub root: Node,
    /// The places that the origins in the tree stand for.
    pub places: Places,
    /// Whether findings may quote its lines. A reference can name any file that
    /// is called like a description: what turns out to be none, stays unseen.
    pub(crate) quotable: bool,
    /// What the text was read as, and so how positions in it are found.
    syntax: Syntax,
    /// Where the places are in the text: found when something is reported.
    index: OnceLock<Index>,
}

/// What a text was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Json,
    Yaml,
    /// Neither: only places whose bytes are known have a position.
    Unread,
}

/// A place as people and editors name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The path of the document.
    pub path: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// The bytes of the text: the key, or with a scalar on the same line the
    /// key and the scalar; without a key the value's first line.
    pub bytes: Range<usize>,
}

impl Source {
    /// The number of the configuration in origins: none of the documents'.
    pub(crate) const CONFIGURATION: u32 = u32::MAX;

    /// The description of the API: the first document, or an empty one where
    /// there is none.
    #[must_use]
    pub fn entry(&self) -> &Document {
        static NONE: LazyLock<Document> =
            LazyLock::new(|| Document::empty(String::new(), Text::default(), 0));
        self.documents.first().unwrap_or_else(|| &NONE)
    }

    /// The document that `origin` is in.
    #[must_use]
    pub fn document(&self, origin: Origin) -> Option<&Document> {
        match origin.document {
            Self::CONFIGURATION => self.configuration.as_ref(),
            number => self.documents.get(number as usize),
        }
    }

    /// The JSON pointer of `origin` in its own document (RFC 6901), without a
    /// leading `#`.
    #[must_use]
    pub fn pointer(&self, origin: Origin) -> String {
        self.document(origin).map_or_else(String::new, |document| {
            document.places.pointer(origin.place)
        })
    }

    /// How a reference in the entry names `origin`: `#/components/schemas/Pet`,
    /// `schemas/Pet.yaml#/properties/name`.
    #[must_use]
    pub fn reference(&self, origin: Origin) -> String {
        let Some(document) = self.document(origin) else {
            return "#".to_owned();
        };
        if self.has_homes(document) {
            for place in document.places.around(origin.place) {
                let inside = Origin { place, ..origin };
                if let Some(home) = self.homes.get(&inside) {
                    let whole = document.places.pointer(origin.place);
                    let start = document.places.pointer(place).len();
                    let rest = whole.get(start..).unwrap_or_default();
                    return format!("#{}{rest}", self.pointer(*home));
                }
            }
        }
        [&document.reference, "#", &self.pointer(origin)].concat()
    }

    /// Whether the reference to `inner` is that to `outer`, or leads into it.
    #[must_use]
    pub fn is_within(&self, inner: Origin, outer: Origin) -> bool {
        if inner.document == outer.document
            && let Some(document) = self.document(inner)
            && !self.has_homes(document)
            && document
                .places
                .around(inner.place)
                .any(|place| place == outer.place)
        {
            return true;
        }
        // Two places can have one pointer.
        let (inner, outer) = (self.reference(inner), self.reference(outer));
        let rest = inner.strip_prefix(&outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether what is in `document` may be known by a place in the entry.
    fn has_homes(&self, document: &Document) -> bool {
        !document.reference.is_empty() && !self.homes.is_empty()
    }

    /// Where `origin` is: of a value under a key the key, else the value. What
    /// came out of an alias is where the alias stands.
    #[must_use]
    pub fn position(&self, origin: Origin) -> Position {
        self.document(origin)
            .map_or_else(Position::default, |document| {
                document.position(origin.place)
            })
    }

    /// Finds every place of the entry in its text, so that nobody has to wait
    /// for it later.
    pub(crate) fn find_places(&self) {
        self.entry().index();
    }

    /// The scalar at `origin` as its author wrote it, with quotes, tag and
    /// anchor; `None` where it has no text of its own.
    #[must_use]
    pub fn written(&self, origin: Origin) -> Option<&str> {
        let document = self.document(origin)?;
        let bytes = document.index().scalar(origin.place)?;
        document.text.get(bytes)
    }
}

impl Document {
    /// The place at these bytes of a text that could not be read.
    pub(crate) fn add_place(&mut self, bytes: Range<usize>) -> Origin {
        Origin {
            place: self.places.add_known(bytes),
            ..self.root.origin
        }
    }

    /// A document of which nothing has been read yet.
    pub(crate) fn empty(path: String, text: Text, number: u32) -> Self {
        let mut places = Places::default();
        let place = places.add_root();
        let origin = Origin {
            document: number,
            place,
        };
        Self {
            path,
            reference: String::new(),
            text,
            root: Node::new(origin, Value::Null),
            places,
            quotable: true,
            syntax: Syntax::Unread,
            index: OnceLock::new(),
        }
    }

    fn position(&self, place: u32) -> Position {
        let index = self.index();
        let bytes = self
            .places
            .known(place)
            .unwrap_or_else(|| index.shown(&self.text, &self.places, place));
        let (line, column) = index.line_and_column(&self.text, bytes.start);
        Position {
            path: self.path.clone(),
            line,
            column,
            bytes,
        }
    }

    fn index(&self) -> &Index {
        self.index
            .get_or_init(|| Index::build(&self.text, &self.places, self.syntax))
    }
}
