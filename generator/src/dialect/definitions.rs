//! Schemas that schemas define for themselves (`$defs`), and the names that
//! they go by (`$id`, `$anchor`): a tree with both in, one that has all of
//! them under `components/schemas` and refers to them there out.

mod names;
mod scan;

use std::collections::HashMap;

use crate::diagnostic::{Code, Report};
use crate::source::{Entries, Node, Origin, Source, Value};

use scan::Found;
pub(super) use scan::Position;

/// Moves what schemas define for themselves to the components. Looks at nothing
/// in documents that have no such thing.
pub(super) fn hoist(root: &mut Node, source: &Source, report: &mut Report) {
    const MARKS: [&str; 5] = ["$defs", "definitions", "$anchor", "$dynamicAnchor", "$id"];
    let mut documents = source.documents.iter();
    if !documents.any(|document| MARKS.iter().any(|key| document.places.has_key(key))) {
        return;
    }
    let found = scan::scan(root);
    if found.is_empty() {
        return;
    }
    let names = names::names(root, &found.definitions);
    let references = references(root, &found, &names, report);
    let mut hoisted = Vec::new();
    let mut mover = Mover {
        names: &names,
        references: &references,
        hoisted: &mut hoisted,
    };
    mover.walk(root, Position::Object);
    insert(root, hoisted);
}

/// What each reference that leads into a definition is from now on, by the
/// place of its text.
fn references(
    root: &Node,
    found: &Found,
    names: &HashMap<String, String>,
    report: &mut Report,
) -> HashMap<Origin, String> {
    let mut references = HashMap::new();
    for reference in &found.references {
        let Some(pointer) = found.target(root, reference) else {
            continue;
        };
        if pointer.lenient {
            report
                .warn(
                    Code::UnresolvedReference,
                    reference.origin,
                    format!(
                        "the reference `{}` names nothing in the document",
                        reference.text
                    ),
                )
                .help("it is taken as the definition in the schema around it; give that an `$id`");
        }
        let moved = names::moved(names, &pointer.text);
        let text = format!("#{}", moved.as_deref().unwrap_or(&pointer.text));
        if text != reference.text || reference.dynamic {
            references.insert(reference.origin, text);
        }
    }
    references
}

/// Takes definitions out and gives references their new texts.
struct Mover<'a> {
    names: &'a HashMap<String, String>,
    references: &'a HashMap<Origin, String>,
    hoisted: &'a mut Vec<(String, Node)>,
}

impl Mover<'_> {
    fn walk(&mut self, node: &mut Node, position: Position) {
        let mut pointer = String::new();
        self.at(node, position, &mut pointer);
    }

    fn at(&mut self, node: &mut Node, position: Position, pointer: &mut String) {
        match &mut node.value {
            Value::Array(array) => {
                for (index, element) in array.iter_mut().enumerate() {
                    let length = pointer.len();
                    scan::push(pointer, &index.to_string());
                    self.at(element, position, pointer);
                    pointer.truncate(length);
                }
            }
            Value::Object(entries) => {
                if position == Position::Object {
                    self.renamed(entries);
                }
                for (key, child) in entries.iter_mut() {
                    let below = position.below(key);
                    if below == Position::Data {
                        continue;
                    }
                    if let Some(text) = self.references.get(&child.origin)
                        && let Value::String(old) = &mut child.value
                    {
                        old.clone_from(text);
                        continue;
                    }
                    let length = pointer.len();
                    scan::push(pointer, key);
                    self.at(child, below, pointer);
                    pointer.truncate(length);
                }
                if position == Position::Object {
                    self.take(entries, pointer);
                }
            }
            _ => {}
        }
    }

    /// `$dynamicRef` is what it refers to where nothing replaces it.
    fn renamed(&self, entries: &mut Entries) {
        for key in ["$dynamicRef", "$recursiveRef"] {
            let known = entries
                .get(key)
                .is_some_and(|node| self.references.contains_key(&node.origin));
            if known && let Some(reference) = entries.remove(key) {
                entries.insert_if_absent("$ref", reference);
            }
        }
    }

    fn take(&mut self, entries: &mut Entries, pointer: &mut String) {
        for key in scan::DEFINITIONS {
            let taken = entries
                .get(key)
                .and_then(Node::as_object)
                .is_some_and(|definitions| {
                    definitions.is_empty()
                        || definitions.keys().any(|name| {
                            let length = pointer.len();
                            scan::push(pointer, key);
                            scan::push(pointer, name);
                            let known = self.names.contains_key(pointer.as_str());
                            pointer.truncate(length);
                            known
                        })
                });
            if !taken {
                continue;
            }
            let Some(Node {
                value: Value::Object(definitions),
                ..
            }) = entries.remove(key)
            else {
                continue;
            };
            for (name, node) in definitions {
                let length = pointer.len();
                scan::push(pointer, key);
                scan::push(pointer, &name);
                if let Some(new) = self.names.get(pointer.as_str()) {
                    self.hoisted.push((new.clone(), node));
                }
                pointer.truncate(length);
            }
        }
    }
}

fn insert(root: &mut Node, hoisted: Vec<(String, Node)>) {
    if hoisted.is_empty() {
        return;
    }
    let origin = root.origin;
    let mut at = root;
    for key in ["components", "schemas"] {
        let Value::Object(entries) = &mut at.value else {
            return;
        };
        at = entries
            .get_or_insert_with(key, || Node::new(origin, Value::Object(Entries::default())));
        if at.value == Value::Null {
            at.value = Value::Object(Entries::default());
        }
    }
    if let Value::Object(schemas) = &mut at.value {
        schemas.extend(hoisted);
    }
}
