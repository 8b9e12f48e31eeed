//! The choice of operations: the tree and the configuration in, the tree
//! without the operations that are left out.

use std::collections::BTreeSet;

use super::pattern::fits;
use crate::config::{Config, Filter};
use crate::graph::Skipped;
use crate::source::{Node, Origin, Value};

/// The keys of operations in a path item, and their methods.
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// The keys of path items under which operations stand by method.
const MORE: [&str; 2] = ["additionalOperations", "x-driftless-operations"];

/// What an operation is known by.
struct Known<'a> {
    id: Option<&'a str>,
    method: &'static str,
    path: &'a str,
    tags: Vec<&'a str>,
}

/// One pattern of the configuration.
struct Pattern<'a> {
    table: &'static str,
    /// Its place in the list.
    index: usize,
    kind: Kind,
    text: &'a str,
    matched: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tag,
    Path,
    Operation,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Kind::Tag => "tags",
            Kind::Path => "paths",
            Kind::Operation => "operations",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Kind::Tag => "tag",
            Kind::Path => "path",
            Kind::Operation => "operationId",
        }
    }
}

/// A pattern that matched nothing.
pub(super) struct Unmatched<'a> {
    /// The table of the configuration, the key in it, and the place in the list.
    pub(super) table: &'static str,
    pub(super) key: &'static str,
    pub(super) index: usize,
    pub(super) pattern: &'a str,
    /// What it could have matched.
    pub(super) known: &'a BTreeSet<String>,
}

/// The operations that a client has.
pub(super) struct Choice<'a> {
    config: &'a Config,
    include: Vec<Pattern<'a>>,
    exclude: Vec<Pattern<'a>>,
    tags: BTreeSet<String>,
    paths: BTreeSet<String>,
    operations: BTreeSet<String>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(config: &'a Config) -> Self {
        Self {
            config,
            include: patterns("include", &config.include),
            exclude: patterns("exclude", &config.exclude),
            tags: BTreeSet::new(),
            paths: BTreeSet::new(),
            operations: BTreeSet::new(),
        }
    }

    /// Removes operations from the document.
    pub(super) fn apply(
        &mut self,
        root: &mut Node,
        skipped: &mut Vec<Skipped>,
        removed: &mut Vec<Origin>,
    ) {
        let Some(paths) = root.get("paths").and_then(Node::as_object) else {
            return;
        };
        // A path item that is a reference is shared, so that it is copied
        // before anything is taken out of it.
        let mut changed: Vec<(String, Option<Node>)> = Vec::new();
        for (path, node) in paths {
            let item = followed(root, node);
            let before = removed.len();
            let mut gone = Vec::new();
            let mut left = 0;
            for (key, method, operation) in operations(item) {
                match self.reason(path, method, operation) {
                    Some(reason) => {
                        let id = operation.get("operationId").and_then(Node::as_str);
                        skipped.push(Skipped {
                            id: id.map_or_else(|| format!("{method} {path}"), str::to_owned),
                            method: method.to_owned(),
                            path: path.to_owned(),
                            reason,
                        });
                        removed.push(operation.origin);
                        gone.push(key);
                    }
                    None => left += 1,
                }
            }
            if gone.is_empty() {
                continue;
            }
            // A path of which nothing is left is no business of anybody.
            if left == 0 {
                removed.truncate(before);
                removed.push(node.origin);
                changed.push((path.to_owned(), None));
                continue;
            }
            let mut copy = item.clone();
            for (outer, inner) in gone {
                remove(&mut copy, outer, inner.as_deref());
            }
            changed.push((path.to_owned(), Some(copy)));
        }
        if let Value::Object(root) = &mut root.value
            && let Some(Value::Object(paths)) = root.get_mut("paths").map(|paths| &mut paths.value)
        {
            for (path, node) in changed {
                match node {
                    Some(node) => {
                        paths.insert(path, node);
                    }
                    None => {
                        paths.remove(&path);
                    }
                }
            }
        }
    }

    /// Why an operation is left out, if it is.
    fn reason(&mut self, path: &str, method: &'static str, operation: &Node) -> Option<String> {
        let known = Known {
            id: operation.get("operationId").and_then(Node::as_str),
            method,
            path,
            tags: operation
                .get("tags")
                .and_then(Node::as_array)
                .into_iter()
                .flatten()
                .filter_map(Node::as_str)
                .collect(),
        };
        self.tags
            .extend(known.tags.iter().map(|tag| (*tag).to_owned()));
        self.paths.insert(path.to_owned());
        self.operations.insert(name(&known));
        let included = self.include.is_empty() | first(&mut self.include, &known).is_some();
        let excluded = first(&mut self.exclude, &known);
        // What is skipped by name has a reason of its own.
        let skip = self.config.skip.get(&name(&known));
        if let Some(reason) = skip {
            return Some(reason.clone());
        }
        if let Some(excluded) = excluded {
            return Some(format!("`[exclude]` names {excluded}"));
        }
        (!included).then(|| "`[include]` does not name it".to_owned())
    }

    /// The patterns that matched nothing.
    pub(super) fn unmatched(&self) -> impl Iterator<Item = Unmatched<'_>> {
        let patterns = self.include.iter().chain(&self.exclude);
        patterns
            .filter(|pattern| !pattern.matched)
            .map(|pattern| Unmatched {
                table: pattern.table,
                key: pattern.kind.key(),
                index: pattern.index,
                pattern: pattern.text,
                known: match pattern.kind {
                    Kind::Tag => &self.tags,
                    Kind::Path => &self.paths,
                    Kind::Operation => &self.operations,
                },
            })
    }
}

