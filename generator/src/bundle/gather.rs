//! Finding everything that the entry document needs of others: its tree in;
//! out the same tree with copies in the place of references that no component
//! can stand for, and the parts that have to become components.

use indexmap::IndexMap;

use super::kind::{Kind, Version};
use super::problem::Problem;
use super::reference::{file_of, is_data, looks_like_a_file};
use super::shelf::{Destination, Place, Shelf, only_reference};
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Origin, Value, pointer_token};

/// How deep a tree may become by copies within copies: twice as deep as a
/// single document.
const DEEPEST: usize = 256;

/// A value of another document that becomes a component.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) place: Place,
    /// The value, copies already in it.
    pub(super) node: Node,
}

/// The parts by what they are and where they were written.
pub(super) type Parts = IndexMap<(Kind, Origin), Part>;

pub(super) struct Gather<'s, 'a> {
    pub(super) shelf: &'s mut Shelf<'a>,
    pub(super) version: Version,
    parts: Parts,
    /// The places of the copies that are being looked through, and how many
    /// callbacks they are in.
    pub(super) open: Vec<(Origin, usize)>,
    pub(super) callbacks: usize,
    depth: usize,
    pub(super) copied: usize,
}

impl<'s, 'a> Gather<'s, 'a> {
    pub(super) fn new(shelf: &'s mut Shelf<'a>, version: Version) -> Self {
        Self {
            shelf,
            version,
            parts: Parts::new(),
            open: Vec::new(),
            callbacks: 0,
            depth: 0,
            copied: 0,
        }
    }

    /// Looks through the entry, and through all that it leads to.
    pub(super) fn gather(mut self, entry: &mut Node) -> Parts {
        // What the entry gives a name has one, also in the middle of a schema.
        for (_, component) in super::components(entry, Kind::Schema, self.version) {
            if let Some(text) = only_reference(component)
                && let Some(reference) = component.get("$ref")
                && !self.is_local(reference)
                && let Ok(Destination::Place(place)) =
                    self.shelf.destination(reference.origin, text)
            {
                self.exact_part(Kind::Schema, place, reference);
            }
        }
        self.expand(entry, Kind::Document);
        let mut next = 0;
        while let Some((&(kind, origin), part)) = self.parts.get_index_mut(next) {
            let mut node = std::mem::replace(&mut part.node, Node::new(origin, Value::Null));
            self.expand(&mut node, kind);
            if let Some((_, part)) = self.parts.get_index_mut(next) {
                part.node = node;
            }
            next += 1;
        }
        self.parts
    }

    /// Looks through one value. `false` where nothing is left of it.
    pub(super) fn expand(&mut self, node: &mut Node, kind: Kind) -> bool {
        if self.depth >= DEEPEST {
            self.shelf
                .report
                .error(
                    Code::Unsupported,
                    node.origin,
                    format!(
                        "with what references bring in, this nests deeper than {DEEPEST} levels"
                    ),
                )
                .help("refer to components, which do not nest");
            return false;
        }
        self.depth += 1;
        let kept = self.expand_at_depth(node, kind);
        self.depth -= 1;
        kept
    }

    fn expand_at_depth(&mut self, node: &mut Node, kind: Kind) -> bool {
        match kind {
            Kind::Extension => return true,
            Kind::Mapping => {
                self.mapping(node);
                return true;
            }
            _ => {}
        }
        if let Some(reference) = node.get("$ref").filter(|node| node.as_str().is_some()) {
            let reference = reference.clone();
            match kind {
                Kind::Value => self.literal(node, &reference),
                Kind::Prose => return self.prose(node, &reference),
                _ => match self.follow(node, kind, &reference) {
                    Followed::Kept => {}
                    Followed::Copied => return true,
                    Followed::Gone => return false,
                },
            }
        }
        self.callbacks += usize::from(kind == Kind::Callback);
        match &mut node.value {
            Value::Array(elements) => {
                let kind = kind.element();
                elements.retain_mut(|element| self.expand(element, kind));
            }
            Value::Object(entries) => {
                entries.retain(|key, value| self.expand(value, kind.child(key)));
            }
            _ => {}
        }
        self.callbacks -= usize::from(kind == Kind::Callback);
        true
    }

