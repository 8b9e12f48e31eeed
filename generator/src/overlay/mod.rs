//! OpenAPI Overlay 1.0: the entry document and the overlay documents in, the
//! entry document with their actions applied out. What an overlay brings keeps
//! the overlay's positions.

mod action;
mod budget;
mod target;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Code, Report, nearest};
use crate::source::{Node, Origin, Source, Value};

use action::Action;
use budget::Budget;
use target::Target;

/// Applies all documents after the first to the first, in order.
pub fn apply(source: &mut Source, report: &mut Report) {
    let overlays = source.documents.iter().skip(1);
    let length = overlays.map(|overlay| overlay.text.len()).sum();
    apply_within(&mut Budget::new(length), source, report);
}

fn apply_within(budget: &mut Budget, source: &mut Source, report: &mut Report) {
    let Some((entry, overlays)) = source.documents.split_first_mut() else {
        return;
    };
    if overlays.is_empty() || entry.root.value == Value::Null {
        return;
    }
    // Targets are looked up in a copy without positions, which is kept in step.
    let mut json = entry.root.to_json();
    for overlay in overlays {
        for action in actions(&overlay.root, report) {
            action.apply(&mut entry.root, &mut json, budget, report);
            // What the rest would say follows from that.
            if budget.is_exceeded() {
                return;
            }
        }
    }
}

/// The actions of an overlay document, as far as they can be read.
fn actions(root: &Node, report: &mut Report) -> Vec<Action> {
    const KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
    let Some(object) = root.as_object() else {
        // A text that could not be read has been reported.
        if root.value != Value::Null {
            wrong(report, root.origin, "the overlay", "an object", root);
        }
        return Vec::new();
    };
    match object.get("overlay").map(|node| (node, version(node))) {
        Some((_, Some(version))) if is_1(&version) => {}
        Some((node, _)) => {
            report
                .error(
                    Code::UnsupportedVersion,
                    node.origin,
                    "this version of the overlay format is not supported",
                )
                .help("version 1 is: `overlay: 1.0.0`");
            return Vec::new();
        }
        None => {
            report
                .error(
                    Code::Overlay,
                    root.origin,
                    "the document is no overlay: it has no key `overlay`",
                )
                .help("begin it with `overlay: 1.0.0`");
            return Vec::new();
        }
    }
    for (key, node) in object {
        unknown(report, key, node, &KEYS, "an overlay");
    }
    match object.get("actions").map(|node| (node, node.as_array())) {
        Some((_, Some(actions))) => actions
            .iter()
            .filter_map(|node| action(node, report))
            .collect(),
        Some((node, None)) => {
            wrong(report, node.origin, "`actions`", "a list", node);
            Vec::new()
        }
        None => {
            report.error(
                Code::Overlay,
                root.origin,
                "an overlay needs the key `actions`",
            );
            Vec::new()
        }
    }
}

fn version(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) => Some(node.to_json().to_string()),
        _ => None,
    }
}

fn is_1(version: &str) -> bool {
    version == "1" || version.starts_with("1.")
}

fn action(node: &Node, report: &mut Report) -> Option<Action> {
    const KEYS: [&str; 4] = ["target", "description", "update", "remove"];
    let Some(object) = node.as_object() else {
        wrong(report, node.origin, "an action", "an object", node);
        return None;
    };
    for (key, node) in object {
        unknown(report, key, node, &KEYS, "an action");
    }
    let Some(target) = object.get("target") else {
        report.error(Code::Overlay, node.origin, "an action needs a `target`");
        return None;
    };
    let Some(text) = target.as_str() else {
        wrong(report, target.origin, "`target`", "a string", target);
        return None;
    };
    if let Err(problem) = Target::new(text) {
        report
            .error(Code::Overlay, target.origin, format!("`target` {problem}"))
            .help("split the action into several");
        return None;
    }
    let path = match serde_json_path::JsonPath::parse(text) {
        Ok(path) => path,
        Err(error) => {
            report.error(
                Code::Overlay,
                target.origin,
                format!("`target` is no JSONPath: {error}"),
            );
            return None;
        }
    };
    let remove = match object.get("remove").map(|node| (node, node.as_bool())) {
        Some((_, Some(remove))) => remove,
        Some((node, None)) => {
            wrong(report, node.origin, "`remove`", "`true` or `false`", node);
            return None;
        }
        None => false,
    };
    let update = object.get("update").cloned();
    if !remove && update.is_none() {
        report.error(
            Code::Overlay,
            node.origin,
            "an action needs an `update` or `remove: true`",
        );
        return None;
    }
    Some(Action {
        origin: target.origin,
        text: text.to_owned(),
        path,
        // Of both, removing wins.
        update: update.filter(|_| !remove),
    })
}

fn unknown(report: &mut Report, key: &str, node: &Node, keys: &[&str], name: &str) {
    if keys.contains(&key) || key.starts_with("x-") {
        return;
    }
    let message = format!("`{key}` is not a key of {name}");
    let diagnostic = report.warn(Code::UnknownKey, node.origin, message);
    if let Some(meant) = nearest(key, keys.iter().copied()) {
        diagnostic.help(format!("did you mean `{meant}`?"));
    }
}

fn wrong(report: &mut Report, origin: Origin, name: &str, wanted: &str, node: &Node) {
    report.error(
        Code::WrongType,
        origin,
        format!("{name} should be {wanted}, not {}", node.kind()),
    );
}
