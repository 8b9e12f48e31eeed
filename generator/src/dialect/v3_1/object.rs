//! Properties whose names are not fixed: patterns and leftovers in,
//! `additionalProperties` out.

use super::any_of;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Value};

/// Brings `patternProperties` and `unevaluatedProperties` into
/// `additionalProperties`.
pub(super) fn properties(check: &mut Check<'_>, entries: &mut Entries) {
    if let Some(rest) = entries.remove("unevaluatedProperties") {
        let says_something = rest.as_object().is_some() || rest.as_bool() == Some(true);
        if says_something && !entries.contains_key("additionalProperties") {
            entries.insert("additionalProperties", rest);
        } else if rest.as_bool() != Some(true) {
            check.no_effect(rest.origin, "unevaluatedProperties");
        }
    }
    let Some(patterns) = entries.remove("patternProperties") else {
        return;
    };
    let origin = patterns.origin;
    check.came_with_3_1(
        origin,
        "patternProperties",
        "`additionalProperties`, whatever the names",
    );
    let Value::Object(patterns) = patterns.value else {
        return;
    };
    let mut schemas: Vec<Node> = patterns
        .into_values()
        // Names that are forbidden.
        .filter(|schema| schema.as_bool() != Some(false) && schema.value != Value::Null)
        .map(whole)
        .collect();
    if let Some(others) = entries.get("additionalProperties") {
        if others.as_bool() == Some(true) {
            return;
        }
        if others.as_object().is_some()
            && let Some(others) = entries.remove("additionalProperties")
        {
            schemas.push(others);
        }
    }
    if !schemas.is_empty() {
        let schema = any_of(origin, schemas);
        entries.insert("additionalProperties", schema);
    }
}

/// `true` as a schema that has the form of one.
fn whole(node: Node) -> Node {
    match node.value {
        Value::Bool(true) => Node::new(node.origin, Value::Object(Entries::default())),
        value => Node::new(node.origin, value),
    }
}