    /// Whether a reference stays as it is: one of the entry into itself.
    fn is_local(&self, reference: &Node) -> bool {
        !self.shelf.is_elsewhere(reference.origin)
            && reference.as_str().is_some_and(|text| text.starts_with('#'))
    }

    fn follow(&mut self, node: &mut Node, kind: Kind, reference: &Node) -> Followed {
        let text = reference.as_str().unwrap_or_default();
        if self.is_local(reference) {
            return Followed::Kept;
        }
        let found = self.shelf.destination(reference.origin, text);
        if text.contains('\\') && found.is_ok() {
            self.shelf
                .report
                .warn(
                    Code::InvalidValue,
                    reference.origin,
                    format!("the reference `{text}` has backslashes in its path"),
                )
                .help("they are taken as `/`");
        }
        match found {
            Ok(Destination::Entry(_)) => Followed::Kept,
            Ok(Destination::Place(place)) if kind.section(self.version).is_some() => {
                self.part(kind, place, reference);
                Followed::Kept
            }
            Ok(Destination::Place(place)) => self.copy(node, kind, &place, reference),
            Err(_)
                if kind == Kind::Schema
                    && !self.shelf.is_elsewhere(reference.origin)
                    && self.shelf.is_schema_of_entry(text) =>
            {
                self.name_only(node, text, reference.origin);
                Followed::Kept
            }
            Err(problem) => {
                self.report(reference, problem);
                Followed::Kept
            }
        }
    }

    /// `$ref: Pet`, which old tools allowed.
    fn name_only(&mut self, node: &mut Node, name: &str, origin: Origin) {
        let section = Kind::Schema.section(self.version).unwrap_or_default();
        let pointer = format!("#/{}/{}", section.join("/"), pointer_token(name));
        self.shelf
            .report
            .warn(
                Code::InvalidValue,
                origin,
                format!(
                    "the reference `{name}` is the name of a schema, and there is no such file"
                ),
            )
            .help(format!("it is taken as `{pointer}`"));
        let value = Node::new(origin, Value::String(pointer));
        if let Value::Object(entries) = &mut node.value {
            entries.insert("$ref", value);
        }
    }

    fn report(&mut self, reference: &Node, problem: Problem) {
        let Some((code, message, help)) = problem.told(reference) else {
            return;
        };
        let diagnostic = self.shelf.report.error(code, reference.origin, message);
        diagnostic.help = help;
    }

    /// Notes a value that becomes a component, or is in one that does.
    fn part(&mut self, kind: Kind, place: Place, reference: &Node) {
        let known = self.shelf.node(&place).map(|node| (kind, node.origin));
        if known.is_some_and(|key| self.parts.contains_key(&key)) {
            return;
        }
        let enclosing = match kind {
            Kind::Schema => self.shelf.enclosing(&place),
            _ => None,
        };
        let place = enclosing.map_or(place, |(named, _)| named);
        self.exact_part(kind, place, reference);
    }

    fn exact_part(&mut self, kind: Kind, place: Place, reference: &Node) {
        let Some(origin) = self.shelf.node(&place).map(|node| node.origin) else {
            return;
        };
        if self.parts.contains_key(&(kind, origin)) {
            return;
        }
        let Some(mut node) = self.cloned(&place, reference) else {
            return;
        };
        if kind == Kind::Example && !is_example(&node) {
            self.shelf
                .report
                .warn(
                    Code::WrongType,
                    reference.origin,
                    "the reference names the value of an example, not an example object",
                )
                .help("it is taken as the `value` of one");
            let value = Entries::from_iter([("value", node)]);
            node = Node::new(origin, Value::Object(value));
        }
        self.parts.insert((kind, origin), Part { place, node });
    }

    /// A description in a file of its own.
    fn prose(&mut self, node: &mut Node, reference: &Node) -> bool {
        let reference_text = reference.as_str().unwrap_or_default();
        if self.is_local(reference) {
            return true;
        }
        match self.shelf.text(reference.origin, reference_text) {
            Ok(text) => {
                self.shelf
                    .report
                    .warn(
                        Code::WrongType,
                        reference.origin,
                        format!("the text is that of the file `{}`", file_of(reference_text)),
                    )
                    .help("OpenAPI has no references here, so that other tools may refuse it");
                node.value = Value::String(text.replace("\r\n", "\n").trim_end().to_owned());
                true
            }
            Err(problem) => {
                let Some((code, message, help)) = problem.told(reference) else {
                    return false;
                };
                let diagnostic = self.shelf.report.warn(code, reference.origin, message);
                diagnostic.help = help;
                false
            }
        }
    }

