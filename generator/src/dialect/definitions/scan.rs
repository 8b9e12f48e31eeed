//! What there is to move: a tree in, its definitions, the names schemas go by,
//! and all references out.

use std::collections::HashMap;

use crate::source::{Node, Origin, Value};

/// The keys under which schemas define others.
pub(super) const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// What a value is, by the keys that lead to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) enum Position {
    /// An object with keys of the specification.
    Object,
    /// An object with keys of the author's choice.
    Map,
    /// An example or a default: nothing in it is a keyword.
    Data,
}

impl Position {
    /// What the value under `key` is.
    pub(in crate::dialect) fn below(self, key: &str) -> Self {
        match self {
            Self::Data => Self::Data,
            Self::Map => Self::Object,
            Self::Object => match key {
                "properties" | "patternProperties" | "$defs" | "definitions"
                | "dependentSchemas" | "schemas" | "responses" | "headers" | "requestBodies"
                | "callbacks" | "pathItems" | "webhooks" | "paths" | "content" | "links"
                | "securitySchemes" | "mapping" | "encoding" => Self::Map,
                // Components have them by name, operations in a list.
                "parameters" => Self::Object,
                "example" | "examples" | "default" | "enum" | "const" => Self::Data,
                _ if key.starts_with("x-") => Self::Data,
                _ => Self::Object,
            },
        }
    }
}

/// A reference, with what its text is relative to.
pub(super) struct Reference {
    pub(super) origin: Origin,
    pub(super) text: String,
    /// The pointer of the object that has it.
    at: String,
    /// The pointer of the schema with the `$id` that holds here.
    base: String,
    /// The `$id` that holds here.
    uri: String,
    /// Whether another schema may take the place of what it names.
    pub(super) dynamic: bool,
}

/// A pointer into the document.
pub(super) struct Target {
    pub(super) text: String,
    /// Whether it was found where it should not be.
    pub(super) lenient: bool,
}

#[derive(Default)]
pub(super) struct Found {
    /// The pointers of definitions.
    pub(super) definitions: Vec<String>,
    pub(super) references: Vec<Reference>,
    /// The pointers of schemas with an `$id`, by it.
    ids: HashMap<String, String>,
    /// The pointers of schemas with an `$anchor`, by the `$id` and it.
    anchors: HashMap<(String, String), String>,
}

impl Found {
    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty() && self.ids.is_empty() && self.anchors.is_empty()
    }

    /// The pointer that a reference stands for.
    pub(super) fn target(&self, root: &Node, reference: &Reference) -> Option<Target> {
        let (uri, fragment) = match reference.text.split_once('#') {
            Some((uri, fragment)) => (uri, fragment),
            None => (reference.text.as_str(), ""),
        };
        let (base, uri) = if uri.is_empty() {
            (reference.base.clone(), reference.uri.clone())
        } else {
            let uri = joined(&reference.uri, uri);
            let base = self
                .ids
                .get(&uri)
                .or_else(|| self.ids.get(&reference.text))?;
            (base.clone(), uri)
        };
        let found = |text: String, lenient| Some(Target { text, lenient });
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let anchor = (uri, fragment.to_owned());
            let own = self.anchors.get(&anchor);
            // Whose `$id` it is under is easily missed.
            let any = || {
                let mut same = self
                    .anchors
                    .iter()
                    .filter(|((_, name), _)| name == fragment);
                same.next()
                    .filter(|_| same.next().is_none())
                    .map(|(_, pointer)| pointer)
            };
            return found(own.or_else(any)?.clone(), false);
        }
        let inside = format!("{base}{fragment}");
        if root.pointer(&inside).is_some() {
            return found(inside, false);
        }
        if root.pointer(fragment).is_some() {
            // Relative to the document, in spite of an `$id`.
            return found(fragment.to_owned(), false);
        }
        // Relative to a schema around it that has no `$id`: the nearest one.
        let mut around = reference.at.as_str();
        loop {
            let inside = format!("{around}{fragment}");
            if root.pointer(&inside).is_some() {
                return found(inside, true);
            }
            around = &around[..around.rfind('/')?];
        }
    }
}

