//! Replaces references to bodies and fields of forms that stand below `paths` by
//! what they name: OpenAPI 3 has no such parameters.

use super::is_body;
use crate::source::{Node, Value, percent_decoded};

/// How many references are followed, one to the next.
const LONGEST: usize = 100;

/// Replaces the references.
pub(super) fn inline(root: &mut Node) {
    let mut targets = Vec::new();
    each(root, &mut |parameter| {
        if let Some(text) = reference(parameter) {
            targets.push(text.to_owned());
        }
    });
    if targets.is_empty() {
        return;
    }
    let mut found: Vec<Option<Node>> = targets.iter().map(|text| target(root, text)).collect();
    let mut found = found.drain(..);
    each(root, &mut |parameter| {
        if reference(parameter).is_some()
            && let Some(target) = found.next().flatten()
        {
            *parameter = target;
        }
    });
}

/// Visits every parameter of paths, operations and the document.
fn each(root: &mut Node, visit: &mut dyn FnMut(&mut Node)) {
    let Value::Object(entries) = &mut root.value else {
        return;
    };
    if let Some(Value::Object(shared)) = entries.get_mut("parameters").map(|node| &mut node.value) {
        for parameter in shared.values_mut() {
            visit(parameter);
        }
    }
    let Some(Value::Object(paths)) = entries.get_mut("paths").map(|node| &mut node.value) else {
        return;
    };
    for item in paths.values_mut() {
        list(item, visit);
        if let Value::Object(operations) = &mut item.value {
            for operation in operations.values_mut() {
                list(operation, visit);
            }
        }
    }
}

fn list(owner: &mut Node, visit: &mut dyn FnMut(&mut Node)) {
    if let Value::Object(entries) = &mut owner.value
        && let Some(Value::Array(parameters)) =
            entries.get_mut("parameters").map(|node| &mut node.value)
    {
        for parameter in parameters {
            visit(parameter);
        }
    }
}

/// The reference that a parameter is, where it leads below `paths`.
fn reference(parameter: &Node) -> Option<&str> {
    let text = parameter.get("$ref")?.as_str()?;
    text.starts_with("#/paths/").then_some(text)
}

/// The body or field that a reference names in the end. `None` leaves any other
/// as it is.
fn target(root: &Node, text: &str) -> Option<Node> {
    let mut text = text;
    for _ in 0..LONGEST {
        let pointer = text.strip_prefix('#')?;
        let decoded = percent_decoded(pointer);
        let found = root.pointer(&decoded)?;
        match reference(found) {
            Some(next) => text = next,
            None => return is_body(found).then(|| found.clone()),
        }
    }
    None
}
