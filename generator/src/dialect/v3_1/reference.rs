//! References with keys beside them: a schema with `$ref` and more in, an
//! `allOf` of both out.

use crate::diagnostic::Code;
use crate::dialect::check::Check;
use crate::source::{Entries, Node, Value};

/// Wraps a reference that has keys beside it, so that both hold.
pub(super) fn with_siblings(check: &mut Check<'_>, node: &mut Node) {
    let Value::Object(entries) = &mut node.value else {
        return;
    };
    if entries.get("$ref").and_then(Node::as_str).is_none() {
        return;
    }
    let older = !check.is_3_1();
    entries.retain(|key, sibling| match key {
        "$ref" => true,
        "$comment" | "$schema" | "$id" | "$anchor" => false,
        // Before 3.1, whoever writes a type there describes the reference.
        "type" | "format" if older => {
            check.report.warn(
                Code::NoEffect,
                sibling.origin,
                format!("`{key}` has no effect beside `$ref`"),
            );
            false
        }
        _ if sibling.value == Value::Null && key != "default" && key != "example" => {
            check.report.warn(
                Code::NoEffect,
                sibling.origin,
                format!("`{key}` has no effect beside `$ref`"),
            );
            false
        }
        _ if key.starts_with("x-") => true,
        _ => {
            if older {
                let version = check.version.title();
                check
                    .report
                    .warn(
                        Code::NoEffect,
                        sibling.origin,
                        format!("`{key}` beside `$ref` has no effect in {version}"),
                    )
                    .help("it is taken as in 3.1; wrap the reference: `allOf: [{ $ref: … }]`");
            }
            true
        }
    });
    if entries.len() == 1 {
        return;
    }
    let Some(reference) = entries.remove("$ref") else {
        return;
    };
    let origin = reference.origin;
    let wrapped = Node::new(
        origin,
        Value::Object(Entries::from_iter([("$ref", reference)])),
    );
    match entries.get_mut("allOf") {
        Some(Node {
            value: Value::Array(members),
            ..
        }) => members.insert(0, wrapped),
        _ => {
            let members = Node::new(origin, Value::Array(vec![wrapped]));
            entries.insert("allOf", members);
        }
    }
}

/// The members of a union are told by the names that their references have:
/// what only describes them there is left out.
pub(super) fn members(check: &mut Check<'_>, entries: &mut Entries) {
    for key in ["anyOf", "oneOf", "allOf"] {
        let Some(Node {
            value: Value::Array(members),
            ..
        }) = entries.get_mut(key)
        else {
            continue;
        };
        for member in members {
            let Value::Object(entries) = &mut member.value else {
                continue;
            };
            if !entries.contains_key("$ref") || entries.len() == 1 {
                continue;
            }
            let only_describes = entries.keys().all(|key| {
                matches!(
                    key,
                    "$ref" | "title" | "description" | "summary" | "example" | "examples"
                ) || key.starts_with("x-")
            });
            if !only_describes {
                continue;
            }
            entries.retain(|sibling, node| {
                if sibling == "$ref" {
                    return true;
                }
                check.report.warn(
                    Code::NoEffect,
                    node.origin,
                    format!("`{sibling}` has no effect beside a `$ref` in `{key}`"),
                );
                false
            });
        }
    }
}