/// Looks at the whole tree.
pub(super) fn scan(root: &Node) -> Found {
    let mut scan = Scan {
        found: Found::default(),
        pointer: String::new(),
        bases: vec![(String::new(), String::new())],
    };
    scan.at(root, Position::Object);
    scan.found
}

struct Scan {
    found: Found,
    pointer: String,
    /// The schemas with an `$id` around: its URI, and the schema's pointer.
    bases: Vec<(String, String)>,
}

impl Scan {
    fn at(&mut self, node: &Node, position: Position) {
        match &node.value {
            Value::Array(array) => {
                for (index, element) in array.iter().enumerate() {
                    let length = self.pointer.len();
                    push(&mut self.pointer, &index.to_string());
                    self.at(element, position);
                    self.pointer.truncate(length);
                }
            }
            Value::Object(entries) => {
                let own = entries.get("$id").filter(|_| position == Position::Object);
                let id = own.and_then(Node::as_str);
                if let Some(id) = id {
                    let uri = joined(&self.base().0, id.trim_end_matches('#'));
                    let pointer = self.pointer.clone();
                    self.found.ids.insert(uri.clone(), pointer.clone());
                    self.bases.push((uri, pointer));
                }
                if position == Position::Object {
                    for (key, child) in entries {
                        self.keyword(key, child);
                    }
                }
                for (key, child) in entries {
                    let below = position.below(key);
                    if below == Position::Data {
                        continue;
                    }
                    let length = self.pointer.len();
                    push(&mut self.pointer, key);
                    if position == Position::Object && DEFINITIONS.contains(&key) {
                        self.definitions(child);
                    }
                    if position == Position::Map
                        && let Some(text) = child.as_str()
                    {
                        // A discriminator's mapping.
                        if text.contains('#') {
                            self.reference(text, child.origin, false);
                        }
                    }
                    self.at(child, below);
                    self.pointer.truncate(length);
                }
                if id.is_some() {
                    self.bases.pop();
                }
            }
            _ => {}
        }
    }

    fn base(&self) -> (String, String) {
        self.bases.last().cloned().unwrap_or_default()
    }

    fn keyword(&mut self, key: &str, node: &Node) {
        let Some(text) = node.as_str() else {
            return;
        };
        match key {
            "$ref" => self.reference(text, node.origin, false),
            "defaultMapping" if text.contains('#') => self.reference(text, node.origin, false),
            "$dynamicRef" | "$recursiveRef" => self.reference(text, node.origin, true),
            "$anchor" | "$dynamicAnchor" => {
                let anchor = (self.base().0, text.to_owned());
                let pointer = self.pointer.clone();
                self.found.anchors.entry(anchor).or_insert(pointer);
            }
            _ => {}
        }
    }

    fn reference(&mut self, text: &str, origin: Origin, dynamic: bool) {
        let (uri, base) = self.base();
        self.found.references.push(Reference {
            origin,
            text: text.to_owned(),
            at: self.pointer.clone(),
            base,
            uri,
            dynamic,
        });
    }

    fn definitions(&mut self, node: &Node) {
        for name in node.as_object().into_iter().flatten().map(|(name, _)| name) {
            let mut pointer = self.pointer.clone();
            push(&mut pointer, name);
            self.found.definitions.push(pointer);
        }
    }
}

/// Adds a token to a JSON pointer.
pub(super) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// A reference to a URI, relative to another (RFC 3986, section 5, as far as
/// schemas use it).
fn joined(base: &str, reference: &str) -> String {
    if reference.contains("://") || reference.starts_with("urn:") || base.is_empty() {
        return reference.to_owned();
    }
    let authority = base.find("://").map_or(0, |at| at + 3);
    if reference.starts_with('/') {
        let end = base[authority..]
            .find('/')
            .map_or(base.len(), |at| authority + at);
        return format!("{}{reference}", &base[..end]);
    }
    let reference = reference.strip_prefix("./").unwrap_or(reference);
    match base[authority..].rfind('/') {
        Some(at) => format!("{}/{reference}", &base[..authority + at]),
        None => reference.to_owned(),
    }
}