fn patterns<'a>(table: &'static str, filter: &'a Filter) -> Vec<Pattern<'a>> {
    let kinds = [
        (Kind::Tag, &filter.tags),
        (Kind::Path, &filter.paths),
        (Kind::Operation, &filter.operations),
    ];
    kinds
        .into_iter()
        .flat_map(|(kind, texts)| {
            texts.iter().enumerate().map(move |(index, text)| Pattern {
                table,
                index,
                kind,
                text,
                matched: false,
            })
        })
        .collect()
}

/// The first of the patterns that an operation fits; all that it fits are
/// marked.
fn first(patterns: &mut [Pattern<'_>], known: &Known<'_>) -> Option<String> {
    let mut found = None;
    for pattern in patterns {
        let fits = match pattern.kind {
            Kind::Tag => known.tags.iter().any(|tag| fits(pattern.text, tag, None)),
            Kind::Path => fits(pattern.text, known.path, Some('/')),
            Kind::Operation => fits(pattern.text, &name(known), None),
        };
        if fits {
            pattern.matched = true;
            found.get_or_insert_with(|| format!("the {} `{}`", pattern.kind.noun(), pattern.text));
        }
    }
    found
}

fn name(known: &Known<'_>) -> String {
    known
        .id
        .map_or_else(|| format!("{} {}", known.method, known.path), str::to_owned)
}

/// The node that a path item's reference leads to.
fn followed<'a>(root: &'a Node, node: &'a Node) -> &'a Node {
    let mut at = node;
    // A chain of path items is short; one that has no end is reported later.
    for _ in 0..16 {
        let target = at
            .get("$ref")
            .and_then(Node::as_str)
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| root.pointer(pointer));
        match target {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// The operations of a path item: key, or key and key below it, method, node.
type Place = (&'static str, Option<String>);

fn operations(item: &Node) -> Vec<(Place, &'static str, &Node)> {
    let mut found = Vec::new();
    for (key, method) in METHODS {
        if let Some(node) = item.get(key) {
            found.push(((key, None), method, node));
        }
    }
    for key in MORE {
        for (method, node) in item
            .get(key)
            .and_then(Node::as_object)
            .into_iter()
            .flatten()
        {
            let known = METHODS
                .iter()
                .find(|(_, name)| name.eq_ignore_ascii_case(method));
            let name = known.map_or("other", |(_, name)| name);
            found.push(((key, Some(method.to_owned())), name, node));
        }
    }
    found
}

fn remove(item: &mut Node, outer: &str, inner: Option<&str>) {
    let Value::Object(object) = &mut item.value else {
        return;
    };
    match inner {
        None => {
            object.remove(outer);
        }
        Some(inner) => {
            if let Some(Value::Object(object)) = object.get_mut(outer).map(|node| &mut node.value) {
                object.remove(inner);
            }
        }
    }
}
