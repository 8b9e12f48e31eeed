//! Lists whose first elements have schemas of their own: tuples in, lists of
//! alternatives out.

use super::{any_of, same};
use crate::diagnostic::Code;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Number, Origin, Value};

/// Which alternatives of `items` the first elements are.
const PREFIX: &str = "x-driftless-prefix";

/// Brings `prefixItems`, `items` and `unevaluatedItems` into one `items`.
pub(super) fn items(check: &mut Check<'_>, entries: &mut Entries) {
    // Before 3.1, a list of `items` was what `prefixItems` is now.
    if let Some(Node {
        value: Value::Array(members),
        origin,
    }) = entries.get("items")
        && members.len() > 1
        && !entries.contains_key("prefixItems")
    {
        let origin = *origin;
        check
            .report
            .warn(
                Code::WrongType,
                origin,
                "`items` should be an object, not a list",
            )
            .help("its elements are taken as alternatives, for each element of the list");
        if let Some(items) = entries.remove("items") {
            entries.insert("prefixItems", items);
        }
    } else if let Some(prefix) = entries.get("prefixItems") {
        let origin = prefix.origin;
        check.came_with_3_1(origin, "prefixItems", "`items` with one schema for each");
    }
    unevaluated(check, entries);
    let prefix = match entries.remove("prefixItems") {
        Some(Node {
            origin,
            value: Value::Array(members),
        }) => Some((origin, members)),
        Some(other) => {
            check.report.warn(
                Code::WrongType,
                other.origin,
                format!("`prefixItems` should be a list, not {}", other.kind()),
            );
            None
        }
        None => None,
    };
    let rest = entries.remove("items");
    let closed = rest
        .as_ref()
        .is_some_and(|rest| rest.as_bool() == Some(false));
    let Some((origin, mut members)) = prefix else {
        match rest {
            // Only the empty list.
            Some(rest) if closed => {
                check.no_effect(rest.origin, "items: false");
                let any = Node::new(rest.origin, Value::Object(Entries::default()));
                entries.insert("items", any);
            }
            // Checked like any schema: `true`, an empty list, something else.
            Some(Node {
                origin,
                value: Value::Bool(true),
            }) => {
                let any = Node::new(origin, Value::Object(Entries::default()));
                entries.insert("items", any);
            }
            Some(rest) => {
                entries.insert("items", rest);
            }
            None => {}
        }
        return;
    };
    let length = members.len();
    match rest {
        Some(rest) if rest.as_object().is_some() => members.push(rest),
        Some(Node {
            origin,
            value: Value::Bool(true),
        }) => members.push(Node::new(origin, Value::Object(Entries::default()))),
        _ => {}
    }
    for member in &mut members {
        if let Value::Bool(true) = member.value {
            member.value = Value::Object(Entries::default());
        }
    }
    if closed && !entries.contains_key("maxItems") {
        let length = crate::source::Number::Integer(length as i128);
        let bound = Node::new(origin, Value::Number(length));
        entries.insert("maxItems", bound);
    }
    if let Some(positions) = positions(origin, &members, length) {
        entries.insert(PREFIX, positions);
    }
    entries.insert("items", any_of(origin, members));
    if !entries.contains_key("type") {
        entries.insert("type", super::string(origin, "array"));
    }
}

/// Which of the alternatives each of the first elements is, for samples; `None`
/// where all are alike. The last number says how many alternatives there are.
fn positions(origin: Origin, members: &[Node], length: usize) -> Option<Node> {
    let mut different: Vec<&Node> = Vec::new();
    let mut found = Vec::new();
    for member in members {
        let known = different.iter().position(|known| same(known, member));
        found.push(known.unwrap_or(different.len()));
        if known.is_none() {
            different.push(member);
        }
    }
    found.truncate(length);
    found.push(different.len());
    let number = |position| Value::Number(Number::Integer(position as i128));
    let found = found.into_iter();
    let found = found.map(|position| Node::new(origin, number(position)));
    let is_any = |member: &&Node| member.as_object().is_some_and(Entries::is_empty);
    let some = different.len() > 1 && !different.iter().any(is_any);
    some.then(|| Node::new(origin, Value::Array(found.collect())))
}

/// What `unevaluatedItems` says is said of all elements where nothing else is.
fn unevaluated(check: &mut Check<'_>, entries: &mut Entries) {
    let Some(rest) = entries.remove("unevaluatedItems") else {
        return;
    };
    let tuple = entries.contains_key("prefixItems");
    if !entries.contains_key("items") && (rest.as_object().is_some() || tuple) {
        entries.insert("items", rest);
    } else if rest.as_bool() != Some(true) {
        check.no_effect(rest.origin, "unevaluatedItems");
    }
}
