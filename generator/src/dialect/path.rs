//! Paths and their parameters: a template and the item under it in, an item
//! whose parameters are those that the template names out.

use std::collections::HashSet;

use super::check::Check;
use crate::diagnostic::Code;
use crate::source::{Entries, Node, Origin, Value};

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Where a parameter is, as far as it can be told: its name and `in`.
type Declared = (String, String);

/// Mends the parameters of a path item that stands under the template `path`.
pub(super) fn before(check: &mut Check<'_>, path: &str, item: &mut Node) {
    let origin = item.origin;
    let Value::Object(entries) = &mut item.value else {
        return;
    };
    if entries.contains_key("$ref") {
        return;
    }
    let names = template_names(path);
    let mut shared = Some(HashSet::new());
    if let Some(parameters) = list(entries) {
        shared = mend(check, path, &names, parameters);
    }
    for (key, node) in entries.iter_mut() {
        let small = key.to_ascii_lowercase();
        match &mut node.value {
            Value::Object(operation) if METHODS.contains(&small.as_str()) => {
                own_parameters(check, path, &names, shared.as_ref(), operation, origin);
            }
            Value::Object(operations) if key == "additionalOperations" => {
                for operation in operations.values_mut() {
                    if let Value::Object(operation) = &mut operation.value {
                        own_parameters(check, path, &names, shared.as_ref(), operation, origin);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Mends the parameters of one operation, beside those of its path.
fn own_parameters(
    check: &mut Check<'_>,
    path: &str,
    names: &[&str],
    shared: Option<&HashSet<Declared>>,
    operation: &mut Entries,
    origin: Origin,
) {
    let mut own = Some(HashSet::new());
    if let Some(parameters) = list(operation) {
        own = mend(check, path, names, parameters);
    }
    if let (Some(shared), Some(own)) = (shared, own) {
        let undeclared: Vec<&str> = names
            .iter()
            .filter(|name| {
                let declared = ((**name).to_owned(), "path".to_owned());
                !shared.contains(&declared) && !own.contains(&declared)
            })
            .copied()
            .collect();
        declare(check, path, origin, operation, &undeclared);
    }
}

/// The list of parameters.
fn list(entries: &mut Entries) -> Option<&mut Vec<Node>> {
    match &mut entries.get_mut("parameters")?.value {
        Value::Array(parameters) => Some(parameters),
        _ => None,
    }
}

/// Mends one list of parameters. What it declares; `None` where that cannot be
/// told, because a reference leads somewhere else than to a component.
fn mend(
    check: &mut Check<'_>,
    path: &str,
    names: &[&str],
    parameters: &mut Vec<Node>,
) -> Option<HashSet<Declared>> {
    let mut all = HashSet::new();
    let mut known = true;
    parameters.retain_mut(|parameter| {
        let origin = parameter.origin;
        let declared = match parameter.get("$ref").and_then(Node::as_str) {
            Some(reference) => {
                let declared = check.shared.parameter(reference);
                known &= declared.is_some();
                declared
            }
            None => {
                place(check, names, parameter);
                spelling(check, names, parameter);
                own(parameter)
            }
        };
        let Some(declared) = declared else {
            return true;
        };
        let (name, place) = &declared;
        if place == "path" && !names.contains(&name.as_str()) {
            check
                .report
                .warn(
                    Code::Contradiction,
                    origin,
                    format!("the path parameter `{name}` is not in the path `{path}`"),
                )
                .help("it is left out");
            return false;
        }
        if all.contains(&declared) {
            check
                .report
                .warn(
                    Code::Contradiction,
                    origin,
                    format!("the {place} parameter `{name}` stands twice in one list"),
                )
                .help("the first is taken");
            return false;
        }
        all.insert(declared);
        true
    });
    known.then_some(all)
}

fn own(parameter: &Node) -> Option<Declared> {
    let name = parameter.get("name")?.as_str()?;
    let place = parameter.get("in")?.as_str()?;
    Some((name.to_owned(), place.to_ascii_lowercase()))
}

/// A parameter that does not say where it goes, and whose name is in the path.
fn place(check: &mut Check<'_>, names: &[&str], parameter: &mut Node) {
    let origin = parameter.origin;
    let Value::Object(entries) = &mut parameter.value else {
        return;
    };
    let name = entries.get("name").and_then(Node::as_str);
    if entries.get("in").is_some() || !name.is_some_and(|name| names.contains(&name)) {
        return;
    }
    let message = "a parameter object needs the key `in`";
    check
        .report
        .warn(Code::MissingKey, origin, message)
        .help("it is taken as `path`: the path has a parameter of this name");
    let value = Value::String("path".to_owned());
    entries.insert("in", Node::new(origin, value));
}

/// A path parameter whose name differs from the template's in case or
/// punctuation alone.
fn spelling(check: &mut Check<'_>, names: &[&str], parameter: &mut Node) {
    let Some((name, place)) = own(parameter) else {
        return;
    };
    if place != "path" || names.contains(&name.as_str()) {
        return;
    }
    let bare = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let Some(meant) = names.iter().find(|other| bare(other) == bare(&name)) else {
        return;
    };
    if let Value::Object(entries) = &mut parameter.value
        && let Some(node) = entries.get_mut("name")
    {
        check
            .report
            .warn(
                Code::Contradiction,
                node.origin,
                format!("the path parameter `{name}` is not in the path"),
            )
            .help(format!("it is taken as `{meant}`, which is"));
        node.value = Value::String((*meant).to_owned());
    }
}

/// Declares what a template names and nobody declares.
fn declare(
    check: &mut Check<'_>,
    path: &str,
    origin: Origin,
    operation: &mut Entries,
    names: &[&str],
) {
    for name in names {
        check
            .report
            .warn(
                Code::Contradiction,
                origin,
                format!("the path `{path}` names `{{{name}}}`, which is not declared"),
            )
            .help("it is taken as a string");
        let text = |text: &str| Node::new(origin, Value::String(text.to_owned()));
        let schema = Entries::from_iter([("type", text("string"))]);
        let parameter = Entries::from_iter([
            ("name", text(name)),
            ("in", text("path")),
            ("required", Node::new(origin, Value::Bool(true))),
            ("schema", Node::new(origin, Value::Object(schema))),
        ]);
        let parameter = Node::new(origin, Value::Object(parameter));
        let list = operation
            .get_or_insert_with("parameters", || Node::new(origin, Value::Array(Vec::new())));
        if let Value::Array(list) = &mut list.value {
            list.push(parameter);
        }
    }
}

/// The parameters that a path template names, each once.
fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    names
}

/// A path without a slash at its beginning, and the one with it.
pub(super) fn with_slash(key: &str) -> Option<String> {
    (!key.starts_with('/') && !key.starts_with("x-")).then(|| format!("/{key}"))
}