    /// What looks like a reference in an example may be what the API sends.
    fn literal(&mut self, node: &mut Node, reference: &Node) {
        let text = reference.as_str().unwrap_or_default();
        if only_reference(node).is_none() || !is_data(text) {
            return;
        }
        let found = self.shelf.destination(reference.origin, text);
        let Ok(Destination::Place(place)) = found else {
            return;
        };
        let Some(origin) = self.shelf.node(&place).map(|node| node.origin) else {
            return;
        };
        if self.open.iter().any(|(open, _)| *open == origin) {
            return;
        }
        if let Some(copy) = self.cloned(&place, reference) {
            self.shelf
                .report
                .warn(
                    Code::WrongType,
                    reference.origin,
                    format!("the value is what the file `{}` holds", file_of(text)),
                )
                .help("OpenAPI has no references here, so that other tools may take it literally");
            *node = copy;
            self.open.push((origin, self.callbacks));
            self.expand(node, Kind::Value);
            self.open.pop();
        }
    }

    /// The schemas that a discriminator names by their files.
    fn mapping(&mut self, node: &mut Node) {
        let targets = match &node.value {
            Value::Object(mapping) => mapping.values().collect(),
            _ => vec![&*node],
        };
        for value in targets {
            match mapped(self.shelf, value) {
                Some(Ok(Destination::Place(place))) => self.part(Kind::Schema, place, value),
                Some(Err(problem)) => self.unmapped(value, problem),
                Some(Ok(Destination::Entry(_))) | None => {}
            }
        }
    }

    /// Whoever bundles documents may leave mappings as they are. What is left
    /// out says no more than which schemas there were.
    fn unmapped(&mut self, value: &Node, problem: Problem) {
        let Some((code, message, help)) = problem.told(value) else {
            return;
        };
        let diagnostic = self.shelf.report.warn(code, value.origin, message);
        diagnostic.help = Some(match help {
            Some(help) => format!("{help}; it is left out of the mapping"),
            None => "it is left out of the mapping".to_owned(),
        });
    }
}

/// What became of a reference.
pub(super) enum Followed {
    /// The reference stays, and what stands beside it.
    Kept,
    /// There is a copy in its place, already looked through.
    Copied,
    /// Nothing is left of it.
    Gone,
}

/// Where a value of a discriminator's mapping leads; `None` where it is the
/// name of a component, or a reference of the entry into itself.
pub(super) fn mapped(shelf: &mut Shelf<'_>, value: &Node) -> Option<Result<Destination, Problem>> {
    let name = value.as_str()?;
    if shelf.is_elsewhere(value.origin) {
        let token = name.replace('~', "~0").replace('/', "~1");
        for folder in ["components/schemas", "definitions"] {
            let pointer = format!("/{folder}/{token}");
            let place = Place {
                document: value.origin.document,
                pointer: pointer.clone(),
            };
            if shelf.node(&place).is_some() {
                // As a reference, it may be one that leads on.
                let token = pointer_token(name);
                let reference = format!("#/{folder}/{token}");
                return Some(shelf.destination(value.origin, &reference));
            }
        }
    } else if name.starts_with('#') {
        return None;
    }
    let is_file = looks_like_a_file(name) && !shelf.is_schema_of_entry(name);
    is_file.then(|| shelf.destination(value.origin, name))
}

/// Whether a value is an example object.
fn is_example(node: &Node) -> bool {
    const KEYS: [&str; 7] = [
        "$ref",
        "summary",
        "description",
        "value",
        "externalValue",
        "dataValue",
        "serializedValue",
    ];
    node.as_object().is_some_and(|entries| {
        [
            "$ref",
            "value",
            "externalValue",
            "dataValue",
            "serializedValue",
        ]
        .iter()
        .any(|key| entries.contains_key(key))
            && entries
                .keys()
                .all(|key| KEYS.contains(&key) || key.starts_with("x-"))
    })
}
