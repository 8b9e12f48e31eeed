//! Finds the definitions, identifiers and references of a document.

use std::collections::HashMap;

use crate::source::{Node, Origin, Value, percent_decoded};

/// The keys under which schemas define others.
pub(crate) const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// What a value is, by the keys that lead to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// An object with keys of the specification.
    Object,
    /// An object with keys of the author's choice.
    Map,
    /// An example or a default: nothing in it is a keyword.
    Data,
}

impl Position {
    /// What the value under `key` is.
    pub(crate) fn below(self, key: &str) -> Self {
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
pub(crate) struct Reference {
    pub(crate) origin: Origin,
    pub(crate) text: String,
    /// Its own pointer.
    pub(crate) at: String,
    /// The pointer of the schema with the `$id` that holds here.
    base: String,
    /// The `$id` that holds here.
    uri: String,
    /// Whether another schema may take the place of what it names.
    pub(crate) dynamic: bool,
}

/// A pointer into the document.
pub(crate) struct Target {
    pub(crate) text: String,
    /// Whether it was found where it should not be.
    pub(crate) lenient: bool,
}

#[derive(Default)]
pub(crate) struct Found {
    /// The pointers of definitions.
    pub(crate) definitions: Vec<String>,
    pub(crate) references: Vec<Reference>,
    /// The pointers of schemas with an `$id`, by it.
    ids: HashMap<String, String>,
    /// The pointers of schemas with an `$anchor`, by the `$id` and it.
    anchors: HashMap<(String, String), String>,
    /// The pointers of schemas with a `$dynamicAnchor`, by it.
    dynamic: HashMap<String, Vec<String>>,
    /// The pointers of schemas with `$recursiveAnchor: true`.
    recursive: Vec<String>,
}

/// What a reference stands for that depends on the schemas around it.
pub(crate) enum DynamicTarget {
    /// Nothing.
    Nothing,
    /// The pointer of the only schema that it can stand for.
    One(String),
    /// One of so many.
    Several(usize),
}

impl Found {
    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        let dynamic = self.references.iter().any(|reference| reference.dynamic);
        self.definitions.is_empty() && !self.has_identifiers() && !dynamic
    }

    /// Whether schemas, or the document, have identifiers.
    pub(crate) fn has_identifiers(&self) -> bool {
        !self.ids.is_empty() || !self.anchors.is_empty()
    }

    /// The absolute URIs that schemas and the document go by, with their pointers.
    pub(crate) fn absolute_ids(self) -> impl Iterator<Item = (String, String)> {
        let ids = self.ids.into_iter();
        ids.filter(|(id, _)| {
            id.split_once(':')
                .is_some_and(|(scheme, _)| is_scheme(scheme))
        })
    }

    /// What a `$dynamicRef` or `$recursiveRef` stands for: an anchor that several
    /// schemas have is that of the outermost on the way to the reference (JSON
    /// Schema 2020-12, section 8.2.3.2), and so has no one meaning.
    pub(crate) fn dynamic_target(&self, root: &Node, reference: &Reference) -> DynamicTarget {
        if reference.at.ends_with("/$recursiveRef") {
            return self.recursive_target(root, reference);
        }
        let name = reference.text.rsplit('#').next().unwrap_or_default();
        match self.dynamic.get(name).map_or(&[][..], Vec::as_slice) {
            [only] => DynamicTarget::One(only.clone()),
            [] => self
                .target(root, reference)
                .map_or(DynamicTarget::Nothing, |target| {
                    DynamicTarget::One(target.text)
                }),
            several => DynamicTarget::Several(several.len()),
        }
    }

    /// What `$recursiveRef: "#"` stands for: the whole schema that it is in (JSON
    /// Schema 2019-09, section 8.2.4.2.1).
    fn recursive_target(&self, root: &Node, reference: &Reference) -> DynamicTarget {
        let target = self.target(root, reference).map(|target| target.text);
        // The document itself is no schema, its components are.
        let target = target.filter(|pointer| !pointer.is_empty()).or_else(|| {
            let rest = reference.at.strip_prefix("/components/schemas/")?;
            let name = rest.split('/').next()?;
            Some(format!("/components/schemas/{name}"))
        });
        match target {
            None => DynamicTarget::Nothing,
            Some(own) if self.recursive.contains(&own) && self.recursive.len() > 1 => {
                DynamicTarget::Several(self.recursive.len())
            }
            Some(own) => DynamicTarget::One(own),
        }
    }

    /// Whether what a reference names does not depend on the schemas around it: a
    /// pointer, or an anchor that is not dynamic.
    pub(crate) fn is_fixed(&self, reference: &Reference) -> bool {
        let name = reference.text.rsplit('#').next().unwrap_or_default();
        let anchor = (reference.uri.clone(), name.to_owned());
        let is_dynamic = |pointer: &String| {
            let mut all = self.dynamic.get(name).into_iter().flatten();
            all.any(|dynamic| dynamic == pointer)
        };
        let own = self.anchors.get(&anchor);
        !reference.dynamic
            || name.starts_with('/')
            || own.is_some_and(|pointer| !is_dynamic(pointer))
    }

    /// The pointer that a reference stands for.
    pub(crate) fn target(&self, root: &Node, reference: &Reference) -> Option<Target> {
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
        let fragment = percent_decoded(fragment);
        let inside = format!("{base}{fragment}");
        if root.pointer(&inside).is_some() {
            return found(inside, false);
        }
        if root.pointer(&fragment).is_some() {
            // Relative to the document, in spite of an `$id`.
            return found(fragment, false);
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

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|other| other.is_ascii_alphanumeric() || "+-.".contains(other))
}

/// Looks at the whole tree.
pub(crate) fn scan(root: &Node) -> Found {
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
                let key = match self.pointer.is_empty() && entries.contains_key("$self") {
                    // OpenAPI 3.2, section 4.1.
                    true => "$self",
                    false => "$id",
                };
                let own = entries.get(key).filter(|_| position == Position::Object);
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
        if key == "$recursiveAnchor" && node.as_bool() == Some(true) {
            self.found.recursive.push(self.pointer.clone());
        }
        let Some(text) = node.as_str() else {
            return;
        };
        let is_reference = match key {
            "$ref" | "$dynamicRef" | "$recursiveRef" => true,
            "defaultMapping" => text.contains('#'),
            "$anchor" | "$dynamicAnchor" => {
                let anchor = (self.base().0, text.to_owned());
                let pointer = self.pointer.clone();
                self.found.anchors.entry(anchor).or_insert(pointer);
                false
            }
            _ => false,
        };
        if key == "$dynamicAnchor" {
            let all = self.found.dynamic.entry(text.to_owned()).or_default();
            all.push(self.pointer.clone());
        }
        if is_reference {
            let length = self.pointer.len();
            push(&mut self.pointer, key);
            let dynamic = matches!(key, "$dynamicRef" | "$recursiveRef");
            self.reference(text, node.origin, dynamic);
            self.pointer.truncate(length);
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
pub(crate) fn push(pointer: &mut String, token: &str) {
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
    let start = base[authority..]
        .find('/')
        .map_or(base.len(), |at| authority + at);
    if reference.starts_with('/') {
        return format!("{}{}", &base[..start], without_dots(reference));
    }
    match base[authority..].rfind('/') {
        Some(at) => {
            let path = format!("{}/{reference}", &base[start..authority + at]);
            format!("{}{}", &base[..start], without_dots(&path))
        }
        None => reference.to_owned(),
    }
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => {
                // The first is the empty one before the slash.
                if kept.len() > 1 {
                    kept.pop();
                }
            }
            other => kept.push(other),
        }
    }
    kept.join("/")
}
