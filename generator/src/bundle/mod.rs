//! Documents that are split over files: an entry document that refers to others
//! in, one document in which every reference begins with `#` out. What a
//! reference leads to becomes a component of the entry, or a copy where OpenAPI
//! has no such components: path items. Every value keeps its origin, so that
//! findings still point into the file that it was written in.
//!
//! A component is called by the last part of the pointer that names it, or by
//! its file; where the entry's components refer to a file and say no more, by
//! what the entry calls it.

mod copy;
mod gather;
mod kind;
mod naming;
mod problem;
mod purpose;
mod reference;
mod rewrite;
mod shelf;
mod tag;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Report};
use crate::identifiers;
use crate::source::{Entries, Files, Node, Origin, Source, Value};

use gather::{Gather, Parts};
use kind::{Kind, Version};
use naming::Nameless;
use reference::{is_data, looks_like_a_file};
use rewrite::{Names, Rewrite};
use shelf::{Destination, Shelf, only_reference};

/// Brings what the entry document refers to into it. What `files` gives is
/// added to the documents of `source`; whatever a reference cannot reach is
/// reported.
pub fn bundle(source: &mut Source, files: Option<&dyn Files>, report: &mut Report) {
    let mut named = Vec::new();
    if let Some(entry) = source.documents.first_mut() {
        named = identifiers::absolute(entry);
        identifiers::resolve(entry);
    }
    if !leads_out(&source.entry().root, Kind::Document) {
        return;
    }
    let mut shelf = Shelf::new(source, files, report);
    shelf.named(0, named);
    let Some(document) = shelf.source.documents.first_mut() else {
        return;
    };
    let nothing = Node::new(document.root.origin, Value::Null);
    let mut root = std::mem::replace(&mut document.root, nothing);
    let version = match root.get("swagger") {
        Some(_) => Version::Two,
        None => Version::Three,
    };
    let mut parts = Gather::new(&mut shelf, version).gather(&mut root);
    let homes = homes(&root, &parts, &mut shelf, version);
    let names = names(&root, &parts, &homes, &shelf, version);
    let mut rewrite = Rewrite {
        shelf: &mut shelf,
        version,
        names: &names,
    };
    for ((kind, _), part) in &mut parts {
        rewrite.tree(&mut part.node, *kind);
    }
    rewrite.tree(&mut root, Kind::Document);
    let renamed = renamed(&parts, &names, &homes, rewrite.shelf);
    for ((kind, origin), name) in names {
        if let Some(part) = parts.swap_remove(&(kind, origin))
            && let Some(section) = kind.section(version)
            && let Some(section) = self::section(&mut root, section, shelf.report)
        {
            if let Some(home) = homes.get(&(kind, origin)) {
                shelf.source.homes.insert(origin, home.origin);
            }
            section.insert(name, part.node);
        }
    }
    tag::keep(&mut root, &renamed, version);
    // What the other documents hold is in the bundle now, as far as it is
    // needed; their texts and places stay.
    for document in &mut shelf.source.documents {
        if !document.reference.is_empty() {
            document.root.value = Value::Null;
        }
    }
    if let Some(document) = shelf.source.documents.first_mut() {
        document.root = root;
    }
}

/// Whether a value of the entry may refer to another document: `Gather` would
/// find nothing in it otherwise.
fn leads_out(node: &Node, kind: Kind) -> bool {
    match kind {
        Kind::Extension => return false,
        Kind::Mapping => {
            let targets = node.as_object().into_iter().flat_map(Entries::values);
            let mut names = targets.filter_map(Node::as_str);
            return names.any(|name| !name.starts_with('#') && looks_like_a_file(name));
        }
        _ => {}
    }
    let reference = node.get("$ref").and_then(Node::as_str);
    if reference.is_some_and(|reference| match kind {
        Kind::Value => is_data(reference),
        _ => !reference.starts_with('#'),
    }) {
        return true;
    }
    match &node.value {
        Value::Array(elements) => {
            let kind = kind.element();
            elements.iter().any(|element| leads_out(element, kind))
        }
        Value::Object(entries) => entries
            .iter()
            .any(|(key, value)| leads_out(value, kind.child(key))),
        _ => false,
    }
}

