//! Schemas that hold under a condition (`then`, `else`, `dependentSchemas`): the
//! condition in words and the schema, for the properties that it describes.

mod condition;

use super::string;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Origin, Value};

use condition::{Condition, code};

/// Keywords by which a schema can describe properties.
const DESCRIBING: [&str; 9] = [
    "$ref",
    "properties",
    "allOf",
    "anyOf",
    "oneOf",
    "then",
    "else",
    "dependentSchemas",
    "$dynamicRef",
];

/// Moves schemas that hold under a condition to a key of our own. Conditions are
/// documented, not checked.
pub(super) fn schemas(check: &mut Check<'_>, entries: &mut Entries) {
    // Before 3.1, these are keys that do not exist.
    if !check.is_3_1() {
        return;
    }
    let mut found = Vec::new();
    branches(check, entries, &mut found);
    if let Some(dependent) = entries.remove("dependentSchemas") {
        dependents(check, dependent, &mut found);
    }
    if let Some(dependent) = entries.remove("dependentRequired") {
        required(check, entries, &dependent);
    }
    if let Some(first) = found.first() {
        let list = Node::new(first.origin, Value::Array(found));
        entries.insert("x-driftless-conditional", list);
    }
}

/// `if`, `then` and `else`.
fn branches(check: &mut Check<'_>, entries: &mut Entries, found: &mut Vec<Node>) {
    let condition = entries.remove("if");
    let branches = [entries.remove("then"), entries.remove("else")];
    if let Some(condition) = &condition {
        check.no_effect(condition.origin, "if");
    }
    for ((key, holds), branch) in [("then", true), ("else", false)].into_iter().zip(branches) {
        let Some(branch) = branch else {
            continue;
        };
        match &condition {
            // Without `if`, they mean nothing (JSON Schema, section 10.2.2).
            Some(condition) if describes_properties(&branch) => {
                let text = Condition::of(condition).text(holds);
                found.push(conditional(text, branch));
            }
            _ if says_nothing(&branch) => {}
            _ => check.no_effect(branch.origin, key),
        }
    }
}

/// `dependentSchemas`.
fn dependents(check: &mut Check<'_>, dependent: Node, found: &mut Vec<Node>) {
    let origin = dependent.origin;
    let Value::Object(dependent) = dependent.value else {
        check.no_effect(origin, "dependentSchemas");
        return;
    };
    for (name, schema) in dependent {
        if describes_properties(&schema) {
            let text = Condition::present(&name).text(true);
            found.push(conditional(text, schema));
        } else if !says_nothing(&schema) {
            check.no_effect(schema.origin, "dependentSchemas");
        }
    }
}

/// `dependentRequired`, which is documented.
fn required(check: &mut Check<'_>, entries: &mut Entries, dependent: &Node) {
    let Some(all) = dependent.as_object() else {
        check.no_effect(dependent.origin, "dependentRequired");
        return;
    };
    let mut notes = Vec::new();
    for (name, others) in all {
        let others = others.as_array().into_iter().flatten();
        let others: Vec<String> = others
            .filter_map(|other| other.as_str().map(code))
            .collect();
        if !others.is_empty() {
            let text = format!(
                "The API requires {} where {} is present.",
                others.join(", "),
                code(name)
            );
            notes.push(string(dependent.origin, &text));
        }
    }
    if !notes.is_empty() {
        let notes = Node::new(dependent.origin, Value::Array(notes));
        entries.insert("x-driftless-notes", notes);
    }
}

fn conditional(condition: String, schema: Node) -> Node {
    let origin: Origin = schema.origin;
    let entries = Entries::from_iter([
        ("condition", string(origin, &condition)),
        ("schema", schema),
    ]);
    Node::new(origin, Value::Object(entries))
}

fn describes_properties(schema: &Node) -> bool {
    let mut keys = schema.as_object().into_iter().flat_map(Entries::keys);
    keys.any(|key| DESCRIBING.contains(&key))
}

fn says_nothing(schema: &Node) -> bool {
    match &schema.value {
        Value::Bool(says) => *says,
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}
