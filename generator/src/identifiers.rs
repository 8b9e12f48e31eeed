//! Identifiers of schemas: resolves references by `$id` and `$anchor` to JSON
//! pointers within a document (JSON Schema 2020-12, section 8.2).

mod scan;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::source::{Document, Entries, Node, Value};

pub(crate) use scan::{DEFINITIONS, DynamicTarget, Found, Position, Reference, push, scan};

/// Keys that identify a schema or a document.
const MARKS: [&str; 3] = ["$id", "$anchor", "$self"];

/// Lets references that name an `$id` or an `$anchor` of the document name a
/// pointer, and takes the `$id`s out: other stages know pointers alone. Looks at
/// nothing in documents without identifiers.
pub(crate) fn resolve(document: &mut Document) {
    let places = &document.places;
    if MARKS.iter().any(|key| places.has_key(key)) {
        resolve_in(&mut document.root);
    }
}

/// The absolute URIs that schemas of a document go by, with their pointers. To
/// be asked before [`resolve`].
pub(crate) fn absolute(document: &Document) -> Vec<(String, String)> {
    let places = &document.places;
    match ["$id", "$self"].iter().any(|key| places.has_key(key)) {
        true => scan(&document.root).absolute_ids().collect(),
        false => Vec::new(),
    }
}

fn resolve_in(root: &mut Node) {
    let found = scan(root);
    if !found.has_identifiers() {
        return;
    }
    let mut texts = HashMap::new();
    for reference in &found.references {
        // What these stand for is decided over all documents.
        if !found.is_fixed(reference) {
            continue;
        }
        let target = found.target(root, reference);
        if let Some(target) = target.filter(|target| !target.lenient) {
            texts.insert(reference.at.clone(), fragment(&target.text));
        }
    }
    rewrite(root, Position::Object, &mut String::new(), &texts);
}

/// A reference to a pointer in the same document.
pub(crate) fn fragment(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}

/// Writes the new texts of references, by their pointers.
fn rewrite(
    node: &mut Node,
    position: Position,
    pointer: &mut String,
    texts: &HashMap<String, String>,
) {
    match &mut node.value {
        Value::String(text) => {
            if let Some(new) = texts.get(pointer.as_str()) {
                text.clone_from(new);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                let length = pointer.len();
                push(pointer, &index.to_string());
                rewrite(element, position, pointer, texts);
                pointer.truncate(length);
            }
        }
        Value::Object(entries) => {
            if position == Position::Object {
                without_id(entries);
            }
            for (key, child) in entries {
                let below = position.below(key);
                if below == Position::Data {
                    continue;
                }
                let length = pointer.len();
                push(pointer, key);
                rewrite(child, below, pointer, texts);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

/// Takes out an `$id`. One that is a fragment alone was an anchor in older
/// drafts, and is one.
fn without_id(entries: &mut Entries) {
    let Some(id) = entries.get("$id").and_then(Node::as_str) else {
        return;
    };
    let anchor = id.strip_prefix('#').filter(|name| !name.is_empty());
    let anchor = anchor.map(str::to_owned);
    if let Some(mut id) = entries.remove("$id")
        && let Some(anchor) = anchor
    {
        id.value = Value::String(anchor);
        entries.insert_if_absent("$anchor", id);
    }
}
