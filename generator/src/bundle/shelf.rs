//! The documents that references lead to: a `$ref` and where it stands in, the
//! place that it names in the end out. Each file is read and parsed once, and
//! only when something refers to it.

use std::collections::{HashMap, HashSet};

use super::naming;
use super::problem::{MOST_FILES, MOST_TEXT, Problem, forbidden, refused, unresolved};
use super::purpose::Purpose;
use super::reference::{self, Target};
use crate::diagnostic::{Code, Guesses, Report};
use crate::identifiers;
use crate::source::{
    self, Entries, Files, Node, Origin, Refusal, Source, Text, Value, percent_decoded,
};

/// How many values aliases may bring in, besides those of one document.
const MOST_VALUES: usize = 2_000_000;

/// How many references a pointer may lead through.
const DEEPEST: usize = 64;

/// Where a reference leads in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// To what follows the `#` in the entry document.
    Entry(String),
    /// To a place in another document.
    Place(Place),
}

/// A value in a document that is not the entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) document: u32,
    pub(super) pointer: String,
}

/// A file that was asked for.
#[derive(Clone, Debug)]
struct Read {
    path: String,
    text: Text,
    /// Its number, once it was parsed.
    document: Option<u32>,
}

/// All documents, and the means to read more.
pub(super) struct Shelf<'a> {
    pub(super) source: &'a mut Source,
    pub(super) report: &'a mut Report,
    files: Option<&'a dyn Files>,
    /// The path of the entry from the root.
    entry: String,
    /// The paths of the other documents from the root; the first has the
    /// number `first`.
    paths: Vec<String>,
    first: u32,
    reads: Vec<Read>,
    /// What came of each path that was asked for; `None` for the entry.
    asked: HashMap<String, Result<Option<usize>, Refusal>>,
    /// How many more bytes may be read.
    room: usize,
    /// How many values there may still be in what is read.
    values: usize,
    /// The version of the entry.
    version: Option<String>,
    /// The names of the entry's component schemas.
    schemas: HashSet<String>,
    /// What goes by an absolute `$id`: its document and pointer.
    ids: HashMap<String, (u32, String)>,
    found: HashMap<(u32, String), Result<Destination, Problem>>,
    /// What came of references in the middle of a pointer, with what follows.
    passed_through: HashMap<(u32, String, String), Result<Destination, Problem>>,
    /// How many of those are being followed.
    depth: usize,
    guesses: Guesses,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(
        source: &'a mut Source,
        files: Option<&'a dyn Files>,
        report: &'a mut Report,
    ) -> Self {
        let entry = match files {
            Some(files) => files.entry().to_owned(),
            None => source.entry().path.clone(),
        };
        Self {
            first: source.documents.len() as u32,
            schemas: schemas(&source.entry().root),
            ids: HashMap::new(),
            values: MOST_VALUES,
            version: version(&source.entry().root).map(|(version, _)| version),
            source,
            report,
            files,
            entry,
            paths: Vec::new(),
            reads: Vec::new(),
            asked: HashMap::new(),
            room: MOST_TEXT,
            found: HashMap::new(),
            passed_through: HashMap::new(),
            depth: 0,
            guesses: Guesses::default(),
        }
    }

    /// Keeps the absolute URIs that schemas of a document go by. The document that
    /// was read first has a URI that several claim.
    pub(super) fn named(&mut self, document: u32, ids: Vec<(String, String)>) {
        for (uri, pointer) in ids {
            self.ids.entry(uri).or_insert((document, pointer));
        }
    }

    /// The document and fragment of a reference by the `$id` of a schema that has
    /// been read.
    fn identified(&self, reference: &str) -> Option<(u32, String)> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (document, pointer) = self.ids.get(uri)?;
        let fragment = percent_decoded(fragment);
        Some(match fragment.is_empty() || fragment.starts_with('/') {
            true => (*document, format!("{pointer}{fragment}")),
            false => (*document, fragment),
        })
    }

    /// Whether something was written in another document than the entry. What
    /// an overlay brings counts as written in the entry.
    pub(super) fn is_elsewhere(&self, origin: Origin) -> bool {
        origin.document >= self.first
    }

    /// How many bytes of other documents have been read.
    pub(super) fn length(&self) -> usize {
        MOST_TEXT - self.room
    }

    /// Whether the entry has a component schema of this name.
    pub(super) fn is_schema_of_entry(&self, name: &str) -> bool {
        self.schemas.contains(name)
    }

    /// The path of a document from the root.
    pub(super) fn path(&self, document: u32) -> &str {
        document
            .checked_sub(self.first)
            .and_then(|index| self.paths.get(index as usize))
            .unwrap_or(&self.entry)
    }

    /// The value at a place, which has been found before.
    pub(super) fn node(&self, place: &Place) -> Option<&Node> {
        let document = self.source.documents.get(place.document as usize)?;
        document.root.pointer(&place.pointer)
    }

    /// The schema with a name, or a file, of its own that a schema is written
    /// in, and the pointer from there: references into the middle of a schema
    /// stay what they are.
    pub(super) fn enclosing(&self, place: &Place) -> Option<(Place, String)> {
        let end = naming::named_part(&place.pointer)?;
        let (named, rest) = place.pointer.split_at_checked(end)?;
        let named = Place {
            document: place.document,
            pointer: named.to_owned(),
        };
        let entries = self.node(&named)?.as_object()?;
        // Or else an object that only has a key of that name.
        let is_schema = entries.len() == 1
            || ["type", "allOf", "oneOf", "anyOf", "required"]
                .iter()
                .any(|key| entries.contains_key(key));
        is_schema.then(|| (named, rest.to_owned()))
    }

    /// Where the `$ref` that was written at `origin` leads, through all others
    /// that it leads to.
    pub(super) fn destination(
        &mut self,
        origin: Origin,
        reference: &str,
    ) -> Result<Destination, Problem> {
        let mut at = match self.is_elsewhere(origin) {
            true => origin.document,
            false => 0,
        };
        let mut reference = reference.to_owned();
        let mut passed: HashSet<(u32, String)> = HashSet::new();
        let found = loop {
            let here = (at, reference);
            if let Some(known) = self.found.get(&here) {
                break known.clone();
            }
            if passed.contains(&here) {
                break Err(Problem::Circle);
            }
            let step = self.step(at, &here.1);
            passed.insert(here);
            match step {
                Ok(Destination::Place(place)) => match self.node(&place).and_then(only_reference) {
                    Some(next) => {
                        reference = next.to_owned();
                        at = place.document;
                    }
                    None => break Ok(Destination::Place(place)),
                },
                end => break end,
            }
        };
        for here in passed {
            self.found.insert(here, found.clone());
        }
        found
    }

    /// One step: the value that a reference names, which may be another.
    fn step(&mut self, at: u32, reference: &str) -> Result<Destination, Problem> {
        if let Some((document, fragment)) = self.identified(reference) {
            return match document {
                0 => Ok(Destination::Entry(fragment)),
                document => self.place(document, reference, &fragment),
            };
        }
        let target = self.target(at, reference)?;
        let document = match &target.path {
            None => at,
            Some(path) => match self.open(reference, path, Purpose::Tree)? {
                None => 0,
                Some(read) => self.parsed(read),
            },
        };
        if document == 0 {
            return Ok(Destination::Entry(target.fragment));
        }
        self.place(document, reference, &target.fragment)
    }

    fn target(&mut self, at: u32, reference: &str) -> Result<Target, Problem> {
        Target::new(reference, self.path(at)).map_err(|reason| forbidden(reference, reason))
    }

    /// The file at a path from the root; `None` for the entry.
    fn open(
        &mut self,
        reference: &str,
        path: &str,
        purpose: Purpose,
    ) -> Result<Option<usize>, Problem> {
        // What there is outside of the root is not read in any case.
        if path != self.entry && path.split('/').next() != Some("..") {
            purpose.check(reference, path, &self.entry)?;
        }
        let asked = match self.asked.get(path) {
            Some(asked) => asked.clone(),
            None => {
                let asked = self.read(path);
                self.asked.insert(path.to_owned(), asked.clone());
                asked
            }
        };
        let found = asked.map_err(|refusal| refused(reference, &refusal))?;
        // A link is what it leads to.
        if let Some(index) = found {
            purpose.check(reference, &self.reads[index].path, &self.entry)?;
        }
        Ok(found)
    }

    fn read(&mut self, path: &str) -> Result<Option<usize>, Refusal> {
        if path == self.entry {
            return Ok(None);
        }
        let Some(files) = self.files else {
            return Err(match path.split('/').next() {
                Some("..") => Refusal::Outside(path.to_owned()),
                _ => Refusal::Missing(path.to_owned()),
            });
        };
        if self.asked.len() >= MOST_FILES || self.values == 0 {
            return Err(Refusal::TooLarge);
        }
        let input = files.read(path, self.room)?;
        if input.path == self.entry {
            return Ok(None);
        }
        if let Some(Ok(known)) = self.asked.get(&input.path) {
            return Ok(*known);
        }
        self.asked
            .insert(input.path.clone(), Ok(Some(self.reads.len())));
        self.room = self.room.saturating_sub(input.text.len());
        self.reads.push(Read {
            path: input.path,
            text: input.text,
            document: None,
        });
        Ok(Some(self.reads.len() - 1))
    }

    /// The number of the document that a file holds.
    fn parsed(&mut self, index: usize) -> u32 {
        let read = &mut self.reads[index];
        if let Some(document) = read.document {
            return document;
        }
        let folder = reference::folder(&self.entry);
        let reference = reference::relative(folder, &read.path);
        let shown = reference::joined(reference::folder(&self.source.entry().path), &reference);
        let input = source::Input {
            path: shown,
            text: read.text.clone(),
        };
        let document = source::load_referenced(self.source, input, reference, self.report);
        read.document = Some(document);
        let path = read.path.clone();
        let ids = self.source.documents.get(document as usize);
        let ids = ids.map_or_else(Vec::new, identifiers::absolute);
        self.named(document, ids);
        if let Some(document) = self.source.documents.get_mut(document as usize) {
            identifiers::resolve(document);
            // What is written out is bounded by the texts, aliases are not.
            let aliased = document.places.len().saturating_sub(document.text.len());
            self.values = self.values.saturating_sub(aliased);
        }
        self.paths.push(path);
        self.version(document);
        document
    }

    /// A document may say that it follows another version than the entry.
    fn version(&mut self, document: u32) {
        let Some(other) = self.source.documents.get(document as usize) else {
            return;
        };
        if let Some((version, origin)) = version(&other.root)
            && let Some(entry) = &self.version
            && version != *entry
        {
            self.report
                .warn(
                    Code::NoEffect,
                    origin,
                    format!("the version {version} has no effect: the entry document says {entry}"),
                )
                .help("what references take from this file is read by the rules of that version");
        }
    }

    /// The value at a fragment of a document that is not the entry.
    fn place(
        &mut self,
        document: u32,
        reference: &str,
        fragment: &str,
    ) -> Result<Destination, Problem> {
        let Some(root) = self.source.documents.get(document as usize) else {
            return Err(Problem::Said);
        };
        let root = &root.root;
        // A text that could not be read has been reported.
        if root.value == Value::Null {
            return Err(Problem::Said);
        }
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let place = anchor(root, fragment).map(|origin| Place {
                document,
                pointer: self.source.pointer(origin),
            });
            return place.map(Destination::Place).ok_or_else(|| {
                unresolved(
                    format!(
                        "the reference `{reference}` names nothing: there is no anchor `{fragment}`"
                    ),
                    "write a JSON pointer after the `#`: `#/…`",
                )
            });
        }
        if root.pointer(fragment).is_some() {
            return Ok(Destination::Place(Place {
                document,
                pointer: fragment.to_owned(),
            }));
        }
        // Perhaps there is a reference on the way.
        let mut at = root;
        let mut walked = String::new();
        let tokens: Vec<&str> = fragment.split('/').skip(1).collect();
        for (index, token) in tokens.iter().enumerate() {
            if let Some(next) = at.pointer(&format!("/{token}")) {
                at = next;
                walked = format!("{walked}/{token}");
                continue;
            }
            let rest: String = tokens[index..]
                .iter()
                .map(|token| format!("/{token}"))
                .collect();
            if let Some(next) = at.get("$ref").and_then(Node::as_str) {
                let (next, origin) = (next.to_owned(), at.origin);
                return self.beyond(origin, &next, reference, &rest);
            }
            let key = token.replace("~1", "/").replace("~0", "~");
            let names = at
                .as_object()
                .into_iter()
                .flat_map(|entries| entries.keys());
            let file = self.path(document).to_owned();
            let help = match self.guesses.nearest(&key, names) {
                Some(name) => format!(
                    "did you mean `{walked}/{}` in `{file}`?",
                    name.replace('~', "~0").replace('/', "~1")
                ),
                None if walked.is_empty() => format!("`{file}` has no `{key}`"),
                None => format!("`{walked}` in `{file}` has no `{key}`"),
            };
            return Err(unresolved(
                format!("the reference `{reference}` names nothing"),
                help,
            ));
        }
        Err(Problem::Said)
    }

    /// A pointer whose way leads through a reference.
    fn beyond(
        &mut self,
        origin: Origin,
        through: &str,
        reference: &str,
        rest: &str,
    ) -> Result<Destination, Problem> {
        let key = (origin.document, through.to_owned(), rest.to_owned());
        if let Some(known) = self.passed_through.get(&key) {
            return known.clone();
        }
        let circle = Err(Problem::Circle);
        if self.depth >= DEEPEST {
            return circle;
        }
        // Until it is known: whoever comes by again goes round in circles.
        self.passed_through.insert(key.clone(), circle);
        self.depth += 1;
        let found = match self.destination(origin, through) {
            Ok(Destination::Entry(fragment)) => Ok(Destination::Entry(format!("{fragment}{rest}"))),
            Ok(Destination::Place(place)) => {
                let fragment = format!("{}{rest}", place.pointer);
                self.place(place.document, reference, &fragment)
            }
            Err(problem) => Err(problem),
        };
        self.depth -= 1;
        self.passed_through.insert(key, found.clone());
        found
    }

    /// The text of a file that is no document: a description.
    pub(super) fn text(&mut self, origin: Origin, reference: &str) -> Result<String, Problem> {
        let at = match self.is_elsewhere(origin) {
            true => origin.document,
            false => 0,
        };
        let target = self.target(at, reference)?;
        let file = match &target.path {
            Some(path) if target.fragment.is_empty() => {
                self.open(reference, path, Purpose::Text)?
            }
            _ => None,
        };
        if let Some(index) = file {
            let read = &self.reads[index];
            return Ok(match read.document {
                Some(document) => self.source.documents[document as usize].text.to_string(),
                None => read.text.to_string(),
            });
        }
        let problem = || {
            unresolved(
                format!("the reference `{reference}` names no text"),
                "write the text here, or refer to a text file",
            )
        };
        match self.destination(origin, reference)? {
            Destination::Place(place) => {
                let text = self.node(&place).and_then(Node::as_str);
                text.map(str::to_owned).ok_or_else(problem)
            }
            Destination::Entry(_) => Err(problem()),
        }
    }
}

