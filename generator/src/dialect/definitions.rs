//! Schemas that schemas define for themselves (`$defs`), and the names that
//! they go by (`$id`, `$anchor`): a tree with both in, one that has all of
//! them under `components/schemas` and refers to them there out.

mod names;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Report};
use crate::identifiers::{self, DynamicTarget, Found, Position, Reference, fragment, push};
use crate::source::{Entries, Node, Source, Value};

/// Moves what schemas define for themselves to the components. Looks at nothing
/// in documents that have no such thing.
pub(super) fn hoist(root: &mut Node, source: &Source, report: &mut Report) {
    const MARKS: [&str; 7] = [
        "$defs",
        "definitions",
        "$anchor",
        "$dynamicAnchor",
        "$dynamicRef",
        "$recursiveRef",
        "$id",
    ];
    let mut documents = source.documents.iter();
    if !documents.any(|document| MARKS.iter().any(|key| document.places.has_key(key))) {
        return;
    }
    let found = identifiers::scan(root);
    if found.is_empty() {
        return;
    }
    let names = names::names(root, &found.definitions);
    let mut references = References::default();
    references.find(root, &found, &names, report);
    let mut hoisted = Vec::new();
    let mut mover = Mover {
        names: &names,
        references: &references,
        hoisted: &mut hoisted,
    };
    mover.walk(root, Position::Object);
    insert(root, hoisted);
}

/// What becomes of references, by their pointers.
#[derive(Default)]
struct References {
    /// The new texts of those that lead into a definition or by an identifier.
    texts: HashMap<String, String>,
    /// Those that several schemas may be meant by.
    open: HashSet<String>,
}

impl References {
    fn find(
        &mut self,
        root: &Node,
        found: &Found,
        names: &HashMap<String, String>,
        report: &mut Report,
    ) {
        for reference in &found.references {
            let pointer = match reference.dynamic {
                true => self.dynamic(root, found, reference, report),
                false => fixed(root, found, reference, report),
            };
            let Some(pointer) = pointer else {
                continue;
            };
            let moved = names::moved(names, &pointer);
            let text = fragment(moved.as_deref().unwrap_or(&pointer));
            if text != reference.text || reference.dynamic {
                self.texts.insert(reference.at.clone(), text);
            }
        }
    }

    /// The pointer that a reference stands for, if that does not depend on the
    /// schemas on the way to it.
    fn dynamic(
        &mut self,
        root: &Node,
        found: &Found,
        reference: &Reference,
        report: &mut Report,
    ) -> Option<String> {
        match found.dynamic_target(root, reference) {
            DynamicTarget::One(pointer) => Some(pointer),
            DynamicTarget::Nothing => None,
            DynamicTarget::Several(count) => {
                report
                    .warn(
                        Code::NoEffect,
                        reference.origin,
                        format!(
                            "the reference `{}` depends on the schemas around it: {count} have this anchor",
                            reference.text
                        ),
                    )
                    .help("any value is taken; refer to one of them by `$ref`");
                self.open.insert(reference.at.clone());
                None
            }
        }
    }
}

/// The pointer that a `$ref` stands for.
fn fixed(root: &Node, found: &Found, reference: &Reference, report: &mut Report) -> Option<String> {
    let target = found.target(root, reference)?;
    if target.lenient {
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
    Some(target.text)
}

/// Takes definitions out and gives references their new texts.
struct Mover<'a> {
    names: &'a HashMap<String, String>,
    references: &'a References,
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
                    push(pointer, &index.to_string());
                    self.at(element, position, pointer);
                    pointer.truncate(length);
                }
            }
            Value::Object(entries) => {
                if position == Position::Object {
                    self.renamed(entries, pointer);
                }
                for (key, child) in entries.iter_mut() {
                    let below = position.below(key);
                    if below == Position::Data {
                        continue;
                    }
                    let length = pointer.len();
                    push(pointer, key);
                    match (&mut child.value, self.references.texts.get(pointer)) {
                        (Value::String(old), Some(text)) => old.clone_from(text),
                        _ => self.at(child, below, pointer),
                    }
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
    fn renamed(&self, entries: &mut Entries, pointer: &str) {
        for key in ["$dynamicRef", "$recursiveRef"] {
            let at = format!("{pointer}/{key}");
            if self.references.open.contains(&at) {
                entries.remove(key);
            } else if let Some(text) = self.references.texts.get(&at)
                && let Some(mut reference) = entries.remove(key)
            {
                reference.value = Value::String(text.clone());
                entries.insert_if_absent("$ref", reference);
            }
        }
    }

    fn take(&mut self, entries: &mut Entries, pointer: &mut String) {
        for key in identifiers::DEFINITIONS {
            let taken = entries
                .get(key)
                .and_then(Node::as_object)
                .is_some_and(|definitions| {
                    definitions.is_empty()
                        || definitions.keys().any(|name| {
                            let length = pointer.len();
                            push(pointer, key);
                            push(pointer, name);
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
                push(pointer, key);
                push(pointer, &name);
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
