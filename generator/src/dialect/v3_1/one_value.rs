//! `const` and `examples`: single values in, an enumeration of one and an
//! example out.

use super::{boolean, string};
use crate::diagnostic::Code;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Number, Value};

/// A constant becomes the only value of an enumeration.
pub(super) fn constant(check: &mut Check<'_>, entries: &mut Entries) {
    let Some(constant) = entries.remove("const") else {
        return;
    };
    let origin = constant.origin;
    check.came_with_3_1(origin, "const", "an `enum` of one value");
    if let Some(values) = entries.get("enum").and_then(Node::as_array)
        && !values.iter().any(|value| super::same(value, &constant))
    {
        check.report.warn(
            Code::Contradiction,
            origin,
            "the value of `const` is not in `enum`; `enum` is left out",
        );
    }
    if !entries.contains_key("type")
        && let Some(kind) = type_of(&constant)
    {
        entries.insert("type", string(origin, kind));
    }
    if constant.value == Value::Null {
        entries.insert("nullable", boolean(origin, true));
    }
    let values = Node::new(origin, Value::Array(vec![constant]));
    entries.insert("enum", values);
    entries.insert("x-driftless-const", boolean(origin, true));
}

/// The type that scalars of this kind have.
fn type_of(constant: &Node) -> Option<&'static str> {
    Some(match &constant.value {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(Number::Integer(_)) => "integer",
        Value::Number(Number::Float(_)) => "number",
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}

/// The first of several examples is the example; all of them travel as an
/// extension.
pub(super) fn examples(check: &mut Check<'_>, entries: &mut Entries) {
    let Some(examples) = entries.remove("examples") else {
        return;
    };
    let origin = examples.origin;
    check.came_with_3_1(origin, "examples", "`example`");
    let values = match examples.value {
        Value::Array(values) => values,
        // As media types have them.
        Value::Object(examples) => examples.into_values().map(inner).collect(),
        Value::Null => return,
        value => vec![Node::new(origin, value)],
    };
    if let Some(first) = values.first() {
        let first = first.clone();
        entries.insert_if_absent("example", first);
    }
    if values.len() > 1 {
        let values = Node::new(origin, Value::Array(values));
        entries.insert("x-driftless-examples", values);
    }
}

/// The value of an example object.
fn inner(example: Node) -> Node {
    match example.value {
        Value::Object(mut entries) if entries.contains_key("value") => entries
            .remove("value")
            .unwrap_or_else(|| Node::new(example.origin, Value::Null)),
        value => Node::new(example.origin, value),
    }
}