fn schemas(root: &Node) -> HashSet<String> {
    ["/components/schemas", "/definitions"]
        .into_iter()
        .filter_map(|pointer| root.pointer(pointer)?.as_object())
        .flat_map(Entries::keys)
        .map(str::to_owned)
        .collect()
}

/// The version that a document says it follows, without its last part.
fn version(root: &Node) -> Option<(String, Origin)> {
    let node = root.get("openapi").or_else(|| root.get("swagger"))?;
    let text = match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json().to_string(),
    };
    let parts: Vec<&str> = text.split('.').take(2).collect();
    Some((parts.join("."), node.origin))
}

/// The reference that `node` is, and nothing else.
pub(super) fn only_reference(node: &Node) -> Option<&str> {
    let entries = node.as_object().filter(|entries| entries.len() == 1)?;
    entries.get("$ref")?.as_str()
}

/// The schema that calls itself `name` with `$anchor` or `$id`.
fn anchor(node: &Node, name: &str) -> Option<Origin> {
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    if text("$anchor") == Some(name)
        || text("$id").and_then(|id| id.strip_prefix('#')) == Some(name)
    {
        return Some(node.origin);
    }
    match &node.value {
        Value::Array(elements) => elements.iter().find_map(|element| anchor(element, name)),
        Value::Object(entries) => entries.values().find_map(|value| anchor(value, name)),
        _ => None,
    }
}