/// A component of the entry that is nothing but a reference to a part, and so
/// is where that part goes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Home {
    name: String,
    /// Where the reference was written.
    origin: Origin,
}

type Homes = BTreeMap<(Kind, Origin), Home>;

/// The homes of all parts that have one. Of several, that which is called like
/// the part would be, or the first by name.
fn homes(root: &Node, parts: &Parts, shelf: &mut Shelf<'_>, version: Version) -> Homes {
    let mut found: BTreeMap<(Kind, Origin), Vec<Home>> = BTreeMap::new();
    for kind in kind::COMPONENTS {
        for (name, node) in components(root, kind, version) {
            let Some(reference) = only_reference(node) else {
                continue;
            };
            let origin = node.get("$ref").map_or(node.origin, |node| node.origin);
            if !shelf.is_elsewhere(origin) && reference.starts_with('#') {
                continue;
            }
            let Ok(Destination::Place(place)) = shelf.destination(origin, reference) else {
                continue;
            };
            let Some(target) = shelf.node(&place).map(|node| node.origin) else {
                continue;
            };
            if parts.contains_key(&(kind, target)) {
                found.entry((kind, target)).or_default().push(Home {
                    name: name.to_owned(),
                    origin: node.origin,
                });
            }
        }
    }
    let chosen = found.into_iter().filter_map(|(key, mut homes)| {
        let part = parts.get(&key)?;
        let natural = naming::natural(&nameless(part, shelf));
        homes.sort_by_key(|home| (natural != home.name, home.name.clone()));
        Some((key, homes.into_iter().next()?))
    });
    chosen.collect()
}

/// The name of every part.
fn names(root: &Node, parts: &Parts, homes: &Homes, shelf: &Shelf<'_>, version: Version) -> Names {
    let mut names: Names = homes
        .iter()
        .map(|(key, home)| (*key, home.name.clone()))
        .collect();
    for kind in kind::COMPONENTS {
        let taken: BTreeSet<String> = components(root, kind, version)
            .map(|(name, _)| name.to_owned())
            .collect();
        let (keys, homeless): (Vec<(Kind, Origin)>, Vec<Nameless>) = parts
            .iter()
            .filter(|(key, _)| key.0 == kind && !homes.contains_key(*key))
            .map(|(key, part)| (*key, nameless(part, shelf)))
            .unzip();
        names.extend(keys.into_iter().zip(naming::names(&homeless, &taken)));
    }
    names
}

/// The schemas that a collision has given another name.
fn renamed(parts: &Parts, names: &Names, homes: &Homes, shelf: &Shelf<'_>) -> tag::Renamed {
    parts
        .iter()
        .filter(|(key, _)| key.0 == Kind::Schema && !homes.contains_key(*key))
        .filter_map(|(key, part)| {
            let name = names.get(key)?;
            let natural = naming::natural(&nameless(part, shelf));
            (*name != natural).then(|| (name.clone(), natural))
        })
        .collect()
}

fn nameless(part: &gather::Part, shelf: &Shelf<'_>) -> Nameless {
    Nameless {
        path: shelf.path(part.place.document).to_owned(),
        place: part.place.clone(),
    }
}

/// The components of a kind that a document has.
fn components(root: &Node, kind: Kind, version: Version) -> impl Iterator<Item = (&str, &Node)> {
    let section = kind.section(version).unwrap_or_default();
    let at = section
        .iter()
        .try_fold(root, |node, key| node.get(key))
        .filter(|_| !section.is_empty());
    at.and_then(Node::as_object).into_iter().flatten()
}

/// The object at a path of keys, made where there is none.
fn section<'a>(root: &'a mut Node, path: &[&str], report: &mut Report) -> Option<&'a mut Entries> {
    let mut at = root;
    for key in path {
        let origin = at.origin;
        let Value::Object(entries) = &mut at.value else {
            return None;
        };
        at = entries.get_or_insert_with(*key, || {
            Node::new(origin, Value::Object(Entries::default()))
        });
        if at.as_object().is_none() {
            if at.value != Value::Null {
                let message = format!("`{key}` should be an object, not {}", at.kind());
                report.error(Code::WrongType, at.origin, message);
            }
            at.value = Value::Object(Entries::default());
        }
    }
    match &mut at.value {
        Value::Object(entries) => Some(entries),
        _ => None,
    }
}
