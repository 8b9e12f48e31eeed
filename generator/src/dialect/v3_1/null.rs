//! Null in unions and in type lists: schemas that allow null beside something
//! else in, `nullable` out.

use super::boolean;
use crate::diagnostic::Code;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Origin, Value};

/// Keys that describe a schema without changing what it allows.
const ANNOTATIONS: [&str; 7] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "nullable",
];

/// Takes null out of `anyOf` and `oneOf`. Whether the only other alternative
/// took the schema's place.
pub(super) fn alternatives(check: &mut Check<'_>, entries: &mut Entries) -> bool {
    let mut moved = false;
    for key in ["anyOf", "oneOf"] {
        let Some(Node {
            origin,
            value: Value::Array(members),
        }) = entries.get_mut(key)
        else {
            continue;
        };
        let origin = *origin;
        let Some(null) = members.iter().find(|member| is_null(member)) else {
            continue;
        };
        let null = null.origin;
        check.came_with_3_1(null, "null", "`nullable: true` of the schema around it");
        members.retain(|member| !is_null(member));
        let (rest, only) = match members.as_mut_slice() {
            [only] => (
                1,
                Some(std::mem::replace(only, Node::new(null, Value::Null))),
            ),
            members => (members.len(), None),
        };
        match only {
            Some(only) => moved |= take_place(entries, key, only, origin),
            None if rest == 0 => {
                entries.remove(key);
                only_null(entries, null);
            }
            None => {}
        }
        entries.insert("nullable", boolean(null, true));
    }
    moved
}

/// Puts the only alternative of a union where the union was.
fn take_place(entries: &mut Entries, key: &str, only: Node, origin: Origin) -> bool {
    let is_annotation = |key: &str| ANNOTATIONS.contains(&key) || key.starts_with("x-");
    let inline = only.as_object().is_some_and(|object| {
        !object.contains_key("$ref")
            && object
                .keys()
                .all(|other| other == key || is_annotation(other) || !entries.contains_key(other))
    });
    if entries.contains_key("discriminator") {
        // It tells by the alternative's name, however few there are.
        entries.insert(key, Node::new(origin, Value::Array(vec![only])));
        return false;
    }
    entries.remove(key);
    match only.value {
        Value::Object(object) if inline => {
            for (key, node) in object {
                // What is said of the whole stands before what is said of the
                // part.
                entries.insert_if_absent(key, node);
            }
            true
        }
        value => {
            let only = Node::new(only.origin, value);
            match entries.get_mut("allOf") {
                Some(Node {
                    value: Value::Array(members),
                    ..
                }) => members.push(only),
                _ => {
                    let members = Node::new(origin, Value::Array(vec![only]));
                    entries.insert("allOf", members);
                }
            }
            false
        }
    }
}

/// Whether a schema allows null and nothing else.
fn is_null(node: &Node) -> bool {
    let Some(entries) = node.as_object() else {
        return false;
    };
    if let Some(kind) = entries.get("type") {
        return is_null_type(kind);
    }
    let constant = entries.get("const");
    let values = entries.get("enum").and_then(Node::as_array);
    constant.is_some_and(|value| value.value == Value::Null)
        || values.is_some_and(|values| {
            !values.is_empty() && values.iter().all(|value| value.value == Value::Null)
        })
}

fn is_null_type(kind: &Node) -> bool {
    match &kind.value {
        Value::String(name) => name == "null",
        Value::Array(names) => names.len() == 1 && names.iter().all(is_null_type),
        // `type: null`, with the quotes forgotten.
        Value::Null => true,
        _ => false,
    }
}

/// A schema for null alone. 3.0 has no type for it, and says it by its only
/// value.
pub(super) fn only_null(entries: &mut Entries, origin: Origin) {
    let null = Node::new(origin, Value::Null);
    let values = Node::new(origin, Value::Array(vec![null]));
    entries.insert("enum", values);
    entries.insert("nullable", boolean(origin, true));
}

/// `nullable` in OpenAPI 3.1, which has no such key, and `x-nullable`, as
/// Swagger 2.0 had to write it.
pub(super) fn nullable(check: &mut Check<'_>, entries: &mut Entries) {
    if let Some(nullable) = entries.remove("x-nullable") {
        entries.insert_if_absent("nullable", nullable);
    } else if check.is_3_1()
        && let Some(nullable) = entries.get("nullable")
    {
        check
            .report
            .warn(
                Code::UnknownKey,
                nullable.origin,
                "`nullable` is not a key of a schema object in OpenAPI 3.1",
            )
            .help("it is taken as in 3.0; write `null` into `type`");
    }
}
